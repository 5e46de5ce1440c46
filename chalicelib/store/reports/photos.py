"""Table `photos`: one item per file of a report, photo or voice note.

| access                       | by                            |
|------------------------------|-------------------------------|
| all files of a report        | report_id: one query          |
| the file an upload is for    | report_id, id, consistent     |
| some files of some reports   | batch by report_id and id     |
| declare (in a place)         | put: the place is free, its file refused or never came |
| settle (ready or refused)    | update: still awaited         |
| require after-photos         | check: an after-photo that came or may come |
| erase, disown                | update                        |
| mark, draw (`publications`)  | update: nobody said anything else meanwhile |
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from pynamodb.attributes import BooleanAttribute, ListAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone, Conflict
from chalicelib.domain.photos import FRESH_FORMS_FOR, ContentType, Findings, Media, Photo, Purpose, State
from chalicelib.domain.publications import Publication
from chalicelib.store.base import Table, Transaction
from chalicelib.store.reports import likenesses


class PhotoItem(Table):
    """The findings lie flat, so that the console and an export can read them."""

    class Meta:
        table_name = settings().table("photos")

    report_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    media = UnicodeAttribute()
    purpose = UnicodeAttribute()
    content_type = UnicodeAttribute()
    declared_at = UTCDateTimeAttribute()
    by = UnicodeAttribute()
    state = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    sha256 = UnicodeAttribute(null=True)
    dhash = UnicodeAttribute(null=True)
    width = NumberAttribute(null=True)
    height = NumberAttribute(null=True)
    taken_at = UTCDateTimeAttribute(null=True)
    taken_lat = NumberAttribute(null=True)
    taken_lon = NumberAttribute(null=True)
    sizes: ListAttribute[Any] = ListAttribute(of=NumberAttribute, null=True)
    seconds = NumberAttribute(null=True)
    original_erased = BooleanAttribute(null=True)
    publication = UnicodeAttribute(null=True)
    publication_number = NumberAttribute(null=True)
    publication_drawn = NumberAttribute(null=True)


def declare(photos: Iterable[Photo], transaction: Transaction) -> None:
    """Add the photos to the transaction that needs them. Refuses with Conflict (`photo_place_taken`)."""
    for photo in photos:
        gone = (PhotoItem.state == State.AWAITED) & (PhotoItem.declared_at < photo.declared_at - FRESH_FORMS_FOR)
        free = PhotoItem.id.does_not_exist() | (PhotoItem.state == State.REFUSED) | gone
        transaction.put(_item(photo), free, Conflict("photo_place_taken", photo=photo.id))


def require_after(
    report_id: str, ids: Iterable[str], *, since: datetime, now: datetime, transaction: Transaction
) -> None:
    """Make the transaction depend on after-photos declared since then that are good or may still come.

    Refuses with Conflict (`photo_not_after`). DynamoDB takes an item once a transaction: not together with
    `declare` of the same photos.
    """
    coming = (PhotoItem.state == State.AWAITED) & (PhotoItem.declared_at >= now - FRESH_FORMS_FOR)
    good = _shows_result() & (PhotoItem.declared_at >= since) & ((PhotoItem.state == State.READY) | coming)
    _require(report_id, ids, good, "photo_not_after", transaction)


def require_shown(report_id: str, ids: Iterable[str], *, transaction: Transaction) -> None:
    """Make the transaction depend on after-photos that came and are good. Refuses with Conflict (`photo_not_shown`)."""
    _require(report_id, ids, _shows_result() & (PhotoItem.state == State.READY), "photo_not_shown", transaction)


def require_of(report_id: str, id: str, purpose: Purpose, *, by: str, now: datetime, transaction: Transaction) -> None:
    """Make the transaction depend on a photo for this purpose, by him, that is good or may still come.

    Refuses with Conflict (`photo_not_declared`).
    """
    coming = (PhotoItem.state == State.AWAITED) & (PhotoItem.declared_at >= now - FRESH_FORMS_FOR)
    good = (PhotoItem.purpose == purpose) & (PhotoItem.by == by) & ((PhotoItem.state == State.READY) | coming)
    _require(report_id, [id], good, "photo_not_declared", transaction)


def _shows_result() -> Condition:
    shows: Condition = (PhotoItem.purpose == Purpose.AFTER) & (PhotoItem.media == Media.PHOTO)
    return shows


def _require(report_id: str, ids: Iterable[str], good: Condition, rule: str, transaction: Transaction) -> None:
    for id in dict.fromkeys(ids):  # named twice is checked once: a transaction takes an item once
        transaction.check(PhotoItem, report_id, id, condition=good, refusal=Conflict(rule, photo=id))


def of(report_id: str) -> list[Photo]:
    """All files of a report, by id."""
    return [_photo(item) for item in PhotoItem.query(report_id, consistent_read=True)]


def find(report_id: str, id: str) -> Photo | None:
    """One file, or None where none was declared."""
    try:
        return _photo(PhotoItem.get(report_id, id, consistent_read=True))
    except PhotoItem.DoesNotExist:
        return None


def several(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Photo]:
    """Those of these files (what they are of, id) that were declared: one call for a hundred, none for none."""
    wanted = sorted(set(keys))
    found = PhotoItem.batch_get(wanted, consistent_read=True) if wanted else ()
    return {(item.report_id, item.id): _photo(item) for item in found}


def settle(photo: Photo) -> None:
    """Store the verdict on an awaited file, ready or refused. Raises AlreadyDone (`photo_settled`)."""
    values = _verdict(photo)
    actions = [getattr(PhotoItem, name).set(value) for name, value in values.items() if value is not None]
    transaction = Transaction()
    transaction.update(
        PhotoItem(photo.report_id, photo.id),
        [PhotoItem.state.set(photo.state), *actions],
        PhotoItem.state == State.AWAITED,
        AlreadyDone("photo_settled", photo=photo.id),
    )
    if photo.purpose is Purpose.BEFORE:
        likenesses.enter(photo, transaction)
    transaction.commit()


def erase_originals(photos: Iterable[Photo]) -> None:
    """Note that the originals are gone, and forget where and when the camera says that it took them."""
    forgotten = [getattr(PhotoItem, name).remove() for name in ("taken_at", "taken_lat", "taken_lon")]
    _update(photos, [PhotoItem.original_erased.set(True), *forgotten])


def erase_shown(photos: Iterable[Photo]) -> None:
    """Note that the copies are gone: nothing is left to be shown."""
    _update(photos, [PhotoItem.state.set(State.ERASED), PhotoItem.dhash.remove()])


def disown(photos: Iterable[Photo], by: str, transaction: Transaction) -> None:
    """Let the photos be by somebody else, together with what the transaction does."""
    for photo in photos:
        item = PhotoItem(photo.report_id, photo.id)
        transaction.update(item, [PhotoItem.by.set(by)], PhotoItem.id.exists())


def _update(photos: Iterable[Photo], actions: list[Action]) -> None:
    transaction = Transaction()
    for photo in photos:
        transaction.update(PhotoItem(photo.report_id, photo.id), actions, PhotoItem.id.exists())
    transaction.commit()


def _verdict(photo: Photo) -> dict[str, object]:
    if photo.found is None:
        return {"reason": photo.reason}
    found = photo.found
    latitude, longitude = found.taken_point or (None, None)
    return {
        "sha256": found.sha256,
        "dhash": found.dhash,
        "width": found.width,
        "height": found.height,
        "taken_at": found.taken_at,
        "taken_lat": latitude,
        "taken_lon": longitude,
        "sizes": list(found.sizes) or None,
        "seconds": found.seconds,
    }


def _item(photo: Photo) -> PhotoItem:
    return PhotoItem(
        report_id=photo.report_id,
        id=photo.id,
        media=photo.media,
        purpose=photo.purpose,
        content_type=photo.content_type,
        declared_at=photo.declared_at,
        by=photo.by,
        state=photo.state,
    )


def _photo(item: PhotoItem) -> Photo:
    return Photo(
        report_id=item.report_id,
        id=item.id,
        media=Media(item.media),
        purpose=Purpose(item.purpose),
        content_type=ContentType(item.content_type),
        declared_at=item.declared_at,
        by=item.by,
        state=State(item.state),
        reason=item.reason,
        found=_findings(item) if item.sha256 else None,
        has_original=not item.original_erased,
        publication=_publication(item) if item.publication else None,
    )


def _publication(item: PhotoItem) -> Publication:
    said = msgspec.json.decode(item.publication or "", type=Publication)
    return replace(said, drawn=int(item.publication_drawn or 0))


def _findings(item: PhotoItem) -> Findings:
    point = None if item.taken_lat is None or item.taken_lon is None else (item.taken_lat, item.taken_lon)
    return Findings(
        sha256=item.sha256 or "",
        dhash=item.dhash,
        width=None if item.width is None else int(item.width),
        height=None if item.height is None else int(item.height),
        taken_at=item.taken_at,
        taken_point=point,
        sizes=tuple(int(size) for size in item.sizes or ()),
        seconds=item.seconds,
    )
