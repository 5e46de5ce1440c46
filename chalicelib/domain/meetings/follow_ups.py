"""What the joint meeting agreed on is followed up until it is done or given up (DOMAIN §5)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.meetings.model import Item, Meeting


class Progress(StrEnum):
    """How far it is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Who does what by `due` (local day), with which `resources`; looked at again on `review`.

    `note` is the latest word; `report_id` where a report was the occasion.
    """

    id: str
    meeting_id: str
    scope: str
    township: str
    report_id: str | None
    title: str
    text: str
    who: tuple[str, ...]
    resources: str
    due: date
    review: date | None
    state: Progress = Progress.OPEN
    note: str = ""
    changed_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A change: what is None stays."""

    state: Progress | None = None
    due: date | None = None
    review: date | None = None
    note: str = ""


def made(item: Item, meeting: Meeting, *, now: datetime) -> FollowUp:
    """What follows from the decision on an item; its id follows from theirs, so that it is made once."""
    decision = item.decision
    if decision is None or decision.day is None:
        raise Conflict("items_undecided", count=1)
    return FollowUp(
        id=f"{meeting.id}.{item.id}",
        meeting_id=meeting.id,
        scope=meeting.scope,
        township=meeting.township,
        report_id=item.report_id,
        title=item.title or item.text,
        text=decision.text,
        who=decision.who,
        resources=decision.resources,
        due=decision.day,
        review=decision.review,
        changed_at=now,
    )


def changed(before: FollowUp, step: Step, *, now: datetime) -> FollowUp:
    """The follow-up after a step. Who ends it says how; what has ended may be taken up again, and is then open.

    Raises Invalid (`nothing_changes`, `text_needed`, `review_after_day`), Conflict (`follow_up_ended`).
    """
    after = replace(
        before,
        state=step.state or before.state,
        due=step.due or before.due,
        review=step.review or before.review,
        note=step.note or before.note,
    )
    if after == before:
        raise Invalid("nothing_changes")
    if before.state is not Progress.OPEN and step.state is not Progress.OPEN:
        raise Conflict("follow_up_ended", state=before.state)
    if after.state is not before.state and not step.note.strip():
        raise Invalid("text_needed")
    if step.review and step.review > after.due:
        raise Invalid("review_after_day")
    return replace(after, changed_at=now, version=before.version + 1)


def is_overdue(follow_up: FollowUp, today: date) -> bool:
    """Whether its day has passed and it is still open."""
    return follow_up.state is Progress.OPEN and follow_up.due < today


def covered(one: FollowUp) -> FollowUp:
    """The follow-up for who may not read what it is about: who has to do it and by when, and no word."""
    return replace(one, title="", text="", resources="", note="")
