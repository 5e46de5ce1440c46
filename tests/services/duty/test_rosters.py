"""Rosters are written by those they are of, read by those who need them, and their holes are told of the day before."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.domain.duty.rosters import Duty, Shift
from chalicelib.domain.errors import Forbidden, Invalid, NotFound, StaleVersion
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Person, Post, Role
from chalicelib.services.documents import monthly, weekly
from chalicelib.services.duty import mornings, rosters
from chalicelib.services.duty.rosters import Day
from chalicelib.services.notifications import digests, inbox
from chalicelib.store.people import access, people
from tests.builders import ADMIN, CENTRE, COURIER, NOW, TOWNSHIP, VILLAGE, VILLAGER, WORKS

pytestmark = pytest.mark.usefixtures("rules")
POST, AT_CENTRE = f"village:{VILLAGE}", f"centre:{TOWNSHIP}"
TODAY = date(2026, 11, 23)
TOMORROW, WEEK = TODAY + timedelta(days=1), timedelta(days=7)
FULL = Shift(main=Duty(name="甲", phone="10000000001"), deputy=Duty(name="乙", phone="10000000002"))
HALF = Shift(main=FULL.main)


def write(*days: Day, post: str = POST, by: Actor = VILLAGER) -> None:
    rosters.write(post, days, by=by, now=NOW)


def shifts(first: date, last: date, post: str = POST) -> list[tuple[Shift, ...]]:
    return [one.shifts for one in rosters.read(post, first, last, by=ADMIN, now=NOW)]


def test_what_is_written_is_read_and_days_without_are_empty() -> None:
    write(Day(day=TODAY, shifts=(FULL,)), Day(day=TOMORROW, shifts=(HALF,)))
    assert shifts(TODAY, TODAY + timedelta(days=2)) == [(FULL,), (HALF,), ()]


def test_two_who_edit_the_same_day_do_not_overwrite_each_other() -> None:
    write(Day(day=TODAY, shifts=(HALF,), version=0))
    with pytest.raises(StaleVersion):
        write(Day(day=TODAY, shifts=(FULL,), version=0), Day(day=TOMORROW, shifts=(FULL,)))
    assert shifts(TODAY, TOMORROW) == [(HALF,), ()]
    write(Day(day=TODAY, shifts=(FULL,), version=1))
    write(Day(day=TODAY, shifts=(HALF,)))
    assert shifts(TODAY, TODAY) == [(HALF,)]


def test_strangers_neither_read_nor_write() -> None:
    for by in (COURIER, WORKS):
        with pytest.raises(Forbidden):
            rosters.read(POST, TODAY, TODAY, by=by, now=NOW)
    for by in (COURIER, CENTRE):
        with pytest.raises(Forbidden):
            write(Day(day=TODAY, shifts=()), by=by)
    rosters.read(POST, TODAY, TODAY, by=CENTRE, now=NOW)


def test_the_centre_writes_for_bodies_without_accounts() -> None:
    write(Day(day=TODAY, shifts=(FULL,)), post="department:D07", by=CENTRE)
    with pytest.raises(Forbidden):
        write(Day(day=TODAY, shifts=(FULL,)), post="department:D04", by=CENTRE)
    write(Day(day=TODAY, shifts=(FULL,)), post="department:D04", by=WORKS)


@pytest.mark.parametrize(
    "post", ["village:350211102999", "centre:350211103", "department:V", "department:X", "courier:c"]
)
def test_a_post_that_is_not_there_has_no_roster(post: str) -> None:
    with pytest.raises(NotFound):
        rosters.read(post, TODAY, TODAY, by=ADMIN, now=NOW)


def test_yesterday_is_not_rewritten() -> None:
    with pytest.raises(Invalid):
        write(Day(day=TODAY - timedelta(days=1), shifts=(FULL,)))


def test_last_week_is_copied_where_nothing_stands_yet() -> None:
    write(Day(day=TODAY, shifts=(FULL,)), Day(day=TOMORROW, shifts=(FULL,)), Day(day=TOMORROW + WEEK, shifts=(HALF,)))
    for _ in range(2):
        copied = rosters.copy_last_week(POST, TODAY + WEEK, by=VILLAGER, now=NOW)
    assert [one.shifts for one in copied] == [(FULL,), (HALF,), (), (), (), (), ()]


def noted() -> list[tuple[str, What, object]]:
    """Who changed the village's roster, and for which days, latest first."""
    lines = access.of(POST, limit=9)
    return [(line.actor_id, line.what, line.details["days"]) for line in lines]


