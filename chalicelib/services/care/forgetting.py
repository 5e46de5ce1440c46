"""Forgetting what is kept of who is cared for no more: the spot of the door, then who it is, then the consents.

Each step may be repeated, and says at its end what goes next, so that a crash between any two is made good. Who is
cared for again meanwhile is not forgotten. Counts, needs and the head stay, without a name.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.care import personal as rules
from chalicelib.domain.care import standing
from chalicelib.domain.care.beneficiaries import BeneficiaryDeed, BeneficiaryState, CareEnding
from chalicelib.domain.photos import State
from chalicelib.gateways import files
from chalicelib.services.care import sealing, writing
from chalicelib.services.reference import terms
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries, records
from chalicelib.store.care import forgetting as store
from chalicelib.store.reports import photos

KINDS = store.STEPS
SYSTEM = "system"


def due(kind: str, *, now: datetime, limit: int) -> list[str]:
    """Whose time of this kind has come, by the retention table."""
    return store.due(kind, now - terms.kept(kind, now=now), limit=limit)


def forget(id: str, kind: str, *, now: datetime) -> bool:
    """Take the step, and those before it that were not taken; whether anything was to do. Raises StaleVersion where he
    is cared for again meanwhile, Busy."""
    at = now - terms.kept(kind, now=now)
    if not store.is_due(id, kind, at):
        return False
    if kind != store.SPOT:
        _close(id, now)
    for step in KINDS[: KINDS.index(kind) + 1]:
        if store.is_due(id, step, at):
            STEPS[step](id, at)
    return True


def _blur(id: str, at: datetime) -> None:
    """The spot of the door to about a kilometre: two calls of KMS."""
    held = beneficiaries.sealed_of(id)
    if held is None:
        store.skip(id, store.SPOT, at)
        return
    blurred = rules.blurred(sealing.opened(id, held.envelope))
    store.reseal(id, replace(held, envelope=sealing.envelope(id, blurred)), at)


def _close(id: str, now: datetime) -> None:
    """Whoever is forgotten can only be entered anew: what was refused or withdrawn ends before, and nothing of its time
    begins again."""
    before, transaction = beneficiaries.get(id), Transaction()
    if before.state is BeneficiaryState.ENDED:
        return
    after = replace(standing.ended(before, CareEnding.OTHER, now=now), stopped_at=before.stopped_at)
    writing.write(after, BeneficiaryDeed.ENDED, transaction, by=SYSTEM, role=SYSTEM, now=now)
    if held := beneficiaries.sealed_of(id):
        beneficiaries.disown(held.who_digest, transaction)
    transaction.commit()


def _erase(id: str, at: datetime) -> None:
    """Who it is, what the family complained of, and the name in lists, which says at its end that this is done."""
    store.erase_sealed_words(id, records.COMPLAINT)
    store.erase_person(beneficiaries.get(id), at)


def _erase_consents(id: str, at: datetime) -> None:
    """Consents, proofs and the scans of their papers."""
    held = [photo for photo in photos.of(id) if photo.state is not State.ERASED]
    if held:
        photos.erase_shown(held)
        files.delete_all([key for photo in held for key in (photo.original, *map(photo.shown, photo.copies))])
        photos.erase_originals(held)
    store.erase_sealed_words(id, records.CONSENT)
    store.skip(id, store.CONSENTS, at)


STEPS: dict[str, Callable[[str, datetime], None]] = {
    store.SPOT: _blur,
    store.PERSON: _erase,
    store.CONSENTS: _erase_consents,
}
