"""The staff's issuer: found by discovery, its keys kept, asked again with measure; nothing but good signatures."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as ec_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as rsa_key

from chalicelib.domain.errors import Busy, Unauthenticated
from chalicelib.gateways import oidc
from infra.local.ports import LOOPBACK

NOW = datetime.now(UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DISCOVERY, JWKS = "/.well-known/openid-configuration", "/keys"
PRIVATE = {
    "rsa": (rsa_key(65537, 2048), "RS256", jwt.algorithms.RSAAlgorithm),
    "ec": (ec_key(SECP256R1()), "ES256", jwt.algorithms.ECAlgorithm),
    "ed": (Ed25519PrivateKey.generate(), "EdDSA", jwt.algorithms.OKPAlgorithm),
    "ec384": (ec_key(SECP384R1()), "ES384", jwt.algorithms.ECAlgorithm),
}


def public(kid: str) -> dict[str, Any]:
    key, _, algorithm = PRIVATE[kid]
    return {**algorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig"}  # type: ignore[attr-defined]


@dataclass
class Issuer:
    """An issuer on this machine: what it answers by path, and what it was asked."""

    url: str
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def publish(self, *kids: str, **extra: Any) -> None:
        """Discovery and these keys."""
        said = {"issuer": self.url, "jwks_uri": f"{self.url}{JWKS}"} | extra
        self.answers[DISCOVERY] = (200, json.dumps(said).encode())
        self.answers[JWKS] = (200, json.dumps({"keys": [public(kid) for kid in kids]}).encode())

    def token(self, kid: str, *, header: str | None = None, **claims: Any) -> str:
        key, algorithm, _ = PRIVATE[kid]
        at = int(NOW.timestamp())
        said = {"iss": self.url, "sub": "u1", "aud": "fenjian", "iat": at, "exp": at + 600} | claims
        return jwt.encode(said, key, algorithm=algorithm, headers={"kid": header or kid})  # type: ignore[arg-type]


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    """The configured issuer, with three keys."""
    server = HTTPServer((LOOPBACK, 0), _Handler)
    made = Issuer(f"http://{LOOPBACK}:{server.server_port}")
    made.publish("rsa", "ec", "ed")
    server.issuer = made  # type: ignore[attr-defined]  # for the handler
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("OIDC_ISSUER", made.url)
    monkeypatch.setenv("OIDC_AUDIENCE", "fenjian")
    oidc.forget()
    yield made
    oidc.forget()
    server.shutdown()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        issuer: Issuer = self.server.issuer  # type: ignore[attr-defined]  # see the fixture
        issuer.asked.append(self.path)
        status, body = issuer.answers.get(self.path, (404, b""))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"{issuer.url}{JWKS}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


def verified(token: str, *, now: datetime = NOW) -> dict[str, Any]:
    return oidc.verified(token, str(jwt.get_unverified_header(token).get("kid", "")), now=now)


def refused(token: str, *, now: datetime = NOW) -> bool:
    with pytest.raises(Unauthenticated) as refusal:
        verified(token, now=now)
    return refusal.value.rule == "token_invalid"


@pytest.mark.parametrize("kid", ["rsa", "ec", "ed"])
def test_a_token_of_each_kind_of_key_is_good(issuer: Issuer, kid: str) -> None:
    assert verified(issuer.token(kid))["sub"] == "u1"


def test_the_issuer_is_asked_once_an_hour(issuer: Issuer) -> None:
    for minutes in (0, 1, 59):
        verified(issuer.token("ed"), now=NOW + minutes * MINUTE)
    assert issuer.asked == [DISCOVERY, JWKS]
    verified(issuer.token("ed"), now=NOW + HOUR)
    assert issuer.asked == [DISCOVERY, JWKS] * 2


def test_a_new_key_is_found_and_unknown_ones_do_not_make_us_knock(issuer: Issuer) -> None:
    issuer.publish("rsa")
    verified(issuer.token("rsa"))
    for _ in range(50):
        assert refused(issuer.token("ed"), now=NOW + timedelta(seconds=10))
    assert len(issuer.asked) == 2
    issuer.publish("rsa", "ed")
    assert verified(issuer.token("ed"), now=NOW + MINUTE)
    assert len(issuer.asked) == 4


def test_a_key_that_was_withdrawn_is_good_for_an_hour_at_most(issuer: Issuer) -> None:
    verified(issuer.token("ed"))
    issuer.publish("rsa")
    assert refused(issuer.token("ed"), now=NOW + HOUR)


def test_keys_at_hand_outlast_an_issuer_that_is_down_for_a_day_at_most(issuer: Issuer) -> None:
    verified(issuer.token("ed"))
    issuer.answers.clear()
    assert verified(issuer.token("ed", exp=int(NOW.timestamp()) + 10**6), now=NOW + 23 * HOUR)
    with pytest.raises(Busy):
        verified(issuer.token("ed"), now=NOW + 24 * HOUR)


def test_an_issuer_that_was_never_reached_is_busy_and_asked_again_after_half_a_minute(issuer: Issuer) -> None:
    issuer.answers.clear()
    for _ in range(3):
        with pytest.raises(Busy):
            verified(issuer.token("ed"))
    assert issuer.asked == [DISCOVERY]
    issuer.publish("ed")
    assert verified(issuer.token("ed"), now=NOW + timedelta(seconds=30))


BAD: dict[str, tuple[int, bytes]] = {
    "an error": (500, b""),
    "a redirect": (302, b""),
    "no JSON": (200, b"<html>"),
    "a list": (200, b"[]"),
    "nothing in it": (200, b"{}"),
    "too large": (200, b" " * (oidc.LARGEST + 1)),
    "another issuer": (200, b'{"issuer": "https://evil.example", "jwks_uri": "https://evil.example/keys"}'),
    "keys in the clear": (200, b'{"issuer": "$URL", "jwks_uri": "http://example.org/keys"}'),
    "keys in a file": (200, b'{"issuer": "$URL", "jwks_uri": "file:///etc/passwd"}'),
    "a number for an address": (200, b'{"issuer": "$URL", "jwks_uri": 1}'),
}


@pytest.mark.parametrize("name", BAD)
def test_a_discovery_that_makes_no_sense_gives_no_keys(issuer: Issuer, name: str) -> None:
    status, body = BAD[name]
    issuer.answers[DISCOVERY] = (status, body.replace(b"$URL", issuer.url.encode()))
    with pytest.raises(Busy):
        verified(issuer.token("ed"))
    assert issuer.asked == [DISCOVERY]


@pytest.mark.parametrize(
    "body", [b"{}", b'{"keys": []}', b'{"keys": [1]}', b'{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}']
)
def test_a_set_without_a_usable_key_gives_none(issuer: Issuer, body: bytes) -> None:
    issuer.answers[JWKS] = (200, body)
    with pytest.raises((Busy, Unauthenticated)):
        verified(issuer.token("ed"))


def test_keys_for_encryption_check_no_signature(issuer: Issuer) -> None:
    issuer.answers[JWKS] = (200, json.dumps({"keys": [public("ed") | {"use": "enc"}, public("rsa")]}).encode())
    assert refused(issuer.token("ed"))


def test_neither_shared_secrets_nor_unsigned_tokens_nor_other_curves_are_taken(issuer: Issuer) -> None:
    issuer.publish("rsa", "ec", "ed", "ec384")
    said = jwt.decode(issuer.token("ed"), options={"verify_signature": False})
    shared = public("ed")["x"]  # what everybody knows, taken for a secret
    assert refused(jwt.encode(said, shared, algorithm="HS256", headers={"kid": "ed"}))
    assert refused(jwt.encode(said, None, algorithm="none", headers={"kid": "ed"}))  # type: ignore[arg-type]
    assert refused(issuer.token("ec384"))
    assert refused(issuer.token("ec", header="rsa"))


def test_a_token_without_key_id_is_checked_where_there_is_but_one_key(issuer: Issuer) -> None:
    key, algorithm, _ = PRIVATE["ed"]
    said = jwt.decode(issuer.token("ed"), options={"verify_signature": False})
    bare = jwt.encode(said, key, algorithm=algorithm)  # type: ignore[arg-type]
    assert refused(bare)
    oidc.forget()
    issuer.publish("ed")
    assert verified(bare)


@pytest.mark.parametrize("missing", ["iss", "sub", "aud", "iat", "exp"])
def test_a_token_that_leaves_out_what_it_must_say_is_not_good(issuer: Issuer, missing: str) -> None:
    said = jwt.decode(issuer.token("ed"), options={"verify_signature": False})
    del said[missing]
    assert refused(jwt.encode(said, PRIVATE["ed"][0], algorithm="EdDSA", headers={"kid": "ed"}))  # type: ignore[arg-type]


def test_an_issuer_is_ours_if_it_is_configured_whole(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert oidc.issues(issuer.url) and not oidc.issues(f"{issuer.url}/") and not oidc.issues("")
    monkeypatch.setenv("OIDC_AUDIENCE", "")
    assert not oidc.issues(issuer.url)
