"""Counters of what came and went: per local day, place, kind, body and status (DOMAIN §2 Figures).

A report stands in one cell at a time (place, kind, the body that has it, status). An event that moves it adds one to
`left` of the old cell and one to `entered` of the new, both on the event's local day. So what stood anywhere at the end
of a day is the sum of entered − left up to it, and nothing ever needs counting again. Of each cell the sums over all
days are kept beside (`EVER`), so that what stands now is read and not added up from the beginning: docs/adr/0023.

All that is counted of a day, place, kind and body is one item, a `Counter`: flows of statuses and columns.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from chalicelib.domain.events import Standing
from chalicelib.domain.figures.columns import Column
from chalicelib.domain.reports.model import Status

OUTSIDE = "outside"  # neither grid nor village
NO_KIND = "none"
EVER = "ever"  # stands for the day, and for the month
ENTERED, LEFT = "in_", "out_"  # before a status: counts of a counter


class By(StrEnum):
    """What figures are told apart by."""

    DAY = "day"
    VILLAGE = "village"
    GRID = "grid"
    KIND = "kind"
    STATUS = "status"
    DEPARTMENT = "department"


class Cell(NamedTuple):
    """Where a report counts. `area` is a grid, a village or `outside`; `body` who has it, or had it last."""

    area: str
    kind: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """How many reports entered and left a status in a cell, on a local day or ever; `filed` of those are new."""

    township: str
    day: str
    area: str
    kind: str
    body: str = ""
    status: str
    entered: int = 0
    left: int = 0
    filed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Everything counted of a cell on a local day, or ever: flows as `in_<status>`, `out_<status>`, and columns."""

    township: str
    day: str
    area: str
    kind: str
    body: str
    counts: Mapping[str, int]

    @property
    def leaves(self) -> Iterator[Leaf]:
        """Its flows, a status at a time; what was filed entered as submitted."""
        for status in Status:
            entered, left = self.counts.get(f"{ENTERED}{status}", 0), self.counts.get(f"{LEFT}{status}", 0)
            filed = self.counts.get(Column.FILED, 0) if status is Status.SUBMITTED else 0
            if entered or left or filed:
                yield Leaf(
                    township=self.township,
                    day=self.day,
                    area=self.area,
                    kind=self.kind,
                    body=self.body,
                    status=status,
                    entered=entered,
                    left=left,
                    filed=filed,
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Sums of leaves."""

    entered: int
    left: int


def place(standing: Standing) -> str:
    """The smallest area that holds the report."""
    return standing.grid or standing.village or OUTSIDE


def key(day: str, cell: Cell) -> str:
    """Where a counter lies in its month: `2026-11-23#<area>#<kind>#<body>`; a village's grids begin with its code."""
    return "#".join((day, *cell))


def month_of(key: str) -> str:
    """The local month of a counter's key, `ever` for sums of all days."""
    day = key.partition("#")[0]
    return EVER if day == EVER else day[:7]


def summed(found: Iterable[Leaf], by: Callable[[Leaf], str]) -> dict[str, Flow]:
    """Flows by whatever `by` names: the day, the kind, the status …"""
    sums: dict[str, tuple[int, int]] = {}
    for leaf in found:
        entered, left = sums.get(by(leaf), (0, 0))
        sums[by(leaf)] = (entered + leaf.entered, left + leaf.left)
    return {name: Flow(entered=entered, left=left) for name, (entered, left) in sums.items()}
