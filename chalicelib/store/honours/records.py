"""Parts `line#…` of table `honours`: who did what to a case or a year's list. Only ever added."""

from dataclasses import replace

import msgspec

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.honours.records import Record
from chalicelib.store.base import Transaction
from chalicelib.store.honours.cases import HonourItem

PART = "line#"


def append(record: Record, transaction: Transaction) -> None:
    """Add the line to the transaction that makes it true."""
    changed = StaleVersion("changed_meanwhile")
    transaction.put(_item(record), HonourItem.id.does_not_exist(), changed)


def of(subject: str) -> list[Record]:
    """All lines, oldest first: one query."""
    found = HonourItem.query(subject, HonourItem.part.startswith(PART), consistent_read=True)
    return [msgspec.json.decode(item.body, type=Record) for item in found]


def silence(list_id: str, person_id: str) -> None:
    """Let go of what was said of somebody in the lines of a year's list: a query, a write for each."""
    for line in of(list_id):
        if line.person_id == person_id and line.reason:
            _item(replace(line, reason="")).save()


def _item(record: Record) -> HonourItem:
    return HonourItem(record.subject, f"{PART}{record.number:06}", body=msgspec.json.encode(record).decode())
