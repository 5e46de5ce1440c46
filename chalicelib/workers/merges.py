"""The merges queue: those who reported the same follow what becomes of the matter, and so does the visit it came of."""

from datetime import UTC, datetime

from chalice.app import SQSEvent

from chalicelib.domain.care import anomalies
from chalicelib.domain.events import Event
from chalicelib.services.reports import contributors
from chalicelib.workers.batch import Failures
from chalicelib.workers.events import each_event


def follow(batch: SQSEvent) -> Failures:
    """Follow every event of the batch."""
    return each_event(batch, _follow)


def _follow(event: Event) -> None:
    now = datetime.now(UTC)
    contributors.follow(event, now=now)
    if anomalies.concerns(event):
        from chalicelib.services.care import dangers  # hardly any report comes of a visit

        dangers.follow(event, now=now)
