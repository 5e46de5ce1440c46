"""The cells queue's edge."""

import msgspec
import pytest
from chalice.app import SQSEvent

from chalicelib.services.maps import counting
from chalicelib.workers import cells
from tests.lines import told


def test_every_event_is_followed_and_what_fails_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = told()
    seen: list[str] = []
    monkeypatch.setattr(counting, "follow", lambda event: seen.append(event.id))
    bodies = [msgspec.json.encode(line).decode(), "{"]
    records = [{"messageId": f"m{number}", "body": body, "receiptHandle": "r"} for number, body in enumerate(bodies)]
    answer = cells.count(SQSEvent({"Records": records}, None))
    assert seen == [line.id] and answer == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
