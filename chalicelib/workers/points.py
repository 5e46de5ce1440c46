"""The points queue: couriers earn by what turned out true."""

from datetime import UTC, datetime

from chalice.app import SQSEvent

from chalicelib.services.points import points
from chalicelib.workers.batch import Failures
from chalicelib.workers.events import each_event


def earn(batch: SQSEvent) -> Failures:
    """Follow every event of the batch."""
    return each_event(batch, lambda event: points.follow(event, now=datetime.now(UTC)))
