"""The periods of boards: a local month (`2026-11`), quarter (`2026-Q4`), year (`2026`), and `ever`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.domain.errors import Invalid
from chalicelib.domain.points.scores import EVER, periods
from chalicelib.domain.reference.calendar import instants, local_day

SHAPE = re.compile(r"(?P<year>2\d{3})(-((?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])))?", re.ASCII)
MONTH = re.compile(r"\d{4}-\d{2}")
BACK = timedelta(days=92)  # how long after its end a period's result is still made, where the clock stood still


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span of local days, both included; `ever` has no end."""

    name: str
    first: date
    last: date | None

    @property
    def is_month(self) -> bool:
        """Whether its first three are awarded."""
        return MONTH.fullmatch(self.name) is not None

    def holds(self, now: datetime) -> bool:
        """Whether it runs now."""
        return self.name in periods(local_day(now))

    def settled_at(self, grace: timedelta) -> datetime | None:
        """When its result is frozen: so long after its last local day ends; never for `ever`."""
        if self.last is None:
            return None
        return instants(self.last.isoformat(), self.last.isoformat())[1] + grace


def named(name: str) -> Period:
    """The period of that name. Raises Invalid (`no_such_ranking_period`)."""
    if name == EVER:
        return Period(name=EVER, first=date.min, last=None)
    found = SHAPE.fullmatch(name)
    if found is None:
        raise Invalid("no_such_ranking_period", period=name)
    year, month, quarter = int(found["year"]), int(found["month"] or 0), int(found["quarter"] or 0)
    begin = month or quarter * 3 - 2 if month or quarter else 1
    length = 1 if month else 3 if quarter else 12
    return Period(name=name, first=date(year, begin, 1), last=_end(year, begin + length))


def _end(year: int, after: int) -> date:
    """The last day before the month `after`, which may be the thirteenth."""
    return date(year + after // 13, (after - 1) % 12 + 1, 1) - timedelta(days=1)


def settled(now: datetime, grace: timedelta) -> list[Period]:
    """The months, quarters and years whose results are to stand by now, the oldest first; not those long past."""
    days = [now - grace - timedelta(days=28 * back) for back in range(5)]
    names = {name for day in days for name in periods(local_day(day)) if name != EVER}
    found = [named(name) for name in names]
    due = [(at, one) for one in found if (at := one.settled_at(grace)) and now - BACK < at <= now]
    return [one for _, one in sorted(due, key=lambda pair: (pair[0], pair[1].name))]


def months(names: set[str]) -> set[str]:
    """Those of the periods that are months: what happens in one is in all the wider ones."""
    return {name for name in names if MONTH.fullmatch(name)}
