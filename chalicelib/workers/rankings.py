"""The rankings queue: boards that have changed are ranked anew."""

from datetime import UTC, datetime

import msgspec
from chalice.app import SQSEvent
from msgspec import Struct

from chalicelib.services.rankings import ranking
from chalicelib.workers.batch import Failures, each


class Job(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A period that was never ranked; empty for whatever is due."""

    period: str = ""


_decode = msgspec.json.Decoder(Job).decode


def rank(batch: SQSEvent) -> Failures:
    """Do what every message of the batch asks for: one, as the queue is set up."""
    return each(
        batch,
        lambda record: _ranked(_decode(record.body)),
        name=lambda record: record.to_dict()["messageId"],
    )


def _ranked(job: Job) -> None:
    ranking.rank(job.period, now=datetime.now(UTC))
