"""What leaves as an SMS: signed, once an id, over TLS or to this machine; else it is said that it did not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.domain.errors import Busy
from chalicelib.gateways import bridges, sms, webhook
from infra.local.ports import free_port
from infra.local.sms import SmsBridge

KEY = b"the secret of both"


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmsBridge]:
    """The local bridge, open, as this installation's."""
    bridge = SmsBridge(tmp_path, KEY)
    bridge.open()
    monkeypatch.setenv("SMS_URL", bridge.url)
    monkeypatch.setattr(bridges, "key", _Secret([KEY]))
    yield bridge
    bridge.close()


class _Secret:
    """The secret as it is read, and as it is read after it was changed."""

    def __init__(self, values: list[bytes]) -> None:
        self.values = values

    def __call__(self, secret: str) -> bytes:
        return self.values[0]

    def cache_clear(self) -> None:
        del self.values[:-1]


def test_an_sms_arrives_once_however_often_its_id_is_sent(bridge: SmsBridge) -> None:
    for _ in range(2):
        sms.send("10000000001", "验证码 123456", id="code-1")
    sms.send("10000000002", "another", id="code-2")
    (got,) = bridge.to("10000000001")
    assert (got["id"], got["to"], got["text"]) == ("code-1", "10000000001", "验证码 123456")
    assert len(bridge.to(None)) == 2


def test_a_signature_under_another_secret_is_refused_and_the_secret_read_anew(
    bridge: SmsBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridges, "key", _Secret([b"the old one", KEY]))
    with pytest.raises(Busy):
        sms.send("10000000001", "a", id="1")
    assert bridge.to(None) == []
    sms.send("10000000001", "a", id="1")
    assert len(bridge.to(None)) == 1


def test_what_nobody_takes_is_said_to_be_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridges, "key", _Secret([KEY]))
    for url in ("", f"http://127.0.0.1:{free_port()}", "http://sms.example.org/send", "ftp://x"):
        monkeypatch.setenv("SMS_URL", url)
        with pytest.raises(Busy) as refusal:
            sms.send("10000000001", "a", id="1")
        assert refusal.value.rule == "sms_unreachable"


def test_without_an_address_there_is_no_bridge(bridge: SmsBridge, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sms.is_configured()
    monkeypatch.setenv("SMS_URL", "")
    assert not sms.is_configured()


def test_a_push_goes_to_a_bridge_of_its_own(bridge: SmsBridge, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not webhook.is_configured()
    monkeypatch.setenv("PUSH_URL", f"{bridge.url}/pushes")
    webhook.send("person-1", "您有2条新消息", id="p1")
    assert [(one["to"], one["text"]) for one in bridge.to(None)] == [("person-1", "您有2条新消息")]
    assert webhook.is_configured()
