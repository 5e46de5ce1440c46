"""Use cases on sessions: opened by a sign-in, kept open by renewals, ended by whoever signs out."""

import logging
import secrets
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Busy, StaleVersion, Unauthenticated
from chalicelib.domain.login import sessions as rules
from chalicelib.domain.login import tokens
from chalicelib.domain.login.keyed import keyed
from chalicelib.domain.login.sessions import Session, Step, Verdict
from chalicelib.domain.login.tokens import Grant, Refresh
from chalicelib.domain.people.model import Actor, Person, may_sign_in
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.gateways import signing
from chalicelib.services.login import activity
from chalicelib.services.reference import rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.login import sessions as store
from chalicelib.store.people import people

log = logging.getLogger(__name__)

TRIES = 3
NONCE_BYTES = 32


def opened(person: Person, id: str, *, device: str, name: str, entry: str, now: datetime) -> Session:
    """A new session. Its first refresh token follows from `entry`, what was spent to get in, as each later one follows
    from the one before."""
    pepper, nonce = signing.pepper(), secrets.token_hex(NONCE_BYTES)
    secret = tokens.successor(entry, session_id=id, nonce=nonce, pepper=pepper)
    return Session(
        person_id=person.id,
        id=id,
        device=_device(device),
        device_name=name,
        started_at=now,
        used_at=now,
        current=_digest(secret),
        steps=(Step(spent=_digest(entry), nonce=nonce, at=now),),
    )


def granted(session: Session, entry: str, person: Person, numbers: Numbers, *, now: datetime) -> Grant:
    """What follows on a token, or on an entry, that this session knows as spent. Raises Busy."""
    step = rules.step_of(session, _digest(entry))
    if step is None:
        raise Unauthenticated("session_over")
    pepper, life = signing.pepper(), min(numbers.minutes("access_token_minutes"), tokens.LONGEST_LIFE)
    secret = tokens.successor(entry, session_id=session.id, nonce=step.nonce, pepper=pepper)
    claims = tokens.claims(person, session.id, issuer=signing.issuer(), life=life, now=now)
    return Grant(
        session_id=session.id,
        access_token=signing.sign(claims, now=now),
        access_expires_at=now + life,
        refresh_token=tokens.sealed(Refresh(person_id=person.id, session_id=session.id, secret=secret), pepper),
        refresh_expires_at=rules.ends_at(session, rules.lives(numbers)),
    )


def renew(token: str, *, device: str, now: datetime) -> Grant:
    """A new access token, and the successor of this refresh token: one read and one write, both conditional.

    The token that was spent a moment ago gets the same successor again; what is not ours costs nothing. Raises
    Unauthenticated (`session_over`) where the session has ended, as it does by a token that comes back too late.
    Raises TooManyRequests (`renewals_too_fast`), which ends nothing, and Busy.
    """
    refresh = tokens.opened(token, signing.pepper())
    if refresh is None:
        raise Unauthenticated("session_over")
    numbers = rulebook.in_force(now=now).numbers
    for _ in range(TRIES):
        session, person = _standing(refresh, numbers, now)
        try:
            session = _moved(session, refresh, device=_device(device), numbers=numbers, now=now)
        except StaleVersion:  # another request with the same token came first: see what it left
            continue
        activity.note(person, now)
        return granted(session, refresh.secret, person, numbers, now=now)
    raise Busy("store_contention")


def _standing(refresh: Refresh, numbers: Numbers, now: datetime) -> tuple[Session, Person]:
    """The session and its person as they stand, if he may still be signed in."""
    session, person = store.with_person(refresh.person_id, refresh.session_id)
    if session is None or person is None or session.started_at < person.valid_from:
        raise Unauthenticated("session_over")
    if may_sign_in(person, now, numbers.days("idle_days")):
        raise Unauthenticated("session_over")
    return session, person


def _moved(session: Session, refresh: Refresh, *, device: str, numbers: Numbers, now: datetime) -> Session:
    """The session with this token spent. Raises StaleVersion, Unauthenticated, TooManyRequests."""
    lives, spent = rules.lives(numbers), _digest(refresh.secret)
    verdict = rules.judge(session, spent, device=device, lives=lives, now=now)
    if verdict is Verdict.AGAIN:
        return session
    if verdict is not Verdict.NEXT:
        _close(session, verdict)
    step = Step(spent=spent, nonce=secrets.token_hex(NONCE_BYTES), at=now)
    successor = tokens.successor(refresh.secret, session_id=session.id, nonce=step.nonce, pepper=signing.pepper())
    moved = rules.moved(session, step, _digest(successor), lives)
    store.move(moved, spent=spent, ends_at=rules.ends_at(moved, lives))
    return moved


def _close(session: Session, verdict: Verdict) -> None:
    """End a session that is over or was copied; an alarm looks for the line about the latter (infra/alarms.yaml)."""
    store.end(session.person_id, session.id)
    if verdict is Verdict.REUSED:
        log.warning("session_reused: session %s of %s was ended", session.id, session.person_id)
    raise Unauthenticated("session_over")


def listing(actor: Actor, *, now: datetime) -> list[Session]:
    """The caller's sessions that are open, the one used last first."""
    lives = rules.lives(rulebook.in_force(now=now).numbers)
    found = [session for session in store.of(actor.id) if now < rules.ends_at(session, lives)]
    return sorted(found, key=lambda session: session.used_at, reverse=True)


def end(actor: Actor, session_id: str) -> None:
    """End one of the caller's sessions: its access tokens die within two minutes. One that has ended stays so."""
    if session_id:
        store.end(actor.id, session_id)


def revoke_all(person_id: str, now: datetime) -> None:
    """Sign somebody out everywhere: whatever token of his was issued before `now` dies within two minutes.

    What counts is his `valid_from`; sessions are then cleared away. Raises NotFound, Busy.
    """
    for _ in range(TRIES):
        transaction, person = Transaction(), people.get(person_id)
        revoked = replace(person, valid_from=max(person.valid_from, now), version=person.version + 1)
        people.change(person, revoked, transaction)
        try:
            transaction.commit()
        except StaleVersion:
            continue
        store.end_all(person_id)
        return
    raise Busy("store_contention")


def _digest(secret: str) -> str:
    return keyed(signing.pepper(), "spent", secret)


def _device(device: str) -> str:
    return keyed(signing.pepper(), "device", device)
