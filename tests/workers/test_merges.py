"""The merges queue's edge."""

from datetime import datetime

import msgspec
import pytest
from chalice.app import SQSEvent

from chalicelib.domain.events import Event
from chalicelib.services.reports import contributors as service
from chalicelib.workers import merges
from tests.lines import told


def test_every_event_is_followed_and_what_fails_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = told()
    seen: list[str] = []

    def follow(event: Event, *, now: datetime) -> None:
        seen.append(event.id)

    monkeypatch.setattr(service, "follow", follow)
    bodies = [msgspec.json.encode(line).decode(), "{"]
    records = [{"messageId": f"m{number}", "body": body, "receiptHandle": "r"} for number, body in enumerate(bodies)]
    answer = merges.follow(SQSEvent({"Records": records}, None))
    assert seen == [line.id] and answer == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
