"""Queues keep what fails, hide what is worked on, and take messages from those they should."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.infra.test_functions import CONSUMERS, FUNCTIONS

type OfType = Callable[[str], dict[str, dict[str, Any]]]

FORTNIGHT = 14 * 24 * 3600
DEAD = (
    "AlarmsDeadQueue",
    "OutboxDeadQueue",
    "CodesDeadQueue",
    "NoticesDeadQueue",
    "PointsDeadQueue",
    "FiguresDeadQueue",
    "CellsDeadQueue",
    "PhotosDeadQueue",
    "LinksDeadQueue",
    "MergesDeadQueue",
    "ChecksDeadQueue",
    "HappeningsDeadQueue",
    "RechecksDeadQueue",
    "RankingsDeadQueue",
    "ExportsDeadQueue",
    "RelayFailuresQueue",
    "RunFailuresQueue",
    "TimersDeadQueue",
)


@pytest.mark.parametrize("function", CONSUMERS)
def test_a_message_is_hidden_for_six_times_its_consumers_time(of_type: OfType, function: str) -> None:
    queue = of_type("SQS::Queue")[CONSUMERS[function][0]]
    assert queue["VisibilityTimeout"] >= 6 * FUNCTIONS[function][2]


@pytest.mark.parametrize("function", CONSUMERS)
def test_the_fifth_failure_leads_to_a_dead_letter_queue(of_type: OfType, function: str) -> None:
    name = CONSUMERS[function][0]
    redrive = of_type("SQS::Queue")[name]["RedrivePolicy"]
    dead = f"{name.removesuffix('Queue')}DeadQueue"
    assert redrive == {"deadLetterTargetArn": {"Fn::GetAtt": [dead, "Arn"]}, "maxReceiveCount": 5}


@pytest.mark.parametrize("name", DEAD)
def test_what_was_given_up_is_kept_for_a_fortnight(of_type: OfType, name: str) -> None:
    assert of_type("SQS::Queue")[name]["MessageRetentionPeriod"] == FORTNIGHT


def test_every_queue_is_standard_and_encrypted(of_type: OfType) -> None:
    queues = of_type("SQS::Queue")
    assert queues.keys() == {queue for queue, _ in CONSUMERS.values()} | set(DEAD)
    for queue in queues.values():
        assert queue["SqsManagedSseEnabled"] is True
        assert "FifoQueue" not in queue


def test_only_this_accounts_photos_bucket_may_announce_uploads(of_type: OfType) -> None:
    policy = of_type("SQS::QueuePolicy")["PhotosQueuePolicy"]
    (statement,) = policy["PolicyDocument"]["Statement"]
    bucket = of_type("S3::Bucket")["PhotosBucket"]["BucketName"]["Fn::Sub"]
    assert policy["Queues"] == [{"Ref": "PhotosQueue"}]
    assert statement["Principal"] == {"Service": "s3.amazonaws.com"}
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
        "ArnEquals": {"aws:SourceArn": {"Fn::Sub": f"arn:${{AWS::Partition}}:s3:::{bucket}"}},
    }
