"""Checks access tokens that we issued ourselves: with the keys that the stack was given, or with one handed in.

Only the authorizer imports this: the API must not pay for jwt and cryptography.
"""

import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chalicelib.config import settings
from chalicelib.domain.errors import Unauthenticated

LEEWAY = 30  # seconds by which the issuer's clock may differ
LONGEST = 8192
CLAIMS = ["sub", "iat", "exp", "iss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What an unchecked token says of itself: who issued it, and with which key."""

    issuer: str
    key_id: str


def head(token: str) -> Head:
    """Who should check this token. Nothing it says may be believed yet. Raises Unauthenticated."""
    if len(token) > LONGEST:
        raise Unauthenticated("token_invalid")
    try:
        whole = jwt.decode_complete(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise Unauthenticated("token_invalid") from error
    return Head(issuer=str(whole["payload"].get("iss", "")), key_id=str(whole["header"].get("kid", "")))


def configured(key_id: str) -> str | None:
    """The public key (32 bytes, base64url) of this id among those that the stack was given."""
    return _configured().get(key_id)


def verified(token: str, public: str) -> dict[str, Any]:
    """The claims of a token that this Ed25519 key signed and that has not expired. Raises Unauthenticated."""
    key = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(public))
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["EdDSA"],
            issuer=settings().token_issuer,
            leeway=LEEWAY,
            options={"require": CLAIMS},
        )
    except jwt.PyJWTError as error:
        raise Unauthenticated("token_invalid") from error
    return claims


@cache
def _configured() -> dict[str, str]:
    keys = json.loads(settings().token_keys)["keys"]
    return {key["kid"]: key["x"] + "=" * (-len(key["x"]) % 4) for key in keys if key["kty"] == "OKP" and "kid" in key}
