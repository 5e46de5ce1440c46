"""What the joint meeting decided of a topic becomes a follow-up, and the report says that it was discussed.

It binds no department: the town's bodies are ordered through the town alone.
"""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.errors import NotFound
from chalicelib.domain.meetings import follow_ups as rules
from chalicelib.domain.meetings.follow_ups import FollowUp
from chalicelib.domain.meetings.model import Decision, Item, Meeting, Outcome, Result, Verdict
from chalicelib.domain.meetings.records import Deed, Record
from chalicelib.domain.people.model import Role
from chalicelib.domain.reports.model import Action
from chalicelib.services.meetings import outcomes
from chalicelib.services.reports import records as lines
from chalicelib.store.base import Transaction
from chalicelib.store.meetings import agenda, follow_ups, records


def settle(meeting: Meeting, item: Item, decision: Decision, *, now: datetime) -> None:
    """One topic, in one transaction with the report's line of history. Raises StaleVersion and Settled."""
    if decision.verdict is Verdict.POSTPONE:
        _commit_postponed(meeting, item, now)
        return
    made = rules.made(item, meeting, now=now)

    def write(transaction: Transaction) -> None:
        _write(made, meeting, item, transaction)

    if not (item.report_id and _discussed(item.report_id, meeting, now, write)):
        transaction = Transaction()
        write(transaction)
        transaction.commit()


def _discussed(report_id: str, meeting: Meeting, now: datetime, write: Callable[[Transaction], None]) -> bool:
    """Whether the report was there to say so."""
    told: dict[str, object] = {
        "meeting": meeting.id,
        "title": meeting.plan.title,
        "day": meeting.plan.day.isoformat(),
    }
    try:
        lines.note(
            report_id,
            Action.DISCUSS,
            now=now,
            details=told,
            actor_id=meeting.published_by,
            as_role=Role.CENTRE,
            internal=False,
            extra=write,
        )
    except NotFound:
        return False
    return True


def _write(made: FollowUp, meeting: Meeting, item: Item, transaction: Transaction) -> None:
    outcome = Outcome(result=Result.APPLIED, at=made.changed_at, follow_up=made.id)
    outcomes.note(meeting, item, outcome, transaction)
    agenda.close(item.id, meeting, transaction)
    follow_ups.put(made, transaction)
    line = Record(subject=made.id, number=1, at=made.changed_at, actor_id=meeting.published_by, deed=Deed.CREATE)
    records.append(line, transaction)


def _commit_postponed(meeting: Meeting, item: Item, now: datetime) -> None:
    transaction = Transaction()
    outcomes.note(meeting, item, Outcome(result=Result.POSTPONED, at=now), transaction)
    agenda.release(item.id, meeting, transaction)
    transaction.commit()
