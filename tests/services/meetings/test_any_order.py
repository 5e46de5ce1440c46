"""Whatever is done in whatever order, and whenever the worker dies: no decision is applied twice, no case is lost."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import DomainError
from chalicelib.domain.meetings.model import Body, MeetingState
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.terms import Ruling
from chalicelib.services.meetings import agenda, editing
from chalicelib.services.reports import reports as acting
from chalicelib.store import history
from chalicelib.store.meetings import agenda as slots
from chalicelib.store.meetings import meetings as store
from chalicelib.store.reports import reports
from tests.builders import CENTRE, COMMITTEE, TOWNSHIP
from tests.meeting_room import DISPATCH, Worker, at_work, called, case, do

pytestmark = pytest.mark.usefixtures("rules")
CASES, MEETINGS = ("a", "b", "c"), ("m1", "m2")

type Deed = tuple[str, str, str]


@pytest.fixture
def worker(tables: str) -> Iterator[Worker]:
    with at_work(Worker()) as worker:
        yield worker


def act(worker: Worker, action: Action, id: str, **fields: object) -> None:
    by = COMMITTEE if action is Action.DECIDE else CENTRE
    command = Command(action=action, **fields)  # type: ignore[arg-type]
    acting.act(id, command, version=None, key=None, by=by, now=worker.now)


def edit(worker: Worker, made: editing.Edit, meeting: str) -> None:
    do(made, meeting, now=worker.now)


DEEDS: dict[str, Callable[[Worker, str, str], None]] = {
    "gather": lambda worker, id, meeting: edit(worker, editing.gather([id]), meeting),
    "drop": lambda worker, id, meeting: edit(worker, editing.drop([id]), meeting),
    "decide": lambda worker, id, meeting: edit(worker, editing.decide(id, DISPATCH), meeting),
    "postpone": lambda worker, id, meeting: edit(worker, editing.postpone(id, "再议"), meeting),
    "publish": lambda worker, _, meeting: edit(worker, editing.publish(), meeting),
    "cancel": lambda worker, _, meeting: edit(worker, editing.cancel("停会"), meeting),
    "by hand": lambda worker, id, _: act(worker, Action.DECIDE, id, decision=Ruling.TO_VILLAGE, text="急办"),
    "end": lambda worker, id, _: act(worker, Action.CANCEL, id, text="重复"),
    "bring back": lambda worker, id, _: act(worker, Action.COORDINATE, id, text="仍有争议"),
    "work": lambda worker, *_: worker.work_off(),
}
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(DEEDS)), st.sampled_from(CASES), st.sampled_from(MEETINGS), st.integers(-30, 30)),
    max_size=16,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=st.sets(st.sampled_from(CASES)), steps=STEPS, deaf=st.booleans())
def test_no_decision_is_applied_twice_and_no_case_is_lost(
    worker: Worker, first: set[str], steps: list[tuple[str, str, str, int]], deaf: bool
) -> None:
    run = f"{len(worker.calls)}"  # what earlier examples have left stays where it is
    begin(run, first)
    worker.deaf = deaf
    for deed, id, meeting, call in steps:
        worker.now += timedelta(minutes=1)
        worker.dies_at, worker.after = (len(worker.calls) + abs(call), call < 0) if deed == "work" else (None, False)
        with suppress(DomainError):
            DEEDS[deed](worker, f"{run}-{id}", f"{run}-{meeting}")
        worker.dies_at = None
    worker.work_off()
    for id in CASES:
        hold(f"{run}-{id}", [f"{run}-{meeting}" for meeting in MEETINGS], worker)


def begin(run: str, first: set[str]) -> None:
    """Three cases and two meetings; the first has gathered and decided some."""
    for id in CASES:
        case(f"{run}-{id}")
    for meeting in MEETINGS:
        called(f"{run}-{meeting}")
    for id in sorted(first):
        do(editing.gather([f"{run}-{id}"]), f"{run}-m1")
        do(editing.decide(f"{run}-{id}", DISPATCH), f"{run}-m1")


def hold(id: str, meetings: list[str], worker: Worker) -> None:
    """What must be true of a case at any time at which nothing is under way."""
    minutes = [store.whole(meeting) for meeting in meetings]
    assert {one.meeting.state for one in minutes} <= {
        MeetingState.DRAFT,
        MeetingState.PUBLISHED,
        MeetingState.CANCELLED,
    }
    items = {one.meeting.id: item for one in minutes if (item := one.item(id))}
    applied = [meeting for meeting, item in items.items() if item.outcome and item.outcome.result == "applied"]
    ruled = [line.details.get("meeting") for line in history.of(id) if line.action is Action.DECIDE]
    assert sorted(str(meeting) for meeting in ruled if meeting) == sorted(applied)
    drafts = [one.meeting.id for one in minutes if one.meeting.state is MeetingState.DRAFT and one.item(id)]
    held = slots.gathered(Body.TOWN, TOWNSHIP).get(id)
    assert [held] == drafts if held else drafts == []
    page = agenda.cases(by=COMMITTEE, now=worker.now, limit=1000, cursor=None)
    coordinating = reports.get(id).status is Status.COORDINATING
    assert (id in {one.id for one in page.reports}) == (coordinating and held is None)
