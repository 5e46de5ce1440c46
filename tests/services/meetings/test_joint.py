"""The joint meeting: its agenda of couriers' needs and services, its minutes, and what is followed up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.meetings.follow_ups import FollowUp, Progress, Step
from chalicelib.domain.meetings.model import Body, MeetingState
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.services.meetings import agenda, editing, follow_ups, meetings
from chalicelib.services.reports import reports as acting
from chalicelib.store import history
from chalicelib.store.meetings import meetings as store
from chalicelib.store.reports.reports import HEAD, ReportItem
from tests.builders import AUDITOR, CENTRE, COMMITTEE, COURIER, DISTRICT, NOW, SANITATION, VILLAGE, WORKS, actor
from tests.meeting_room import AGREE, MEETING, Worker, at_work, called, case, do, enrolled, heard, outcomes

pytestmark = pytest.mark.usefixtures("rules")
ELSEWHERE = actor("district2", *[(post.role, "350212") for post in DISTRICT.posts])


@pytest.fixture(autouse=True)
def worker(tables: str) -> Iterator[Worker]:
    with at_work(Worker()) as worker:
        yield worker


def need(id: str = "r1", kind: str = "1202", status: Status = Status.WITH_CENTRE, **changes: Any) -> Report:
    """A couriers' need."""
    return case(id, status, kind=kind, excerpt="驿站没有投递点", **changes)


def put_on(id: str = "r1", *, by: Actor = CENTRE, key: Key | None = None) -> None:
    agenda.nominate(id, "三个村都提到", key=key, by=by, now=NOW)


def propose(id: str = "s1") -> None:
    agenda.propose(id, "暖蜂驿站延长开放", "冬季夜间可以热饭", key=None, by=CENTRE, now=NOW)


def topics(by: Actor = DISTRICT) -> list[str]:
    return [one.topic.id for one in agenda.joint(by=by, now=NOW)]


def open_ones(by: Actor = DISTRICT, state: Progress = Progress.OPEN) -> list[FollowUp]:
    return follow_ups.listing(state, by=by, now=NOW, limit=9, cursor=None).follow_ups


def agreed(worker: Worker, *ids: str, day: date = date(2026, 12, 31), meeting: str = MEETING) -> None:
    """A joint meeting has agreed on these topics, and its minutes are carried out."""
    called(meeting, Body.JOINT)
    do(editing.gather(ids), meeting, by=CENTRE)
    for id in ids:
        do(editing.decide(id, replace(AGREE, day=day)), meeting, by=CENTRE)
    do(editing.publish(), meeting, by=CENTRE)
    worker.work_off()


def rule(call: Any) -> str:
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.rule


def test_the_centre_puts_needs_and_services_before_the_joint_meeting() -> None:
    need()
    put_on()
    propose()
    assert topics() == topics(COMMITTEE) == topics(AUDITOR) == topics(CENTRE) == ["r1", "s1"]
    (shown, proposal) = agenda.joint(by=DISTRICT, now=NOW)
    assert shown.card and (shown.card.kind, shown.card.village, shown.card.excerpt, shown.card.status) == (
        "1202",
        VILLAGE,
        "驿站没有投递点",
        "with_centre",
    )
    assert proposal.card is None and proposal.topic.title == "暖蜂驿站延长开放"


def test_only_couriers_own_needs_that_are_no_secret_are_nominated() -> None:
    need("secret", "1203")
    case("road", Status.WITH_CENTRE)
    need()
    assert rule(lambda: put_on("secret")) == "confidential_not_discussed"
    assert rule(lambda: put_on("road")) == "not_couriers_own"
    assert rule(lambda: put_on("nothing")) == "no_such_report"
    put_on()
    assert rule(put_on) == "on_agenda"
    for someone in (COMMITTEE, DISTRICT, AUDITOR, WORKS, COURIER):
        assert rule(lambda someone=someone: put_on(by=someone)) == "role_needed"


def test_a_nomination_sent_again_is_answered_again() -> None:
    need()
    key = Key(caller_id=CENTRE.id, key="k", fingerprint="f")
    put_on(key=key)
    put_on(key=key)
    assert topics() == ["r1"]


def test_a_topic_is_taken_off_unless_a_meeting_has_it() -> None:
    propose()
    called(body=Body.JOINT)
    do(editing.gather(["s1"]), by=CENTRE)
    assert topics() == []
    assert rule(lambda: agenda.take_off("s1", by=CENTRE, now=NOW)) == "item_gathered"
    do(editing.drop(["s1"]), by=CENTRE)
    agenda.take_off("s1", by=CENTRE, now=NOW)
    assert topics() == []
    assert rule(lambda: agenda.take_off("s1", by=CENTRE, now=NOW)) == "no_such_topic"


def test_what_is_agreed_on_is_followed_up_and_the_report_says_so(worker: Worker) -> None:
    enrolled(COURIER, COMMITTEE, DISTRICT)
    need()
    put_on()
    propose()
    agreed(worker, "r1", "s1")
    assert outcomes() == {"r1": "applied", "s1": "applied"}
    assert {one.id for one in open_ones()} == {f"{MEETING}.r1", f"{MEETING}.s1"}
    line = history.of("r1")[-1]
    assert (line.action, line.as_role, line.internal) == (Action.DISCUSS, "centre", False)
    assert (line.standing.status, line.standing.department) == (Status.WITH_CENTRE, None)
    told = acting.view("r1", by=COURIER, now=NOW).history[-1]
    assert told.details == {"title": "镇党委协调会", "day": "2026-11-26"} and told.actor_id == ""
    assert heard(DISTRICT) == heard(COMMITTEE) == ["meeting_minutes"] and topics() == []


