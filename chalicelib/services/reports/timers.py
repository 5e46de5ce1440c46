"""Timers are data: each minute what has fallen due is queued, and acts only if it still stands (DESIGN §2)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import msgspec

from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.queues import Queue
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports.falling_due import fall_due, recomputed
from chalicelib.domain.reports.model import Change, Report
from chalicelib.domain.timers import Errand, TimerMessage
from chalicelib.gateways import queues
from chalicelib.services.care import stopping
from chalicelib.services.duty import alarms
from chalicelib.services.meetings import publishing
from chalicelib.services.people import applications
from chalicelib.services.prizes import calling_off, pictures, unclaimed
from chalicelib.services.rankings import ranking
from chalicelib.services.rechecks import closings
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import changes
from chalicelib.store.care.stops import PART as CARE_STOP
from chalicelib.store.duty.alarms import ALARM
from chalicelib.store.meetings.due import PART as MINUTES
from chalicelib.store.people.answers import PART as ANSWER
from chalicelib.store.prizes.due import CALLED_OFF, TAKEN_OFF
from chalicelib.store.prizes.due import PART as PICK_UP
from chalicelib.store.reports import due, reports
from chalicelib.store.reports.due import Due
from chalicelib.store.reports.rechecks import RECHECK
from chalicelib.store.reports.reports import DUE_SHARDS, HEAD

PAGE = 500
AT_ONCE = 100  # how many messages are put together before they go out
TRIES = 5
MOST_STEPS = 20  # of one report in one go; the rest waits for the next sweep


def sweep(*, now: datetime) -> int:
    """Queue whatever has fallen due, and boards to be ranked; how much was taken. The rest is found a minute later."""
    return sum(_send(_due(shard, now)) for shard in range(DUE_SHARDS)) + ranking.call(now=now)


def _due(shard: int, now: datetime) -> Iterator[TimerMessage]:
    for found in due.fallen(shard, now):
        yield TimerMessage(errand=Errand.FIRE, id=found.id, part=found.part, at=found.at)


def _send(messages: Iterable[TimerMessage]) -> int:
    taken, pile = 0, dict[str, str]()
    for message in messages:
        pile[f"{message.errand}#{message.id}#{message.part}#{message.shard}"] = msgspec.json.encode(message).decode()
        if len(pile) == AT_ONCE:
            taken, pile = taken + _out(pile), {}
    return taken + _out(pile)


def _out(pile: dict[str, str]) -> int:
    return len(pile) - len(queues.send(Queue.TIMERS, pile)) if pile else 0


def run(message: TimerMessage, *, now: datetime) -> None:
    """Do the errand. Delivered twice, late or out of order it acts once: what it was for has moved on."""
    ERRANDS[message.errand](message, now)


def _fire(message: TimerMessage, now: datetime) -> None:
    if message.at and (fire := FIRES.get(message.part)):
        fire(message.id, message.at, now)


def _fire_report(report_id: str, at: datetime, now: datetime) -> None:
    _each_step(report_id, now, lambda report, rules: fall_due(report, now=now, rules=rules))


# What has a time of its own, by the part of table `reports` that it is.
FIRES: dict[str, Callable[[str, datetime, datetime], None]] = {
    HEAD: _fire_report,
    ALARM: lambda id, at, now: alarms.fire(id, at=at, now=now),
    MINUTES: lambda id, at, now: publishing.fire(id, at=at, now=now),
    RECHECK: lambda id, at, now: closings.fire(id, at=at, now=now),
    ANSWER: lambda id, at, now: applications.tell(id, now=now),
    PICK_UP: lambda id, at, now: unclaimed.fire(id, now=now),
    CALLED_OFF: lambda id, at, now: calling_off.fire(id, now=now),
    TAKEN_OFF: lambda id, at, now: pictures.erase(id, at=at),
    CARE_STOP: lambda id, at, now: stopping.fire(id, now=now),
}


def _recompute(message: TimerMessage, now: datetime) -> None:
    _step(message.id, now, lambda report, rules: recomputed(report, now=now, rules=rules))


def _recompute_shard(message: TimerMessage, now: datetime) -> None:
    """A page of a shard, then the next page as another message: however many are open, a call does not take long."""
    after = Due(id=message.id, part=message.part, at=message.at) if message.at else None
    page, more = due.open_ids(message.shard, after, limit=PAGE)
    heads = [TimerMessage(errand=Errand.RECOMPUTE, id=one.id) for one in page if one.part == HEAD]
    _send(heads)
    if more:
        last = page[-1]
        _send(
            [TimerMessage(errand=Errand.RECOMPUTE_SHARD, shard=message.shard, id=last.id, part=last.part, at=last.at)]
        )


ERRANDS: dict[Errand, Callable[[TimerMessage, datetime], None]] = {
    Errand.FIRE: _fire,
    Errand.SETTLE: lambda message, now: publishing.settle(message.id, message.part, now=now),
    Errand.GIVE_BACK: lambda message, now: calling_off.give_back(message.id, now=now),
    Errand.RECOMPUTE: _recompute,
    Errand.RECOMPUTE_SHARD: _recompute_shard,
}


def recompute_all(*, now: datetime) -> int:
    """Have every open deadline computed anew, after the calendar or the ladder has changed; how many shards took it."""
    return _send(TimerMessage(errand=Errand.RECOMPUTE_SHARD, shard=shard) for shard in range(DUE_SHARDS))


type Decide = Callable[[Report, Rulebook], Change | None]


def _each_step(report_id: str, now: datetime, decide: Decide) -> None:
    """Everything that has fallen due of one report, one line of history each."""
    for _ in range(MOST_STEPS):
        if not _step(report_id, now, decide):
            return


def _step(report_id: str, now: datetime, decide: Decide) -> bool:
    """One change, on the report as it stands; whether there was one. Raises StaleVersion under lasting contention."""
    for attempt in range(TRIES):
        try:
            change = decide(reports.get(report_id), rulebook.in_force(now=now))
            if change:
                changes.store(change)
            return change is not None
        except NotFound:
            return False
        except StaleVersion:
            if attempt == TRIES - 1:
                raise
    return False
