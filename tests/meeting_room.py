"""Where meetings are held without AWS: reports that stand with the committee, and the worker that carries minutes out,
with its queue and the power cable: it can die at any call."""

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from botocore.client import BaseClient

from chalicelib.domain.meetings.model import Body, Decision, Meeting, Minutes, Outcome, Plan, Verdict
from chalicelib.domain.people.model import Actor, Person
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.timers import TimerMessage
from chalicelib.gateways import lean_queues, queues
from chalicelib.services.meetings import editing, meetings
from chalicelib.services.people import people
from chalicelib.services.reports import timers
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.meetings import meetings as store
from chalicelib.store.notifications import inbox
from chalicelib.store.reports import reports
from tests.builders import CENTRE, COMMITTEE, NOW, report
from tests.machine import Dead

DAY = date(2026, 11, 26)
DISPATCH = Decision(verdict=Verdict.DISPATCH, text="由市政园林牵头", department="D04")
AGREE = Decision(verdict=Verdict.FOLLOW_UP, text="增设投递柜", who=("市场监管所",), day=date(2026, 12, 31))
REDELIVERED = timedelta(minutes=6)  # how long the queue hides a message
MEETING = "m1"


@dataclass(slots=True)
class Worker:
    """`dies_at`: the number of the AWS call at which it dies, once; `after`: when the call has been done. `deaf`: what
    the API sends to the queue is lost."""

    queue: deque[str] = field(default_factory=deque)
    now: datetime = NOW
    dies_at: int | None = None
    after: bool = False
    calls: list[str] = field(default_factory=list)
    deaf: bool = False

    def work_off(self) -> None:
        """Until nothing is queued and nothing due: what a dead worker had comes back, what fell due is swept up."""
        for _ in range(30):
            while self.queue:
                self._deliver(self.queue[0])
            self.now += REDELIVERED
            with suppress(Dead):
                if not timers.sweep(now=self.now) and not self.queue:
                    return
        raise AssertionError("it never ends")

    def _deliver(self, body: str) -> None:
        try:
            timers.run(msgspec.json.decode(body, type=TimerMessage), now=self.now)
        except Dead:
            self.now += REDELIVERED
        else:
            self.queue.popleft()

    def call(self, name: str, real: Any, *args: Any) -> Any:
        """Do a call, unless the machine dies before it; or die after it."""
        dies, self.calls = len(self.calls) == self.dies_at, [*self.calls, name]
        if dies:
            self.dies_at = None
        if dies and not self.after:
            raise Dead
        done = real(*args)
        if dies:
            raise Dead
        return done


@contextmanager
def at_work(worker: Worker) -> Iterator[Worker]:
    """Every AWS call passes through the worker; what is queued stands in its queue."""
    real = BaseClient._make_api_call  # type: ignore[attr-defined]  # what every call of botocore goes through

    def many(_: str, bodies: Mapping[str, str], **__: Any) -> frozenset[str]:
        worker.call("SendMessageBatch", worker.queue.extend, bodies.values())
        return frozenset()

    def one(_: str, body: str, **__: Any) -> None:
        if not worker.deaf:
            worker.queue.append(body)

    def call(self: Any, name: str, parameters: Any) -> Any:
        return worker.call(name, real, self, name, parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        patch.setattr(queues, "send", many)
        patch.setattr(lean_queues, "send", one)
        yield worker


def case(id: str = "r1", status: Status = Status.COORDINATING, **changes: Any) -> Report:
    """A hard case in the store."""
    made = replace(report(status, id=id, **changes), version=1)
    put(made)
    return made


def put(made: Report) -> None:
    transaction = Transaction()
    reports.put(made, transaction=transaction)
    transaction.commit()


def enrolled(*actors: Actor) -> None:
    """People who can be told something."""
    for number, one in enumerate(actors):
        phone = f"1380000{number:04}"
        people.enrol(Person(id=one.id, name=one.id, phone=phone, posts=one.posts, valid_from=NOW))


def called(id: str = MEETING, body: Body = Body.TOWN, *, invited: tuple[str, ...] = ()) -> Meeting:
    """A new meeting."""
    plan = Plan(title="镇党委协调会", day=DAY, place="三楼会议室", invited=invited)
    return meetings.create(id, body, plan, key=None, by=writer(body), now=NOW).meeting


def writer(body: Body) -> Actor:
    """Who holds the pen."""
    return COMMITTEE if body is Body.TOWN else CENTRE


def do(edit: editing.Edit, id: str = MEETING, *, by: Actor = COMMITTEE, now: datetime = NOW, **more: Any) -> Minutes:
    """Something done to the meeting."""
    editing.act(id, edit, **({"version": None, "key": None} | more), by=by, now=now)
    return store.whole(id)


def decided(*ids: str, decision: Decision = DISPATCH, meeting: str = MEETING) -> Minutes:
    """A meeting that has these cases and has decided all of them."""
    called(meeting)
    do(editing.gather(ids), meeting)
    for id in ids:
        do(editing.decide(id, decision), meeting)
    return store.whole(meeting)


def outcomes(id: str = MEETING) -> dict[str, str]:
    """What became of each item: the result, and why."""
    came: dict[str, Outcome | None] = {item.id: item.outcome for item in store.whole(id).items}
    return {item: f"{one.result} {one.rule}".strip() if one else "" for item, one in came.items()}


def rulings(id: str) -> list[object]:
    """The meetings whose decisions were applied to a report."""
    return [line.details.get("meeting") for line in history.of(id) if line.action is Action.DECIDE]


def heard(actor: Actor) -> list[str]:
    """Templates of what somebody heard."""
    return [one.template for one in inbox.page(actor.id, limit=50, before=None, now=NOW + timedelta(days=1))]
