"""Parked drafts without a store: how many, how long, and when somebody is reminded of them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import CapReached, Invalid, NotFound
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports import drafts as rules
from chalicelib.domain.reports.drafts import Drawer, Parked
from tests.builders import NOW, RULES

DAY, KEPT = timedelta(days=1), timedelta(days=3)
EMPTY = Drawer(person_id="c")


def tap(id: str = "d1", at: datetime = NOW, told_at: datetime = NOW) -> Parked:
    return Parked(id=id, at=at, told_at=told_at, expires_at=at + KEPT)


def drawer(*drafts: Parked, now: datetime = NOW) -> Drawer:
    found = EMPTY
    for one in drafts:
        found = rules.parked(found, one, numbers=RULES.numbers, now=now)
    return found


def test_it_keeps_the_phones_time_however_late_it_comes_and_not_for_ever() -> None:
    assert rules.dated(NOW - 2 * DAY, kept=KEPT, now=NOW) == NOW - 2 * DAY
    assert rules.dated(None, kept=KEPT, now=NOW) == NOW
    assert rules.dated(NOW + timedelta(hours=1), kept=KEPT, now=NOW) == NOW  # a clock that is ahead
    with pytest.raises(Invalid, match="draft_too_old"):
        rules.dated(NOW - KEPT, kept=KEPT, now=NOW)
    with pytest.raises(Invalid, match="observed_in_future"):
        rules.dated(NOW + 2 * DAY, kept=KEPT, now=NOW)


def test_there_are_few_and_those_that_lapsed_do_not_count() -> None:
    full = drawer(*(tap(f"d{number}") for number in range(20)))
    with pytest.raises(CapReached):
        rules.parked(full, tap("x"), numbers=RULES.numbers, now=NOW)
    later = rules.parked(full, tap("x", NOW + KEPT), numbers=RULES.numbers, now=NOW + KEPT)
    assert [one.id for one in later.drafts] == ["x"]


def test_one_that_lapsed_or_was_taken_is_not_there() -> None:
    found = rules.without(drawer(tap("d1"), tap("d2")), "d1", now=NOW)
    assert [one.id for one in found.drafts] == ["d2"] and found.version == 3
    for id, now in (("d1", NOW), ("d2", NOW + KEPT)):
        with pytest.raises(NotFound):
            rules.find(found, id, now=now)


def test_he_is_reminded_on_the_evening_and_once_more_before_it_lapses() -> None:
    one = drawer(tap())
    first = rules.remind_at(one, numbers=RULES.numbers, now=NOW)
    assert first == datetime(2026, 11, 23, 19, tzinfo=ZONE)
    last = rules.remind_at(one, numbers=RULES.numbers, now=first)
    assert last == datetime(2026, 11, 25, 19, tzinfo=ZONE)
    assert rules.remind_at(one, numbers=RULES.numbers, now=last) is None


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 4000)), min_size=1, max_size=6))
def test_however_they_come_reminders_end_lie_ahead_and_speak_of_something(taps: list[tuple[int, int]]) -> None:
    minute = timedelta(minutes=1)
    drafts = [
        tap(f"d{number}", NOW + late * minute, NOW + (late + more % 1000) * minute)
        for number, (late, more) in enumerate(taps)
    ]
    found, now, times = drawer(*drafts), NOW, 0
    while at := rules.remind_at(found, numbers=RULES.numbers, now=now):
        assert at > now and found.alive(at)
        now, times = at, times + 1
    assert times <= 2 * len(drafts)
