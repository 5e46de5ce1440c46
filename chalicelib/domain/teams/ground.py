"""What a team sees of its area: what is open there, as far as each of its members may know it.

What he may see as a party to it he sees as that, with its id. Of the rest he learns what a stranger nearby does (DOMAIN
§2): of which kind it is, how long it has been open and where it stands; nothing of what is confidential, of what only
the centre verifies, or of what has no kind yet; never who reported it, its words or its place.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports import sight
from chalicelib.domain.reports.model import ENDED, Report, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatter:
    """An open report of a grid; `id` only where it is his to see. `open_for`: since it was filed."""

    id: str | None
    kind: str | None
    grid: str
    status: Status
    open_for: timedelta


def lies_in(report: Report, grids: Collection[str]) -> bool:
    """Whether it is open in one of the grids, and no secret."""
    nature = report.nature
    plain = nature.kind is not None and not nature.confidential and not nature.verify_by_centre
    return plain and report.status not in ENDED and report.place.grid in grids


def as_seen(report: Report, by: Actor, *, now: datetime) -> OpenMatter:
    """The report as this member may know it."""
    return OpenMatter(
        id=report.id if sight.viewers(by, report) else None,
        kind=report.nature.kind,
        grid=report.place.grid or "",
        status=report.status,
        open_for=now - report.created_at,
    )
