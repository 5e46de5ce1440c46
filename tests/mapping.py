"""Reports on the map that tests speak of: where they lie, how they change, and what a plain count makes of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.events import Event, event
from chalicelib.domain.maps import counting
from chalicelib.domain.maps.counting import Held, Tile
from chalicelib.domain.places import Point
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.gateways import cells
from chalicelib.store.base import Transaction
from chalicelib.store.maps import cells as store
from chalicelib.store.reports import reports
from tests.builders import GRID_MEMBER, NOW, RULES, TOWNSHIP, report

type Looks = tuple[Status, str | None]  # a report's status and kind

HERE = Point(lat=24.6085, lon=117.9795)
THERE = Point(lat=24.6185, lon=117.9895)
CELL, OTHER = cells.map_cell(HERE), cells.map_cell(THERE)


def life(id: str, *looks: Looks, at: datetime = NOW, point: Point | None = HERE) -> list[Report]:
    """A report at each of its versions."""
    first = replace(report(id=id, created_at=at), place=replace(report().place, point=point))
    return [
        replace(first, status=status, nature=RULES.taxonomy.nature(kind), version=version)
        for version, (status, kind) in enumerate(looks, 1)
    ]


def events(versions: Sequence[Report]) -> list[Event]:
    """What history says of such a life, as far as the map is concerned; each by the version it tells of."""
    pairs = zip([None, *versions], versions, strict=False)
    who: dict[str, Any] = {"action": Action.RECLASSIFY, "actor_id": GRID_MEMBER.id, "as_role": "centre", "at": NOW}
    lines = [event(Change(report=after, before=before, **who)) for before, after in pairs]
    return [line for line in lines if counting.concerns(line)]


def stored(made: Report) -> Report:
    """In the store, over the version before."""
    transaction = Transaction()
    reports.put(made, transaction=transaction)
    transaction.commit()
    return made


def tiles(heads: Iterable[Report]) -> Counter[Tile]:
    """A plain count of reports as they stand."""
    return Counter(tile for head in heads if (tile := counting.tile(head, cells.map_cell)))


def last_days(lives: Iterable[Sequence[Report]]) -> dict[str, str]:
    """When each cell was last reported from, of whatever was for the map at any time."""
    found: dict[str, str] = {}
    for versions in lives:
        if (point := versions[0].place.point) and any(counting.tile(head, cells.map_cell) for head in versions):
            cell = cells.map_cell(point)
            found[cell] = max(found.get(cell, ""), counting.day(versions[0]))
    return found


def counted(*months: str) -> Counter[Tile]:
    """What the store has counted in these months."""
    found: Counter[Tile] = Counter()
    for month in months:
        for cell, kind, number in store.month(TOWNSHIP, month):
            found[Tile(township=TOWNSHIP, month=month, cell=cell, kind=kind)] += number
    return found


def laid(counts: dict[str, int], *, point: Point = HERE, month: str = "2026-10") -> None:
    """So many reports of these kinds are on the map."""
    for kind, number in counts.items():
        for one in range(number):
            tile = Tile(township=TOWNSHIP, month=month, cell=cells.map_cell(point), kind=kind)
            store.move(f"{month}{tile.cell}{kind}{one}", None, Held(version=1, tile=tile))
