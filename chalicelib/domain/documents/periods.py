"""The periods of monthly reports: by default from the 26th to the 25th, named by the month they end in (DOMAIN §2).

A township sets the first day (`month_first_day`). Where it has changed it, a period begins on the day after the last
report's end, so that no day is lost and none is counted twice.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.calendar import ZONE

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The local days from `first` to `last`, both included; `month` (`2026-11`) names it."""

    month: str
    first: date
    last: date

    def is_over(self, now: datetime) -> bool:
        """Whether its last local day has ended."""
        return now.astimezone(ZONE).date() > self.last


def named(month: str, *, first_day: int, after: date | None = None) -> Period:
    """A month's period; it begins behind `after`, the last day of the report before, where there is one.

    Raises Invalid (`no_such_month`).
    """
    try:
        begin = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise Invalid("no_such_month", month=month) from error
    if first_day == 1:
        first, last = begin, _next(begin) - DAY
    else:
        last = begin.replace(day=first_day) - DAY
        first = (begin - DAY).replace(day=first_day)
    joined = after + DAY if after and abs(after + DAY - first) < timedelta(days=62) else first
    if joined > last:
        raise Invalid("no_such_month", month=month)
    return Period(month=month, first=joined, last=last)


def latest(now: datetime, *, first_day: int) -> str:
    """The month of the last period that is over."""
    today = now.astimezone(ZONE).date()
    month = today.replace(day=1) if 1 < first_day <= today.day else (today.replace(day=1) - DAY).replace(day=1)
    return f"{month:%Y-%m}"


def before(month: str) -> str:
    """The month before this one. Raises Invalid (`no_such_month`)."""
    try:
        return f"{date.fromisoformat(f'{month}-01') - DAY:%Y-%m}"
    except (ValueError, OverflowError) as error:
        raise Invalid("no_such_month", month=month) from error


def _next(begin: date) -> date:
    return (begin + timedelta(days=32)).replace(day=1)
