"""Addresses, codes and how often they may be asked for."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.login import codes as login
from chalicelib.domain.login.codes import Request
from chalicelib.domain.people.model import Person, Post, Role
from tests.builders import GRID, NOW, RULES, VILLAGE

NUMBERS = RULES.numbers
PEPPER = b"pepper"
REQUEST = Request(id="r1", phone="13800000001", at=NOW)


def test_all_addresses_of_one_line_are_one() -> None:
    assert login.network("2001:db8:1:2:aaaa::1") == login.network("2001:db8:1:2:bbbb::2") == "2001:db8:1:2::"
    assert login.network("2001:db8:1:3::1") != login.network("2001:db8:1:2::1")
    assert login.network("203.0.113.7") == "203.0.113.7"
    assert login.network("unknown") == ""


def test_a_code_follows_from_its_request_alone() -> None:
    code = login.code_of(REQUEST, PEPPER)
    assert code == login.code_of(REQUEST, PEPPER) and len(code) == 6 and code.isdecimal()
    assert code != login.code_of(REQUEST, b"another pepper")


def test_codes_are_spread_over_all_there_are() -> None:
    codes = [login.code_of(Request(id=str(n), phone="13800000001", at=NOW), PEPPER) for n in range(20_000)]
    assert len(set(codes)) > 19_500
    for place in range(6):
        counts = Counter(code[place] for code in codes)
        assert len(counts) == 10 and max(counts.values()) < 2_300


def test_a_code_is_kept_as_a_digest_that_tells_neither_it_nor_the_phone() -> None:
    kept = login.issued(REQUEST, PEPPER, NUMBERS)
    assert kept.digest == login.code_digest(REQUEST.phone, login.code_of(REQUEST, PEPPER), PEPPER)
    assert login.code_of(REQUEST, PEPPER) not in repr(kept) and REQUEST.phone not in repr(kept)
    assert kept.expires_at == NOW + timedelta(minutes=5)


def test_a_phone_may_ask_once_a_minute_five_times_an_hour_ten_times_a_day() -> None:
    now = datetime(2026, 11, 23, 15, 59, 30, tzinfo=UTC)  # half a minute before midnight in Guankou
    pause, refusal = login.gap(NUMBERS, now)
    assert (pause.ends_at, refusal.facts) == (now + timedelta(seconds=60), {"wait": 60})
    (hour, of_hour), (day, of_day) = login.codes_of_phone(NUMBERS, now)
    assert (hour.cap, hour.ends_at, of_hour.facts["wait"]) == (5, datetime(2026, 11, 23, 16, tzinfo=UTC), 30)
    assert (day.cap, day.ends_at, of_day.facts["wait"]) == (10, datetime(2026, 11, 23, 16, tzinfo=UTC), 30)
    (_, _), (tomorrow, _) = login.codes_of_phone(NUMBERS, now + timedelta(minutes=1))
    assert tomorrow.window != day.window and tomorrow.ends_at == datetime(2026, 11, 24, 16, tzinfo=UTC)


def test_fifty_people_behind_one_address_find_room_for_three_codes_each_and_more_tries() -> None:
    codes, _ = login.codes_of_address(NUMBERS, NOW)
    tries, _ = login.tries_of_address(NUMBERS, NOW)
    assert codes.cap >= 150 and tries.cap > codes.cap and codes.window != tries.window


def test_the_alarm_rings_from_four_fifths_of_the_budget() -> None:
    cap = login.sms_of_township(NUMBERS, NOW).cap
    assert not login.is_nearly_spent(cap * 4 // 5 - 1, NUMBERS)
    assert login.is_nearly_spent(cap * 4 // 5, NUMBERS) and login.is_nearly_spent(cap, NUMBERS)


@pytest.mark.parametrize(
    ("posts", "villages", "township"),
    [
        ((Post(Role.GRID_MEMBER, GRID),), (), "350211102"),
        ((Post(Role.COURIER, "p1"),), (VILLAGE,), "350211102"),
        ((Post(Role.DEPARTMENT, "D04"), Post(Role.CENTRE, "350211102")), (), "350211102"),
        ((Post(Role.DEPARTMENT, "D04"),), (), ""),
        ((Post(Role.DISTRICT, "350211"),), (), "350211"),
    ],
)
def test_the_township_of_somebodys_posts_or_round_pays(
    posts: tuple[Post, ...], villages: tuple[str, ...], township: str
) -> None:
    person = Person(id="p1", name="", phone="", posts=posts, villages=villages, valid_from=NOW)
    assert login.township_of(person) == township
