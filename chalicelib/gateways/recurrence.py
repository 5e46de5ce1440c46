"""Days of a recurrence rule (RFC 5545), by python-dateutil. Rules come checked (`domain/care/patterns`)."""

from datetime import date, datetime, time
from typing import Any


def days(rule: str, starts_on: date, first: date, last: date) -> list[date]:
    """The days from `first` to `last` on which the rule falls, in order; an empty rule falls on `starts_on` alone."""
    if not rule:
        return [starts_on] if first <= starts_on <= last else []
    return [found.date() for found in _rule(rule, starts_on).between(_midnight(first), _midnight(last), inc=True)]


def following(rule: str, starts_on: date, day: date) -> date | None:
    """The first day on or after `day` on which it falls; None where it falls on none any more."""
    if not rule:
        return starts_on if starts_on >= day else None
    found = _rule(rule, starts_on).after(_midnight(day), inc=True)
    return found.date() if found else None


def _rule(rule: str, starts_on: date) -> Any:
    from dateutil.rrule import rrulestr  # only plans need it

    return rrulestr(rule, dtstart=_midnight(starts_on))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
