"""The use case of adding photos and voice notes to a report that exists."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain import photos as photo_rules
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import ContentType, Form, Photo, Purpose
from chalicelib.domain.reports import sight
from chalicelib.domain.reports.attachments import require_may_add
from chalicelib.services.reports.once import once
from chalicelib.services.reports.photos import forms
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.reports import photos, reports


def add(
    report_id: str, wanted: Sequence[tuple[Purpose, ContentType]], *, key: Key | None, by: Actor, now: datetime
) -> list[Form]:
    """Declare files, and answer a form for each that the report waits for from this person.

    Raises NotFound, Forbidden, IllegalAction (ended), Invalid (too many), Conflict (someone took the place), KeyReused.
    """

    def do() -> list[Form]:
        report = reports.get(report_id)
        require_may_add(report, {purpose for purpose, _ in wanted}, seen_as=sight.require_sight(by, report))
        held = photos.of(report_id)
        declared = photo_rules.declare(report_id, wanted, existing=held, by=by.id, now=now)
        if declared:
            _store(report_id, declared, key=key, now=now)
        # A place declared anew was refused or came too late: there is no form for what stood there.
        return forms([*_by(by, held), *declared], now=now)

    return once(key, do, lambda _: forms(_by(by, photos.of(report_id)), now=now))


def _by(person: Actor, held: Sequence[Photo]) -> list[Photo]:
    return [photo for photo in held if photo.by == person.id]


def _store(report_id: str, declared: Sequence[Photo], *, key: Key | None, now: datetime) -> None:
    transaction = Transaction()
    reports.require_open(report_id, transaction=transaction)
    photos.declare(declared, transaction)
    if key:
        idempotency.claim(key, report_id, now=now, transaction=transaction)
    transaction.commit()
