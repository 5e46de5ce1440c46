"""The notices queue: people hear of what happened."""

from datetime import UTC, datetime

from chalice.app import SQSEvent

from chalicelib.services.notifications import notices
from chalicelib.workers.batch import Failures
from chalicelib.workers.events import each_event


def tell(batch: SQSEvent) -> Failures:
    """Tell of every event of the batch."""
    return each_event(batch, lambda event: notices.tell(event, now=datetime.now(UTC)))
