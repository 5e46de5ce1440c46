"""Counters of what came and went: per local day, place, kind and status (DOMAIN §2 Figures).

A report stands in one cell at a time (place, kind, status). An event that moves it adds one to `left` of the old cell
and one to `entered` of the new, both on the event's local day. So what stood anywhere at the end of a day is the sum of
entered − left up to it, and nothing ever needs counting again. Of each cell the sums over all days are kept beside
(`EVER`), so that what stands now is read and not added up from the beginning: docs/adr/0023.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from chalicelib.domain.events import Event, Standing
from chalicelib.domain.reference.calendar import local_day

OUTSIDE = "outside"  # neither grid nor village
NO_KIND = "none"
EVER = "ever"  # stands for the day, and for the month


class By(StrEnum):
    """What figures are told apart by."""

    DAY = "day"
    VILLAGE = "village"
    GRID = "grid"
    KIND = "kind"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """How many reports entered and left a cell on a local day, or ever; `filed` of those that entered are new.

    `area` is a grid, a village or `outside`.
    """

    township: str
    day: str
    area: str
    kind: str
    status: str
    entered: int = 0
    left: int = 0
    filed: int = 0

    @property
    def month(self) -> str:
        """Which part of the table holds it: `350211102#2026-11`."""
        return month_key(self.township, self.day[:7])

    @property
    def key(self) -> str:
        """Its place there: `2026-11-23#<area>#<kind>#<status>`; a village's grids begin with its code."""
        return f"{self.day}#{self.area}#{self.kind}#{self.status}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Sums of leaves."""

    entered: int
    left: int


def month_key(township: str, month: str) -> str:
    """A township's month."""
    return f"{township}#{month}"


def concerns(event: Event) -> bool:
    """Whether the event moves its report from one cell to another."""
    return event.was is None or _cell(event.was) != _cell(event.standing)


def leaves(event: Event) -> tuple[Leaf, ...]:
    """What the event adds: one leaf left, one entered; on intake the latter alone, and nothing where nothing moves."""
    if not concerns(event):
        return ()
    entered = _leaf(event, event.standing, entered=1)
    return (_leaf(event, event.was, left=1), entered) if event.was else (replace(entered, filed=1),)


def counters(event: Event) -> tuple[Leaf, ...]:
    """Every counter the event moves: its leaves, each of its day and ever."""
    found = leaves(event)
    return (*found, *(replace(leaf, day=EVER) for leaf in found))


def prefix(month: str, day: str | None, area: str | None) -> str:
    """The beginning that a month's leaves share: of a day, and there of a village or grid."""
    if day is None:
        return month
    return f"{day}#{area}" if area else f"{day}#"


def summed(found: Iterable[Leaf], by: Callable[[Leaf], str]) -> dict[str, Flow]:
    """Flows by whatever `by` names: the day, the kind, the status …"""
    sums: dict[str, tuple[int, int]] = {}
    for leaf in found:
        entered, left = sums.get(by(leaf), (0, 0))
        sums[by(leaf)] = (entered + leaf.entered, left + leaf.left)
    return {name: Flow(entered=entered, left=left) for name, (entered, left) in sums.items()}


def _cell(standing: Standing) -> tuple[str, str, str]:
    return standing.grid or standing.village or OUTSIDE, standing.kind or NO_KIND, standing.status


def _leaf(event: Event, standing: Standing, *, entered: int = 0, left: int = 0) -> Leaf:
    area, kind, status = _cell(standing)
    return Leaf(
        township=standing.township,
        day=local_day(event.at),
        area=area,
        kind=kind,
        status=status,
        entered=entered,
        left=left,
    )
