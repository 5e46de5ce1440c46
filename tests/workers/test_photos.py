"""What S3 puts on the queue, as it really comes."""

import json
from typing import Any

import msgspec
import pytest
from chalice.app import SQSEvent

from chalicelib.domain.events import Event
from chalicelib.domain.reports.model import Action, Status
from tests.lines import event, standing

TEST_EVENT = {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "b", "RequestId": "1", "HostId": "2"}


def told(key: str, event: str = "ObjectCreated:Post") -> dict[str, Any]:
    stored = {"key": key, "size": 1, "eTag": "e", "sequencer": "0055"}
    return {"Records": [{"eventVersion": "2.1", "eventName": event, "s3": {"bucket": {"name": "b"}, "object": stored}}]}


def batch(*bodies: object) -> SQSEvent:
    messages = [
        {"messageId": str(number), "receiptHandle": "", "body": json.dumps(body)} for number, body in enumerate(bodies)
    ]
    return SQSEvent({"Records": messages}, None)


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys whose check is asked for."""
    from chalicelib.services.fraud import photo_checks

    seen: list[str] = []
    monkeypatch.setattr(photo_checks, "announce", seen.append)
    return seen


@pytest.fixture
def developed(monkeypatch: pytest.MonkeyPatch, announced: list[str]) -> list[str]:
    """The keys that reach the use case; `incoming/r/fails` fails there."""
    from chalicelib.services.reports import photos

    seen: list[str] = []

    def develop(key: str) -> None:
        seen.append(key)
        if key == "incoming/r/fails":
            raise ConnectionError(key)

    monkeypatch.setattr(photos, "develop", develop)
    return seen


def test_keys_come_url_encoded(developed: list[str]) -> None:
    from chalicelib.workers import photos

    photos.develop(batch(told("incoming/r%2B1/before-1"), told("incoming/a+b/%E5%89%8D")))
    assert developed == ["incoming/r+1/before-1", "incoming/a b/前"]


def test_the_check_is_asked_for_once_all_is_developed(developed: list[str], announced: list[str]) -> None:
    from chalicelib.workers import photos

    photos.develop(batch(told("incoming/r/1"), told("incoming/r/fails")))
    assert developed == ["incoming/r/1", "incoming/r/fails"] and announced == ["incoming/r/1"]


def test_only_what_was_created_counts(developed: list[str]) -> None:
    from chalicelib.workers import photos

    assert photos.develop(batch(TEST_EVENT, told("incoming/r/x", "ObjectRemoved:Delete"))) == {"batchItemFailures": []}
    assert developed == []


def test_one_that_fails_does_not_take_its_batch_along(developed: list[str]) -> None:
    from chalicelib.workers import photos

    answer = photos.develop(batch(told("incoming/r/1"), told("incoming/r/fails"), "nonsense", told("incoming/r/2")))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}, {"itemIdentifier": "2"}]}
    assert developed == ["incoming/r/1", "incoming/r/fails", "incoming/r/2"]


def test_an_event_about_a_photos_publication_reaches_who_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.services.reports import publications
    from chalicelib.workers import photos

    now, drawn = standing(Status.CLOSED), list[Event]()
    line = event(Action.PUBLISH_PHOTO, now, now, details={"photo": "before-1", "number": 1})
    monkeypatch.setattr(publications, "draw", drawn.append)
    assert photos.develop(batch(json.loads(msgspec.json.encode(line)))) == {"batchItemFailures": []}
    assert drawn == [line]
