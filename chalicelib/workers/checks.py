"""The checks queue: lines of history, and photos that were developed; what looks wrong becomes a finding."""

from datetime import UTC, datetime

import msgspec
from chalice.app import SQSEvent, SQSRecord
from msgspec import Struct

from chalicelib.domain.events import Event
from chalicelib.services.fraud import following, photo_checks
from chalicelib.workers.batch import Failures, each


class Upload(Struct, frozen=True):
    """A photo to be checked; an event has no `photo_id`."""

    photo_id: str = ""
    report_id: str = ""


def check(batch: SQSEvent) -> Failures:
    """Check every report and photo that the batch tells of."""
    return each(batch, _check, name=lambda record: record.to_dict()["messageId"])


def _check(record: SQSRecord) -> None:
    now, upload = datetime.now(UTC), msgspec.json.decode(record.body, type=Upload)
    if upload.photo_id:
        photo_checks.check(upload.report_id, upload.photo_id, now=now)
    else:
        following.follow(msgspec.json.decode(record.body, type=Event), now=now)
