"""What the queues of followers carry: one event a message."""

from collections.abc import Callable

import msgspec
from chalice.app import SQSEvent

from chalicelib.domain.events import Event
from chalicelib.workers.batch import Failures, each

_decode = msgspec.json.Decoder(Event).decode


def each_event(batch: SQSEvent, follow: Callable[[Event], None]) -> Failures:
    """Hand every event over; a message that is none, or whose follower fails, fails alone."""
    return each(batch, lambda record: follow(_decode(record.body)), name=lambda record: record.to_dict()["messageId"])
