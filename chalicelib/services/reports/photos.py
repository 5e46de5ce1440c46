"""Use cases on photos and voice notes. Whoever may see or add them is decided before these are called."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from chalicelib.domain import photos as rules
from chalicelib.domain.errors import AlreadyDone
from chalicelib.domain.photos import Findings, Form, Link, Media, Photo, State, Unusable
from chalicelib.gateways import files
from chalicelib.store.reports import photos as store

log = logging.getLogger(__name__)


def forms(photos: Iterable[Photo], *, now: datetime) -> list[Form]:
    """A form for each file still awaited and not too late, good for an hour."""
    return [_form(photo, now) for photo in photos if rules.may_still_come(photo, now=now)]


def _form(photo: Photo, now: datetime) -> Form:
    expires_at = now + rules.FORM_LIFE
    made = files.form(
        photo.incoming,
        content_type=photo.content_type,
        most=rules.MOST_BYTES[photo.media],
        expires_at=expires_at,
    )
    return Form(photo_id=photo.id, url=made.url, fields=made.fields, expires_at=expires_at)


def links(photos: Iterable[Photo], *, now: datetime, sizes: Sequence[int] = rules.SIZES) -> list[Link]:
    """Addresses of the copies of ready files, in the sizes asked for as far as they were made, good for 10 minutes.

    Of a picture too small for a size asked for, its largest copy stands in.
    """
    ready = [photo for photo in photos if photo.state is State.READY]
    return [_link(photo, size, now) for photo in ready for size in rules.nearest(photo, sizes)]


def _link(photo: Photo, size: int | None, now: datetime) -> Link:
    name = f"{size}.webp" if size else rules.SHOWN_AS[photo.content_type]
    content_type = "image/webp" if size else photo.content_type.value
    url = files.link(photo.shown(name), content_type=content_type, filename=f"{photo.id}-{name}", life=rules.LINK_LIFE)
    return Link(photo_id=photo.id, size=size, content_type=content_type, url=url, expires_at=now + rules.LINK_LIFE)


def develop(key: str) -> None:
    """Judge the upload at `key`, keep the original, put its copies up, store the verdict, clear the upload away.

    Each step may be repeated, and a crash between any two is made good by the next delivery. Of two uploads to one
    place the first that was kept counts. Raises nothing for a bad file: that is a verdict; what AWS raises passes, so
    that the queue delivers again.
    """
    place = rules.of_key(key)
    photo = store.find(*place) if place else None
    if photo is None:
        log.warning("deleted %s: nobody declared it", key)
        files.delete(key)
        return
    photo = _settled(photo)
    if photo.state is State.AWAITED:  # its upload is gone already, or a refused file's place was declared anew
        return
    if photo.state in (State.REFUSED, State.ERASED):  # erased while it was being developed
        _discard(photo)
    files.delete(key)


def _settled(photo: Photo) -> Photo:
    """The photo with the verdict that stands; still awaited where there is no upload to judge."""
    verdict = _judge(photo) if photo.state is State.AWAITED else None
    if verdict is None:
        return photo
    try:
        store.settle(verdict)
    except AlreadyDone:
        return store.find(photo.report_id, photo.id) or photo
    log.info("%s is %s %s", photo.incoming, verdict.state, verdict.reason or "")
    return verdict


def _judge(photo: Photo) -> Photo | None:
    try:
        data = files.read(photo.incoming, most=rules.MOST_BYTES[photo.media])
        if data is None:
            return None
        found, copies = _developed(data, photo)
        kept = _keep(photo, data)
        if kept != data:
            found, copies = _developed(kept, photo)
    except Unusable as fault:
        return rules.refused(photo, fault.rule)
    for name, body in copies.items():
        content_type = "image/webp" if photo.media is Media.PHOTO else photo.content_type.value
        files.put(photo.shown(name), body, content_type=content_type)
    return rules.ready(photo, found)


def _keep(photo: Photo, data: bytes) -> bytes:
    """The original that counts: `data`, unless a worker kept another upload to this place before."""
    if files.put_first(photo.original, data, content_type=photo.content_type):
        return data
    return files.read(photo.original, most=rules.MOST_BYTES[photo.media]) or data


def _developed(data: bytes, photo: Photo) -> tuple[Findings, dict[str, bytes]]:
    # Imported here: the API imports this module too, and must not pay for Pillow.
    from chalicelib.gateways import images, sounds

    develop = images.develop if photo.media is Media.PHOTO else sounds.develop
    return develop(data, photo.content_type)


def _discard(photo: Photo) -> None:
    """A file that was refused or erased leaves nothing behind, not even what a worker that lost a race had put up."""
    for key in (photo.original, *map(photo.shown, photo.copies)):
        files.delete(key)
