"""The town's meeting: what waits for it, what it gathers and decides, who may and who sees it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Conflict, DomainError, NotFound, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.meetings.model import Body, Decision, MeetingState, Verdict
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.meetings import agenda, editing, meetings
from chalicelib.services.people import access
from chalicelib.services.reports import reports as acting
from chalicelib.store.meetings import meetings as store
from tests.builders import AUDITOR, CENTRE, COMMITTEE, DISTRICT, NOW, SANITATION, VILLAGER, WORKS
from tests.meeting_room import DISPATCH, MEETING, Worker, at_work, called, case, decided, do, outcomes

pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture(autouse=True)
def worker(tables: str) -> Iterator[Worker]:
    with at_work(Worker()) as worker:
        yield worker


def waiting(by: Actor = COMMITTEE) -> list[str]:
    return [one.id for one in agenda.cases(by=by, now=NOW, limit=50, cursor=None).reports]


def rule(call: Any) -> str:
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.rule


def test_what_stands_with_the_committee_waits_until_a_meeting_gathers_it() -> None:
    case("late", due_at=NOW - timedelta(days=1))
    case("soon")
    case("sorted", Status.WITH_CENTRE)
    assert waiting() == waiting(CENTRE) == waiting(AUDITOR) == ["late", "soon"]
    called()
    do(editing.gather(["late"]))
    assert waiting() == ["soon"]
    do(editing.drop(["late"]))
    assert waiting() == ["late", "soon"]


def test_a_case_is_on_one_open_meeting_at_most() -> None:
    case()
    called("m1")
    called("m2")
    do(editing.gather(["r1"]), "m1")
    assert rule(lambda: do(editing.gather(["r1"]), "m2")) == "item_gathered"
    do(editing.cancel("停会"), "m1")
    assert do(editing.gather(["r1"]), "m2").item("r1")


def test_only_what_the_committee_has_is_gathered() -> None:
    case("elsewhere", Status.WITH_CENTRE)
    called()
    for id in ("elsewhere", "nothing"):
        assert rule(lambda id=id: do(editing.gather([id]))) == "case_not_coordinating"
    assert store.whole(MEETING).items == ()


def test_gathering_twice_is_gathering_once() -> None:
    case()
    called()
    do(editing.gather(["r1", "r1"]))
    assert [item.id for item in do(editing.gather(["r1"])).items] == ["r1"]


def test_a_meeting_has_so_many_matters_and_no_more() -> None:
    ids = [f"r{number:02}" for number in range(31)]
    for id in ids:
        case(id)
    called()
    do(editing.gather(ids[:30]))  # the largest transaction there is
    assert rule(lambda: do(editing.gather(ids[30:]))) == "meeting_full"
    assert do(editing.cancel("停会")).meeting.state is MeetingState.CANCELLED
    assert sorted(waiting()) == ids


def test_a_decision_is_tried_out_when_it_is_recorded() -> None:
    case()
    called()
    do(editing.gather(["r1"]))

    def refused(**fields: Any) -> str:
        return rule(lambda: do(editing.decide("r1", replace(DISPATCH, **fields))))

    assert refused(department=None) == "department_needed"
    assert refused(department="D99") == "unknown_department"
    assert refused(day=date(2026, 11, 23)) == "decided_day_too_soon"
    assert refused(day=date(2028, 1, 1)) == "decided_day_too_late"
    assert refused(verdict=Verdict.SUSPEND) == "plan_needed"
    assert refused(verdict=Verdict.SUSPEND, plan="春后施工", day=date(2026, 12, 4)) == "decided_day_for_orders"
    assert refused(verdict=Verdict.FOLLOW_UP) == "verdict_of_other_meeting"
    assert rule(lambda: do(editing.decide("r2", DISPATCH))) == "not_on_meeting"
    item = do(editing.decide("r1", DISPATCH)).item("r1")
    assert item and item.decision and item.decision.department == "D04"


def test_two_who_edit_the_minutes_do_not_overwrite_each_other() -> None:
    case()
    version = called().version
    do(editing.gather(["r1"]), version=version)
    with pytest.raises(StaleVersion):
        do(editing.decide("r1", DISPATCH), version=version)
    key = Key(caller_id=COMMITTEE.id, key="k", fingerprint="f")
    once = do(editing.decide("r1", DISPATCH), version=version + 1, key=key)
    assert do(editing.decide("r1", DISPATCH), version=version + 1, key=key) == once


def test_minutes_are_published_whole() -> None:
    case("a")
    case("b")
    called()
    assert rule(lambda: do(editing.publish())) == "meeting_empty"
    do(editing.gather(["a", "b"]))
    do(editing.decide("a", DISPATCH))
    assert rule(lambda: do(editing.publish())) == "items_undecided"
    do(editing.postpone("b", "等勘察"))
    assert do(editing.publish()).meeting.state is MeetingState.PUBLISHING
    assert rule(lambda: do(editing.drop(["a"]))) == "meeting_not_draft"


def test_the_committee_writes_and_nobody_else() -> None:
    case()
    called()
    for reader in (CENTRE, AUDITOR):
        assert rule(lambda reader=reader: do(editing.gather(["r1"]), by=reader)) == "role_needed"
    for stranger in (WORKS, VILLAGER, DISTRICT):
        assert rule(lambda stranger=stranger: do(editing.gather(["r1"]), by=stranger)) == "no_such_meeting"
        assert rule(lambda stranger=stranger: waiting(stranger)) == "role_needed"


def test_a_case_that_left_the_committee_is_shown_as_such() -> None:
    case()
    called()
    do(editing.gather(["r1"]))
    acting.act("r1", Command(action=Action.CANCEL, text="重复"), version=None, key=None, by=CENTRE, now=NOW)
    (entry,) = meetings.view(MEETING, by=COMMITTEE, now=NOW).entries
    assert entry.left and entry.report and entry.report.status is Status.WITHDRAWN


def test_a_department_sees_what_is_its_own_and_decisions_once_they_are_published(worker: Worker) -> None:
    case("road")
    case("refuse", kind="0201")
    called(invited=("D04",))
    do(editing.gather(["road", "refuse"]))
    do(editing.decide("road", DISPATCH))
    do(editing.decide("refuse", Decision(verdict=Verdict.TO_VILLAGE, text="村里可办")))
    with pytest.raises(NotFound):
        meetings.view(MEETING, by=WORKS, now=NOW)
    do(editing.announce())
    assert meetings.view(MEETING, by=WORKS, now=NOW).entries == []
    do(editing.publish())
    worker.work_off()
    shown = meetings.view(MEETING, by=WORKS, now=NOW)
    assert [(one.item.id, bool(one.report), bool(one.item.decision)) for one in shown.entries] == [("road", True, True)]
    assert shown.records == []
    with pytest.raises(NotFound):
        meetings.view(MEETING, by=SANITATION, now=NOW)


def test_a_list_shows_each_his_own_latest_first() -> None:
    case()
    called("m1", invited=("D04",))
    called("m2")
    do(editing.gather(["r1"]), "m1")
    do(editing.announce(), "m1")

    def listed(by: Actor, **page: Any) -> list[str]:
        found = meetings.listing(Body.TOWN, by=by, now=NOW, **({"limit": 9, "cursor": None} | page))
        return [one.id for one in found.meetings]

    assert listed(COMMITTEE) == listed(CENTRE) == listed(AUDITOR) == ["m2", "m1"]
    assert listed(WORKS) == ["m1"] and listed(SANITATION) == []
    first = meetings.listing(Body.TOWN, by=COMMITTEE, now=NOW, limit=1, cursor=None)
    assert listed(COMMITTEE, cursor=first.cursor) == ["m1"]
    assert rule(lambda: listed(VILLAGER)) == "role_needed"


def test_a_meetings_history_says_who_did_what(worker: Worker) -> None:
    case()
    decided("r1")
    do(editing.publish())
    worker.work_off()
    lines = meetings.view(MEETING, by=AUDITOR, now=NOW).records
    assert [line.deed for line in lines] == ["create", "gather", "decide", "publish", "settle", "finish"]
    assert {line.actor_id for line in lines} == {COMMITTEE.id, ""}
    page = access.page(subject=MEETING, by=AUDITOR, now=NOW, limit=9, cursor=None)
    assert {entry.what for entry in page.entries} == {What.READ_ACCESS_LOG, What.READ_HISTORY}
    assert outcomes() == {"r1": "applied"}


def test_a_meeting_makes_sense() -> None:
    from chalicelib.domain.meetings.model import Plan

    def refused(**fields: Any) -> str:
        plan = replace(Plan(title="会", day=date(2026, 11, 26), place=""), **fields)
        return rule(lambda: meetings.create("x", Body.TOWN, plan, key=None, by=COMMITTEE, now=NOW))

    assert refused(title=" ") == "meeting_title_needed"
    assert refused(day=date(2036, 1, 1)) == "meeting_day_far"
    assert refused(invited=("V",)) == "unknown_department"
    with pytest.raises(Conflict):
        called()
        do(editing.announce())
