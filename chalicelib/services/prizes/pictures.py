"""Use cases on a prize's photos: they go the way of a report's, through the same form and the same development.

What is taken off leaves something due with the edit (`store/prizes/due`), so that its files are erased whatever dies.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import ContentType, Form, Link, Photo
from chalicelib.domain.prizes import pictures as rules
from chalicelib.domain.prizes import powers
from chalicelib.domain.prizes.model import Prize
from chalicelib.domain.prizes.movements import Cause, Movement
from chalicelib.gateways import files as bucket
from chalicelib.services.reference import areas
from chalicelib.services.reports import photos as files
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.prizes import due
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
        held, prize = photos.of(prize_id), store.get(prize_id)
        if version not in (None, prize.version):
            raise StaleVersion("stale_version", version=prize.version)
        declared = rules.declared(prize, held, wanted, by=by.id, now=now)
        if declared:
            _store(prize, rules.kept(prize, held, now=now), declared, key=key, by=by, now=now)
        return _awaited([*held, *declared], {*prize.photos, *(photo.id for photo in declared)}, now)

    return once(key, do, lambda _: _awaited(photos.of(prize_id), store.get(prize_id).photos, now))


def _awaited(held: Sequence[Photo], shown: Collection[str], now: datetime) -> list[Form]:
    return files.forms([photo for photo in held if photo.id in shown], now=now)


def _store(
    prize: Prize, kept: Sequence[str], declared: Sequence[Photo], *, key: Key | None, by: Actor, now: datetime
) -> None:
    shown = (*kept, *(photo.id for photo in declared))
    after = replace(prize, photos=shown, version=prize.version + 1)
    transaction = Transaction()
    store.edit(after, unbooked=False, transaction=transaction)
    edited = Movement(id=f"{prize.id}#{after.version}", at=now, cause=Cause.EDITED, by=by.id, reason="photos")
    store.move(prize.id, edited, transaction)
    photos.declare(declared, transaction)
    take_off(prize, after, now=now, transaction=transaction)
    if key:
        idempotency.claim(key, prize.id, now=now, transaction=transaction)
    transaction.commit()


def take_off(before: Prize, after: Prize, *, now: datetime, transaction: Transaction) -> None:
    """Have the files of what is shown no longer erased, with the edit that takes it off."""
    if not set(before.photos) <= set(after.photos):
        due.erase(after.id, at=now, transaction=transaction)


def erase(prize_id: str, *, at: datetime) -> None:
    """Erase the files of what the prize shows no longer, as was due at `at`: two reads, a call of S3 and three writes.

    What may still be uploaded or developed finds that it was erased, and goes as well. Raises Busy (`files_left`).
    """
    held = photos.of(prize_id)  # read first: what is declared later is none of them
    if off := rules.taken_off(store.get(prize_id), held):
        photos.erase_shown(off)
        bucket.delete_all([key for photo in off for key in _files(photo)])
        photos.erase_originals(off)
    due.erased(prize_id, at=at)


def _files(photo: Photo) -> list[str]:
    return [photo.incoming, photo.original, *map(photo.shown, photo.copies)]


def of(prizes: Sequence[Prize]) -> dict[str, list[Photo]]:
    """The photos that the prizes show, in their order: one batch, no call where there are none."""
    found = photos.several((prize.id, photo) for prize in prizes for photo in prize.photos)
    return {prize.id: [found[prize.id, id] for id in prize.photos if (prize.id, id) in found] for prize in prizes}


def links(shown: Sequence[Photo], *, now: datetime) -> list[Link]:
    """Short-lived addresses of their copies."""
    return files.links(shown, now=now)
