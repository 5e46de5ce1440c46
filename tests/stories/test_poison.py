"""A message that nobody can handle goes to its dead-letter queue alone; its batch mates are handled."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.json import decode, encode

from demo.client import Cast, Json, patiently
from infra.local.cloud import Cloud
from tests.stories.steps import file, hears, history, queue_url, settle, told, waiting

TIESHAN_4 = (24.61228, 118.01718)
POISON = '{"id": "not an event"'


@pytest.fixture
def impatient(cloud: Cloud) -> Iterator[str]:
    """The notices queue, giving up after two tries a second apart instead of five six minutes apart."""
    sqs, url = cloud.client("sqs"), queue_url(cloud, "notices")
    settings = ["VisibilityTimeout", "RedrivePolicy"]
    before = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=settings)["Attributes"]
    redrive = json.loads(before["RedrivePolicy"]) | {"maxReceiveCount": 2}
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "1", "RedrivePolicy": json.dumps(redrive)})
    yield url
    sqs.set_queue_attributes(QueueUrl=url, Attributes=before)


def test_a_poison_message_is_given_up_alone(impatient: str, cast: Cast, cloud: Cloud) -> None:
    settle(cloud)
    mates = [_event_like(cast, cloud, number) for number in range(4)]
    bodies = [encode(mate).decode() for mate in mates]
    bodies.insert(2, POISON)
    entries = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)]
    cloud.client("sqs").send_message_batch(QueueUrl=impatient, Entries=entries)
    for mate in mates:
        hears(cast["grid_member2"], mate["subject_id"], "to_verify")
    assert _given_up(cloud) == [POISON]
    assert waiting(cloud, "notices") == 0
    assert all(told(cast["grid_member2"], mate["subject_id"]) == ["to_verify"] for mate in mates)


def _event_like(cast: Cast, cloud: Cloud, number: int) -> Json:
    """An event that the product has not seen: a real one's twin under another name."""
    report = file(cast["centre"], "0303", *TIESHAN_4)
    real = next(event for event in history(cloud) if event.subject_id == report["id"])
    twin: Json = decode(encode(real))
    name = f"twin-{number}-{datetime.now(UTC):%H%M%S%f}"
    return twin | {"id": f"{name}#000001", "subject_id": name}


def _given_up(cloud: Cloud) -> list[str]:
    """What lies in the dead-letter queue; taken out, so that other stories find it empty."""
    sqs, url = cloud.client("sqs"), queue_url(cloud, "notices-dlq")

    def receive() -> list[Any]:
        found: list[Any] = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return found

    messages = patiently("the dead-letter queue fills", receive, bool)
    for message in messages:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [message["Body"] for message in messages]
