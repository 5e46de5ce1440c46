"""How long each stage may take: class → hours of its clock (DOMAIN §2, `data/limits.csv`)."""

from dataclasses import dataclass

from chalicelib.domain.reference.clocks import Clock
from chalicelib.domain.reference.tables import parsed
from chalicelib.domain.reports.running import Stage

STAGES = (Stage.VERIFY, Stage.VILLAGE, Stage.DISPATCH, Stage.COORD, Stage.ACCEPT, Stage.DEPT, Stage.REVISIT)
COLUMNS = ("class", "zh", "clock", *(f"{stage}_h" for stage in STAGES), "ext_n", "ext_max_h")
LARGEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One class: its clock, the hours of each stage, how often and by how much a department may be granted more."""

    klass: str
    clock: Clock
    hours: dict[Stage, float]
    extensions: int
    longest_extension: float

    @property
    def promise(self) -> float:
        """The reporter's promised total: the sum of all stages, in hours (DOMAIN §2)."""
        return sum(self.hours.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """One edition, by class; the most urgent class first."""

    by_class: dict[str, Limit]

    def of(self, klass: str) -> Limit:
        """The class's limits; an edition has them all (KeyError)."""
        return self.by_class[klass]

    def is_more_urgent(self, klass: str, than: str) -> bool:
        """Whether a class stands before another in the table."""
        order = list(self.by_class)
        return order.index(klass) < order.index(than)


def read(body: bytes) -> Limits:
    """Parse an edition. Raises Invalid naming the line."""
    limits: dict[str, Limit] = {}

    def parse(cells: dict[str, str]) -> None:
        limit = _limit(cells)
        if limit.klass in limits or not limit.klass or limit.extensions < 0:
            raise ValueError("class, ext_n")
        limits[limit.klass] = limit

    parsed("limits", body, COLUMNS, parse)
    return Limits(by_class=limits)


def _limit(cells: dict[str, str]) -> Limit:
    hours = {stage: float(cells[f"{stage}_h"]) for stage in STAGES}
    for stage, value in hours.items():
        if not 0 < value < LARGEST:
            raise ValueError(f"{stage}_h")
    if not 0 <= (longest := float(cells["ext_max_h"])) < LARGEST:
        raise ValueError("ext_max_h")
    return Limit(
        klass=cells["class"],
        clock=Clock(cells["clock"]),
        hours=hours,
        extensions=int(cells["ext_n"]),
        longest_extension=longest,
    )
