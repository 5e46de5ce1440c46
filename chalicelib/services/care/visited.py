"""Visits as far as looking at them and certifying them goes."""

from datetime import datetime

from chalicelib.domain.care.looking import Seen
from chalicelib.domain.errors import NotFound


def get(visit_id: str) -> Seen:
    """One visit. Raises NotFound (`no_such_visit`)."""
    raise NotFound("no_such_visit", visit=visit_id)


def recent(beneficiary_id: str, *, since: datetime, until: datetime) -> list[Seen]:
    """A beneficiary's visits of a time, the earliest first."""
    return []


def note_door(visit_id: str, *, now: datetime) -> None:
    """Note with the visit that its courier has seen the door: who then lets go of it is counted. Once is enough."""
