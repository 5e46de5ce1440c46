"""The rechecks queue: closings that a courier looks at once more, and those that prove false."""

from datetime import UTC, datetime

from chalice.app import SQSEvent

from chalicelib.services.rechecks import closings
from chalicelib.workers.batch import Failures
from chalicelib.workers.events import each_event


def follow(batch: SQSEvent) -> Failures:
    """Follow every event of the batch."""
    return each_event(batch, lambda event: closings.follow(event, now=datetime.now(UTC)))