def test_who_writes_a_roster_is_noted_with_the_days_and_without_names() -> None:
    write(Day(day=TODAY, shifts=(FULL,)), Day(day=TOMORROW, shifts=(FULL,)))
    rosters.copy_last_week(POST, TODAY + WEEK, by=VILLAGER, now=NOW + timedelta(minutes=1))
    rosters.copy_last_week(POST, TODAY + WEEK, by=VILLAGER, now=NOW + timedelta(minutes=2))  # nothing is left to copy
    changed = (VILLAGER.id, What.CHANGED_ROSTER)
    assert noted() == [(*changed, ["2026-11-30", "2026-12-01"]), (*changed, ["2026-11-23", "2026-11-24"])]


def test_what_is_not_written_is_not_noted() -> None:
    with pytest.raises(Forbidden):
        write(Day(day=TODAY, shifts=()), by=CENTRE)
    with pytest.raises(StaleVersion):
        write(Day(day=TODAY, shifts=(FULL,), version=3))
    assert noted() == []


@pytest.fixture
def staff(tables: str) -> None:
    """Somebody of the village, the centre, the admin, and of a department."""
    offices = {VILLAGER: (Role.VILLAGE, VILLAGE), CENTRE: (Role.CENTRE, TOWNSHIP), ADMIN: (Role.ADMIN, TOWNSHIP)}
    for actor, (role, scope) in (offices | {WORKS: (Role.DEPARTMENT, "D04")}).items():
        people.put(Person(id=actor.id, name=actor.id, phone=actor.id, posts=(Post(role, scope),), valid_from=NOW))


def told(actor: Actor) -> list[str]:
    return [one.zh for one in inbox.page(actor.id, limit=9, cursor=None, now=NOW).messages]


@pytest.mark.usefixtures("staff")
def test_empty_slots_of_tomorrow_are_told_once_to_the_post_the_centre_and_the_admin() -> None:
    write(Day(day=TOMORROW, shifts=(HALF,)))
    write(Day(day=TOMORROW, shifts=(FULL,)), post="department:D04", by=WORKS)
    assert mornings.check_rosters(now=NOW) == 3
    assert mornings.check_rosters(now=NOW + timedelta(hours=1)) == 0
    (own,), (all_of_them,) = told(VILLAGER), told(CENTRE)
    assert "2026-11-24" in own and "深青村副班" in own and "正班" not in own
    assert "另有" in all_of_them and told(ADMIN) == [all_of_them]
    assert told(WORKS) == []


@pytest.mark.usefixtures("staff")
def test_they_are_told_in_the_morning_and_later_where_the_morning_was_missed() -> None:
    early = NOW - timedelta(hours=1)  # eight in Guankou
    assert mornings.begin(now=early)["rosters"] == 0
    assert mornings.begin(now=NOW + timedelta(hours=13))["rosters"] > 0
    assert len(told(VILLAGER)) == 1


@pytest.mark.usefixtures("staff")
def test_what_fails_of_a_morning_keeps_nothing_else_from_being_done_and_rings_in_the_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*, now: datetime) -> int:
        raise RuntimeError(f"not today, {now}")

    made: list[datetime] = []
    monkeypatch.setattr(digests, "send", fail)
    monkeypatch.setattr(weekly, "send", fail)
    monkeypatch.setattr(monthly, "make_due", lambda *, now: made.append(now))
    with pytest.raises(ExceptionGroup) as failed:
        mornings.begin(now=NOW)
    assert len(failed.value.exceptions) == 2 and made == [NOW] and len(told(VILLAGER)) == 1
    assert [record.getMessage() for record in caplog.records if record.exc_info] == [
        "morning: digests failed",
        "morning: weekly failed",
    ]
