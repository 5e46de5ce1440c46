"""Deadlines run on three clocks; a walker that goes minute by minute says whether they are right."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import clocks
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.clocks import Calendar, Clock
from tests.builders import DATA, NOW

SHIPPED = (DATA / "calendar.csv").read_bytes()
CALENDAR = clocks.read(SHIPPED)
MINUTE = timedelta(minutes=1)
OPEN = {Clock.N24: ((0, 24),), Clock.DAY: ((7, 22),), Clock.WH: ((8, 12), (14, 18))}


def at(text: str) -> datetime:
    """A moment in Guankou, as `2026-10-10 08:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@cache
def named_days() -> dict[str, set[str]]:
    """The days of the shipped table, read plainly."""
    named: dict[str, set[str]] = {"off": set(), "work": set(), "year": set()}
    for line in SHIPPED.decode().splitlines():
        entry, value, *_ = line.split(",")
        named.setdefault(entry, set()).add(value)
    return named


def runs(clock: Clock, minute: datetime) -> bool:
    """Whether the clock runs in the minute that begins then, told from the table's text."""
    local = minute.astimezone(ZONE)
    day = f"{local:%Y-%m-%d}"
    works = day in named_days()["work"] or (local.weekday() < 5 and day not in named_days()["off"])
    return (works or clock is not Clock.WH) and any(begins <= local.hour < ends for begins, ends in OPEN[clock])


def walked(clock: Clock, start: datetime, minutes: int) -> datetime:
    """Minute by minute, until so many of the clock's have passed."""
    while minutes:
        minutes -= runs(clock, start)
        start += MINUTE
    return start


def counted(clock: Clock, start: datetime, end: datetime) -> int:
    """How many minutes of the clock pass from start to end."""
    return sum(runs(clock, start + MINUTE * n) for n in range((end - start) // MINUTE))


# Around the longest holidays, their make-up days, and the turn to a year that nobody has announced.
eves = st.sampled_from(["2025-01-20 00:00", "2026-02-08 00:00", "2026-09-18 00:00", "2026-12-20 00:00"])
minutes_of_interest = st.builds(lambda eve, n: at(eve).astimezone(UTC) + n * MINUTE, eves, st.integers(0, 20 * 24 * 60))
instants = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
spans = st.integers(1, 168 * 3600).map(lambda seconds: seconds / 3600)
every_clock = pytest.mark.parametrize("clock", Clock)


@every_clock
@given(start=minutes_of_interest, minutes=st.integers(1, 40 * 60))
def test_a_deadline_is_where_a_minute_walker_ends(clock: Clock, start: datetime, minutes: int) -> None:
    assert CALENDAR.add(clock, start, minutes / 60) == walked(clock, start, minutes)


@every_clock
@given(start=minutes_of_interest, minutes=st.integers(0, 15 * 24 * 60))
def test_what_has_run_is_what_a_minute_walker_counts(clock: Clock, start: datetime, minutes: int) -> None:
    end = start + minutes * MINUTE
    assert round(CALENDAR.between(clock, start, end) * 60) == counted(clock, start, end)


@every_clock
@given(instant=instants, hours=spans)
def test_to_add_to_subtract_and_to_count_undo_one_another(clock: Clock, instant: datetime, hours: float) -> None:
    end, start = CALENDAR.add(clock, instant, hours), CALENDAR.subtract(clock, instant, hours)
    assert CALENDAR.between(clock, instant, end) == pytest.approx(hours, abs=1e-9)
    assert CALENDAR.between(clock, start, instant) == pytest.approx(hours, abs=1e-9)
    assert CALENDAR.add(clock, CALENDAR.subtract(clock, end, hours), hours) == end
    assert CALENDAR.subtract(clock, CALENDAR.add(clock, start, hours), hours) == start


@every_clock
@given(instant=instants, hours=spans)
def test_a_deadline_is_the_earliest_and_a_start_the_latest(clock: Clock, instant: datetime, hours: float) -> None:
    second = timedelta(seconds=1)
    end, start = CALENDAR.add(clock, instant, hours), CALENDAR.subtract(clock, instant, hours)
    assert CALENDAR.between(clock, instant, end - second) < hours - 1e-9
    assert CALENDAR.between(clock, start + second, instant) < hours - 1e-9


@every_clock
@given(instant=instants, first=spans, second=spans)
def test_hours_add_up(clock: Clock, instant: datetime, first: float, second: float) -> None:
    halfway = CALENDAR.add(clock, instant, first)
    together = CALENDAR.add(clock, instant, first + second)
    assert abs(CALENDAR.add(clock, halfway, second) - together) < timedelta(seconds=1)


@every_clock
def test_nothing_added_or_taken_away_changes_nothing(clock: Clock) -> None:
    night = at("2026-10-03 03:00")
    assert CALENDAR.add(clock, night, 0) == CALENDAR.subtract(clock, night, 0) == night
    assert CALENDAR.between(clock, night, night) == CALENDAR.between(clock, night, night - MINUTE) == 0


@pytest.mark.parametrize(
    ("clock", "start", "hours", "due"),
    [
        (Clock.WH, "2026-11-23 09:00", 4, "2026-11-23 15:00"),  # over the lunch break
        (Clock.WH, "2026-11-23 09:00", 3, "2026-11-23 12:00"),  # done by noon, not at 14:00
        (Clock.WH, "2026-11-23 12:30", 1, "2026-11-23 15:00"),  # entered at lunch
        (Clock.WH, "2026-11-23 17:30", 1, "2026-11-24 08:30"),  # over the night
        (Clock.WH, "2026-11-27 17:30", 1, "2026-11-30 08:30"),  # over an ordinary weekend
        (Clock.WH, "2026-09-18 17:00", 8, "2026-09-20 17:00"),  # a make-up Sunday is worked
        (Clock.WH, "2026-09-30 17:00", 8, "2026-10-08 17:00"),  # over the week of National Day
        (Clock.WH, "2026-10-09 17:00", 8, "2026-10-10 17:00"),  # into the make-up Saturday after it
        (Clock.WH, "2026-10-03 10:00", 1, "2026-10-08 09:00"),  # entered on a holiday
        (Clock.WH, "2026-02-13 17:00", 2, "2026-02-14 09:00"),  # into the make-up Saturday before Spring Festival
        (Clock.WH, "2026-02-14 17:00", 2, "2026-02-24 09:00"),  # … and over its nine days
        (Clock.WH, "2026-11-23 08:00", 160, "2026-12-18 18:00"),  # twenty workdays
        (Clock.DAY, "2026-11-23 21:00", 2, "2026-11-24 08:00"),  # over the night
        (Clock.DAY, "2026-10-03 03:00", 2, "2026-10-03 09:00"),  # a holiday counts, its night does not
        (Clock.DAY, "2026-11-23 07:00", 15, "2026-11-23 22:00"),  # done by ten at night, not at seven
        (Clock.N24, "2026-10-03 03:10", 0.5, "2026-10-03 03:40"),  # the night of a holiday
    ],
)
def test_limits_end_where_people_expect(clock: Clock, start: str, hours: float, due: str) -> None:
    assert CALENDAR.add(clock, at(start), hours) == at(due)


def test_the_latest_start_is_after_the_break() -> None:
    assert CALENDAR.subtract(Clock.WH, at("2026-11-23 14:30"), 0.5) == at("2026-11-23 14:00")
    assert CALENDAR.subtract(Clock.WH, at("2026-10-08 09:00"), 2) == at("2026-09-30 17:00")


def test_answers_are_in_utc_and_exact_to_the_second() -> None:
    due = CALENDAR.add(Clock.WH, at("2026-11-23 17:59:59"), 1 / 3600 * 2)
    assert due == at("2026-11-24 08:00:01") and due.tzinfo is UTC


def test_a_year_not_announced_is_provisional_and_counts_plain_weekdays() -> None:
    assert not CALENDAR.provisional(at("2026-12-31 23:59")) and CALENDAR.provisional(at("2027-01-01 00:00"))
    assert CALENDAR.is_workday(date(2027, 1, 1)) and not CALENDAR.is_workday(date(2027, 1, 2))
    assert CALENDAR.is_workday(date(2026, 10, 10)) and not CALENDAR.is_workday(date(2026, 10, 1))


def test_hours_of_a_day_are_the_townships_to_set() -> None:
    summer = read(SHIPPED.replace(b"14:00-18:00", b"15:00-18:30"))
    assert summer.add(Clock.WH, at("2026-11-23 11:00"), 2) == at("2026-11-23 16:00")
    assert summer.hours[Clock.WH].total == 7.5 * clocks.HOUR
    late = read(SHIPPED.replace(b"07:00-22:00", b"00:00-24:00"))
    assert late.add(Clock.DAY, NOW, 30) == CALENDAR.add(Clock.N24, NOW, 30)


def read(body: bytes) -> Calendar:
    assert body != SHIPPED
    return clocks.read(body)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("year,2023,,", "year"),
        ("year,soon,,", "invalid literal for int() with base 10: 'soon'"),
        ("off,2027-01-01,,", "2027-01-01"),  # its year is not announced
        ("off,2026-10-01,,", "2026-10-01"),  # it stands there already
        ("work,2026-10-01,,", "2026-10-01"),  # … as a holiday
        ("off,20261111,,", "20261111"),
        ("off,2026-02-30,,", "day is out of range for month"),
        ("hours.WH,09:00-17:00,,", "hours.WH"),  # given twice
        ("hours.N24,09:00-17:00,,", "hours.N24"),
        ("DAY,09:00-17:00,,", "DAY"),
        ("holiday,2026-11-11,,", "'holiday' is not a valid Clock"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(row: str, column: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clocks.read(SHIPPED + row.encode() + b"\n")
    lines = SHIPPED.count(b"\n")
    facts = refusal.value.facts
    assert refusal.value.rule == "reference_cell" and facts["line"] == lines + 1
    assert str(facts["column"]).startswith(column)


@pytest.mark.parametrize(
    "spans", ["", "8:00-12:00", "12:00-08:00", "08:00-12:00 11:00-18:00", "08:00-12:00 12:00-18:00", "08:00-24:01", "x"]
)
def test_wrong_hours_are_refused(spans: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clocks.read(SHIPPED.replace(b"08:00-12:00 14:00-18:00", spans.encode()))
    assert (refusal.value.rule, refusal.value.facts["line"]) == ("reference_cell", 2)


@pytest.mark.parametrize("clock", [Clock.WH, Clock.DAY])
def test_a_calendar_without_hours_is_none(clock: Clock) -> None:
    lines = [line for line in SHIPPED.splitlines(keepends=True) if not line.startswith(f"hours.{clock}".encode())]
    with pytest.raises(Invalid) as refusal:
        clocks.read(b"".join(lines))
    assert refusal.value.facts["column"] == f"hours.{clock}"
