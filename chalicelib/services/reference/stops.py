"""Use case: where couriers rest and charge, the nearest first, and whether it is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Annotated

from msgspec import Meta

from chalicelib.domain.places import Point
from chalicelib.domain.reference import stops as rules
from chalicelib.domain.reference.stops import Found, Stop, StopKind
from chalicelib.services.reference import areas, rulebook
from chalicelib.store import cursors
from chalicelib.store.reference import reference

type Place = tuple[int, Annotated[int, Meta(ge=0)]]  # in an edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for: stops of any kind or one, near a place or anywhere, as they are `at` that instant."""

    near: Point | None
    at: datetime
    kind: StopKind | None = None
    open_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some stops, and where the next ones begin; None at the end. `version` is their edition."""

    stops: list[Found]
    version: int
    cursor: str | None


def page(wanted: Wanted, *, now: datetime, limit: int, cursor: str | None) -> Page:
    """A page of the directory in force: warm no read. A new edition is read from its beginning.

    Raises Invalid (`bad_cursor`), NotFound before the first edition.
    """
    edition = reference.current(*rulebook.READERS, rules.TABLE, now=now)[rules.TABLE]
    of, first = cursors.opened(cursor, Place) if cursor else (edition.version, 0)
    first = first if of == edition.version else 0
    found = _found(_read(edition.body), wanted, now)
    last = first + limit
    more = cursors.sealed((edition.version, last)) if last < len(found) else None
    return Page(stops=found[first:last], version=edition.version, cursor=more)


def check_places(stops: Iterable[Stop], *, now: datetime) -> None:
    """Whether each stop lies in the village that it names, by the areas in force. Raises Invalid (`stop_outside`)."""
    listed = list(stops)
    rules.check_places(listed, {stop.code: areas.locate(stop.point, now=now).village for stop in listed})


def _found(stops: Iterable[Stop], wanted: Wanted, now: datetime) -> list[Found]:
    calendar = rulebook.in_force(now=now).calendar
    fitting = [stop for stop in stops if wanted.kind is None or wanted.kind in stop.kinds]
    seen = (rules.found(stop, near=wanted.near, at=wanted.at, calendar=calendar) for stop in fitting)
    return rules.in_order(one for one in seen if one.is_open or not wanted.open_only)


_read = lru_cache(maxsize=2)(rules.read)
