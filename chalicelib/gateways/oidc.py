"""Tokens of the OpenID Connect issuer that staff sign in with, where one is configured (OpenID Connect Discovery 1.0).

The issuer's keys are kept for an hour. A token with a key that is not among them makes us ask again, at most once in
half a minute, so that nobody can make us knock there at will. Where the issuer cannot be reached, keys that are at hand
stay good for a day. Only the authorizer imports this: the API must not pay for jwt.
"""

import json
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

import jwt

from chalicelib.config import settings
from chalicelib.domain.errors import Busy, Unauthenticated
from chalicelib.gateways.bearer import CLAIMS, LEEWAY

log = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "ES256", "EdDSA"]  # signatures only: never `none`, never a shared secret
FRESH, STALE, PAUSE = timedelta(hours=1), timedelta(days=1), timedelta(seconds=30)
SECONDS = 1.5  # to connect, and again for each read: two documents fit into the authorizer's ten
LARGEST = 256 * 1024
LOOPBACK = "127.0.0.1"
FAULTS = (OSError, HTTPException, ValueError, KeyError, TypeError, AttributeError)


@dataclass(slots=True)
class Shelf:
    """The issuer's keys by id, when they were read, and when they were last asked for."""

    keys: dict[str, Any] = field(default_factory=dict)
    read_at: datetime | None = None
    asked_at: datetime | None = None


_shelf = Shelf()


def issues(issuer: str) -> bool:
    """Whether tokens of this issuer are for us to check here."""
    return bool(issuer) and issuer == settings().oidc_issuer and bool(settings().oidc_audience)


def verified(token: str, key_id: str, *, now: datetime) -> dict[str, Any]:
    """The claims of a token that the issuer signed for us. Raises Unauthenticated, Busy (`issuer_unreachable`)."""
    key = _key(key_id, now)
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            issuer=settings().oidc_issuer,
            audience=settings().oidc_audience,
            leeway=LEEWAY,
            options={"require": [*CLAIMS, "aud"]},
        )
    except jwt.PyJWTError as error:
        raise Unauthenticated("token_invalid") from error
    return claims


def forget() -> None:
    """Ask anew, for tests."""
    _shelf.keys, _shelf.read_at, _shelf.asked_at = {}, None, None


def _key(key_id: str, now: datetime) -> Any:
    fresh = _shelf.read_at is not None and now < _shelf.read_at + FRESH
    if not (fresh and _held(key_id)) and (_shelf.asked_at is None or now >= _shelf.asked_at + PAUSE):
        _ask(now)
    if _shelf.read_at is None or now >= _shelf.read_at + STALE:
        raise Busy("issuer_unreachable")
    if key := _held(key_id):
        return key
    raise Unauthenticated("token_invalid")


def _held(key_id: str) -> Any:
    """The key of this id; the only one there is, for a token that names none."""
    if not key_id and len(_shelf.keys) == 1:
        return next(iter(_shelf.keys.values()))
    return _shelf.keys.get(key_id)


def _ask(now: datetime) -> None:
    _shelf.asked_at = now
    issuer = settings().oidc_issuer
    try:
        discovered = _document(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if discovered["issuer"] != issuer:
            raise ValueError(issuer)
        found = jwt.PyJWKSet.from_dict(_document(discovered["jwks_uri"])).keys
    except (*FAULTS, jwt.PyJWTError):
        log.exception("the issuer %s gives no keys", issuer)
        return
    _shelf.keys = {key.key_id or "": key for key in found if key.public_key_use in (None, "sig")}
    _shelf.read_at = now


def _document(url: str) -> dict[str, Any]:
    """A JSON document, by TLS with the certificate checked; without it from this machine only. Follows no redirect."""
    parts = urlsplit(url)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path or "/")
        answer = connection.getresponse()
        body = answer.read(LARGEST + 1)
    finally:
        connection.close()
    if answer.status != 200 or len(body) > LARGEST:
        raise ValueError(f"{url} answers {answer.status} with {len(body)} bytes")
    document: dict[str, Any] = json.loads(body)
    return document


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "https":
        return HTTPSConnection(host, port, timeout=SECONDS)
    if scheme == "http" and host == LOOPBACK:
        return HTTPConnection(host, port, timeout=SECONDS)
    raise ValueError(f"an issuer is reached by https, not {scheme}")
