"""Use case of coverage: where on couriers' rounds nobody has reported from for some days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.areas.model import Area
from chalicelib.domain.maps import gaps as rules
from chalicelib.domain.maps.gaps import Gap, Ground
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.domain.reference.calendar import local_day
from chalicelib.gateways import cells
from chalicelib.services.maps import grounds
from chalicelib.services.reference import areas, rulebook
from chalicelib.store import cursors
from chalicelib.store.maps import cells as store
from chalicelib.store.people import rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Unvisited:
    """A village on nobody's round, and how many cells it has."""

    village: str
    name: str
    name_en: str
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Cells without a report for `days` as of the local day `today`, and where the next ones begin; None at the end."""

    township: str
    resolution: int
    days: int
    today: str
    gaps: list[Gap]
    cursor: str | None
    unvisited: list[Unvisited]


def uncovered(*, days: int | None, by: Actor, now: datetime, limit: int, cursor: str | None) -> Answer:
    """Cells of villages on somebody's round without a report for so many days, longest first; and the villages on
    nobody's round. For the centre: two queries, whatever the number of cells.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`bad_cursor`).
    """
    places, numbers = areas.listing(now=now)[0], rulebook.in_force(now=now).numbers
    require_any(by, [Role.CENTRE], places.township)
    resolution, today = numbers.count("map_resolution"), local_day(now)
    start = cursors.opened(cursor, tuple[str, str, str]) if cursor else None
    declared = rules.couriers(rounds.of(places.township))
    ground, asked = grounds.of_all(resolution, now=now), days or numbers.count("gap_days")
    found = rules.gaps(ground, _last_days(places.township, resolution), declared, days=asked, today=today)
    left = [gap for gap in found if start is None or gap.position > start]
    return Answer(
        township=places.township,
        resolution=resolution,
        days=asked,
        today=today,
        gaps=left[:limit],
        cursor=cursors.sealed(left[limit - 1].position) if len(left) > limit else None,
        unvisited=[_unvisited(village, ground) for village in places.villages if village.code not in declared],
    )


def _unvisited(village: Area, ground: Iterable[Ground]) -> Unvisited:
    cells = sum(one.village == village.code for one in ground)
    return Unvisited(village=village.code, name=village.name, name_en=village.name_en, cells=cells)


def _last_days(township: str, resolution: int) -> dict[str, str]:
    """When each cell of that resolution was last reported from."""
    found: dict[str, str] = {}
    for cell, day in store.last_days(township).items():
        wider = cells.wider(cell, resolution)
        found[wider] = max(day, found.get(wider, ""))
    return found
