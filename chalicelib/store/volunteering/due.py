"""When a slot is to be looked at: part `slot` of table `reports`, due like everything due there; and what happens to
other slots by it: part `slot_room`, where somebody waits who has time now, and `volunteer_gone`, of a person.

| access                      | by          |
|-----------------------------|-------------|
| what is due (see `reports`) | index `due` |
"""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

PART, ROOM, GONE = "slot", "slot_room", "volunteer_gone"


def put(id: str, part: str, *, at: datetime, transaction: Transaction) -> None:
    """Have it looked at at `at` (UTC), in place of what was due before."""
    transaction.put(ReportItem(id=id, part=part, body="{}", due_shard=due_shard(id), next_at=at))


def remove(id: str, part: str, transaction: Transaction) -> None:
    """Nothing more is due of it."""
    transaction.delete(ReportItem(id, part))


def done(id: str, part: str, *, at: datetime) -> None:
    """What was due at `at` is done; something newer stays."""
    transaction = Transaction()
    as_seen = ReportItem.next_at == at
    transaction.delete(ReportItem(id, part), as_seen, StaleVersion("changed_meanwhile"))
    with suppress(StaleVersion):
        transaction.commit()


def forget(id: str, part: str) -> None:
    """There is nothing of that id any more."""
    ReportItem(id, part).delete()
