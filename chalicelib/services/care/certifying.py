"""Use cases of help certificates: asked for by who helped, shown to anybody, verified without an account, revoked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from chalicelib.domain.care import certificates as rules
from chalicelib.domain.care import powers
from chalicelib.domain.care.certificates import Certificate, CertificateVerdict, NameShown, Paper
from chalicelib.domain.errors import NotFound
from chalicelib.domain.happenings import Thing, happened
from chalicelib.domain.idempotency import Key
from chalicelib.domain.notifications.messages import Both
from chalicelib.domain.people.model import Actor, Role
from chalicelib.gateways import certificate_keys
from chalicelib.services.care import deeds_done, family, writing
from chalicelib.services.reference import areas
from chalicelib.services.reports.once import once
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.care import certificates as store
from chalicelib.store.care.certificates import Page
from chalicelib.store.people import people


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is said of a certificate that somebody shows: of one that is not ours, nothing more."""

    verdict: CertificateVerdict
    paper: Paper | None
    village: Both
    revoked_at: datetime | None = None


def issue(id: str, deed_id: str, shown: NameShown, *, key: Key | None, by: Actor, now: datetime) -> Certificate:
    """A certificate of something that the caller did: two reads, one transaction.

    Raises Forbidden (`role_needed`), NotFound (`no_such_deed`), Conflict (`deed_not_done`), AlreadyDone
    (`certificate_issued`), KeyReused, Busy.
    """
    by.require(Role.COURIER)

    def do() -> Certificate:
        deed = deeds_done.done(deed_id, courier_id=by.id)
        signer = certificate_keys.newest(now=now)
        said = rules.paper(id, deed, people.get(by.id).name, shown, key=signer, now=now)
        token = rules.written(said, lambda body: certificate_keys.sign(signer, body, now=now))
        made = Certificate(paper=said, courier_id=by.id, township=deed.township, token=token)
        transaction = Transaction()
        store.mark(deed_id, id, transaction)
        _write(made, "issued", transaction, by=by.id, role=Role.COURIER, now=now)
        writing.claim(key, id, transaction, now=now)
        transaction.commit()
        return made

    return once(key, do, store.get)


def show(id: str, *, by: Actor) -> Certificate:
    """A certificate, for who holds it and for the centre: one read. Raises NotFound (`no_such_certificate`)."""
    found = store.get(id)
    if by.id != found.courier_id and not by.holds(Role.CENTRE, found.township):
        raise NotFound("no_such_certificate", certificate=id)
    return found


def own(by: Actor, *, limit: int, cursor: str | None) -> Page:
    """The caller's, newest first: one query. Raises Invalid (`bad_cursor`)."""
    return store.of(by.id, limit=limit, cursor=cursor)


def revoke(id: str, reason: str, *, key: Key | None, by: Actor, now: datetime) -> Certificate:
    """It counts no more, says the centre: one read, one transaction.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound, Invalid (`reason_needed`), AlreadyDone
    (`certificate_revoked`), StaleVersion, KeyReused.
    """
    powers.require_centre(by, areas.township(now=now))

    def do() -> Certificate:
        after = rules.revoked(show(id, by=by), reason, by=by.id, now=now)
        transaction = Transaction()
        _write(after, "revoked", transaction, by=by.id, role=Role.CENTRE, now=now)
        writing.claim(key, id, transaction, now=now)
        transaction.commit()
        return after

    return once(key, do, store.get)


def verify(token: str, *, address: str, now: datetime) -> Checked:
    """What is said of a certificate that somebody shows: a write that counts the look, and a read of one that is ours.

    One of ours that the register has no more counts no more: its holder was forgotten. Raises TooManyRequests
    (`care_link_looks`), Busy.
    """
    family.count_look(address, writing.numbers(now), now=now)
    is_signed: Callable[[str, bytes, bytes], bool] = partial(certificate_keys.is_signed, now=now)
    said = rules.read(token, is_signed)
    if said is None:
        return Checked(verdict=CertificateVerdict.NOT_OURS, paper=None, village=("", ""))
    held = store.find(said.id)
    village = _village(said.village, now=now)
    if held is None:
        return Checked(verdict=CertificateVerdict.REVOKED, paper=None, village=village)
    return Checked(verdict=held.verdict, paper=said, village=village, revoked_at=held.revoked_at)


def _village(code: str, *, now: datetime) -> Both:
    """By its present name; one that is no more, by its code."""
    known, _ = areas.listing(now=now)
    found = next((area for area in known.villages if area.code == code), None)
    return (found.name, found.name_en) if found else (code, code)


def _write(one: Certificate, deed: str, transaction: Transaction, *, by: str, role: Role, now: datetime) -> None:
    store.put(one, transaction)
    line = happened(
        Thing.CERTIFICATE,
        one.paper.id,
        number=one.version,
        deed=deed,
        at=now,
        actor_id=by,
        as_role=role,
        township=one.township,
        village=one.paper.village,
        person_id=one.courier_id,
        facts={"kind": one.paper.kind},
    )
    history.append(line, transaction)
