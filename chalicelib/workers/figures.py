"""The figures queue: what came and went is counted."""

from chalice.app import SQSEvent

from chalicelib.services.figures import figures
from chalicelib.workers.batch import Failures
from chalicelib.workers.events import each_event


def count(batch: SQSEvent) -> Failures:
    """Count every event of the batch."""
    return each_event(batch, figures.count)
