"""Published minutes: each decision becomes the report's own action, once, whatever comes twice, dies or moves on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Busy
from chalicelib.domain.meetings.model import Decision, MeetingState, Verdict
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.terms import Ruling
from chalicelib.services.meetings import agenda, editing, publishing
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import reports as acting
from chalicelib.store import history
from chalicelib.store.meetings import agenda as slots
from chalicelib.store.meetings import meetings as store
from chalicelib.store.reports import reports
from chalicelib.store.reports.reports import HEAD, ReportItem
from tests.builders import CENTRE, COMMITTEE, COURIER, NOW, SANITATION, WORKS
from tests.deeds import local
from tests.meeting_room import (
    DISPATCH,
    MEETING,
    Worker,
    at_work,
    called,
    case,
    decided,
    do,
    enrolled,
    heard,
    outcomes,
    rulings,
)

pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture
def worker(tables: str) -> Iterator[Worker]:
    with at_work(Worker()) as worker:
        yield worker


def published(worker: Worker, *ids: str, decision: Decision = DISPATCH) -> None:
    decided(*ids, decision=decision)
    do(editing.publish())
    worker.work_off()


def by_hand(id: str, action: Action, by: Any, **fields: Any) -> Report:
    return acting.act(id, Command(action=action, **fields), version=None, key=None, by=by, now=NOW).report


def test_a_decision_becomes_a_binding_order_that_names_its_meeting(worker: Worker) -> None:
    case()
    published(worker, "r1", decision=replace(DISPATCH, co_handlers=("D03",), resources="应急维修资金"))
    report = reports.get("r1")
    assert (report.status, report.department, report.binding) == (Status.DISPATCHED, "D04", True)
    line = history.of("r1")[-1]
    assert (line.action, line.actor_id, line.as_role) == (Action.DECIDE, COMMITTEE.id, "committee")
    assert line.details["meeting"] == MEETING and line.details["resources"] == "应急维修资金"
    assert store.whole(MEETING).meeting.state is MeetingState.PUBLISHED


def test_by_when_is_the_departments_deadline(worker: Worker) -> None:
    case()
    published(worker, "r1", decision=replace(DISPATCH, day=date(2026, 11, 27)))
    assert by_hand("r1", Action.ACCEPT, WORKS).due_at == local(11, 27, 18)


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        (Decision(verdict=Verdict.TO_VILLAGE, text="村里可办"), Status.WITH_VILLAGE),
        (Decision(verdict=Verdict.SUSPEND, text="等资金", plan="春后施工"), Status.SUSPENDED),
        (Decision(verdict=Verdict.CLOSE_UNSOLVED, text="产权不清，已向群众说明"), Status.CLOSED),
    ],
)
def test_every_ruling_is_carried_out(worker: Worker, decision: Decision, status: Status) -> None:
    case()
    published(worker, "r1", decision=decision)
    assert reports.get("r1").status is status and outcomes() == {"r1": "applied"}


def test_what_is_published_twice_is_carried_out_once(worker: Worker) -> None:
    case()
    version = decided("r1").meeting.version
    for _ in range(2):
        do(editing.publish(), version=version)
    worker.work_off()
    do(editing.publish(), version=version)
    worker.work_off()
    assert rulings("r1") == [MEETING]


def minutes_of_three(name: str) -> None:
    """Minutes of two decisions and a case that is postponed."""
    ids = [f"{name}-{letter}" for letter in "abc"]
    for id in ids:
        case(id)
    decided(*ids[:2], meeting=name)
    do(editing.gather(ids[2:]), name)
    do(editing.postpone(ids[2], "等勘察"), name)
    do(editing.publish(), name)


@pytest.mark.parametrize("after", [False, True])
def test_a_death_at_any_call_loses_nothing_and_doubles_nothing(worker: Worker, after: bool) -> None:
    minutes_of_three("plain")
    worker.calls.clear()
    worker.work_off()
    for number in range(len(worker.calls)):
        name = f"m{number}"
        minutes_of_three(name)
        worker.calls.clear()
        worker.dies_at, worker.after = number, after
        worker.work_off()
        worker.dies_at = None
        assert [rulings(f"{name}-{letter}") for letter in "abc"] == [[name], [name], []], f"dead at call {number}"
        assert sorted(outcomes(name).values()) == ["applied", "applied", "postponed"]
        assert store.whole(name).meeting.state is MeetingState.PUBLISHED


def test_a_message_that_is_lost_is_made_up_for_by_the_sweep(worker: Worker) -> None:
    case()
    decided("r1")
    worker.deaf = True
    do(editing.publish())
    assert not worker.queue
    worker.work_off()
    assert rulings("r1") == [MEETING]


def test_what_has_moved_on_is_overtaken_and_holds_up_nothing(worker: Worker) -> None:
    for id in ("cancelled", "ruled", "left"):
        case(id)
    decided("cancelled", "ruled", "left")
    by_hand("cancelled", Action.CANCEL, CENTRE, text="重复")
    by_hand("ruled", Action.DECIDE, COMMITTEE, decision=Ruling.TO_VILLAGE, text="急办")
    do(editing.publish())
    worker.work_off()
    moved = "overtaken case_moved_on"
    assert outcomes() == {"cancelled": moved, "ruled": moved, "left": "applied"}
    assert rulings("ruled") == [None]


def test_what_left_and_came_back_is_decided_anew(worker: Worker) -> None:
    case()
    decided("r1")
    by_hand("r1", Action.DECIDE, COMMITTEE, decision=Ruling.DISPATCH, department="D03", text="先清运")
    acting.act(
        "r1",
        Command(action=Action.COORDINATE, text="仍有争议"),
        version=None,
        key=None,
        by=CENTRE,
        now=NOW + timedelta(minutes=5),
    )
    do(editing.publish())
    worker.work_off()
    assert outcomes() == {"r1": "overtaken case_came_back"} and rulings("r1") == [None]
    waiting = agenda.cases(by=COMMITTEE, now=worker.now, limit=9, cursor=None)
    assert [one.id for one in waiting.reports] == ["r1"]


def test_what_a_rule_refuses_by_now_says_so_and_waits_for_another_meeting(worker: Worker) -> None:
    case()
    decided("r1", decision=replace(DISPATCH, day=date(2026, 11, 25)))
    worker.now = local(11, 26, 9)  # published days after it was decided
    do(editing.publish(), now=worker.now)
    worker.work_off()
    assert outcomes() == {"r1": "refused decided_day_too_soon"}
    assert reports.get("r1").status is Status.COORDINATING
    called("m2")
    assert do(editing.gather(["r1"]), "m2").item("r1")


def test_a_case_that_is_no_more_is_overtaken(worker: Worker) -> None:
    case()
    decided("r1")
    ReportItem("r1", HEAD).delete()
    do(editing.publish())
    worker.work_off()
    assert outcomes() == {"r1": "overtaken case_moved_on"}


def test_who_is_invited_or_charged_hears_of_agenda_and_minutes_once(worker: Worker) -> None:
    enrolled(COMMITTEE, CENTRE, WORKS, SANITATION, COURIER, replace(COMMITTEE, id="committee2"))
    case()
    called(invited=("D03",))
    do(editing.gather(["r1"]))
    do(editing.announce())
    worker.work_off()
    assert heard(SANITATION) == heard(CENTRE) == ["meeting_agenda"] and heard(WORKS) == []
    do(editing.decide("r1", DISPATCH))
    do(editing.publish())
    worker.work_off()
    for someone in (SANITATION, CENTRE, replace(COMMITTEE, id="committee2")):
        assert sorted(heard(someone)) == ["meeting_agenda", "meeting_minutes"]
    assert heard(WORKS) == ["meeting_minutes"] and heard(COURIER) == []
    publishing.settle(MEETING, "r1", now=worker.now)
    assert heard(WORKS) == ["meeting_minutes"]


def test_postponed_cases_are_on_the_agenda_again(worker: Worker) -> None:
    case()
    called()
    do(editing.gather(["r1"]))
    do(editing.postpone("r1", "等勘察"))
    do(editing.publish())
    worker.work_off()
    assert outcomes() == {"r1": "postponed"}
    assert slots.gathered(store.whole(MEETING).meeting.body, "350211102") == {}
    called("m2")
    assert do(editing.gather(["r1"]), "m2").item("r1")


def test_a_decision_costs_a_query_a_read_a_transaction_and_a_query(worker: Worker) -> None:
    case("a")
    case("b")
    decided("a", "b")
    do(editing.publish())
    publishing.fire(MEETING, at=NOW, now=NOW)
    worker.calls.clear()
    publishing.settle(MEETING, "a", now=NOW)
    assert worker.calls == ["Query", "GetItem", "TransactWriteItems", "Query"]


def busy(**_: object) -> None:
    raise Busy("store_busy")


def test_a_store_that_is_busy_refuses_no_decision(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    case()
    decided("r1")
    do(editing.publish())
    with monkeypatch.context() as patch:
        patch.setattr(rulebook, "in_force", busy)
        with pytest.raises(Busy):
            publishing.settle(MEETING, "r1", now=NOW)
    assert outcomes() == {"r1": ""}
    worker.work_off()
    assert outcomes() == {"r1": "applied"}
