"""Table `places`: where reports lie, by cell and kind, so that a duplicate is found without a scan. Entries expire.

Only what may be shown to a stranger is entered: confidential and unclassified reports never are.

| access                                   | by                    |
|------------------------------------------|-----------------------|
| reports of a kind near a point, recent   | cell_kind, seen >= t  |
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.places import Point
from chalicelib.store.base import Table, Transaction

KEPT = timedelta(days=60)  # long enough to notice a recurrence within 30 days of closing


class PlaceItem(Table):
    """A report's place. `seen` sorts by time: `<created_at>#<report id>`."""

    class Meta:
        table_name = settings().table("places")

    cell_kind = UnicodeAttribute(hash_key=True)
    seen = UnicodeAttribute(range_key=True)
    lat = NumberAttribute()
    lon = NumberAttribute()
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


def near(cells: tuple[str, ...], *, kind: str, since: datetime) -> list[Mark]:
    """What was entered in these cells since then, of this kind: one query a cell, nearly always one cell."""
    return [
        _mark(item) for cell in cells for item in PlaceItem.query(f"{cell}#{kind}", PlaceItem.seen >= since.isoformat())
    ]


def _mark(item: PlaceItem) -> Mark:
    created_at, _, report_id = item.seen.partition("#")
    return Mark(
        report_id=report_id,
        point=Point(lat=float(item.lat), lon=float(item.lon)),
        created_at=datetime.fromisoformat(created_at),
    )
