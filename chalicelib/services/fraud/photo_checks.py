"""A developed photo is held against those sent before, and what the camera says against the report.

Each photo is entered before others are looked for: of two that come at once, whoever looks last finds the other.
"""

from datetime import datetime

import msgspec

from chalicelib.domain import photos as photo_rules
from chalicelib.domain.errors import Busy
from chalicelib.domain.fraud import photos as rules
from chalicelib.domain.photos import Media, Photo, Purpose, State
from chalicelib.domain.queues import Queue
from chalicelib.domain.reports import likeness
from chalicelib.gateways import queues
from chalicelib.services.fraud import raising
from chalicelib.services.reference import rulebook
from chalicelib.store.fraud import traces
from chalicelib.store.reports import likenesses, photos, reports
from chalicelib.store.reports.places import KEPT

OF_NO_REPORT = frozenset({Purpose.PRIZE, Purpose.LOOKOUT, Purpose.CONSENT, Purpose.DOOR})
MOST_ALIKE = 50  # nearest ones that a photo is held against


def announce(key: str) -> None:
    """Ask for the check of what was uploaded at `key`, once it is developed. Raises Busy where no queue takes it."""
    if place := photo_rules.of_key(key):
        body = msgspec.json.encode({"report_id": place[0], "photo_id": place[1]}).decode()
        if queues.send(Queue.CHECKS, {key: body}):
            raise Busy("queue_busy")


def check(report_id: str, photo_id: str, *, now: datetime) -> None:
    """Everything that may look wrong about a photo; nothing where none came, or it was not good: told twice it is once.

    Raises NotFound for a report that is none, StaleVersion where a finding keeps changing: then it is told again.
    """
    photo = photos.find(report_id, photo_id)
    if photo:
        _check(photo, now)


def check_all(report_id: str, *, now: datetime) -> None:
    """The same of every photo that a report has by now: what repairs a lost message."""
    for photo in photos.of(report_id):
        _check(photo, now)


def _check(photo: Photo, now: datetime) -> None:
    if photo.state is not State.READY or photo.media is not Media.PHOTO or photo.found is None:
        return
    if photo.purpose in OF_NO_REPORT:
        return
    numbers, report = rulebook.in_force(now=now).numbers, reports.get(photo.report_id)
    traces.enter_print(rules.of(photo), photo.found.sha256, until=photo.declared_at + numbers.days("trace_days"))
    drafts = [
        *rules.same(photo, traces.prints(photo.found.sha256)),
        *rules.alike(photo, _near(photo)),
        *rules.as_camera_says(photo, report, numbers),
    ]
    raising.patiently(lambda: raising.raise_all(drafts, township=report.place.township, now=now))


def _near(photo: Photo) -> list[Photo]:
    """Photos of problems that are nearly the same picture, as far back as such are known: a query a band, a batch."""
    dhash = photo.found.dhash if photo.found else None
    if not dhash or photo.purpose is not Purpose.BEFORE:
        return []
    found = likenesses.near([dhash], since=photo.declared_at - KEPT, consistent=True)
    close = {
        (one.report_id, one.photo_id): bits
        for one in found
        if (bits := likeness.difference(dhash, one.dhash)) <= likeness.MOST_DIFFERENT
    }
    nearest = sorted(close, key=lambda key: (close[key], key))[:MOST_ALIKE]
    return list(photos.several(nearest).values())
