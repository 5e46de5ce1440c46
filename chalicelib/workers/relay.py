"""The stream of table `history`: each new line goes to the queues that follow it."""

import logging
from typing import Any

import msgspec
from chalice.app import DynamoDBEvent, DynamoDBRecord

from chalicelib.domain.events import Event
from chalicelib.domain.happenings import Happening, Line
from chalicelib.services import relay
from chalicelib.workers.batch import Failures, each

log = logging.getLogger(__name__)


def history(batch: DynamoDBEvent) -> Failures:
    """Forward every new line of the batch; the answer names those that could not be read or were not taken.

    Lambda begins again at the first that failed: what follows it is sent twice, and followers do not mind.
    """
    found: dict[str, Line] = {}

    def read(record: DynamoDBRecord) -> None:
        found[record.sequence_number] = _line(record.new_image)

    inserted = [record for record in batch if record.event_name == "INSERT"]
    failures = each(inserted, read, name=lambda record: record.sequence_number)["batchItemFailures"]
    _, left = relay.forward(found.values())
    for sequence_number, line in found.items():
        if line.id in left:
            log.error("line %s was not taken by all its queues", line.id)
            failures.append({"itemIdentifier": sequence_number})
    return {"batchItemFailures": failures}


def _line(image: dict[str, Any]) -> Line:
    if "happening" in image:
        return msgspec.json.decode(image["happening"]["S"], type=Happening)
    return msgspec.json.decode(image["event"]["S"], type=Event)
