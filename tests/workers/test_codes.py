"""The codes queue: each message by itself."""

from datetime import UTC, datetime
from typing import Any

import pytest
from chalice.app import SQSEvent

from chalicelib.domain.login.codes import Request
from chalicelib.services.login import login
from chalicelib.workers import codes


def event(*bodies: str) -> SQSEvent:
    records = [{"messageId": f"m{number}", "body": body, "receiptHandle": "r"} for number, body in enumerate(bodies)]
    return SQSEvent({"Records": records}, {})


def test_a_request_is_handed_over_and_what_is_none_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(login, "send", lambda request, now: seen.append((request, now.tzinfo)))
    good = '{"id":"r1","phone":"13800000001","at":"2026-11-23T01:00:00Z"}'
    assert codes.send(event("nonsense", good)) == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    request = Request(id="r1", phone="13800000001", at=datetime(2026, 11, 23, 1, tzinfo=UTC))
    assert seen == [(request, UTC)]
