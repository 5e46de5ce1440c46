"""Use cases on a prize's photos: they go the way of a report's, through the same form and the same development."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain import photos as rules
from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import ContentType, Form, Link, Photo, Purpose
from chalicelib.domain.prizes import powers
from chalicelib.domain.prizes.model import Prize
from chalicelib.domain.prizes.movements import Cause, Movement
from chalicelib.services.reference import areas
from chalicelib.services.reports import photos as files
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.prizes import prizes as store
from chalicelib.store.reports import photos


def add(
    prize_id: str, wanted: Sequence[ContentType], *, version: int | None, key: Key | None, by: Actor, now: datetime
) -> list[Form]:
    """Declare photos, and answer a form for each that is still awaited: two reads, one transaction.

    Raises Forbidden, NotFound, StaleVersion, Invalid (`photos_too_many`), Conflict (`photo_place_taken`), KeyReused.
    """
    powers.require_keeper(by, areas.township(now=now))

    def do() -> list[Form]:
        prize, held = store.get(prize_id), photos.of(prize_id)
        if version not in (None, prize.version):
            raise StaleVersion("stale_version", version=prize.version)
        asked = [(Purpose.PRIZE, content_type) for content_type in wanted]
        declared = rules.declare(prize_id, asked, existing=held, by=by.id, now=now)
        if declared:
            _store(prize, declared, key=key, by=by, now=now)
        return files.forms([*held, *declared], now=now)

    return once(key, do, lambda _: files.forms(photos.of(prize_id), now=now))


def _store(prize: Prize, declared: Sequence[Photo], *, key: Key | None, by: Actor, now: datetime) -> None:
    shown = tuple(dict.fromkeys([*prize.photos, *(photo.id for photo in declared)]))
    after = replace(prize, photos=shown, version=prize.version + 1)
    transaction = Transaction()
    store.edit(after, unbooked=False, transaction=transaction)
    edited = Movement(id=f"{prize.id}#{after.version}", at=now, cause=Cause.EDITED, by=by.id, reason="photos")
    store.move(prize.id, edited, transaction)
    photos.declare(declared, transaction)
    if key:
        idempotency.claim(key, prize.id, now=now, transaction=transaction)
    transaction.commit()


def of(prizes: Sequence[Prize]) -> dict[str, list[Photo]]:
    """The photos that the prizes show, in their order: one batch, no call where there are none."""
    found = photos.several((prize.id, photo) for prize in prizes for photo in prize.photos)
    return {prize.id: [found[prize.id, id] for id in prize.photos if (prize.id, id) in found] for prize in prizes}


def links(shown: Sequence[Photo], *, now: datetime) -> list[Link]:
    """Short-lived addresses of their copies."""
    return files.links(shown, now=now)
