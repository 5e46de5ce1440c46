"""The clock: a sweep every minute, and the queue of what has fallen due."""

import logging
from datetime import UTC, datetime

import msgspec
from chalice.app import CloudWatchEvent, SQSEvent

from chalicelib.domain.timers import TimerMessage
from chalicelib.services.reports import timers
from chalicelib.workers.batch import Failures, each

log = logging.getLogger(__name__)
_decode = msgspec.json.Decoder(TimerMessage).decode


def sweep(_: CloudWatchEvent) -> dict[str, int]:
    """Queue what has fallen due; answers how much."""
    queued = timers.sweep(now=datetime.now(UTC))
    return {"queued": queued}


def fire(batch: SQSEvent) -> Failures:
    """Every errand of the batch."""
    return each(
        batch,
        lambda record: timers.run(_decode(record.body), now=datetime.now(UTC)),
        name=lambda record: record.to_dict()["messageId"],
    )
