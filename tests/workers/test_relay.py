"""The stream's edge: new lines go on, the rest is none of its business, and failures are named."""

from typing import Any

import msgspec
import pytest
from chalice.app import DynamoDBEvent

from chalicelib.domain.happenings import Happening
from chalicelib.domain.reports.model import Action, Status
from chalicelib.gateways import queues
from chalicelib.workers import relay
from tests.lines import told
from tests.services.test_relay import Outbox
from tests.store.test_happenings import line

LINES = told((Action.VERIFY, Status.WITH_VILLAGE), (Action.RESOLVE, Status.RESOLVED))


def record(number: int, event: str | None, name: str = "INSERT") -> dict[str, Any]:
    image = {} if event is None else {"NewImage": {"event": {"S": event}}}
    return {
        "eventID": f"e{number}",
        "eventName": name,
        "awsRegion": "cn-north-1",
        "eventSourceARN": "arn",
        "dynamodb": {
            "ApproximateCreationDateTime": 1,
            "SequenceNumber": f"s{number}",
            "SizeBytes": 1,
            "StreamViewType": "NEW_IMAGE",
            **image,
        },
    }


def history(
    monkeypatch: pytest.MonkeyPatch, *records: dict[str, Any], refused: tuple[str, ...] = ()
) -> tuple[Outbox, Any]:
    outbox = Outbox(*refused)
    monkeypatch.setattr(queues, "send", outbox.send)
    return outbox, relay.history(DynamoDBEvent({"Records": list(records)}, None))


def bodies() -> list[str]:
    return [msgspec.json.encode(line).decode() for line in LINES]


def test_new_lines_are_forwarded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    outbox, answer = history(monkeypatch, *(record(number, body) for number, body in enumerate(bodies())))
    assert list(outbox.sent["figures"]) == [line.id for line in LINES]
    assert answer == {"batchItemFailures": []}


def test_a_line_is_never_changed_and_an_expired_one_is_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, _ = bodies()
    outbox, answer = history(monkeypatch, record(0, first, "MODIFY"), record(1, None, "REMOVE"), record(2, second))
    assert list(outbox.sent["figures"]) == [LINES[1].id] and answer == {"batchItemFailures": []}


def test_a_line_that_cannot_be_read_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, _ = bodies()
    outbox, answer = history(monkeypatch, record(0, first), record(1, "{"), record(2, None), record(3, second))
    assert list(outbox.sent["figures"]) == [LINES[0].id, LINES[1].id]
    assert answer == {"batchItemFailures": [{"itemIdentifier": "s1"}, {"itemIdentifier": "s2"}]}


def test_a_line_that_one_queue_did_not_take_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [record(number, body) for number, body in enumerate(bodies())]
    _, answer = history(monkeypatch, *records, refused=("points/r1#000002",))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "s1"}]}


def test_what_is_no_report_has_one_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    happening = line()
    one = record(0, None)
    one["dynamodb"]["NewImage"] = {"happening": {"S": msgspec.json.encode(happening).decode()}}
    outbox, answer = history(monkeypatch, one, record(1, bodies()[0]))
    assert list(outbox.sent["happenings"]) == [happening.id]
    assert msgspec.json.decode(outbox.sent["happenings"][happening.id], type=Happening) == happening
    assert list(outbox.sent["figures"]) == [LINES[0].id]
    assert answer == {"batchItemFailures": []}
