"""Messages out: ten a call, what fails is tried again, what stays is named."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.gateways import queues

BODIES = {f"r{number}#000001": f"body {number}" for number in range(23)}
type Answer = Callable[[list[dict[str, str]]], dict[str, Any]]


class Sqs:
    """Answers each call as it is told to."""

    def __init__(self, *answers: Answer) -> None:
        self.calls: list[list[str]] = []
        self.answers = list(answers)

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:
        assert QueueUrl == "http://queue/notices"
        self.calls.append([entry["MessageBody"] for entry in Entries])
        return self.answers.pop(0)(Entries) if self.answers else {}


def failing(*bodies: str, ours: bool = False) -> Answer:
    def answer(entries: list[dict[str, str]]) -> dict[str, Any]:
        ids = [entry["Id"] for entry in entries if entry["MessageBody"] in bodies]
        return {"Failed": [{"Id": id, "SenderFault": ours, "Code": "InternalError"} for id in ids]}

    return answer


def refusing(entries: list[dict[str, str]]) -> dict[str, Any]:
    raise ClientError({"Error": {"Code": "ServiceUnavailable", "Message": ""}}, "SendMessageBatch")


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Sqs]:
    def answering(*answers: Answer) -> Sqs:
        made = Sqs(*answers)
        monkeypatch.setenv("NOTICES_QUEUE_URL", "http://queue/notices")
        monkeypatch.setattr(queues, "client", lambda: made)
        return made

    return answering


def test_ten_go_in_a_call(sqs: Callable[..., Sqs]) -> None:
    made = sqs()
    assert queues.send("notices", BODIES) == frozenset()
    assert [len(call) for call in made.calls] == [10, 10, 3]


def test_nothing_is_no_call(sqs: Callable[..., Sqs]) -> None:
    made = sqs()
    assert queues.send("notices", {}) == frozenset() and made.calls == []


def test_what_failed_is_tried_again_alone(sqs: Callable[..., Sqs]) -> None:
    made = sqs(failing("body 3", "body 5"))
    assert queues.send("notices", dict(list(BODIES.items())[:10])) == frozenset()
    assert made.calls[1:] == [["body 3", "body 5"]]


def test_what_keeps_failing_is_named(sqs: Callable[..., Sqs]) -> None:
    sqs(*[failing("body 3")] * queues.TRIES)
    assert queues.send("notices", dict(list(BODIES.items())[:10])) == {"r3#000001"}


def test_what_is_wrong_with_a_message_is_not_tried_again(sqs: Callable[..., Sqs]) -> None:
    made = sqs(failing("body 3", ours=True))
    assert queues.send("notices", dict(list(BODIES.items())[:10])) == {"r3#000001"} and len(made.calls) == 1


def test_a_call_that_fails_takes_its_ten_along_and_no_others(sqs: Callable[..., Sqs]) -> None:
    sqs(refusing)
    assert queues.send("notices", BODIES) == set(list(BODIES)[:10])


def test_messages_arrive_in_a_real_queue(backends: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", backends["ministack"])
    queues.client.cache_clear()
    client = queues.client()
    url = client.create_queue(QueueName="fenjian-test-notices")["QueueUrl"]
    monkeypatch.setenv("NOTICES_QUEUE_URL", url)
    assert queues.send("notices", {"r1#000001": "坑"}) == frozenset()
    assert [message["Body"] for message in client.receive_message(QueueUrl=url)["Messages"]] == ["坑"]
    client.delete_queue(QueueUrl=url)
    queues.client.cache_clear()
