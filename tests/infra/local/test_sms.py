"""The local SMS bridge takes what is signed and fresh, once, and remembers it."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from infra.local.ports import LOOPBACK
from infra.local.sms import SmsBridge, _Handler, _Server

KEY = b"shared"


@pytest.fixture
def bridge(tmp_path: Path) -> Iterator[SmsBridge]:
    """A bridge that is open."""
    bridge = SmsBridge(tmp_path, KEY)
    bridge.open()
    yield bridge
    bridge.close()


def post(bridge: SmsBridge, body: bytes, *, key: bytes = KEY, age: int = 0, path: str = "") -> int:
    timestamp = str(int(time.time()) - age)
    signature = hmac.new(key, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Fenjian-Timestamp": timestamp, "Fenjian-Signature": signature}
    return requests.post(f"{bridge.url}{path}", data=body, headers=headers, timeout=5).status_code


def sms(id: str = "1", to: str = "10000000001") -> bytes:
    return json.dumps({"id": id, "to": to, "text": "您好"}).encode()


def test_what_is_signed_and_fresh_is_taken_once(bridge: SmsBridge) -> None:
    assert [post(bridge, sms()), post(bridge, sms())] == [201, 200]
    assert len(bridge.messages) == 1


def test_what_is_signed_by_somebody_else_late_or_not_at_all_is_refused(bridge: SmsBridge) -> None:
    assert post(bridge, sms(), key=b"another") == 401
    assert post(bridge, sms(), age=3600) == 401
    assert requests.post(bridge.url, data=sms(), timeout=5).status_code == 401
    assert post(bridge, b"[]") == 400
    assert bridge.messages == []


def test_without_a_secret_nothing_is_taken(bridge: SmsBridge) -> None:
    bridge.key = b""
    assert post(bridge, sms(), key=b"") == 401


def test_the_inbox_of_a_phone_is_read_newest_last(bridge: SmsBridge) -> None:
    for number, to in enumerate(["10000000001", "10000000002", "10000000001"]):
        post(bridge, sms(str(number), to))
    found = requests.get(f"{bridge.url}/messages", params={"to": "10000000001"}, timeout=5).json()
    assert [one["id"] for one in found] == ["0", "2"]
    assert requests.get(f"{bridge.url}/elsewhere", timeout=5).status_code == 404


def test_opened_again_it_listens_where_it_did_and_has_what_it_had(tmp_path: Path, bridge: SmsBridge) -> None:
    post(bridge, sms())
    url = bridge.url
    bridge.close()
    again = SmsBridge(tmp_path, KEY)
    again.open()
    try:
        assert (again.url, [one["id"] for one in again.messages]) == (url, ["1"])
    finally:
        again.close()


def test_where_its_port_was_taken_meanwhile_it_finds_another(tmp_path: Path, bridge: SmsBridge) -> None:
    url, port = bridge.url, bridge.port
    bridge.close()
    squatter = _Server((LOOPBACK, port), _Handler)
    try:
        bridge.open()
        assert bridge.url != url
    finally:
        squatter.server_close()
