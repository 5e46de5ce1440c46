"""Use cases on the map: what is counted in its cells, as far as the caller may see it."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby, islice
from typing import NamedTuple

from chalicelib.domain.errors import Invalid
from chalicelib.domain.maps import asking, counting
from chalicelib.domain.maps import showing as rules
from chalicelib.domain.maps.asking import Question
from chalicelib.domain.maps.hexagons import Hexagon
from chalicelib.domain.maps.showing import Counts, Shown
from chalicelib.domain.people.model import Actor
from chalicelib.gateways import cells
from chalicelib.services.maps import grounds
from chalicelib.services.reference import areas, rulebook
from chalicelib.store import cursors
from chalicelib.store.maps import cells as store
from chalicelib.store.maps.cells import Count


class Cell(NamedTuple):
    """A cell and what is shown of it."""

    id: str
    shown: Shown

    @property
    def hexagon(self) -> Hexagon:
        """As it lies on the ground."""
        return cells.hexagon(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How the caller sees the map: which local months, in cells of which resolution, and what of each cell's month.

    `exact`: nothing is kept back. `names` are Chinese and English, of kinds and groups by their codes.
    """

    township: str
    resolution: int
    months: list[str]
    exact: bool
    kinds: frozenset[str]
    names: dict[str, tuple[str, str]]
    show: Callable[[Counts], Shown]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Cells in the order of their ids, and where the next ones begin; None at the end."""

    view: View
    cells: list[Cell]
    cursor: str | None


def cells_of(question: Question, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Answer:
    """What lies in the cells of the map, month by month: a query a month.

    Raises Invalid (a group, kind, village or month that is none, too many months, a bad cursor), and Forbidden for a
    month that is not over.
    """
    view = _view(question, by=by, now=now)
    after = _after(cursor, view) if cursor else None
    months = [_month(store.month(view.township, month, after=after), view) for month in view.months]
    found, next_one = _page(_wanted(_merged(months), question, view.resolution, now=now), limit)
    return Answer(view=view, cells=found, cursor=next_one)


def _view(question: Question, *, by: Actor, now: datetime) -> View:
    township, rulebook_now = areas.township(now=now), rulebook.in_force(now=now)
    taxonomy, numbers = rulebook_now.taxonomy, rulebook_now.numbers
    asking.check_codes(question, taxonomy)
    whole, kinds = asking.sees_all(by, township), counting.public_kinds(taxonomy)
    groups = len(set(map(counting.group_of, kinds)))
    return View(
        township=township,
        resolution=numbers.count("map_resolution"),
        months=asking.months(question, whole=whole, most=numbers.count("map_months"), now=now),
        exact=whole,
        kinds=kinds,
        names=taxonomy.groups | {code: (kind.zh, kind.en) for code, kind in taxonomy.kinds.items()},
        show=rules.exact if whole else partial(rules.published, groups=groups, least=numbers.count("map_least")),
    )


def _after(cursor: str, view: View) -> str:
    """Behind which counted cell to go on."""
    try:
        return cells.last_within(cursors.opened(cursor, str), view.resolution)
    except ValueError as error:
        raise Invalid("bad_cursor") from error


def _month(counts: Iterable[Count], view: View) -> Iterator[Cell]:
    """What is shown of each cell of a month. The whole cell is looked at, whatever part of it is asked for."""
    public = (count for count in counts if count.kind in view.kinds)
    for cell, of_cell in groupby(public, lambda count: cells.wider(count.cell, view.resolution)):
        together: dict[str, int] = {}
        for count in of_cell:
            together[count.kind] = together.get(count.kind, 0) + count.reports
        yield Cell(cell, view.show(together))


def _merged(months: Iterable[Iterator[Cell]]) -> Iterator[Cell]:
    """The months' cells together: each month's sort alike."""
    for cell, of_cell in groupby(heapq.merge(*months, key=_id), _id):
        yield Cell(cell, sum((one.shown for one in of_cell), start=Shown()))


def _wanted(found: Iterator[Cell], question: Question, resolution: int, *, now: datetime) -> Iterator[Cell]:
    """Those of the area, narrowed, where anything is shown at all."""
    area = grounds.of_village(question.village, resolution, now=now) if question.village else None
    for cell, shown in found:
        narrowed = shown.narrowed(group=question.group, kind=question.kind)
        if narrowed.count and (area is None or cell in area):
            yield Cell(cell, narrowed)


def _page(found: Iterator[Cell], limit: int) -> tuple[list[Cell], str | None]:
    """A cursor says that there is more, and names only what was shown."""
    read = list(islice(found, limit + 1))
    return read[:limit], cursors.sealed(read[limit - 1].id) if len(read) > limit else None


def _id(cell: Cell) -> str:
    return cell.id
