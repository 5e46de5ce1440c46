"""The alarms queue: a danger to life came in, or the next ones are called."""

from datetime import UTC, datetime

from chalice.app import SQSEvent

from chalicelib.services.duty import alarms
from chalicelib.workers.batch import Failures
from chalicelib.workers.events import each_event


def follow(batch: SQSEvent) -> Failures:
    """Follow every event of the batch."""
    return each_event(batch, lambda event: alarms.follow(event, now=datetime.now(UTC)))
