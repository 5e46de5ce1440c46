"""Lines of history that tests speak of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.events import Event, Standing
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.model import ENDED, Action, Status
from tests.builders import COURIER, GRID, GRID_MEMBER, NOW, RULES, TOWNSHIP, VILLAGE

type Step = tuple[Action, Status]

LEAD = "D04"
POOLS = {
    Status.SUBMITTED: Post(Role.GRID_MEMBER, GRID),
    Status.WITH_VILLAGE: Post(Role.VILLAGE, VILLAGE),
    Status.COORDINATING: Post(Role.COMMITTEE, TOWNSHIP),
    Status.DISPATCHED: Post(Role.DEPARTMENT, LEAD),
    Status.IN_HANDLING: Post(Role.DEPARTMENT, LEAD),
    Status.RESOLVED: Post(Role.GRID_MEMBER, GRID),
}


def standing(status: Status, *, kind: str | None = "0303", severity: int | None = None, **changes: Any) -> Standing:
    """Where a report of the first grid stands in this status."""
    nature = RULES.taxonomy.nature(kind)
    holder = None if status in ENDED else POOLS.get(status, Post(Role.CENTRE, TOWNSHIP)).key
    fields: dict[str, Any] = {
        "status": status,
        "holder": holder,
        "kind": kind,
        "klass": nature.klass,
        "severity": severity or nature.severity,
        "confidential": nature.confidential,
        "grid": GRID,
        "village": VILLAGE,
        "township": TOWNSHIP,
        "department": LEAD if status in (Status.DISPATCHED, Status.IN_HANDLING) else None,
        "due_at": None if status in ENDED else NOW + timedelta(hours=8),
    }
    return Standing(**(fields | changes))


def event(action: Action, was: Standing | None, now: Standing, **changes: Any) -> Event:
    """One line by the grid member, the second of report r1."""
    number = changes.get("number", 2)
    subject = changes.get("subject_id", "r1")
    fields: dict[str, Any] = {
        "id": f"{subject}#{number:06}",
        "subject_id": subject,
        "number": number,
        "action": action,
        "at": NOW,
        "actor_id": GRID_MEMBER.id,
        "as_role": "grid_member",
        "reporter_id": COURIER.id,
        "earns": True,
        "standing": now,
        "was": was,
        "details": {"solved": True} if action is Action.CONFIRM else {},
    }
    return Event(**(fields | changes))


def told(*steps: Step, subject: str = "r1", at: datetime = NOW, severity: int = 2, **changes: Any) -> list[Event]:
    """A report's history from its submission on, an hour a step."""
    before = standing(Status.SUBMITTED, severity=severity, **changes)
    lines = [event(Action.SUBMIT, None, before, subject_id=subject, number=1, at=at, actor_id=COURIER.id)]
    for action, status in steps:
        after = standing(status, severity=severity, **changes)
        at += timedelta(hours=1)
        lines.append(event(action, before, after, subject_id=subject, number=len(lines) + 1, at=at))
        before = after
    return lines


def by(line: Event, actor_id: str, as_role: str) -> Event:
    """The line as somebody else's."""
    return replace(line, actor_id=actor_id, as_role=as_role)


def numbers(lines: Sequence[Event]) -> list[int]:
    """Their places in their reports' histories."""
    return [line.number for line in lines]
