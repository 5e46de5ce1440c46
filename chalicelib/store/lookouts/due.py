"""When a look-out is to be looked at: part `lookout` of table `reports`, due like everything due there.

| access                      | by             |
|-----------------------------|----------------|
| what is due (see `reports`) | index `due`    |

At once when it is asked, for its couriers to be told; then when its time is over; at once again when it is stopped.
"""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

PART = "lookout"


def put(lookout_id: str, *, at: datetime, transaction: Transaction) -> None:
    """Have it looked at at `at` (UTC)."""
    transaction.put(_item(lookout_id, at))


def put_off(lookout_id: str, *, seen: datetime, until: datetime) -> None:
    """What was due at `seen` is done; it is looked at again at `until`. Something newer stays."""
    _item(lookout_id, until).save_if(ReportItem.next_at == seen)


def remove(lookout_id: str, transaction: Transaction) -> None:
    """Nothing of it is due any more."""
    transaction.delete(ReportItem(lookout_id, PART))


def done(lookout_id: str, *, seen: datetime) -> None:
    """What was due at `seen` is done; something newer stays."""
    transaction = Transaction()
    transaction.delete(ReportItem(lookout_id, PART), ReportItem.next_at == seen, StaleVersion("changed_meanwhile"))
    with suppress(StaleVersion):
        transaction.commit()


def _item(lookout_id: str, at: datetime) -> ReportItem:
    return ReportItem(id=lookout_id, part=PART, body="{}", due_shard=due_shard(lookout_id), next_at=at)
