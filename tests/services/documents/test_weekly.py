"""Last week: a message for each village's people, a document for the companies; once, and made up for where missed."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.documents.weekly import Company
from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.people.model import Actor, Person, Post, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.documents import weekly
from chalicelib.services.figures import figures
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people
from tests.bench.calls import counted
from tests.builders import AUDITOR, CENTRE, COMMITTEE, EVERYONE, GRID, GRID_MEMBER, TOWNSHIP, VILLAGE, VILLAGER
from tests.lines import told

pytestmark = pytest.mark.usefixtures("rules", "staff")
A, S = Action, Status
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=ZONE)
MONDAY = datetime(2026, 11, 30, 8, tzinfo=ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEPS = ((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED))
OFFICES = {
    GRID_MEMBER.id: [Post(Role.GRID_MEMBER, GRID)],
    VILLAGER.id: [Post(Role.VILLAGE, VILLAGE), Post(Role.GRID_MEMBER, GRID)],
    "elsewhere": [Post(Role.VILLAGE, "350211102201")],
    CENTRE.id: [Post(Role.CENTRE, TOWNSHIP)],
}
RIDERS = {"a": "圆通", "b": "圆通", "c": "圆通", "d": "中通"}


@pytest.fixture
def staff(tables: str) -> None:
    for id, posts in OFFICES.items():
        people.put(Person(id=id, name=id, phone=id, posts=tuple(posts), valid_from=TUESDAY))
    for id, employer in RIDERS.items():
        people.put(Person(id=id, name=f"骑手{id}", phone=f"p{id}", posts=(), valid_from=TUESDAY, employer=employer))


def happened(subject: str, courier: str = "a", *steps: Any, at: datetime = TUESDAY, **changes: Any) -> None:
    """What a courier reported and what came of it, counted."""
    lines = [replace(line, reporter_id=courier) for line in told(*steps, subject=subject, at=at, **changes)]
    for line in lines:
        transaction = Transaction()
        history.append(line, transaction)
        transaction.commit()
    figures.recount(subject)


def heard(person: str, template: str = weekly.VILLAGES) -> list[str]:
    found = inbox.page(person, limit=20, before=None, now=MONDAY + 30 * DAY)
    return [one.zh for one in found if one.template == template]


def test_the_people_of_a_village_hear_once_what_came_in_and_what_came_of_it_without_names() -> None:
    happened("r1", "a", *STEPS)
    happened("r2", "b")
    happened("before", "b", at=TUESDAY - 7 * DAY)
    weekly.send(now=MONDAY)
    (text,) = heard(VILLAGER.id)
    assert heard(GRID_MEMBER.id) == [text]
    assert "深青村 2026-11-23至2026-11-29：收到上报2件，确认解决1件" in text
    assert "2名快递员参与，最多的一位被核实属实1件" in text
    assert "骑手" not in text and heard("elsewhere") == []


def test_what_is_confidential_is_in_no_villages_figures() -> None:
    happened("r1", confidential=True, kind="0801")
    weekly.send(now=MONDAY)
    assert heard(VILLAGER.id) == []


def test_companies_are_told_apart_where_enough_of_their_couriers_took_part() -> None:
    for number, courier in enumerate("abcd"):
        happened(f"r{number}", courier, *(STEPS if courier == "a" else ()))
    weekly.send(now=MONDAY)
    summary = weekly.get("2026-W48", by=CENTRE, now=MONDAY)
    assert summary.companies == (Company(name="圆通", couriers=3, filed=3, verified=1, solved=1),)
    assert weekly.words(summary.companies[0], summary)[0] == (
        "圆通：2026-11-23至2026-11-29，贵公司3名快递员参与基层微治理，上报3件，核实属实1件，确认解决1件。感谢支持！"
    )
    assert heard(CENTRE.id, weekly.COMPANIES) == ["2026-W48企业周报已生成，共1家，可在系统中查看并转发企业。"]


def test_it_is_done_once_however_often_the_hour_strikes() -> None:
    happened("r1")
    assert [weekly.send(now=MONDAY + number * HOUR) for number in range(3)] == [3, 0, 0]
    assert len(heard(VILLAGER.id)) == 1
    with counted() as calls:
        weekly.send(now=MONDAY + 2 * HOUR)
    assert calls.names == ["BatchGetItem"]


def test_what_broke_off_goes_on_and_says_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    happened("r1")
    real, left = inbox.leave, list[str]()

    def leave(message: Any) -> None:
        if left:
            raise RuntimeError("out of time")
        left.append(message.person_id)
        real(message)

    with monkeypatch.context() as broken, pytest.raises(ExceptionGroup):
        broken.setattr(inbox, "leave", leave)
        weekly.send(now=MONDAY)
    weekly.send(now=MONDAY + HOUR)
    assert [len(heard(person)) for person in (GRID_MEMBER.id, VILLAGER.id)] == [1, 1]


def test_one_whose_inbox_fails_keeps_nobody_else_from_hearing(monkeypatch: pytest.MonkeyPatch) -> None:
    happened("r1")
    real = inbox.leave

    def leave(message: Any) -> None:
        if message.person_id == GRID_MEMBER.id:
            raise RuntimeError("his inbox")
        real(message)

    with monkeypatch.context() as broken, pytest.raises(ExceptionGroup) as failed:
        broken.setattr(inbox, "leave", leave)
        weekly.send(now=MONDAY)
    assert failed.group_contains(RuntimeError, match="his inbox")
    everybody = ((GRID_MEMBER.id, weekly.VILLAGES), (VILLAGER.id, weekly.VILLAGES), (CENTRE.id, weekly.COMPANIES))
    assert [len(heard(*one)) for one in everybody] == [0, 1, 1]
    weekly.send(now=MONDAY + HOUR)
    assert [len(heard(*one)) for one in everybody] == [1, 1, 1]
    assert weekly.send(now=MONDAY + 2 * HOUR) == 0


def test_a_village_that_fails_keeps_no_other_from_hearing(monkeypatch: pytest.MonkeyPatch) -> None:
    next_door = Post(Role.VILLAGE, "350211102004")
    people.put(Person(id="next door", name="甲", phone="next door", posts=(next_door,), valid_from=TUESDAY))
    happened("r1")
    happened("r2", village=next_door.scope, grid=None)
    real = people.holders

    def holders(key: str) -> Any:
        if key == next_door.key:
            raise RuntimeError("this village")
        return real(key)

    with monkeypatch.context() as broken, pytest.raises(ExceptionGroup):
        broken.setattr(people, "holders", holders)
        weekly.send(now=MONDAY)
    assert [len(heard(one)) for one in ("next door", VILLAGER.id)] == [0, 1]
    weekly.send(now=MONDAY + HOUR)
    assert [len(heard(one)) for one in ("next door", VILLAGER.id)] == [1, 1]


def test_a_week_that_fails_keeps_no_later_one_back_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    weekly.send(now=MONDAY - 7 * DAY)
    happened("r1")
    happened("r2", at=TUESDAY + 7 * DAY)
    real, after = history.since, MONDAY + 7 * DAY

    def since(start: datetime, end: datetime) -> Any:
        if start < TUESDAY:
            raise RuntimeError("this week")
        return real(start, end)

    with monkeypatch.context() as broken, pytest.raises(ExceptionGroup):
        broken.setattr(history, "since", since)
        weekly.send(now=after)
    assert ["2026-11-30至2026-12-06" in one for one in heard(VILLAGER.id)] == [True]
    assert weekly.send(now=after + HOUR) == 3 and len(heard(VILLAGER.id)) == 2
    assert weekly.send(now=after + 2 * HOUR) == 0


def test_of_a_long_outage_twelve_weeks_are_told_and_the_others_named(caplog: pytest.LogCaptureFixture) -> None:
    weekly.send(now=MONDAY)
    for number in range(1, 15):
        happened(f"r{number}", at=TUESDAY + 7 * number * DAY)
    back = MONDAY + 7 * 14 * DAY  # no holiday
    weekly.send(now=back)
    assert len(inbox.page(VILLAGER.id, limit=50, before=None, now=back + DAY)) == 12
    assert [one.getMessage() for one in caplog.records if one.levelname == "WARNING"] == [
        "Weeks that nobody is told of any more: 2026-W49, 2026-W50"
    ]
    assert weekly.send(now=back + HOUR) == 0


def test_after_some_weeks_without_the_clock_none_is_lost() -> None:
    weekly.send(now=MONDAY)
    for number in range(1, 6):
        happened(f"r{number}", at=TUESDAY + 7 * number * DAY)
    weekly.send(now=MONDAY + 7 * 5 * DAY)
    assert len(inbox.page(VILLAGER.id, limit=50, before=None, now=MONDAY + 36 * DAY)) == 5


def test_it_is_told_on_the_first_working_morning_and_later_in_the_week_where_that_was_missed() -> None:
    happened("r1")
    assert weekly.send(now=MONDAY - HOUR) == 0 and weekly.send(now=MONDAY - DAY) == 0
    assert weekly.send(now=MONDAY + 2 * DAY) == 3
    assert weekly.send(now=MONDAY + 7 * DAY) == 0, "of the week after there is nothing to tell"


def test_a_week_is_told_of_though_the_next_one_is_a_holiday_from_end_to_end() -> None:
    tuesday, after = datetime(2026, 2, 10, 9, tzinfo=ZONE), datetime(2026, 2, 24, 8, tzinfo=ZONE)  # Spring Festival
    weekly.send(now=datetime(2026, 2, 9, 8, tzinfo=ZONE))
    happened("r1", at=tuesday)
    happened("r2", at=tuesday + 7 * DAY)
    assert [weekly.send(now=after + number * HOUR) for number in range(-24, 2)] == [0] * 24 + [6, 0]
    found = inbox.page(VILLAGER.id, limit=5, before=None, now=after)
    first, second = sorted(one.zh for one in found)
    assert "2026-02-09至2026-02-15：收到上报1件" in first and "2026-02-16至2026-02-22：收到上报1件" in second
    assert {one.at for one in found} == {after}


def test_what_the_store_took_in_late_changes_no_summary_that_was_made() -> None:
    for number, courier in enumerate("abc"):
        happened(f"r{number}", courier)
    weekly.send(now=MONDAY)
    happened("late", "a")
    assert weekly.get("2026-W48", by=CENTRE, now=MONDAY + DAY).companies[0].filed == 3


@pytest.mark.parametrize("by", EVERYONE, ids=lambda one: one.id)
def test_centre_committee_and_auditor_read_it_and_nobody_else(by: Actor) -> None:
    for number, courier in enumerate("abc"):
        happened(f"r{number}", courier)
    weekly.send(now=MONDAY)
    if by in (CENTRE, COMMITTEE, AUDITOR):
        assert weekly.listing(by=by, limit=5, cursor=None, now=MONDAY).documents
        with pytest.raises(NotFound):
            weekly.get("2026-W47", by=by, now=MONDAY)
    else:
        with pytest.raises(Forbidden):
            weekly.get("2026-W48", by=by, now=MONDAY)
        with pytest.raises(Forbidden):
            weekly.listing(by=by, limit=5, cursor=None, now=MONDAY)


def test_a_week_costs_its_days_its_lines_a_hundred_at_a_time_and_a_query_a_post() -> None:
    for number, courier in enumerate("abcd"):
        happened(f"r{number}", courier, *STEPS)
    weekly.send(now=MONDAY - 7 * DAY)
    with counted() as calls:
        weekly.send(now=MONDAY)
    indexes = [given.get("IndexName") for name, given in calls.made if name == "Query"]
    assert indexes.count("by_day") == 8 * 4, "a local week touches eight days of the store, of four shards"
    assert indexes.count(None) == 1, "one month's counters"
    assert len(indexes) <= 33 + 10
