"""Tokens: who signs them, what they say, and the refresh token's form.

A signing key has a life of its own: it is made known first, signs once every cache has heard of it, and is good until
the last token that it signed has expired. So keys change without anybody being signed out.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.errors import Busy
from chalicelib.domain.login.keyed import keyed, matches
from chalicelib.domain.people.model import Person

CACHED = timedelta(minutes=5)  # how long a function keeps keys before it looks again
LONGEST_LIFE = timedelta(hours=24)  # of an access token, whatever the township sets
LONGEST_KEY_ID = 64
TAG = 32  # hex digits of the mark that tells our refresh tokens from others


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """An Ed25519 key pair, each half 32 bytes in base64url. It signs from `active_from`, and is good until
    `retire_at`, where that is set."""

    id: str
    private: str
    public: str
    active_from: datetime
    retire_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """The half that checks signatures."""

    id: str
    public: str
    retire_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """What a refresh token holds."""

    person_id: str
    session_id: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a sign-in or a renewal hands out."""

    session_id: str
    access_token: str
    access_expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime


def signing(ring: tuple[SigningKey, ...], now: datetime) -> SigningKey:
    """The newest key that may sign now. Raises Busy (`no_signing_key`) before the first was made."""
    active = [key for key in ring if key.active_from <= now and (key.retire_at is None or now < key.retire_at)]
    if not active:
        raise Busy("no_signing_key")
    return max(active, key=lambda key: key.active_from)


def rotated(
    ring: tuple[SigningKey, ...], new: SigningKey, now: datetime, *, leaked: bool = False
) -> tuple[SigningKey, ...]:
    """The ring with a new key, and the others on their way out; those that are out are gone.

    The first key signs at once, and so does one that takes the place of a leaked key, whose tokens die with it.
    """
    at_once = leaked or not ring
    added = replace(new, active_from=now if at_once else now + 2 * CACHED)
    end = now if leaked else added.active_from + CACHED + LONGEST_LIFE
    left = [key for key in ring if key.retire_at is None or now < key.retire_at]
    return (*(replace(key, retire_at=min(end, key.retire_at or end)) for key in left), added)


def claims(person: Person, session_id: str, *, issuer: str, life: timedelta, now: datetime) -> dict[str, Any]:
    """What an access token says. Its instants have fractions, so that a sign-in right after a revocation holds."""
    return {
        "iss": issuer,
        "sub": person.id,
        "iat": now.timestamp(),
        "exp": (now + min(life, LONGEST_LIFE)).timestamp(),
        "sid": session_id,
        "roles": [[post.role.value, post.scope] for post in person.posts],
    }


def sealed(refresh: Refresh, pepper: bytes) -> str:
    """A refresh token's text, with a mark that only we can make: others are refused without a look at a table."""
    who = urlsafe_b64encode(refresh.person_id.encode()).decode().rstrip("=")
    return f"{who}.{refresh.session_id}.{refresh.secret}.{_tag(refresh, pepper)}"


def opened(text: str, pepper: bytes) -> Refresh | None:
    """What a refresh token holds; None for what we never gave out."""
    who, _, rest = text.partition(".")
    session_id, _, rest = rest.partition(".")
    secret, _, tag = rest.partition(".")
    try:
        person_id = urlsafe_b64decode(who + "=" * (-len(who) % 4)).decode()
    except ValueError:
        return None
    refresh = Refresh(person_id=person_id, session_id=session_id, secret=secret)
    return refresh if matches(_tag(refresh, pepper), tag) else None


def successor(spent: str, *, session_id: str, nonce: str, pepper: bytes) -> str:
    """The secret that follows a spent one, 256 bits: nobody can work it out who lacks any of the three."""
    return keyed(pepper, "refresh", session_id, nonce, spent)


def _tag(refresh: Refresh, pepper: bytes) -> str:
    return keyed(pepper, "refresh tag", refresh.person_id, refresh.session_id, refresh.secret)[:TAG]
