"""A prize's photos: nine that it shows or waits for. A place that was used once is never used again.

What is taken off is erased a little later; were its place free at once, an upload to it could meet the file before.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from chalicelib.domain.errors import Invalid
from chalicelib.domain.photos import ContentType, Photo, Purpose, State, may_still_come
from chalicelib.domain.prizes.model import PHOTOS, Prize


def kept(prize: Prize, held: Iterable[Photo], *, now: datetime) -> tuple[str, ...]:
    """Those of its photos that are there or may still come, in their order; what was refused or never came goes."""
    good = {photo.id for photo in held if photo.state is State.READY or may_still_come(photo, now=now)}
    return tuple(id for id in prize.photos if id in good)


def declared(
    prize: Prize, held: Sequence[Photo], wanted: Sequence[ContentType], *, by: str, now: datetime
) -> tuple[Photo, ...]:
    """A photo awaited for each one wanted. Raises Invalid (`photos_too_many`)."""
    if len(kept(prize, held, now=now)) + len(wanted) > PHOTOS:
        raise Invalid("photos_too_many", purpose=Purpose.PRIZE, most=PHOTOS)
    last = max((int(photo.id.rpartition("-")[2]) for photo in held), default=0)
    return tuple(
        Photo(
            report_id=prize.id,
            id=f"{Purpose.PRIZE}-{number}",
            media=content_type.media,
            purpose=Purpose.PRIZE,
            content_type=content_type,
            declared_at=now,
            by=by,
        )
        for number, content_type in enumerate(wanted, last + 1)
    )


def taken_off(prize: Prize, held: Iterable[Photo]) -> list[Photo]:
    """Those that it shows no longer and that files may be left of."""
    return [photo for photo in held if photo.id not in prize.photos and photo.has_original]
