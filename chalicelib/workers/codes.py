"""The codes queue: somebody asked for a code to sign in with."""

from datetime import UTC, datetime

import msgspec
from chalice.app import SQSEvent, SQSRecord

from chalicelib.domain.login.codes import Request
from chalicelib.services.login import login
from chalicelib.workers.batch import Failures, each


def send(batch: SQSEvent) -> Failures:
    """Send every code of the batch."""
    return each(batch, _send, name=lambda record: record.to_dict()["messageId"])


def _send(record: SQSRecord) -> None:
    login.send(msgspec.json.decode(record.body, type=Request), now=datetime.now(UTC))
