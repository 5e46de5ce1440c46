"""What lies on the map: a report counts in its cell, in the local month it came in, under its kind (docs/adr/0034).

Its place and its month never change; its kind does, and whether it counts at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.domain.events import Event, Standing
from chalicelib.domain.places import Point
from chalicelib.domain.reference.calendar import local_day, local_month
from chalicelib.domain.reference.taxonomy import Taxonomy
from chalicelib.domain.reports.model import Report, Status

# Security leads, care and rescue: whatever the taxonomy says of one of their kinds, it is no matter for a map.
NEVER_MAPPED = frozenset({"08", "09"})
GONE = frozenset({Status.INVALID, Status.DUPLICATE, Status.WITHDRAWN})  # there was nothing, or it is counted already


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """Where a report counts: a cell of the finest resolution, a local month (`2026-11`), a kind."""

    township: str
    month: str
    cell: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Where a report was counted when it stood at this version; nowhere if `tile` is None."""

    version: int
    tile: Tile | None


def concerns(event: Event) -> bool:
    """Whether the event brings its report onto the map, takes it off, or changes its kind there."""
    return kind_in(event.standing) != (kind_in(event.was) if event.was else None)


def kind_in(standing: Standing) -> str | None:
    """The kind a report counts under as it stood; None where it was not for the map."""
    return _kind(standing.kind, standing.status, confidential=standing.confidential)


def tile(report: Report, cell_of: Callable[[Point], str]) -> Tile | None:
    """Where the report counts as it stands now; None where it is not for the map, or has no place."""
    nature, place = report.nature, report.place
    kind = _kind(nature.kind, report.status, confidential=nature.confidential)
    if kind is None or place.point is None:
        return None
    month = local_month(report.created_at)
    return Tile(township=place.township, month=month, cell=cell_of(place.point), kind=kind)


def day(report: Report) -> str:
    """The local day on which somebody had an eye on the place."""
    return local_day(report.created_at)


def public_kinds(taxonomy: Taxonomy) -> frozenset[str]:
    """The kinds that are for the map by the edition in force, whatever was counted under an earlier one."""
    return frozenset(
        code for code, kind in taxonomy.kinds.items() if not kind.confidential and kind.group not in NEVER_MAPPED
    )


def group_of(kind: str) -> str:
    """The first two digits."""
    return kind[:2]


def _kind(kind: str | None, status: Status, *, confidential: bool) -> str | None:
    if kind is None or confidential or status in GONE or group_of(kind) in NEVER_MAPPED:
        return None
    return kind
