"""Private keys and pepper come from Secrets Manager, where `make rotate-keys` puts the keys."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import jwt
import pytest

from chalicelib.config import settings
from chalicelib.domain.errors import Busy
from chalicelib.domain.login.tokens import CACHED
from chalicelib.gateways import bearer, secrets, signing
from chalicelib.store.login.keys import KeyItem, find, forget
from infra.local.emulator import client
from infra.local.ports import LOOPBACK, free_port
from infra.operate.keys import Keys
from tests.conftest import talking_to

NOW = datetime.now(UTC).replace(microsecond=0)
CLAIMS = {"sub": "p1", "iat": NOW.timestamp(), "exp": (NOW + timedelta(minutes=15)).timestamp()}


@pytest.fixture
def keys(backends: dict[str, str]) -> Iterator[Keys]:
    """A stage whose secrets are as CloudFormation makes them: a pepper, and no key yet."""
    with talking_to(backends["ministack"]) as url:
        vault, tables = client("secretsmanager", url), client("dynamodb", url)
        for name, text in (("pepper", "p" * 64), ("signing-keys", '{"keys": []}')):
            vault.create_secret(Name=settings().secret(name), SecretString=text)
        _forget()
        yield Keys("test", vault=vault, tables=tables)
        for name in ("pepper", "signing-keys"):
            vault.delete_secret(SecretId=settings().secret(name), ForceDeleteWithoutRecovery=True)
    _forget()


def _forget() -> None:
    secrets.client.cache_clear()
    signing.forget()
    forget()


def sign(now: datetime = NOW) -> str:
    return signing.sign(CLAIMS | {"iss": signing.issuer()}, now=now)


def key_of(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


def test_before_the_first_key_nobody_is_signed_in_and_then_at_once(keys: Keys) -> None:
    with pytest.raises(Busy) as refusal:
        sign()
    assert refusal.value.rule == "no_signing_key"
    keys.ensure(NOW)
    keys.ensure(NOW)
    assert len(keys.ring()) == 1 and key_of(sign()) == keys.ring()[0].id


def test_what_is_signed_is_checked_with_the_public_half_in_the_table(keys: Keys) -> None:
    made = keys.rotate(NOW)
    public = find(key_of(sign()), now=NOW)
    assert public is not None and public.public == made.public
    assert bearer.verified(sign(), public.public)["sub"] == "p1"


def test_a_rotation_takes_over_when_caches_are_over_and_the_old_key_gets_its_end(keys: Keys) -> None:
    first = keys.rotate(NOW - timedelta(days=1))
    assert key_of(sign()) == first.id
    second = keys.rotate(NOW)
    assert key_of(sign(NOW + 2 * CACHED - timedelta(seconds=1))) == first.id
    assert key_of(sign(NOW + 2 * CACHED)) == second.id
    old = find(first.id, now=NOW)
    assert old is not None and old.retire_at is not None and old.retire_at == keys.ring()[0].retire_at
    assert KeyItem.get(first.id).expires_at > old.retire_at.timestamp()
    assert KeyItem.get(second.id).expires_at is None


def test_a_leaked_key_is_replaced_at_once(keys: Keys) -> None:
    leaked = keys.rotate(NOW - timedelta(days=1))
    made = keys.rotate(NOW, leaked=True)
    assert key_of(sign()) == made.id
    old = find(leaked.id, now=NOW)
    assert old is not None and old.retire_at == NOW


def test_no_private_half_is_in_the_table(keys: Keys) -> None:
    made = keys.rotate(NOW)
    assert made.private not in str([item.attribute_values for item in KeyItem.scan()])


def test_the_ring_is_read_once_in_five_minutes(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.ensure(NOW)
    read, seen = secrets.read, list[str]()

    def noted(name: str) -> str:
        seen.append(name)
        return read(name)

    monkeypatch.setattr(secrets, "read", noted)
    for minutes in (0, 2, 4):
        sign(NOW + timedelta(minutes=minutes))
    assert seen == ["signing-keys"]
    sign(NOW + CACHED)
    assert seen == ["signing-keys"] * 2


def test_a_vault_that_is_not_there_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{LOOPBACK}:{free_port()}")
    secrets.client.cache_clear()
    with pytest.raises(Busy) as refusal:
        secrets.read("pepper")
    assert refusal.value.rule == "secret_unreachable"
    secrets.client.cache_clear()
