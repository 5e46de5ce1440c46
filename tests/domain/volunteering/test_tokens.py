"""The rotating code: what it says is what was signed, letter by letter, and it is good for a minute."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reports import page_links
from chalicelib.domain.volunteering import tokens
from chalicelib.domain.volunteering.terms import Direction
from tests.builders import NOW
from tests.shop import rule
from tests.volunteers import DAY, KEY

CODE = tokens.now_showing("s1", Direction.IN, NOW)
WEEK = 7 * DAY


def test_what_is_written_is_read() -> None:
    assert tokens.read(tokens.written(CODE, KEY), KEY) == CODE


@given(st.text(max_size=80), st.integers(0, 60))
def test_nothing_else_is_read(text: str, at: int) -> None:
    word = tokens.written(CODE, KEY)
    for forged in (text, word[:at] + "A" + word[at + 1 :], word + "="):
        if forged != word:
            with pytest.raises(Invalid):
                tokens.read(forged, KEY)


def test_the_link_to_a_public_page_is_no_code_though_the_key_is_the_same() -> None:
    ticket = page_links.Ticket(report_id="s1", page=1, expires_at=NOW)
    with pytest.raises(Invalid):
        tokens.read(page_links.written(ticket, KEY), KEY)
    assert page_links.read(tokens.written(CODE, KEY), KEY, now=NOW) is None


def test_it_is_good_in_its_half_minute_and_the_next() -> None:
    for seconds, good in ((0, True), (59, True), (60, False), (-1, False)):
        now = CODE.at + timedelta(seconds=seconds)
        if good:
            assert tokens.moment(CODE, None, now=now, keep=WEEK) == now
        else:
            assert rule(lambda now=now: tokens.moment(CODE, None, now=now, keep=WEEK)) == "slot_code_stale"


def test_what_a_phone_says_later_is_held_to_what_the_code_proves() -> None:
    wrong_clock = CODE.at + timedelta(minutes=4)
    assert tokens.moment(CODE, wrong_clock, now=CODE.at + DAY, keep=WEEK) == CODE.at + timedelta(minutes=1)
    assert rule(lambda: tokens.moment(CODE, CODE.at, now=CODE.at + 8 * DAY, keep=WEEK)) == "slot_scan_too_old"
