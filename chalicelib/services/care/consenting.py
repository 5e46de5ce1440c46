"""Use cases of consent: its wordings, recording one with a scan of the paper, taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from chalicelib.domain.care import consents as rules
from chalicelib.domain.care import powers, standing
from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryDeed
from chalicelib.domain.care.consents import WORDINGS, Consent, ConsentState, Giver, Proof
from chalicelib.domain.care.consents import Form as ConsentForm
from chalicelib.domain.care.stops import Stop
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people import consents as wordings_table
from chalicelib.domain.people.access import What
from chalicelib.domain.people.consents import Consent as Wording
from chalicelib.domain.people.consents import Consents
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.photos import ContentType, Form, Link, Photo, Purpose, declare
from chalicelib.services.care import sealing, stopping, writing
from chalicelib.services.people import access
from chalicelib.services.reports import photos as files
from chalicelib.services.reports.once import once
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries as store
from chalicelib.store.care import records
from chalicelib.store.care import stops as due
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition
from chalicelib.store.reports import photos

TABLE = "consents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A beneficiary whose consent was recorded, the consent, and forms for the scans of its paper that are awaited."""

    beneficiary: Beneficiary
    consent: Consent
    forms: list[Form]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A consent as staff read it: with its proof where a guardian gave it, and the scans of its paper."""

    consent: Consent
    proof: Proof | None
    scans: list[Photo]
    links: list[Link]


def wordings(*, now: datetime) -> list[Wording]:
    """What is consented to: the beneficiary's own, a guardian's."""
    newest = _consents(now).newest
    return [newest[name] for name in WORDINGS.values()]


def record(
    beneficiary_id: str, form: ConsentForm, scans: Sequence[ContentType], *, key: Key | None, by: Actor, now: datetime
) -> Recorded:
    """Note that somebody consents, in the place of a consent before: a read or two, one call of KMS for a guardian's
    proof, one transaction.

    Raises Forbidden, NotFound, Invalid (`relative_is_no_guardian`, `guardian_proof_needed`, …), Conflict
    (`consent_outdated`, `consent_narrows`), IllegalAction (`beneficiary_state`), KeyReused, Busy.
    """
    by.require(Role.VILLAGE)

    def do() -> int:
        before = store.get(beneficiary_id)
        powers.require_own_village(by, before)
        number = before.consents + 1
        consent = rules.given(form, number, wordings=_consents(now), by=by.id, now=now)
        after = standing.consented(before, consent, now=now)
        transaction = Transaction()
        told: dict[str, object] = {"consent": number, "giver": form.giver, "services": sorted(form.services)}
        writing.write(after, BeneficiaryDeed.CONSENTED, transaction, by=by.id, role=Role.VILLAGE, now=now, facts=told)
        proof = sealing.sealed_proof(beneficiary_id, number, form.proof) if form.proof else None
        records.add_consent(beneficiary_id, consent, transaction, proof=proof)
        _end(before, ConsentState.REPLACED, by="", now=now, transaction=transaction)
        photos.declare(_scans(beneficiary_id, scans, by=by.id, now=now), transaction)
        writing.claim(key, f"{beneficiary_id}#{number}", transaction, now=now)
        transaction.commit()
        return number

    number = once(key, do, lambda id: int(id.rpartition("#")[2]))
    return _recorded(beneficiary_id, number, now=now)


def withdraw(beneficiary_id: str, wish: Giver, *, by: Actor, now: datetime) -> Beneficiary:
    """Take the consent back, whoever else is at work at that moment: two reads, one transaction, then all that was
    planned is stopped; what a crash leaves of that is due at once. Twice is once.

    Raises Forbidden, NotFound, Invalid (`relative_is_no_guardian`), IllegalAction (`beneficiary_state`), Busy.
    """
    powers.require_staff(by)
    rules.require_giver(wish)

    def do() -> Beneficiary:
        before = store.get(beneficiary_id)
        role = powers.role_of(by, before)
        if before.withdrawn:
            return before
        after = standing.withdrawn(before, now=now)
        transaction = Transaction()
        told: dict[str, object] = {"consent": before.consent, "wish": wish}
        writing.write(after, BeneficiaryDeed.WITHDRAWN, transaction, by=by.id, role=role, now=now, facts=told)
        _end(before, ConsentState.WITHDRAWN, by=by.id, now=now, transaction=transaction, wish=wish)
        due.stop(beneficiary_id, at=now, transaction=transaction)
        transaction.commit()
        return after

    after = writing.insist(do)
    stopping.stop(beneficiary_id, reason=Stop.WITHDRAWN, now=now)
    return after


def end(before: Beneficiary, *, by: str, now: datetime, transaction: Transaction) -> None:
    """The consent ends with the care."""
    _end(before, ConsentState.ENDED, by=by, now=now, transaction=transaction)


def listing(beneficiary_id: str, purpose: str, *, by: Actor, now: datetime) -> list[Shown]:
    """All consents with their proofs and papers, newest first: three reads, a call of KMS for each guardian, and the
    look is noted. Raises Forbidden, NotFound, Busy."""
    powers.require_staff(by)
    powers.role_of(by, store.get(beneficiary_id))
    told: dict[str, object] = {"fields": ["consents"]}
    access.record(by, What.SAW_BENEFICIARY, beneficiary_id, purpose=purpose, now=now, details=told)
    scans = [one for one in photos.of(beneficiary_id) if one.purpose is Purpose.CONSENT]
    held = records.consents(beneficiary_id)
    return [_shown(beneficiary_id, consent, proof, scans, now=now) for consent, proof in reversed(held)]


def _shown(id: str, consent: Consent, proof: bytes | None, scans: Sequence[Photo], *, now: datetime) -> Shown:
    own = [scan for scan in scans if scan.declared_at == consent.recorded_at]
    opened = sealing.opened_proof(id, consent.number, proof) if proof else None
    return Shown(consent=consent, proof=opened, scans=own, links=files.links(own, now=now))


def _end(
    before: Beneficiary,
    state: ConsentState,
    *,
    by: str,
    now: datetime,
    transaction: Transaction,
    wish: Giver | None = None,
) -> None:
    if before.consent:
        held = records.consent(before.id, before.consent)
        records.end_consent(before.id, rules.over(held, state, by=by, now=now, wish=wish), transaction)


def _scans(id: str, wanted: Sequence[ContentType], *, by: str, now: datetime) -> tuple[Photo, ...]:
    asked = [(Purpose.CONSENT, content_type) for content_type in wanted]
    return declare(id, asked, existing=photos.of(id), by=by, now=now) if asked else ()


def _recorded(id: str, number: int, *, now: datetime) -> Recorded:
    consent = records.consent(id, number)
    awaited = [one for one in photos.of(id) if one.declared_at == consent.recorded_at]
    return Recorded(beneficiary=store.get(id), consent=consent, forms=files.forms(awaited, now=now))


def _consents(now: datetime) -> Consents:
    return _read(reference.current(TABLE, now=now)[TABLE])


@lru_cache(maxsize=2)
def _read(edition: Edition) -> Consents:
    return wordings_table.read(edition.body)
