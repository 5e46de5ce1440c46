"""The outbox queue: what is to be sent leaves the house here."""

from datetime import UTC, datetime

import msgspec
from chalice.app import SQSEvent, SQSRecord

from chalicelib.services.notifications import deliveries, pushes
from chalicelib.services.notifications.outbox import Outgoing, Send
from chalicelib.workers.batch import Failures, each


def send(batch: SQSEvent) -> Failures:
    """Do every errand of the batch."""
    return each(batch, _send, name=lambda record: record.to_dict()["messageId"])


def _send(record: SQSRecord) -> None:
    errand = msgspec.json.decode(record.body, type=Outgoing)
    if isinstance(errand, Send):
        deliveries.send(errand)
    else:
        pushes.push(errand, now=datetime.now(UTC))
