"""A link opens what it was made for, until its time, and nobody makes one himself."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.reports.page_links import SIGNED, Ticket, read, written
from tests.builders import NOW

KEY, OTHER = b"key", b"other"
TICKET = Ticket(report_id="0199-abc", page=2, expires_at=NOW + timedelta(days=90))
TOKEN = written(TICKET, KEY)


def test_a_token_opens_what_it_was_written_for_until_its_time() -> None:
    assert read(TOKEN, KEY, now=NOW) == TICKET
    assert read(TOKEN, KEY, now=TICKET.expires_at - timedelta(seconds=1)) == TICKET
    assert read(TOKEN, KEY, now=TICKET.expires_at) is None


def test_it_is_one_plain_word_that_does_not_name_the_report() -> None:
    assert TOKEN.isascii() and TOKEN.replace("-", "").replace("_", "").isalnum() and len(TOKEN) < 200
    assert TICKET.report_id not in TOKEN


def test_another_key_opens_nothing() -> None:
    assert read(TOKEN, OTHER, now=NOW) is None and read(written(TICKET, OTHER), KEY, now=NOW) is None


@pytest.mark.parametrize("length", range(len(TOKEN)))
def test_a_cut_token_opens_nothing(length: int) -> None:
    assert read(TOKEN[:length], KEY, now=NOW) is None


@pytest.mark.parametrize(
    "other", [f"{TOKEN}=", f"{TOKEN}A", f" {TOKEN}", f"{TOKEN}\n", TOKEN.swapcase(), f"{TOKEN[:9]}!{TOKEN[9:]}"]
)
def test_a_token_spelled_otherwise_opens_nothing(other: str) -> None:
    assert read(other, KEY, now=NOW) is None


@pytest.mark.parametrize("told", [b"3 99999999999 0199-abc", b"2 1 0199-abc", b"2 1800000000 another", b"", b"x"])
def test_an_old_signature_does_not_fit_another_ticket(told: bytes) -> None:
    raw = urlsafe_b64decode(TOKEN + "=" * (-len(TOKEN) % 4))[:SIGNED] + told
    assert read(urlsafe_b64encode(raw).decode().rstrip("="), KEY, now=NOW) is None


@given(st.one_of(st.text(), st.binary().map(lambda raw: urlsafe_b64encode(raw).decode())))
def test_whatever_somebody_makes_up_opens_nothing(token: str) -> None:
    assert read(token, KEY, now=NOW) is None


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("AQgw-_09az"))
def test_one_letter_changed_opens_nothing(place: int, letter: str) -> None:
    other = TOKEN[:place] + letter + TOKEN[place + 1 :]
    assert read(other, KEY, now=NOW) == (TICKET if other == TOKEN else None)
