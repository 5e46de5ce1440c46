"""The merges queue: those who reported the same follow what becomes of the matter."""

from datetime import UTC, datetime

from chalice.app import SQSEvent

from chalicelib.services.reports import contributors
from chalicelib.workers.batch import Failures
from chalicelib.workers.events import each_event


def follow(batch: SQSEvent) -> Failures:
    """Follow every event of the batch."""
    return each_event(batch, lambda event: contributors.follow(event, now=datetime.now(UTC)))
