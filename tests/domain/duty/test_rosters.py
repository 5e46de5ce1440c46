"""Who is on duty at any moment, and which slots are empty."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.duty import rosters
from chalicelib.domain.duty.rosters import Duty, Gap, Roster, Shift, Slot
from chalicelib.domain.errors import Forbidden, Invalid, NotFound
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.calendar import ZONE
from tests.builders import ADMIN, CENTRE, COMMITTEE, COURIER, NOW, TOWNSHIP, VILLAGE, VILLAGER, WORKS

POST = f"village:{VILLAGE}"
DAY = date(2026, 11, 23)
A, B = Duty(name="甲", phone="10000000001"), Duty(name="乙", phone="10000000002")


def at(hour: int, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE).astimezone(UTC)


def roster(*shifts: Shift, day: date = DAY) -> Roster:
    return Roster(post=POST, day=day, shifts=shifts)


NIGHTS = [
    roster(Shift(begins="08:00", main=A, deputy=B), Shift(begins="18:00", main=B, deputy=A)),
    roster(Shift(begins="08:00", main=A), day=DAY + timedelta(days=1)),
]


@pytest.mark.parametrize(("hour", "main"), [(7, None), (8, A), (17, A), (18, B), (23, B)])
def test_a_shift_lasts_until_the_next_begins(hour: int, main: Duty | None) -> None:
    shift = rosters.on_duty(NIGHTS, at(hour))
    assert (shift.main if shift else None) == main


def test_a_night_ends_the_next_morning() -> None:
    shift = rosters.on_duty(NIGHTS, at(3, DAY + timedelta(days=1)))
    assert shift and shift.main == B
    assert rosters.duty_days(at(3, DAY + timedelta(days=1))) == (DAY, DAY + timedelta(days=1))


def test_no_shift_lasts_longer_than_a_day() -> None:
    assert rosters.on_duty([roster(Shift(main=A))], at(0, DAY + timedelta(days=1))) is None


def test_a_whole_day_with_both_has_no_gap() -> None:
    assert rosters.gaps(POST, [roster(Shift(main=A, deputy=B))], DAY) == []


def test_gaps_say_which_slot_and_from_when() -> None:
    found = rosters.gaps(POST, NIGHTS, DAY + timedelta(days=1))
    assert found == [Gap(post=POST, slot=Slot.DEPUTY, begins="08:00")]
    assert [(gap.slot, gap.begins) for gap in rosters.gaps(POST, [], DAY)] == [("main", "00:00"), ("deputy", "00:00")]


HOURS = st.lists(st.integers(0, 23), max_size=4, unique=True)


@given(today=HOURS, yesterday=HOURS)
def test_there_is_a_gap_exactly_where_somebody_is_missing(today: list[int], yesterday: list[int]) -> None:
    def day_of(hours: list[int], day: date) -> Roster:
        return roster(*(Shift(begins=f"{hour:02}:00", main=A, deputy=B) for hour in sorted(hours)), day=day)

    held = [day_of(yesterday, DAY - timedelta(days=1)), day_of(today, DAY)]
    missing = any(rosters.on_duty(held, at(hour)) is None for hour in range(24))
    assert bool(rosters.gaps(POST, held, DAY)) is missing


def test_two_shifts_cannot_begin_together_and_come_in_order() -> None:
    early, late = Shift(begins="06:00"), Shift(begins="18:00")
    assert rosters.checked([late, early]) == (early, late)
    with pytest.raises(Invalid):
        rosters.checked([early, early])


def test_neither_the_past_nor_the_far_future_is_written() -> None:
    rosters.require_days([DAY, DAY + timedelta(days=400)], now=NOW)
    for days in ([DAY - timedelta(days=1)], [DAY + timedelta(days=401)], [date.max], [DAY, DAY]):
        with pytest.raises(Invalid):
            rosters.require_days(days, now=NOW)


def test_a_span_has_its_days_and_not_too_many() -> None:
    assert rosters.span(DAY, DAY) == [DAY]
    for last in (DAY - timedelta(days=1), DAY + timedelta(days=31)):
        with pytest.raises(Invalid):
            rosters.span(DAY, last)


@pytest.mark.parametrize("key", ["courier:x", "grid_member:1", "boss:1", "village:", "village"])
def test_who_has_no_roster_is_refused(key: str) -> None:
    with pytest.raises(NotFound):
        rosters.post_of(key)


def test_names_and_phones_are_for_the_post_the_centre_and_the_admin() -> None:
    post = Post(Role.VILLAGE, VILLAGE)
    for reader in (VILLAGER, CENTRE, ADMIN):
        rosters.require_reader(reader, post, township=TOWNSHIP)
    for stranger in (COURIER, WORKS, COMMITTEE):
        with pytest.raises(Forbidden):
            rosters.require_reader(stranger, post, township=TOWNSHIP)


def test_the_centre_writes_only_its_own_and_that_of_bodies_without_accounts() -> None:
    police = Post(Role.DEPARTMENT, "D07")
    rosters.require_editor(CENTRE, police, township=TOWNSHIP, proxied=True)
    rosters.require_editor(CENTRE, Post(Role.CENTRE, TOWNSHIP), township=TOWNSHIP, proxied=False)
    for post in (Post(Role.VILLAGE, VILLAGE), Post(Role.DEPARTMENT, "D04")):
        with pytest.raises(Forbidden):
            rosters.require_editor(CENTRE, post, township=TOWNSHIP, proxied=False)
