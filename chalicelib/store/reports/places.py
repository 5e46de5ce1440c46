"""Table `places`: where reports lie, by cell and kind, so that a duplicate is found without a scan. Entries expire.

Only what may be shown to a stranger is entered: confidential and unclassified reports never are.

| access                                   | by                    |
|------------------------------------------|-----------------------|
| reports of a kind near a point, recent   | cell_kind, seen >= t  |
| closed ones of a kind near it, recent    | cell_kind (`closed#…`), seen >= t |
| photos that look alike                   | see `likenesses`      |
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.places import Point
from chalicelib.store.base import Table, Transaction

KEPT = timedelta(days=60)  # long enough to notice a recurrence within 30 days of closing
CLOSED = "closed#"


class PlaceItem(Table):
    """A report's place. `seen` sorts by time: `<created_at>#<report id>`, and by `<ended_at>#…` where it was closed.

    Or what a photo of it looks like (`dhash`): see `likenesses`.
    """

    class Meta:
        table_name = settings().table("places")

    cell_kind = UnicodeAttribute(hash_key=True)
    seen = UnicodeAttribute(range_key=True)
    lat = NumberAttribute(null=True)
    lon = NumberAttribute(null=True)
    dhash = UnicodeAttribute(null=True)
    expires_at = NumberAttribute()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A report's place as it was entered."""

    report_id: str
    point: Point
    created_at: datetime


def enter(mark: Mark, *, cell: str, kind: str, transaction: Transaction) -> None:
    """Enter a report's place with the report itself."""
    item = PlaceItem(
        cell_kind=f"{cell}#{kind}",
        seen=f"{mark.created_at.isoformat()}#{mark.report_id}",
        lat=mark.point.lat,
        lon=mark.point.lon,
        expires_at=int((mark.created_at + KEPT).timestamp()),
    )
    transaction.put(item)


def enter_closed(report_id: str, point: Point, *, cell: str, kind: str, at: datetime, kept: timedelta) -> None:
    """Enter where a report was closed at `at`, for as long as the matter can come back; twice is once."""
    PlaceItem(
        cell_kind=f"{CLOSED}{cell}#{kind}",
        seen=f"{at.isoformat()}#{report_id}",
        lat=point.lat,
        lon=point.lon,
        expires_at=int((at + kept).timestamp()),
    ).save()


def near(cells: tuple[str, ...], *, kind: str, since: datetime, consistent: bool = False) -> list[Mark]:
    """What was entered in these cells since then, of this kind: one query a cell, nearly always one cell."""
    return [mark for cell in cells for mark in _since(f"{cell}#{kind}", since, consistent)]


def closed_near(cells: tuple[str, ...], *, kind: str, since: datetime) -> list[Mark]:
    """What was closed in these cells since then, of this kind; `created_at` is when. Consistent, as `near` may be."""
    return [mark for cell in cells for mark in _since(f"{CLOSED}{cell}#{kind}", since, consistent=True)]


def _since(cell_kind: str, since: datetime, consistent: bool) -> list[Mark]:
    recent = PlaceItem.seen >= since.isoformat()
    return [_mark(item) for item in PlaceItem.query(cell_kind, recent, consistent_read=consistent)]


def _mark(item: PlaceItem) -> Mark:
    created_at, _, report_id = item.seen.partition("#")
    return Mark(
        report_id=report_id,
        point=Point(lat=float(item.lat or 0), lon=float(item.lon or 0)),
        created_at=datetime.fromisoformat(created_at),
    )
