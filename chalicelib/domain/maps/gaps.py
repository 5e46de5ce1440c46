"""Gaps of coverage: cells on couriers' rounds from which nobody has reported for some days (DOMAIN §1 双网合一)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.maps.hexagons import Hexagon


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A cell of a village: its middle lies there, and in that grid."""

    hexagon: Hexagon
    village: str
    grid: str | None

    @property
    def cell(self) -> str:
        """Its id."""
        return self.hexagon.cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A cell without a report for `days`, since `last_day` (local); None: for as long as there has been a map.

    `couriers` have its village on their round.
    """

    ground: Ground
    couriers: int
    last_day: str | None
    days: int | None

    @property
    def position(self) -> tuple[str, str, str]:
        """Its place in the list: what was never reported from, then the longest ago."""
        return self.last_day or "", self.ground.cell, self.ground.village


def couriers(rounds: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many people declared each village, of (village, person)."""
    found: dict[str, set[str]] = {}
    for village, person in rounds:
        found.setdefault(village, set()).add(person)
    return {village: len(people) for village, people in found.items()}


def gaps(
    grounds: Iterable[Ground], last_days: Mapping[str, str], declared: Mapping[str, int], *, days: int, today: str
) -> list[Gap]:
    """Cells of declared villages without a report on any of the last `days`, in the order of their positions."""
    found = [
        _gap(ground, declared[ground.village], last_days.get(ground.cell), today)
        for ground in grounds
        if ground.village in declared
    ]
    silent = [gap for gap in found if gap.days is None or gap.days >= days]
    return sorted(silent, key=lambda gap: gap.position)


def _gap(ground: Ground, couriers: int, last_day: str | None, today: str) -> Gap:
    days = (date.fromisoformat(today) - date.fromisoformat(last_day)).days if last_day else None
    return Gap(ground=ground, couriers=couriers, last_day=last_day, days=days)
