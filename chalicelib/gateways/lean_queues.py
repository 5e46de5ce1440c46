"""SQS for the API: one message now and then, through botocore alone, since boto3 would cost a cold start 0.1 s."""

from datetime import timedelta
from functools import cache
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import aws
from chalicelib.config import settings
from chalicelib.domain.errors import Busy


@cache
def client() -> Any:
    """Made at the first call, never at import. At worst a call takes 3 x 3 s, within the API's 29 s."""
    retries: Any = {"mode": "standard", "max_attempts": 3}
    config = Config(connect_timeout=1, read_timeout=2, retries=retries)
    return aws.session().create_client(
        "sqs", region_name=settings().region, endpoint_url=settings().endpoint, config=config
    )


def send(queue: str, body: str, *, delay: timedelta = timedelta()) -> None:
    """Put one message on a queue, to be seen after `delay`. Raises Busy (`queue_busy`) where it is not taken."""
    seconds = int(delay.total_seconds())
    try:
        client().send_message(QueueUrl=settings().queue_url(queue), MessageBody=body, DelaySeconds=seconds)
    except (BotoCoreError, ClientError) as error:
        raise Busy("queue_busy") from error
