"""How long each stage may take: class → hours (DOMAIN §2, `data/limits.csv`).

The hours are counted plainly, round the clock; the working calendar of each class's clock comes with the timers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.reports.model import Status
from chalicelib.domain.tables import parsed

COLUMNS = (
    "class",
    "zh",
    "clock",
    "verify_h",
    "village_h",
    "dispatch_h",
    "coord_h",
    "accept_h",
    "dept_h",
    "revisit_h",
    "ext_n",
    "ext_max_h",
)
STAGE_COLUMNS = {
    Status.SUBMITTED: "verify_h",
    Status.WITH_VILLAGE: "village_h",
    Status.WITH_CENTRE: "dispatch_h",
    Status.COORDINATING: "coord_h",
    Status.DISPATCHED: "accept_h",
    Status.IN_HANDLING: "dept_h",
    Status.RESOLVED: "revisit_h",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """One edition: hours by class and stage."""

    hours: dict[tuple[str, Status], float]

    def due(self, klass: str, status: Status, *, since: datetime, share: float = 1.0) -> datetime | None:
        """When a stage entered at `since` is due (UTC); None for a stage without a limit of its own.

        `share` is the part of the limit that is given: a reopened report has half (DOMAIN §2).
        """
        hours = self.hours.get((klass, status))
        return since + timedelta(hours=hours * share) if hours is not None else None


def read(body: bytes) -> Limits:
    """Parse an edition. Raises Invalid naming the line."""
    hours: dict[tuple[str, Status], float] = {}

    def parse(cells: dict[str, str]) -> None:
        for status, column in STAGE_COLUMNS.items():
            value = float(cells[column])
            if not 0 < value < 10_000 or (cells["class"], status) in hours:
                raise ValueError(column)
            hours[cells["class"], status] = value

    parsed("limits", body, COLUMNS, parse)
    return Limits(hours=hours)
