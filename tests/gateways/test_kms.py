"""Personal fields are sealed for one record, and open for no other."""

from collections.abc import Iterator

import pytest

from chalicelib.domain.errors import Busy
from chalicelib.gateways import kms
from chalicelib.gateways.kms import SealBroken
from infra.local.emulator import client
from infra.local.ports import LOOPBACK, free_port

TEXT = "张测试，测试路 1 号".encode()


@pytest.fixture
def key(backends: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A key on the emulator, which the product is told of."""
    url = backends["ministack"]
    made: str = client("kms", url).create_key()["KeyMetadata"]["KeyId"]
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    monkeypatch.setenv("PERSONAL_KEY", made)
    kms.client.cache_clear()
    yield made
    kms.client.cache_clear()


@pytest.mark.usefixtures("key")
def test_what_was_sealed_for_a_record_opens_for_it_and_is_not_readable_before() -> None:
    envelope = kms.seal("b1", TEXT)
    assert kms.open_sealed("b1", envelope) == TEXT and TEXT not in envelope
    assert kms.seal("b1", TEXT) != envelope, "a data key and a nonce of its own each time"


@pytest.mark.usefixtures("key")
def test_an_envelope_that_lies_with_another_record_opens_nowhere() -> None:
    envelope = kms.seal("b1", TEXT)
    with pytest.raises(SealBroken):
        kms.open_sealed("b2", envelope)


@pytest.mark.usefixtures("key")
def test_an_envelope_that_was_altered_anywhere_does_not_open() -> None:
    envelope = kms.seal("b1", TEXT)
    for place in (0, 1, 3, 40, len(envelope) - len(TEXT) - 20, len(envelope) - 1):
        altered = bytearray(envelope)
        altered[place] ^= 1
        with pytest.raises(SealBroken):
            kms.open_sealed("b1", bytes(altered))
    for cut in (b"", envelope[:2], envelope[:40], envelope[:-1]):
        with pytest.raises(SealBroken):
            kms.open_sealed("b1", cut)


def test_a_key_that_is_not_there_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{LOOPBACK}:{free_port()}")
    monkeypatch.setenv("PERSONAL_KEY", "k")
    kms.client.cache_clear()
    with pytest.raises(Busy) as refusal:
        kms.seal("b1", TEXT)
    assert refusal.value.rule == "key_unreachable"
    kms.client.cache_clear()
