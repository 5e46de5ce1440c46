"""What is yet to be done for a meeting: part `minutes` of table `reports`, due at once like everything due there.

| access                      | by             |
|-----------------------------|----------------|
| what is due (see `reports`) | index `due`    |

It is stored with the decision to publish, so that no crash between that and a message to a queue leaves minutes lying.
"""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

PART = "minutes"


def put(meeting_id: str, *, at: datetime, transaction: Transaction) -> None:
    """Have the meeting looked after at `at` (UTC)."""
    transaction.put(_item(meeting_id, at))


def put_off(meeting_id: str, *, until: datetime) -> None:
    """Have it looked after again at `until`, unless all was done meanwhile."""
    _item(meeting_id, until).save_if(ReportItem.id.exists())


def remove(meeting_id: str, transaction: Transaction) -> None:
    """All is done."""
    transaction.delete(ReportItem(meeting_id, PART))


def done(meeting_id: str, *, at: datetime) -> None:
    """What was due at `at` is done; something newer stays."""
    transaction = Transaction()
    transaction.delete(ReportItem(meeting_id, PART), ReportItem.next_at == at, StaleVersion("changed_meanwhile"))
    with suppress(StaleVersion):
        transaction.commit()


def _item(meeting_id: str, at: datetime) -> ReportItem:
    return ReportItem(id=meeting_id, part=PART, body="{}", due_shard=due_shard(meeting_id), next_at=at)
