"""When couriers of an employer have their peaks, by the edition in force."""

from datetime import datetime
from functools import lru_cache

from chalicelib.domain.reference import quiet_hours
from chalicelib.domain.reference.quiet_hours import TABLE, Kind, Span
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition


def peaks(employer: str, *, now: datetime) -> tuple[Span, ...]:
    """The peaks of this employer's couriers (local)."""
    return quiet_hours.peaks(_kinds(reference.current(TABLE, now=now)[TABLE]), employer)


@lru_cache(maxsize=2)
def _kinds(edition: Edition) -> tuple[Kind, ...]:
    return quiet_hours.read(edition.body)
