"""Signs access tokens, and knows the key of all keyed digests. Only functions that sign people in may read either."""

from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from chalicelib.config import settings
from chalicelib.domain.login.tokens import CACHED, SigningKey, signing
from chalicelib.gateways import secrets

PEPPER, KEYS = "pepper", "signing-keys"


@dataclass(slots=True)
class Ring:
    """The keys this process has read, and when."""

    keys: tuple[SigningKey, ...] = ()
    read_at: datetime | None = None


_ring = Ring()


@cache
def pepper() -> bytes:
    """The key of keyed digests; it never changes, or every phone would forget its session. Raises Busy."""
    return secrets.read(PEPPER).encode()


def issuer() -> str:
    """Who our tokens say has issued them."""
    return settings().token_issuer


def sign(claims: dict[str, Any], *, now: datetime) -> str:
    """An access token, a JWT signed with Ed25519. Raises Busy (`no_signing_key`, `secret_unreachable`)."""
    import jwt  # here, for most calls of the API sign nothing
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = signing(_keys(now), now)
    private = Ed25519PrivateKey.from_private_bytes(urlsafe_b64decode(key.private))
    return jwt.encode(claims, private, algorithm="EdDSA", headers={"kid": key.id})


def forget() -> None:
    """Read anew, for tests."""
    _ring.keys, _ring.read_at = (), None
    pepper.cache_clear()


def _keys(now: datetime) -> tuple[SigningKey, ...]:
    """At most five minutes old; an empty ring is read again each time, since the first key may come any moment."""
    if not _ring.keys or _ring.read_at is None or not _ring.read_at <= now < _ring.read_at + CACHED:
        _ring.keys = msgspec.json.decode(secrets.read(KEYS), type=dict[str, tuple[SigningKey, ...]])["keys"]
        _ring.read_at = now
    return _ring.keys
