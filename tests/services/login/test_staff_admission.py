"""Staff by their own issuer: approved in person like everybody, and noted as active without a write for each token."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chalicelib.domain.errors import Unauthenticated
from chalicelib.domain.people.model import Identity
from chalicelib.gateways import oidc
from chalicelib.services.login import admission
from chalicelib.store.people import people
from tests.bench.calls import counted
from tests.desk import desk, enrolled

__all__ = ["desk"]

pytestmark = pytest.mark.usefixtures("rules", "desk")
NOW = datetime.now(UTC)  # tokens expire by the clock of who checks them
ISSUER, KEY = "https://login.example.org", Ed25519PrivateKey.generate()
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

type Admit = Callable[[], str]


@pytest.fixture
def admit(monkeypatch: pytest.MonkeyPatch) -> Admit:
    """Somebody comes with a token of the staff's issuer: his id, or the rule that turns him away."""
    monkeypatch.setenv("OIDC_ISSUER", ISSUER)
    monkeypatch.setenv("OIDC_AUDIENCE", "fenjian")
    monkeypatch.setattr(oidc, "_key", lambda key_id, now: KEY.public_key())
    issued = int(NOW.timestamp())
    said = {"iss": ISSUER, "sub": "u1", "aud": "fenjian", "iat": issued, "exp": issued + 600}
    token = jwt.encode(said, KEY, algorithm="EdDSA", headers={"kid": "k1"})

    def come() -> str:
        try:
            return admission.admit(token, now=NOW).person_id
        except Unauthenticated as refusal:
            return refusal.rule

    return come


def known(**changes: Any) -> None:
    """Somebody of the centre whom the issuer knows."""
    enrolled(now=NOW, identity=Identity(ISSUER, "u1"), **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"approved_at": None},
        {"approved_at": NOW - 91 * DAY},
        {"approved_at": NOW - 200 * DAY, "last_active_at": NOW - 91 * DAY},
        {"approved_at": NOW - DAY, "phone_at": NOW - MINUTE},
    ],
)
def test_who_must_be_approved_in_person_is_not_let_in_by_the_issuer_either(admit: Admit, changes: Any) -> None:
    known(**changes)
    assert admit() == "token_revoked"
    assert people.get("p1").last_active_at == changes.get("last_active_at")


def test_who_comes_by_the_issuer_alone_is_active_and_not_away(admit: Admit) -> None:
    known(approved_at=NOW - 200 * DAY, last_active_at=NOW - 89 * DAY)
    assert admit() == "p1"
    assert people.get("p1").last_active_at == NOW


def test_that_he_was_here_is_written_once_a_day(admit: Admit) -> None:
    known(last_active_at=NOW - DAY)
    with counted() as calls:
        for _ in range(3):
            assert admit() == "p1"
    assert [name for name in calls.names if name != "BatchGetItem"] == [
        "GetItem",
        "GetItem",
        "UpdateItem",
        *["GetItem"] * 4,
    ]
    assert people.get("p1").version == 0


def test_of_many_tokens_at_once_one_is_noted() -> None:
    known(last_active_at=NOW - DAY)
    for seconds in range(3):
        people.seen("p1", NOW + timedelta(seconds=seconds))
    assert people.get("p1").last_active_at == NOW
