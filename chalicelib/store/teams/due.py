"""That somebody's memberships are to end: part `leaver` of table `reports`, due like everything due there.

| access                      | by             |
|-----------------------------|----------------|
| what is due (see `reports`) | index `due`    |

It is stored with the end of his account, so that none of them outlives it, whatever dies in between.
"""

from datetime import datetime

from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

PART = "leaver"


def put(person_id: str, *, at: datetime, transaction: Transaction) -> None:
    """Have his memberships ended."""
    item = ReportItem(id=person_id, part=PART, body="{}", due_shard=due_shard(person_id), next_at=at)
    transaction.put(item)


def done(person_id: str) -> None:
    """He is in no team any more."""
    ReportItem(person_id, PART).delete()