def test_what_is_postponed_is_on_the_agenda_again_and_leaves_no_line(worker: Worker) -> None:
    need()
    put_on()
    called(body=Body.JOINT)
    do(editing.gather(["r1"]), by=CENTRE)
    do(editing.postpone("r1", "等区里答复"), by=CENTRE)
    do(editing.publish(), by=CENTRE)
    worker.work_off()
    assert outcomes() == {"r1": "postponed"} and topics() == ["r1"]
    assert Action.DISCUSS not in [line.action for line in history.of("r1")]


def test_minutes_carried_out_again_and_again_make_one_follow_up(worker: Worker) -> None:
    """At whichever call it dies."""
    for number in range(30):
        name = f"m{number}"
        need(f"r{number}")
        put_on(f"r{number}")
        worker.now = NOW
        worker.calls.clear()
        called(name, Body.JOINT)
        do(editing.gather([f"r{number}"]), name, by=CENTRE)
        do(editing.decide(f"r{number}", AGREE), name, by=CENTRE)
        do(editing.publish(), name, by=CENTRE)
        worker.dies_at, worker.after = len(worker.calls) + number // 2, bool(number % 2)
        worker.work_off()
        worker.dies_at = None
        assert [line.action for line in history.of(f"r{number}")] == [Action.DISCUSS]
        assert store.whole(name).meeting.state is MeetingState.PUBLISHED


def test_a_report_that_is_no_more_holds_up_nothing(worker: Worker) -> None:
    need()
    put_on()
    ReportItem("r1", HEAD).delete()
    agreed(worker, "r1")
    assert outcomes() == {"r1": "applied"} and len(open_ones()) == 1


def test_a_joint_decision_says_who_and_by_when() -> None:
    propose()
    called(body=Body.JOINT)
    do(editing.gather(["s1"]), by=CENTRE)

    def refused(**fields: Any) -> str:
        return rule(lambda: do(editing.decide("s1", replace(AGREE, **fields)), by=CENTRE))

    assert refused(who=(" ",)) == "who_needed"
    assert refused(day=None) == "day_needed"
    assert refused(review=date(2027, 1, 1)) == "review_after_day"
    assert rule(lambda: do(editing.gather(["nothing"]), by=CENTRE)) == "no_such_topic"


def test_what_is_overdue_comes_first(worker: Worker) -> None:
    for number, day in enumerate((date(2026, 12, 31), date(2026, 11, 20), date(2026, 12, 1))):
        propose(f"s{number}")
        agreed(worker, f"s{number}", day=day, meeting=f"m{number}")
    assert [one.due.isoformat() for one in open_ones()] == ["2026-11-20", "2026-12-01", "2026-12-31"]
    page = follow_ups.listing(Progress.OPEN, by=DISTRICT, now=NOW, limit=1, cursor=None)
    rest = follow_ups.listing(Progress.OPEN, by=DISTRICT, now=NOW, limit=9, cursor=page.cursor)
    assert [one.id for one in rest.follow_ups] == ["m2.s2", "m0.s0"]


def test_each_step_is_kept(worker: Worker) -> None:
    propose()
    agreed(worker, "s1")
    id = f"{MEETING}.s1"

    def step(version: int | None = None, **said: Any) -> FollowUp:
        return follow_ups.change(id, Step(**said), version=version, key=None, by=CENTRE, now=NOW).follow_up

    assert step(version=1, due=date(2027, 1, 15), note="设备延迟").due == date(2027, 1, 15)
    with pytest.raises(StaleVersion):
        step(version=1, note="旧")
    assert rule(lambda: step(state=Progress.DONE)) == "text_needed"
    assert rule(lambda: step()) == "nothing_changes"
    assert step(state=Progress.DONE, note="已装好").state is Progress.DONE
    assert open_ones() == [] and len(open_ones(state=Progress.DONE)) == 1
    assert rule(lambda: step(note="再说")) == "follow_up_ended"
    assert step(state=Progress.OPEN, note="又坏了").state is Progress.OPEN
    told = follow_ups.view(id, by=AUDITOR, now=NOW).records
    assert [line.details.get("note") for line in told] == [None, "设备延迟", "已装好", "又坏了"]


def test_the_district_reads_and_the_centre_writes(worker: Worker) -> None:
    propose()
    agreed(worker, "s1")
    for someone in (ELSEWHERE, WORKS, SANITATION, COURIER):
        assert rule(lambda someone=someone: topics(someone)) in ("not_your_area", "role_needed")
        assert rule(lambda someone=someone: open_ones(someone)) in ("not_your_area", "role_needed")
        assert rule(lambda someone=someone: meetings.view(MEETING, by=someone, now=NOW)) == "no_such_meeting"
    for someone in (DISTRICT, COMMITTEE, AUDITOR):
        assert meetings.view(MEETING, by=someone, now=NOW).entries
        assert rule(lambda someone=someone: do(editing.cancel("a"), by=someone)) == "role_needed"
        step = Step(note="a")
        change = lambda someone=someone, step=step: follow_ups.change(  # noqa: E731  # called by `rule`
            f"{MEETING}.s1", step, version=None, key=None, by=someone, now=NOW
        )
        assert rule(change) == "role_needed"
