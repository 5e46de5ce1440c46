"""Who a bearer token lets in: ours, those of keys the stack was given, and for staff those of their own issuer."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from chalicelib.domain.errors import Unauthenticated
from chalicelib.domain.login.tokens import LONGEST_KEY_ID
from chalicelib.domain.people.model import CLOSED, STAFF, Person, Post, may_sign_in
from chalicelib.domain.reference import numbers
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.gateways import bearer, oidc
from chalicelib.services.login import activity
from chalicelib.store.login import keys, sessions
from chalicelib.store.people import people
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition

NUMBERS = "numbers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Who is asking, with what he may be now; `session_id` is empty where no session of ours stands behind it."""

    person_id: str
    posts: tuple[Post, ...]
    session_id: str


def admit(token: str, *, now: datetime) -> Admitted:
    """The person behind a token, and the posts he holds now: one read, and one more for a key not yet at hand.

    By the staff's issuer two reads, one a minute for the rules, and one write a day: that he was here.
    Raises Unauthenticated if the token is not good, its session was ended, or he was signed out after its issue.
    Raises Busy.
    """
    head = bearer.head(token)
    if oidc.issues(head.issuer):
        return _staff(oidc.verified(token, head.key_id, now=now), now)
    return _own(bearer.verified(token, _public(head.key_id, now)))


def _public(key_id: str, now: datetime) -> str:
    if not 0 < len(key_id) <= LONGEST_KEY_ID:
        raise Unauthenticated("token_invalid")
    if configured := bearer.configured(key_id):
        return configured
    key = keys.find(key_id, now=now)
    if key is None or (key.retire_at and now >= key.retire_at):
        raise Unauthenticated("token_invalid")
    return key.public


def _own(claims: dict[str, Any]) -> Admitted:
    """Of tokens that name a session, it must still be there; those signed by hand name none."""
    person_id, session_id = claims["sub"], claims.get("sid", "")
    if not session_id:
        person = _known(people.find(person_id), claims)
        return Admitted(person_id=person.id, posts=person.posts, session_id="")
    session, found = sessions.with_person(person_id, session_id)
    if session is None:
        raise Unauthenticated("token_revoked")
    person = _known(found, claims)
    return Admitted(person_id=person.id, posts=person.posts, session_id=session_id)


def _staff(claims: dict[str, Any], now: datetime) -> Admitted:
    """Only posts of staff are honoured: a courier signs in with his phone.

    No sign-in of ours asks whether he may, or notes that he was here: so each token does.
    """
    person = _known(people.by_identity(claims["iss"], claims["sub"]), claims)
    posts = tuple(post for post in person.posts if post.role in STAFF)
    if not posts or may_sign_in(person, now, _numbers(now).days("idle_days")):
        raise Unauthenticated("token_revoked")
    activity.note(person, now)
    return Admitted(person_id=person.id, posts=posts, session_id="")


def _known(person: Person | None, claims: dict[str, Any]) -> Person:
    issued_at = datetime.fromtimestamp(float(claims["iat"]), UTC)
    if person is None or person.state in CLOSED or issued_at < person.valid_from:
        raise Unauthenticated("token_revoked")
    return person


def _numbers(now: datetime) -> Numbers:
    return _read(reference.current(NUMBERS, now=now)[NUMBERS])


@lru_cache(maxsize=2)
def _read(edition: Edition) -> Numbers:
    """The numbers alone: whoever asks for all rules pays for them at each cold start."""
    return numbers.read(edition.body)
