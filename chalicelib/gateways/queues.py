"""SQS for followers: messages out, ten at a time. The API has `lean_queues`, which loads no boto3."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from itertools import batched
from math import ceil
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.config import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import BatchResultErrorEntryTypeDef

log = logging.getLogger(__name__)
AT_ONCE = 10  # SQS takes no more in one call
TRIES = 3


@cache
def client() -> "SQSClient":
    """Made at the first call: importing boto3 costs 0.1 s that only senders should pay."""
    import boto3

    return boto3.client("sqs")


def send(queue: str, messages: Mapping[str, str], *, delay: timedelta = timedelta()) -> frozenset[str]:
    """Send bodies, each under a name of the caller's; the names of those that were not taken, even when repeated.

    `delay`: 15 minutes at most, before anybody receives them; a part of a second is a whole one.
    """
    left: set[str] = set()
    for names in batched(messages, AT_ONCE, strict=False):
        left.update(_send(queue, {name: messages[name] for name in names}, ceil(delay.total_seconds())))
    return frozenset(left)


def _send(queue: str, messages: dict[str, str], delay: int) -> set[str]:
    """The names that are left. What SQS finds wrong with a message itself is not repeated: it would stay wrong."""
    left, wrong = set(messages), set[str]()
    for _ in range(TRIES):
        refused = _call(queue, {name: messages[name] for name in sorted(left)}, delay)
        wrong.update(name for name, error in refused.items() if error["SenderFault"])
        left = set(refused) - wrong
        if not left:
            break
    return left | wrong


def _call(queue: str, messages: dict[str, str], delay: int) -> dict[str, "BatchResultErrorEntryTypeDef"]:
    """Errors by name. A call that fails as a whole, after botocore's own retries, fails for each of its messages."""
    names = list(messages)
    try:
        answer = client().send_message_batch(
            QueueUrl=settings().queue_url(queue),
            Entries=[
                {"Id": str(number), "MessageBody": messages[name], "DelaySeconds": delay}
                for number, name in enumerate(names)
            ],
        )
    except (BotoCoreError, ClientError):
        log.exception("queue %s takes nothing", queue)
        return {name: {"Id": name, "SenderFault": True, "Code": "CallFailed"} for name in names}
    return {names[int(error["Id"])]: error for error in answer.get("Failed", ())}
