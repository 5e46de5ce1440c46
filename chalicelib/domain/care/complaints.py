"""What a family contact complains of: the words are sealed, and what came of it is kept beside them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.errors import AlreadyDone, Invalid


class Redress(StrEnum):
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
    outcome: Redress = Redress.OPEN
    answered_by: str = ""
    answered_at: datetime | None = None


def answered(complaint: Complaint, outcome: Redress, *, by: str, now: datetime) -> Complaint:
    """The complaint with what came of it. Raises Invalid (`outcome_needed`), AlreadyDone (`complaint_answered`)."""
    if outcome is Redress.OPEN:
        raise Invalid("outcome_needed")
    if complaint.outcome is not Redress.OPEN:
        raise AlreadyDone("complaint_answered")
    return replace(complaint, outcome=outcome, answered_by=by, answered_at=now)
