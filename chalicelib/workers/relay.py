"""The stream of table `history`: each new line goes to the queues that follow it."""

import logging

import msgspec
from chalice.app import DynamoDBEvent, DynamoDBRecord

from chalicelib.domain.events import Event
from chalicelib.services import relay
from chalicelib.workers.batch import Failures, each

log = logging.getLogger(__name__)


def history(batch: DynamoDBEvent) -> Failures:
    """Forward every new line of the batch; the answer names those that could not be read or were not taken.

    Lambda begins again at the first that failed: what follows it is sent twice, and followers do not mind.
    """
    found: dict[str, Event] = {}

    def read(record: DynamoDBRecord) -> None:
        found[record.sequence_number] = msgspec.json.decode(record.new_image["event"]["S"], type=Event)

    inserted = [record for record in batch if record.event_name == "INSERT"]
    failures = each(inserted, read, name=lambda record: record.sequence_number)["batchItemFailures"]
    _, left = relay.forward(found.values())
    for sequence_number, event in found.items():
        if event.id in left:
            log.error("event %s was not taken by all its queues", event.id)
            failures.append({"itemIdentifier": sequence_number})
    return {"batchItemFailures": failures}
