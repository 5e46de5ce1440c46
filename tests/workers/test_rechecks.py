"""The rechecks queue's edge."""

from datetime import datetime

import msgspec
import pytest
from chalice.app import SQSEvent

from chalicelib.domain.events import Event
from chalicelib.services.rechecks import closings
from chalicelib.workers import rechecks
from tests.rechecking import blind_line


def test_every_event_is_followed_and_what_fails_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    line, seen = blind_line("not_solved"), list[str]()

    def follow(event: Event, *, now: datetime) -> None:
        assert event == line
        seen.append(event.id)

    monkeypatch.setattr(closings, "follow", follow)
    bodies = [msgspec.json.encode(line).decode(), "{"]
    records = [{"messageId": f"m{number}", "body": body, "receiptHandle": "r"} for number, body in enumerate(bodies)]
    answer = rechecks.follow(SQSEvent({"Records": records}, None))
    assert seen == [line.id] and answer == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
