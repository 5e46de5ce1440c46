"""The checks queue's edge: lines of history, and photos."""

import json
from typing import Any

import msgspec
import pytest
from chalice.app import SQSEvent

from tests.lines import told


def batch(*bodies: Any) -> SQSEvent:
    records = [
        {"messageId": str(number), "receiptHandle": "", "body": json.dumps(body)} for number, body in enumerate(bodies)
    ]
    return SQSEvent({"Records": records}, None)


def test_events_and_photos_reach_who_checks_them_and_what_fails_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.services.fraud import following, photo_checks
    from chalicelib.workers import checks

    heard: list[object] = []

    def check(report_id: str, photo_id: str, **_: object) -> None:
        heard.append((report_id, photo_id))
        if report_id == "fails":
            raise ConnectionError

    monkeypatch.setattr(following, "follow", lambda event, **_: heard.append(event.id))
    monkeypatch.setattr(photo_checks, "check", check)
    line = told()[0]
    bodies = [
        msgspec.to_builtins(line),
        {"report_id": "fails", "photo_id": "before-1"},
        {"report_id": "r1", "photo_id": "before-2"},
        "nonsense",
    ]
    answer = checks.check(batch(*bodies))
    assert heard == [line.id, ("fails", "before-1"), ("r1", "before-2")]
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}, {"itemIdentifier": "3"}]}
