"""Table `places`, too: what photos look like, by bands of their hash, so that a near-equal one is found without a scan.

Entries expire, like places. What an entry leads to is shown only to whoever may see that report.

| access                           | by                                        |
|----------------------------------|-------------------------------------------|
| photos that share a band, recent | cell_kind (`photo#<n>#<band>`), seen >= t |

`seen` is `<declared_at>#<report id>#<photo id>`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.photos import Photo
from chalicelib.domain.reports import likeness
from chalicelib.store.base import Transaction
from chalicelib.store.reports.places import KEPT, PlaceItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The hash of a photo of a report."""

    report_id: str
    photo_id: str
    dhash: str


def enter(photo: Photo, transaction: Transaction) -> None:
    """Enter a developed photo of a problem with the verdict on it."""
    dhash = photo.found.dhash if photo.found else None
    for band in likeness.bands(dhash) if dhash else ():
        transaction.put(
            PlaceItem(
                cell_kind=_key(band),
                seen=f"{photo.declared_at.isoformat()}#{photo.report_id}#{photo.id}",
                dhash=dhash,
                expires_at=int((photo.declared_at + KEPT).timestamp()),
            )
        )


def near(hashes: Iterable[str], *, since: datetime, consistent: bool = False) -> list[Likeness]:
    """Photos declared since then that share a band with one of the hashes: a query a band."""
    keys = sorted({_key(band) for dhash in hashes for band in likeness.bands(dhash)})
    return [found for key in keys for found in _since(key, since, consistent)]


def _key(band: str) -> str:
    return f"photo#{band}"


def _since(key: str, since: datetime, consistent: bool) -> list[Likeness]:
    found = PlaceItem.query(key, PlaceItem.seen >= since.isoformat(), consistent_read=consistent)
    return [_likeness(item.seen, item.dhash or "") for item in found]


def _likeness(seen: str, dhash: str) -> Likeness:
    _, report_id, photo_id = seen.split("#")
    return Likeness(report_id=report_id, photo_id=photo_id, dhash=dhash)
