"""The three clocks that deadlines run on, and the working calendar behind them (DOMAIN §2, `data/calendar.csv`).

An instant is looked at in the township's time, as a day's ordinal and the microseconds since its midnight.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.tables import parsed

NAME = "calendar"
COLUMNS = ("entry", "value", "zh", "en")
SECOND = 1_000_000
HOUR = 3600 * SECOND
DAY_LONG = 24 * HOUR
SATURDAY = 5


class Clock(StrEnum):
    """When a limit's hours are counted."""

    N24 = "N24"  # round the clock
    DAY = "DAY"  # by day, every day
    WH = "WH"  # in working hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The spans of a day that a clock counts, in order; `total` is their length."""

    spans: tuple[tuple[int, int], ...]
    total: int

    def run(self, at: int) -> int:
        """How much has run by `at`."""
        return sum(min(at, ends) - begins for begins, ends in self.spans if at > begins)

    def earliest(self, run: int) -> int:
        """The earliest moment by which `run` (more than nothing, at most `total`) has run."""
        for begins, ends in self.spans:
            if run <= ends - begins:
                return begins + run
            run -= ends - begins
        raise ValueError(run)

    def latest(self, run: int) -> int:
        """The latest moment by which only `run` (less than `total`) has run."""
        for begins, ends in self.spans:
            if run < ends - begins:
                return begins + run
            run -= ends - begins
        raise ValueError(run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One edition: the hours of WH and DAY, and by day's ordinal who is `off` on a weekday and at `work` on a weekend.

    A year that is not in `announced` is provisional: its plain weekdays, Monday to Friday, are its workdays.
    All instants are aware; those answered are UTC. Exact to the microsecond.
    """

    hours: dict[Clock, Hours]
    announced: frozenset[int]
    off: frozenset[int]
    work: frozenset[int]

    def add(self, clock: Clock, start: datetime, hours: float) -> datetime:
        """The earliest instant by which `hours` of the clock have run since `start`; `start` itself for none."""
        left = round(hours * HOUR)
        if clock is Clock.N24 or left <= 0:
            return start + timedelta(microseconds=max(left, 0))
        open_hours, counts = self.hours[clock], self._counts(clock)
        day, at = _local(start)
        left += open_hours.run(at) if counts(day) else 0
        while not (is_open := counts(day)) or left > open_hours.total:
            left -= open_hours.total if is_open else 0
            day += 1
        return _instant(day, open_hours.earliest(left))

    def subtract(self, clock: Clock, end: datetime, hours: float) -> datetime:
        """The latest instant from which `hours` of the clock run until `end`; `end` itself for none."""
        left = round(hours * HOUR)
        if clock is Clock.N24 or left <= 0:
            return end - timedelta(microseconds=max(left, 0))
        open_hours, counts = self.hours[clock], self._counts(clock)
        day, at = _local(end)
        left += open_hours.total - open_hours.run(at) if counts(day) else 0
        while not (is_open := counts(day)) or left > open_hours.total:
            left -= open_hours.total if is_open else 0
            day -= 1
        return _instant(day, open_hours.latest(open_hours.total - left))

    def between(self, clock: Clock, start: datetime, end: datetime) -> float:
        """Hours of the clock from `start` to `end`; 0 where `end` is not later."""
        if end <= start:
            return 0.0
        if clock is Clock.N24:
            return (end - start) / timedelta(hours=1)
        open_hours, counts = self.hours[clock], self._counts(clock)
        (first, since), (last, until) = _local(start), _local(end)
        whole = open_hours.total * sum(map(counts, range(first, last)))
        before = open_hours.run(since) if counts(first) else 0
        return (whole - before + (open_hours.run(until) if counts(last) else 0)) / HOUR

    def provisional(self, at: datetime) -> bool:
        """Whether the holidays of that local year are not announced yet: a deadline there may still move."""
        return at.astimezone(ZONE).year not in self.announced

    def is_workday(self, day: date) -> bool:
        """Whether people work on that local day."""
        return self._is_workday(day.toordinal())

    def is_holiday(self, day: date) -> bool:
        """Whether that local day is named as a holiday: a plain weekend is none."""
        return day.toordinal() in self.off

    def _counts(self, clock: Clock) -> Callable[[int], bool]:
        return self._is_workday if clock is Clock.WH else _always

    def _is_workday(self, day: int) -> bool:
        return day in self.work or ((day + 6) % 7 < SATURDAY and day not in self.off)


def _always(day: int) -> bool:
    return True


def _local(at: datetime) -> tuple[int, int]:
    local = at.astimezone(ZONE)
    seconds = (local.hour * 60 + local.minute) * 60 + local.second
    return local.toordinal(), seconds * SECOND + local.microsecond


def _instant(day: int, at: int) -> datetime:
    return (datetime.fromordinal(day).replace(tzinfo=ZONE) + timedelta(microseconds=at)).astimezone(UTC)


def read(body: bytes) -> Calendar:
    """Parse an edition. Raises Invalid naming the line.

    Rows: `hours.WH` and `hours.DAY` with a day's spans, `year` for an announced year, and, after their year's row,
    `off` for its holidays and `work` for its make-up workdays (调休).
    """
    hours: dict[Clock, Hours] = {}
    announced: set[int] = set()
    days: dict[str, set[int]] = {"off": set(), "work": set()}

    def parse(cells: dict[str, str]) -> None:
        entry, value = cells["entry"], cells["value"]
        if entry in days:
            days[entry].add(_day(value, announced, days))
        elif entry == "year":
            announced.add(_year(value, announced))
        else:
            clock = _clock(entry, hours)
            hours[clock] = _hours(value)

    parsed(NAME, body, COLUMNS, parse)
    for clock in (Clock.WH, Clock.DAY):
        if clock not in hours:
            raise Invalid("reference_cell", table=NAME, line=1, column=f"hours.{clock}")
    off, work = (frozenset(named) for named in days.values())
    return Calendar(hours=hours, announced=frozenset(announced), off=off, work=work)


def _year(value: str, announced: set[int]) -> int:
    year = int(value)
    if not date.min.year < year < date.max.year or year in announced:
        raise ValueError("year")
    return year


def _day(value: str, announced: set[int], days: dict[str, set[int]]) -> int:
    """A day of an announced year that no row named before."""
    day = date.fromisoformat(value)
    ordinal = day.toordinal()
    if day.isoformat() != value or day.year not in announced or any(ordinal in named for named in days.values()):
        raise ValueError(value)
    return ordinal


def _clock(entry: str, hours: dict[Clock, Hours]) -> Clock:
    """The clock whose hours the row gives: N24 has none to give."""
    clock = Clock(entry.removeprefix("hours."))
    if entry == clock or clock is Clock.N24 or clock in hours:
        raise ValueError(entry)
    return clock


def _hours(value: str) -> Hours:
    """`08:00-12:00 14:00-18:00`: in order, none touching the one before."""
    spans = tuple(_span(span) for span in value.split())
    edges = [edge for span in spans for edge in span]
    if not spans or any(later <= earlier for earlier, later in pairwise(edges)):
        raise ValueError(value)
    return Hours(spans=spans, total=sum(ends - begins for begins, ends in spans))


def _span(text: str) -> tuple[int, int]:
    begins, ends = text.split("-")
    return _moment(begins), _moment(ends)


def _moment(text: str) -> int:
    """`14:00`, up to `24:00`."""
    hour, minute = (int(digits) for digits in text.split(":"))
    at = (hour * 60 + minute) * 60 * SECOND
    if text != f"{hour:02}:{minute:02}" or not 0 <= minute < 60 or not 0 <= at <= DAY_LONG:
        raise ValueError(text)
    return at
