"""The links queue: what came back is linked to its closing."""

from datetime import UTC, datetime

from chalice.app import SQSEvent

from chalicelib.services.reports import recurrences
from chalicelib.workers.batch import Failures
from chalicelib.workers.events import each_event


def link(batch: SQSEvent) -> Failures:
    """Follow every event of the batch."""
    return each_event(batch, lambda event: recurrences.follow(event, now=datetime.now(UTC)))
