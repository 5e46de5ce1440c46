"""A courier's statement of hours: of a local month, quarter or year, or of all times."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.calendar import instants
from chalicelib.domain.volunteering.attendance import SignUp
from chalicelib.domain.volunteering.terms import COUNTED, VolunteerKind

PERIOD = re.compile(r"(20\d\d)(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?")
ALL = "all"
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What there is of a kind: how many slots, how many minutes."""

    kind: VolunteerKind
    times: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursStatement:
    """What counts of a period, by kind, and of what: the oldest first."""

    period: str
    sums: tuple[Sum, ...]
    lines: tuple[SignUp, ...]

    @property
    def minutes(self) -> int:
        """In all."""
        return sum(one.minutes for one in self.sums)


def span(period: str) -> tuple[datetime, datetime]:
    """From when until before when: `2026-11`, `2026-Q4`, `2026` or `all`. Raises Invalid (`no_such_hours_period`)."""
    if period == ALL:
        return FIRST, LAST
    if (found := PERIOD.fullmatch(period)) is None:
        raise Invalid("no_such_hours_period")
    year, month, quarter = found.groups()
    first = int(month) if month else 3 * int(quarter) - 2 if quarter else 1
    months = 1 if month else 3 if quarter else 12
    begin, end = date(int(year), first, 1), date(int(year) + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    return instants(begin.isoformat(), begin.isoformat())[0], instants(end.isoformat(), end.isoformat())[0]


def stated(period: str, sign_ups: Iterable[SignUp]) -> HoursStatement:
    """The statement: a slot belongs to the period that it begins in, and counts with what was confirmed of it."""
    lines = sorted((one for one in sign_ups if one.state in COUNTED), key=lambda one: (one.start, one.slot_id))
    sums = []
    for kind in VolunteerKind:
        own = [one for one in lines if one.kind is kind]
        if own:
            sums.append(Sum(kind=kind, times=len(own), minutes=sum(one.minutes for one in own)))
    return HoursStatement(period=period, sums=tuple(sums), lines=tuple(lines))
