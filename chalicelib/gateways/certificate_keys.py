"""The keys of help certificates, Ed25519: the newest signs, and what any of them signed is known for ever."""

from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime

import msgspec

from chalicelib.domain.errors import Busy
from chalicelib.domain.login.tokens import CACHED, SigningKey
from chalicelib.gateways import secrets

NAME = "certificate-keys"
SHORT = 8  # hex digits at the end of a key's id


@dataclass(slots=True)
class Ring:
    """The keys this process has read, oldest first, and when."""

    keys: tuple[SigningKey, ...] = ()
    read_at: datetime | None = None


_ring = Ring()


def newest(*, now: datetime) -> str:
    """The key that signs, by its last eight digits: one that every process knows by now. Raises Busy
    (`no_certificate_key`, `secret_unreachable`)."""
    known = [key for key in _keys(now) if key.active_from <= now] or list(_keys(now))[:1]
    if not known:
        raise Busy("no_certificate_key")
    return known[-1].id[-SHORT:]


def sign(key_id: str, body: bytes, *, now: datetime) -> bytes:
    """The signature of this key. Raises Busy (`secret_unreachable`)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # most calls sign nothing

    held = next(key for key in _keys(now) if key.id.endswith(key_id))
    return Ed25519PrivateKey.from_private_bytes(urlsafe_b64decode(held.private)).sign(body)


def is_signed(key_id: str, signature: bytes, body: bytes, *, now: datetime) -> bool:
    """Whether this key of ours signed these bytes so. Raises Busy (`secret_unreachable`)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    held = next((key for key in _keys(now) if key.id.endswith(key_id)), None)
    if held is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(held.public)).verify(signature, body)
    except InvalidSignature:
        return False
    return True


def forget() -> None:
    """Read anew, for tests."""
    _ring.keys, _ring.read_at = (), None


def _keys(now: datetime) -> tuple[SigningKey, ...]:
    """At most five minutes old; an empty ring is read again each time, since the first key may come any moment."""
    if not _ring.keys or _ring.read_at is None or not _ring.read_at <= now < _ring.read_at + CACHED:
        _ring.keys = msgspec.json.decode(secrets.read(NAME), type=dict[str, tuple[SigningKey, ...]])["keys"]
        _ring.read_at = now
    return _ring.keys
