"""The cells queue: reports are counted on the map."""

from chalice.app import SQSEvent

from chalicelib.services.maps import counting
from chalicelib.workers.batch import Failures
from chalicelib.workers.events import each_event


def count(batch: SQSEvent) -> Failures:
    """Follow every event of the batch."""
    return each_event(batch, counting.follow)
