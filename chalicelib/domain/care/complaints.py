"""What a family contact complains of: the words are sealed, and what came of it is kept beside them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.errors import AlreadyDone


class Outcome(StrEnum):
    """What the village found."""

    OPEN = "open"
    PUT_RIGHT = "put_right"
    EXPLAINED = "explained"
    UNFOUNDED = "unfounded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One complaint by the family link; `answered_by` is empty while it is open."""

    id: str
    at: datetime
    outcome: Outcome = Outcome.OPEN
    answered_by: str = ""
    answered_at: datetime | None = None


def answered(complaint: Complaint, outcome: Outcome, *, by: str, now: datetime) -> Complaint:
    """The complaint with what came of it. Raises AlreadyDone (`complaint_answered`)."""
    if complaint.outcome is not Outcome.OPEN:
        raise AlreadyDone("complaint_answered")
    return replace(complaint, outcome=outcome, answered_by=by, answered_at=now)
