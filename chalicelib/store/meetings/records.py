"""Parts `record#…` of table `meetings`: who did what to a meeting, an agenda or a follow-up. Only ever added."""

from datetime import UTC

import msgspec

from chalicelib.domain.meetings.records import Record
from chalicelib.store.base import Transaction
from chalicelib.store.meetings.meetings import MeetingItem

PART = "record#"


def append(record: Record, transaction: Transaction) -> None:
    """Add the line to the transaction that makes it true."""
    at = f"{record.at.astimezone(UTC):%Y%m%dT%H%M%S%f}"
    part = f"{PART}{at}#{record.number:06}#{record.deed}#{record.item}"
    transaction.put(MeetingItem(id=record.subject, part=part, body=msgspec.json.encode(record).decode()))


def of(subject: str) -> list[Record]:
    """All lines, oldest first: one query."""
    found = MeetingItem.query(subject, MeetingItem.part.startswith(PART), consistent_read=True)
    return [msgspec.json.decode(row.body, type=Record) for row in found]
