"""Where couriers rest and charge (歇脚驿站、充电点): a directory that a township edits (DOMAIN §5, `data/stops.csv`).

A stop has hours for each weekday and for public holidays. A make-up workday (调休) is a Friday, whatever day it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from chalicelib.domain.errors import Invalid
from chalicelib.domain.places import Point, distance
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.clocks import Calendar
from chalicelib.domain.reference.tables import parsed

TABLE = "stops"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAY, MAKE_UP = "holiday", "fri"
COLUMNS = ("code", "kinds", "village", "lon", "lat", "zh", "en", "has_zh", "has_en", *WEEKDAYS, HOLIDAY)
MOST, LONGEST = 1000, 200
DAY_MINUTES = 24 * 60
AHEAD = 15  # days that the next change of its hours is looked for: longer than any holiday


class StopKind(StrEnum):
    """What one finds there."""

    REST = "rest"
    CHARGING = "charging"
    WATER = "water"
    TOILET = "toilet"
    FIRST_AID = "first_aid"
    SERVICE_CENTRE = "service_centre"  # 党群服务中心


type Spans = tuple[tuple[int, int], ...]  # minutes since midnight, in order, none touching the one before


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stop. `hours`: when it is open, by weekday or `holiday`."""

    code: str
    kinds: frozenset[StopKind]
    village: str
    point: Point
    zh: str
    en: str
    has_zh: str
    has_en: str
    hours: Mapping[str, Spans]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stop as somebody finds it: how far it is in metres, None where he names no place; whether it is open, and until
    when that stays so (UTC), None if for the next days."""

    stop: Stop
    metres: float | None
    is_open: bool
    until: datetime | None


def found(stop: Stop, *, near: Point | None, at: datetime, calendar: Calendar) -> Found:
    """The stop as it is at that instant."""
    is_open = _is_open(stop, at, calendar)
    metres = distance(near, stop.point) if near else None
    return Found(stop=stop, metres=metres, is_open=is_open, until=_next_change(stop, at, calendar, is_open=is_open))


def in_order(stops: Iterable[Found]) -> list[Found]:
    """The nearest first, else by their codes."""
    return sorted(stops, key=lambda one: (one.metres or 0.0, one.stop.code))


def spans(stop: Stop, day: date, calendar: Calendar) -> Spans:
    """When it is open on a local day."""
    if day.toordinal() in calendar.off:
        return stop.hours[HOLIDAY]
    return stop.hours[MAKE_UP if day.toordinal() in calendar.work else WEEKDAYS[day.weekday()]]


def _is_open(stop: Stop, at: datetime, calendar: Calendar) -> bool:
    local = at.astimezone(ZONE)
    minute = local.hour * 60 + local.minute
    return any(begins <= minute < ends for begins, ends in spans(stop, local.date(), calendar))


def _next_change(stop: Stop, at: datetime, calendar: Calendar, *, is_open: bool) -> datetime | None:
    first = at.astimezone(ZONE).date()
    for day in (first + timedelta(days=number) for number in range(AHEAD)):
        for edge in sorted({edge for span in spans(stop, day, calendar) for edge in span}):
            instant = datetime.combine(day, time(), ZONE) + timedelta(minutes=edge)
            if instant > at and _is_open(stop, instant, calendar) is not is_open:
                return instant.astimezone(UTC)
    return None


def read(body: bytes) -> tuple[Stop, ...]:
    """Parse an edition. Raises Invalid naming the line."""
    codes: set[str] = set()

    def parse(cells: dict[str, str]) -> Stop:
        if not cells["code"] or cells["code"] in codes or len(codes) >= MOST:
            raise ValueError(cells["code"])
        codes.add(cells["code"])
        for name in ("zh", "en"):
            if not cells[name].strip():
                raise ValueError(name)
        if any(len(cells[name]) > LONGEST for name in ("zh", "en", "has_zh", "has_en")):
            raise ValueError("zh, en")
        return _stop(cells)

    return tuple(parsed(TABLE, body, COLUMNS, parse))


def _stop(cells: dict[str, str]) -> Stop:
    kinds = frozenset(StopKind(word) for word in cells["kinds"].split())
    if not kinds:
        raise ValueError("kinds")
    return Stop(
        code=cells["code"],
        kinds=kinds,
        village=cells["village"],
        point=Point(lat=float(cells["lat"]), lon=float(cells["lon"])),
        zh=cells["zh"].strip(),
        en=cells["en"].strip(),
        has_zh=cells["has_zh"].strip(),
        has_en=cells["has_en"].strip(),
        hours={day: _spans(cells[day]) for day in (*WEEKDAYS, HOLIDAY)},
    )


def _spans(text: str) -> Spans:
    """`08:00-12:00 14:00-24:00`; nothing where it is closed."""
    found = tuple((_minute(begins), _minute(ends)) for begins, ends in (span.split("-") for span in text.split()))
    edges = [-1, *(edge for span in found for edge in span)]
    if any(later <= earlier for earlier, later in pairwise(edges)):
        raise ValueError(text)
    return found


def _minute(text: str) -> int:
    hour, minute = (int(digits) for digits in text.split(":"))
    at = hour * 60 + minute
    if text != f"{hour:02}:{minute:02}" or not 0 <= minute < 60 or not 0 <= at <= DAY_MINUTES:
        raise ValueError(text)
    return at


def check_places(stops: Iterable[Stop], located: Mapping[str, str | None]) -> None:
    """Whether each stop lies in the village that it names. `located`: the village that each stop's place, by its code,
    belongs to; None for a place outside. Raises Invalid (`stop_outside`)."""
    for stop in stops:
        if located.get(stop.code) != stop.village:
            raise Invalid("stop_outside", stop=stop.code, village=stop.village)
