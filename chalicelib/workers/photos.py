"""The photos queue: S3 tells of an upload, or history of a photo's publication; one use case is called."""

from urllib.parse import unquote_plus

import msgspec
from chalice.app import SQSEvent, SQSRecord
from msgspec import Struct

from chalicelib.domain.events import Event
from chalicelib.services.fraud import photo_checks
from chalicelib.services.reports import photos, publications
from chalicelib.workers.batch import Failures, each


class S3Object(Struct, frozen=True):
    """Which object it is about; the key is URL-encoded, a space as `+`."""

    key: str


class S3Part(Struct, frozen=True):
    """The part of a record that S3 fills."""

    object: S3Object


class S3Record(Struct, frozen=True):
    """One thing that happened in the bucket."""

    s3: S3Part
    event_name: str = msgspec.field(name="eventName")


class Notification(Struct, frozen=True):
    """A message of S3, or with a `subject_id` an event. S3's `s3:TestEvent`, sent when the notification is set up, is
    neither."""

    subject_id: str | None = None
    records: list[S3Record] = msgspec.field(name="Records", default_factory=list)


def develop(event: SQSEvent) -> Failures:
    """Develop every upload, and draw every public copy, that the batch tells of."""
    return each(event, _develop, name=lambda record: record.to_dict()["messageId"])


def _develop(record: SQSRecord) -> None:
    message = msgspec.json.decode(record.body, type=Notification)
    if message.subject_id:
        publications.draw(msgspec.json.decode(record.body, type=Event))
    for told in message.records:
        if told.event_name.startswith("ObjectCreated:"):
            photos.develop(key := unquote_plus(told.s3.object.key))
            photo_checks.announce(key)  # after all of it: where this fails, the upload is told of again
