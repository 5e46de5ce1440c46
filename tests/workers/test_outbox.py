"""The outbox worker: each errand to its use case, and one that fails fails alone."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from chalice.app import SQSEvent

from chalicelib.domain.errors import Busy
from chalicelib.domain.notifications.deliveries import Channel
from chalicelib.services.notifications import deliveries, outbox, pushes
from chalicelib.services.notifications.outbox import Push, Send
from chalicelib.workers.outbox import send

SMS = Send(subject="r1", id="d1", channel=Channel.SMS, to="10000000001", text="您好")
WAKE = Push(person="p", wake=datetime(2026, 11, 23, 1, tzinfo=UTC))


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """The bodies that errands are put on the queue as."""

    def put(*errands: Send | Push) -> list[str]:
        bodies: list[str] = []
        monkeypatch.setattr("chalicelib.gateways.queues.send", lambda _, sent, delay: bodies.extend(sent.values()))
        outbox.put(errands)
        return bodies

    return put


def batch(bodies: list[str]) -> SQSEvent:
    records = [{"messageId": str(number), "body": body} for number, body in enumerate(bodies)]
    return SQSEvent({"Records": [record | {"receiptHandle": ""} for record in records]}, None)


def test_what_is_queued_is_what_is_done(queued: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Any] = []
    monkeypatch.setattr(deliveries, "send", done.append)
    monkeypatch.setattr(pushes, "push", lambda errand, now: done.append(errand))
    assert send(batch(queued(SMS, WAKE))) == {"batchItemFailures": []}
    assert done == [SMS, WAKE]


def test_what_fails_fails_alone(queued: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Send) -> None:
        raise Busy("sms_unreachable")

    monkeypatch.setattr(deliveries, "send", fail)
    monkeypatch.setattr(pushes, "push", lambda errand, now: None)
    failed = send(batch([*queued(SMS, WAKE), "{}"]))["batchItemFailures"]
    assert [one["itemIdentifier"] for one in failed] == ["0", "2"]
