"""What follows from a closing, in whatever order and however often it is told, on a real store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.rechecks.tasks import Finding, TaskState
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.rechecks import rechecks
from chalicelib.services.reference import tables as reference
from chalicelib.services.reports import timers
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.reports import due, merged, reports
from chalicelib.store.reports import rechecks as store
from chalicelib.store.reports.reports import ReportItem, due_shard
from tests.bench.calls import counted
from tests.builders import COURIER, COURIER2, GRID_MEMBER, NOW, WORKS, report
from tests.drawn import LONG_AGO, accepted_by, act, closed, hear, looked, save, state
from tests.rechecking import EVERY_ONE, HOUR, resolved, rider

pytestmark = pytest.mark.usefixtures("everyone_is_drawn", "riders")
A, S = Action, Status


def test_a_closing_that_is_drawn_makes_one_task_however_often_it_is_told() -> None:
    line = closed()
    hear(line, line, line)
    task = store.find("r1")
    assert task is not None and (task.number, task.closed_at, task.state) == (line.number, NOW, TaskState.OPEN)
    assert set(task.barred) == {COURIER.id, GRID_MEMBER.id}


def test_who_reported_the_same_matter_is_not_asked() -> None:
    save(replace(resolved(), after_photos=()))
    transaction = Transaction()
    same = report(S.DUPLICATE, id="r2", main="r1", reporter_id=COURIER2.id, version=1)
    reports.put(same, transaction=transaction)
    merged.move(same, before=None, at=NOW, transaction=transaction)
    transaction.commit()
    hear(act(A.CONFIRM, GRID_MEMBER))
    task = store.find("r1")
    assert task is not None and set(task.barred) == {COURIER.id, COURIER2.id, GRID_MEMBER.id}


def test_one_that_is_not_drawn_makes_none() -> None:
    reference.publish("closing", EVERY_ONE.replace("100", "0").encode(), base=None, by="test", now=LONG_AGO)
    hear(closed())
    assert state() is None


def test_the_tables_of_then_decide_however_late_it_is_told() -> None:
    line = closed()
    nothing = EVERY_ONE.replace("100", "0").replace("甲", "乙").encode()  # editions are remembered by what they say
    reference.publish("closing", nothing, base=None, by="test", now=NOW + HOUR)
    hear(line, now=NOW + 3 * HOUR)
    assert state() is TaskState.OPEN


def test_what_is_told_after_the_time_for_offers_makes_none() -> None:
    hear(closed(), now=NOW + 72 * HOUR)
    assert state() is None


def test_found_solved_or_not_to_be_told_it_stays_closed() -> None:
    hear(closed())
    hear(looked(Finding.CANNOT_TELL))
    assert state() is TaskState.OPEN and reports.get("r1").status is S.CLOSED
    rechecks.accept("r1", key=None, by=rider("third").actor, now=NOW + 4 * HOUR)
    rechecks.answer("r1", Finding.SOLVED, [], key=None, by=rider("third").actor, now=NOW + 5 * HOUR)
    hear(history.of("r1")[-1])
    assert state() is TaskState.DONE and reports.get("r1").status is S.CLOSED
    assert accepted_by(COURIER2.id) == accepted_by("third") == 0


def test_opened_again_by_its_reporter_the_task_is_void_and_the_courier_free() -> None:
    hear(closed())
    rechecks.accept("r1", key=None, by=COURIER2, now=NOW + HOUR)
    assert accepted_by(COURIER2.id) == 1
    line = act(A.REOPEN, COURIER, NOW + 2 * HOUR, text="又坏了")
    hear(line, line)
    assert state() is TaskState.VOID and accepted_by(COURIER2.id) == 0


def lives() -> Sequence[Event]:
    """Closed, found undone, closed again: every line of it."""
    first = closed()
    hear(first)
    hear(looked(Finding.NOT_SOLVED), now=NOW + 3 * HOUR)
    act(A.RESOLVE, WORKS, NOW + 4 * HOUR, text="再修", no_photo_reason="夜间")
    act(A.CONFIRM, GRID_MEMBER, NOW + 5 * HOUR)
    return history.of("r1")


def test_told_again_in_any_order_nothing_is_reopened_and_the_last_closing_has_its_task() -> None:
    lines = lives()
    for order in list(permutations(lines))[::11]:
        hear(*order, now=NOW + 6 * HOUR)
        task = store.find("r1")
        assert task is not None and (task.number, task.state) == (lines[-1].number, TaskState.OPEN)
        assert reports.get("r1").status is S.CLOSED and len(history.of("r1")) == len(lines)
    assert store.count_false("department:D04", since=NOW, until=NOW + timedelta(days=1)) == 1


def test_the_clock_offers_it_anew_and_then_lets_it_go() -> None:
    hear(closed())
    rechecks.accept("r1", key=None, by=COURIER2, now=NOW + HOUR)
    task = store.get("r1")
    late = NOW + 25 * HOUR
    (found,) = [one for one in due.fallen(due_shard("r1"), late) if one.id == "r1"]
    assert (found.part, found.at) == (store.RECHECK, task.due_at)
    for _ in range(2):
        timers.FIRES[found.part]("r1", found.at, late)
    assert state() is TaskState.OPEN and accepted_by(COURIER2.id) == 0
    timers.FIRES[found.part]("r1", found.at, NOW + 72 * HOUR)  # what it was for has moved on
    assert state() is TaskState.OPEN
    timers.FIRES[found.part]("r1", NOW + 72 * HOUR, NOW + 72 * HOUR)
    assert state() is TaskState.EXPIRED
    assert [one for one in due.fallen(due_shard("r1"), NOW + timedelta(days=30)) if one.id == "r1"] == []


def test_a_remark_in_between_is_no_hindrance(monkeypatch: pytest.MonkeyPatch) -> None:
    line, real, times = closed(), history.of, [0]

    def meanwhile(subject: str) -> list[Event]:
        if not times[0]:
            times[0] = 1
            act(A.ADD_INFO, COURIER, text="谢谢")
        return real(subject)

    monkeypatch.setattr(history, "of", meanwhile)
    hear(line)
    assert state() is TaskState.OPEN


def test_a_report_that_never_stands_still_is_told_of_again(monkeypatch: pytest.MonkeyPatch) -> None:
    line, real = closed(), history.of

    def meanwhile(subject: str) -> list[Event]:
        monkeypatch.setattr(history, "of", real)
        act(A.ADD_INFO, COURIER, text="谢谢")
        monkeypatch.setattr(history, "of", meanwhile)
        return real(subject)

    monkeypatch.setattr(history, "of", meanwhile)
    with pytest.raises(StaleVersion):
        hear(line)


def test_what_a_closing_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The head, how often its body closed falsely, who had a part in it, the task of before; one transaction."""
    line = closed()
    hear(replace(line, id="x", number=line.number))  # the tables are read
    ReportItem("r1", store.RECHECK).delete()
    with counted() as calls:
        hear(line)
    assert calls.names == ["GetItem", "Query", "Query", "Query", "GetItem", "TransactWriteItems"]
