"""When a redemption is to be looked at: part `pick_up` of table `reports`, due like everything due there.

| access                      | by             |
|-----------------------------|----------------|
| what is due (see `reports`) | index `due`    |

It is stored with the redemption and goes with its end, so that only what waits to be fetched is ever due.
"""

from datetime import datetime

from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

PART = "pick_up"


def put(redemption_id: str, *, at: datetime, transaction: Transaction) -> None:
    """Have the redemption looked at at `at` (UTC)."""
    shard = due_shard(redemption_id)
    transaction.put(ReportItem(id=redemption_id, part=PART, body="{}", due_shard=shard, next_at=at))


def remove(redemption_id: str, transaction: Transaction) -> None:
    """It has ended."""
    transaction.delete(ReportItem(redemption_id, PART))


def forget(redemption_id: str) -> None:
    """Nothing is there to be looked at any more."""
    ReportItem(redemption_id, PART).delete()
