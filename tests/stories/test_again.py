"""Everything told once more: no message, point or figure comes twice."""

from datetime import UTC, datetime, timedelta

from msgspec.json import decode, encode

from chalicelib.domain.followers import queues
from demo.case import Case
from demo.client import Json
from infra.local.cloud import Cloud
from infra.operate.replay import replay
from tests.stories.steps import dead, dump, history, items, queue_url, settle


def test_every_message_delivered_again_changes_nothing(day: dict[str, Case], cloud: Cloud) -> None:
    settle(cloud)
    before = dump(cloud)
    sqs = cloud.client("sqs")
    for event in reversed(history(cloud)):
        for queue in queues(event):
            sqs.send_message(QueueUrl=queue_url(cloud, queue), MessageBody=encode(event).decode())
    settle(cloud)
    assert dump(cloud) == before
    assert dead(cloud) == {}


def test_every_line_of_the_stream_told_again_changes_nothing(day: dict[str, Case], cloud: Cloud) -> None:
    settle(cloud)
    before = dump(cloud)
    records = [_record(number, line) for number, line in enumerate(items(cloud, "history"))]
    answer = cloud.client("lambda").invoke(
        FunctionName="fenjian-local-relay_history", Payload=encode({"Records": records})
    )
    assert decode(answer["Payload"].read()) == {"batchItemFailures": []}
    settle(cloud)
    assert dump(cloud) == before


def _record(number: int, line: Json) -> Json:
    """A new item as the stream tells of it."""
    change = {
        "ApproximateCreationDateTime": datetime.now(UTC).timestamp(),
        "Keys": {name: line[name] for name in ("subject_id", "number")},
        "NewImage": line,
        "SequenceNumber": str(number),
        "SizeBytes": 1,
        "StreamViewType": "NEW_IMAGE",
    }
    source = {"eventSource": "aws:dynamodb", "eventSourceARN": "arn", "awsRegion": "us-east-1", "eventVersion": "1.1"}
    return {"eventID": str(number), "eventName": "INSERT", "dynamodb": change} | source


def test_a_replay_of_everything_changes_nothing(day: dict[str, Case], cloud: Cloud) -> None:
    settle(cloud)
    before = dump(cloud)
    sent = replay(cloud.client("lambda"), "local", since=datetime.now(UTC) - timedelta(days=1))
    settle(cloud)
    assert sent >= sum(len(queues(event)) for event in history(cloud)) > 20
    assert dump(cloud) == before
    assert dead(cloud) == {}
