"""Use cases on the publication of photos: a person marks one, or takes that back, and a worker draws the public copies.

The word is stored with its line of history in one transaction; the line brings the worker. What is shown is decided by
the photo's item alone, so neither a message that comes twice or late nor a crash shows what was taken back.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain import photos as photo_rules
from chalicelib.domain import publications as rules
from chalicelib.domain.errors import Conflict, NotFound, StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import MOST_BYTES, Link, Media, Photo
from chalicelib.domain.publications import FreeOf, Publication, Rectangle
from chalicelib.domain.reports import publishing
from chalicelib.domain.reports.model import Action, Report
from chalicelib.gateways import files
from chalicelib.services.reference import terms
from chalicelib.services.reports import records
from chalicelib.store.reports import photos, reports
from chalicelib.store.reports import publications as store

log = logging.getLogger(__name__)
TERM = "photo_shown"  # what everybody may see is kept as long as what the parties see
WEBP = "image/webp"


def publish(
    report_id: str,
    photo_id: str,
    *,
    free_of: Iterable[FreeOf],
    rectangles: Sequence[Rectangle],
    version: int | None,
    by: Actor,
    now: datetime,
) -> Publication:
    """Mark a photo free of what nobody may see, with these parts covered. Said again, it stays as it is once
    its copies are drawn; until then, that is the way to have them drawn again.

    `version` is the number that was read. Raises NotFound, Forbidden, Invalid, Conflict, StaleVersion, Busy.
    """
    rules.require_looked(free_of)
    rules.require_whole(rectangles)
    report = reports.get(report_id)
    party = publishing.marker(by, Action.PUBLISH_PHOTO, report)
    photo, kept = _photo(report_id, photo_id), terms.kept(TERM, now=now)
    publishing.require_markable(report, photo, kept=kept, now=now)
    if photo.publication and rules.repeats(photo.publication, tuple(rectangles), version=version):
        return photo.publication

    def plan(current: Report) -> dict[str, Any]:  # it may have become confidential meanwhile
        publishing.require_markable(current, photo, kept=kept, now=now)
        return {}

    said = rules.marked(photo.publication, tuple(rectangles), by=by.id, as_role=party, now=now)
    return _store(photo, said, Action.PUBLISH_PHOTO, version=version, plan=plan)


def withdraw(report_id: str, photo_id: str, *, version: int | None, by: Actor, now: datetime) -> Publication:
    """Take the mark back: from now on nobody is given the public copies, and they are erased.

    Raises NotFound, Forbidden, Conflict (`photo_not_marked`), StaleVersion, Busy.
    """
    party = publishing.marker(by, Action.UNPUBLISH_PHOTO, reports.get(report_id))
    photo = _photo(report_id, photo_id)
    if photo.publication is None:
        raise Conflict("photo_not_marked", photo=photo_id)
    said = rules.withdrawn(photo.publication, by=by.id, as_role=party, now=now)
    return _store(photo, said, Action.UNPUBLISH_PHOTO, version=version)


def _photo(report_id: str, photo_id: str) -> Photo:
    photo = photos.find(report_id, photo_id)
    if photo is None:
        raise NotFound("no_such_photo", photo=photo_id)
    return photo


def _store(
    photo: Photo, said: Publication, action: Action, *, version: int | None, plan: records.Plan = lambda _: {}
) -> Publication:
    """With its line of history, at once; nothing where it says what was said before."""
    before = photo.publication
    if said == before:
        return said
    if version is not None and version != (number := before.number if before else 0):
        raise StaleVersion("stale_version", version=number)
    records.note(
        photo.report_id,
        action,
        now=said.at,
        plan=plan,
        details={"photo": photo.id, "number": said.number, "covered": len(said.rectangles)},
        actor_id=said.by,
        as_role=said.as_role,
        extra=lambda transaction: store.put(photo, said, transaction),
    )
    return replace(said, drawn=before.drawn if before else 0)


def draw(event: Event) -> None:
    """Draw the public copies that the event asks for, if nobody has said anything else since; erase those before.

    Each step may be repeated, in any order with other words on the same photo.
    """
    number = int(str(event.details["number"]))
    photo = photos.find(event.subject_id, str(event.details["photo"]))
    if photo is None or photo.publication is None:
        return
    said, doomed = photo.publication, [number - 1]
    current = said.on and said.number == number and photo.state is photo_rules.State.READY
    if not (current and (said.drawn == number or _drawn(photo, said))):
        doomed.append(number)
    erase(photo, [one for one in doomed if one > 0])


def _drawn(photo: Photo, said: Publication) -> bool:
    """Whether the copies stand, and may: somebody may have spoken while they were drawn."""
    from chalicelib.gateways import images  # here: the API imports this module too, and must not pay for Pillow

    found, source = photo.found, files.read(photo.shown(photo.copies[-1]), most=MOST_BYTES[Media.PHOTO])
    if found is None or source is None:
        log.warning("nothing is left of %s/%s to be shown", photo.report_id, photo.id)
        return False
    drawn = images.covered(source, said.rectangles, found.sizes)
    for key, body in zip(photo.public(said.number), drawn, strict=True):
        files.put(key, body, content_type=WEBP)
    return store.note_drawn(photo, said.number)


def erase(photo: Photo, numbers: Iterable[int]) -> None:
    """Delete the public copies of these markings, as far as there are any."""
    if keys := [key for number in numbers for key in photo.public(number)]:
        files.delete_all(keys)


def links(held: Iterable[Photo], *, now: datetime, sizes: Sequence[int] = photo_rules.SIZES) -> list[Link]:
    """Addresses of the public copies of those photos that everybody may see, good for 10 minutes."""
    return [_link(photo, size, now) for photo in held if photo.is_public for size in _sizes(photo, sizes)]


def _sizes(photo: Photo, sizes: Sequence[int]) -> list[int]:
    return [size for size in photo_rules.nearest(photo, sizes) if size]


def _link(photo: Photo, size: int, now: datetime) -> Link:
    number = photo.publication.number if photo.publication else 0
    key = rules.key(photo.report_id, photo.id, number, f"{size}.webp")
    life = photo_rules.LINK_LIFE
    url = files.link(key, content_type=WEBP, filename=f"{photo.id}-{size}.webp", life=life)
    return Link(photo_id=photo.id, size=size, content_type=WEBP, url=url, expires_at=now + life)
