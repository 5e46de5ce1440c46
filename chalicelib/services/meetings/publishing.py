"""Published minutes are carried out: each matter in one transaction of its own, once, whatever dies or comes twice.

The decision to publish is stored with something due (`store/meetings/due`). Whoever finds it sends an errand for each
matter that is left; an errand stores the report, its line of history and the matter's outcome together. The last one
ends the publication. What cannot be carried out says why and holds up nothing else.
"""

import logging
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec

from chalicelib.domain.errors import Busy, DomainError, NotFound, StaleVersion
from chalicelib.domain.meetings import cases
from chalicelib.domain.meetings import minutes as rules
from chalicelib.domain.meetings.model import (
    Body,
    Decision,
    Item,
    Meeting,
    MeetingState,
    Minutes,
    Outcome,
    Result,
    Verdict,
)
from chalicelib.domain.meetings.records import Deed, Record
from chalicelib.domain.queues import Queue
from chalicelib.domain.reports.model import Change, Report
from chalicelib.domain.timers import Errand, TimerMessage
from chalicelib.gateways import queues
from chalicelib.services.meetings import discussing, outcomes, telling
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import changes
from chalicelib.store.base import Transaction
from chalicelib.store.meetings import agenda, due, records
from chalicelib.store.meetings import meetings as store
from chalicelib.store.meetings.meetings import Settled
from chalicelib.store.reports import reports

log = logging.getLogger(__name__)

AGAIN = timedelta(minutes=5)  # until what was sent and not done is sent once more
TRIES = 5


def fire(meeting_id: str, *, at: datetime, now: datetime) -> None:
    """What is due for a meeting at `at`: its agenda or minutes are told, what is left of its minutes is sent for."""
    try:
        minutes = store.whole(meeting_id)
    except NotFound:
        due.done(meeting_id, at=at)
        return
    if minutes.meeting.state is MeetingState.PUBLISHING:
        _go_on(minutes, now)
        return
    if minutes.meeting.announced_at and minutes.meeting.state is MeetingState.DRAFT:
        telling.agenda(minutes, now=now)
    if minutes.meeting.announced_at and minutes.meeting.state is MeetingState.CANCELLED:
        telling.cancelled(minutes, now=at)
    due.done(meeting_id, at=at)


def _go_on(minutes: Minutes, now: datetime) -> None:
    id = minutes.meeting.id
    errands = [TimerMessage(errand=Errand.SETTLE, id=id, part=item.id) for item in minutes.pending]
    if not errands:
        _finish(minutes, now)
        return
    due.put_off(id, until=now + AGAIN)
    if left := queues.send(Queue.TIMERS, {one.part: msgspec.json.encode(one).decode() for one in errands}):
        log.warning("%s of the decisions of meeting %s wait for the next round", len(left), id)


def settle(meeting_id: str, item_id: str, *, now: datetime) -> None:
    """Carry out one decision, on the case as it stands: a query, a read, a transaction and a query.

    Told again, it is done already. Raises NotFound, and Busy where others keep changing the case.
    """
    for _ in range(TRIES):
        minutes = store.whole(meeting_id)
        item = minutes.item(item_id)
        if minutes.meeting.state is not MeetingState.PUBLISHING or item is None:
            return
        with suppress(StaleVersion):  # somebody else has just changed the report: looked at again
            if item.outcome is None:
                with suppress(Settled):
                    _settle(minutes.meeting, item, now)
            _finish(store.whole(meeting_id), now)
            return
    raise Busy("store_contention")


def _settle(meeting: Meeting, item: Item, now: datetime) -> None:
    decision = item.decision or Decision(verdict=Verdict.POSTPONE, text="")  # nothing is published undecided
    if meeting.body is Body.JOINT:
        discussing.settle(meeting, item, decision, now=now)
    else:
        _settle_case(meeting, item, decision, now)


def _settle_case(meeting: Meeting, item: Item, decision: Decision, now: datetime) -> None:
    """In every outcome the case is let go of: applied it has left the committee, otherwise it waits for a meeting."""
    found = _ruled(meeting, decision, _report(item.id), now)
    transaction = Transaction()
    agenda.release(item.id, meeting, transaction)
    if isinstance(found, Change):
        outcomes.note(meeting, item, Outcome(result=Result.APPLIED, at=now), transaction)
        changes.store(found, transaction)
    else:
        outcomes.note(meeting, item, found, transaction)
        transaction.commit()


def _report(id: str) -> Report | None:
    try:
        return reports.get(id)
    except NotFound:
        return None


def _ruled(meeting: Meeting, decision: Decision, report: Report | None, now: datetime) -> Change | Outcome:
    """The change that carries it out, or what became of it without one."""
    if report is None:
        return Outcome(result=Result.OVERTAKEN, at=now, rule=cases.MOVED_ON)
    if found := cases.outcome(decision, report, now):
        return found
    by, book = cases.committee_of(meeting), rulebook.in_force(now=now)
    try:  # the rules of the case alone: a store that is busy refuses no decision
        return cases.ruled(report, decision, meeting, by=by, now=now, rules=book)
    except DomainError as refusal:
        return cases.refused(refusal, now)


def _finish(minutes: Minutes, now: datetime) -> None:
    """The last one ends it: whoever takes part is told, then it is published. Of two that are last, one does."""
    meeting = minutes.meeting
    if minutes.pending or meeting.state is not MeetingState.PUBLISHING:
        return
    telling.published(minutes, now=now)
    after, transaction = rules.finished(meeting), Transaction()
    store.put(after, transaction)
    due.remove(meeting.id, transaction)
    line = Record(subject=meeting.id, number=after.version, at=now, actor_id="", deed=Deed.FINISH)
    records.append(line, transaction)
    with suppress(StaleVersion):
        transaction.commit()
