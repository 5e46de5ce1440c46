"""Who carries: what a courier says of himself, what the centre records of him, and where he is found (DOMAIN §4)."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from chalicelib.domain.care.matching import Hours
from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import Invalid

MOST_HOURS = 4  # spans of a day
MOST_GRIDS = 40  # a copy each, and all of them in one transaction

type Free = Mapping[int, tuple[Hours, ...]]  # by weekday, 0: Monday; local, in order, the end not included


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A courier as one who carries. `willing`: which services, `free`: when, `grids`: the part of his round's villages
    that he declares, all of a village where he declares none of it. The centre records `trained` and `insured_until`.

    `villages` and `employer` are his profile's, as they were when this was written: none where he carries no more.
    """

    courier_id: str
    villages: tuple[str, ...] = ()
    employer: str = ""
    willing: frozenset[Service] = frozenset()
    free: Free = field(default_factory=dict)
    grids: tuple[str, ...] = ()
    trained: frozenset[Service] = frozenset()
    insured_until: date | None = None
    version: int = 0


def areas(carrier: Carrier) -> set[str]:
    """Keys of all areas that he is found in.

    `grid:<grid>` for each one declared, `whole:<village>` for a village of which he declares none: these two are who
    covers a grid. `village:<village>` for every village of the round. Nobody who is willing to do nothing is found.
    """
    if not carrier.willing:
        return set()
    declared = [grid for grid in carrier.grids if village_of(grid) in carrier.villages]
    parted = {village_of(grid) for grid in declared}
    whole = {f"whole:{village}" for village in carrier.villages if village not in parted}
    return {f"grid:{grid}" for grid in declared} | whole | {f"village:{village}" for village in carrier.villages}


def village_of(grid: str) -> str:
    """The village that a grid lies in: its first twelve digits."""
    return grid[:12]


def on_round(carrier: Carrier, villages: tuple[str, ...], employer: str) -> Carrier:
    """The same where his round or employer is another. What he declared of a village that he left is kept, and means
    nothing until he is back."""
    return replace(carrier, villages=villages, employer=employer, version=carrier.version + 1)


def check(free: Free, grids: Sequence[str], *, villages: Sequence[str], known: Container[str]) -> None:
    """Whether that can be declared: hours in order and apart, a few a day; grids of his own villages.

    Raises Invalid (`free_hours`, `unknown_area`, `grids_most`).
    """
    for day, hours in free.items():
        touching = any(later[0] <= earlier[1] for earlier, later in pairwise(hours))
        if day not in range(7) or len(hours) > MOST_HOURS or touching or any(first >= last for first, last in hours):
            raise Invalid("free_hours", most=MOST_HOURS)
    if len(grids) > MOST_GRIDS or len(set(grids)) != len(grids):
        raise Invalid("grids_most", most=MOST_GRIDS)
    for grid in grids:
        if grid not in known or village_of(grid) not in villages:
            raise Invalid("unknown_area", area=grid)
