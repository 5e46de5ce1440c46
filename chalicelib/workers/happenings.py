"""The queue of what happens to things that are no reports."""

from datetime import UTC, datetime

import msgspec
from chalice.app import SQSEvent

from chalicelib.domain.happenings import Happening
from chalicelib.services import happenings
from chalicelib.workers.batch import Failures, each

_decode = msgspec.json.Decoder(Happening).decode


def follow(batch: SQSEvent) -> Failures:
    """Follow every happening of the batch; one that cannot be read, or whose followers fail, fails alone."""
    return each(
        batch,
        lambda record: happenings.follow(_decode(record.body), now=datetime.now(UTC)),
        name=lambda record: record.to_dict()["messageId"],
    )
