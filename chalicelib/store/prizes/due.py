"""When a redemption is to be looked at: part `pick_up` of table `reports`, due like everything due there; and what is
yet to be given back of a prize that was called off, and erased of its photos: parts `called_off`, `taken_off`.

| access                      | by             |
|-----------------------------|----------------|
| what is due (see `reports`) | index `due`    |

It is stored with the redemption and goes with its end, so that only what waits to be fetched is ever due; the other
with the edit behind them, until a look finds nothing more to do.
"""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

PART, CALLED_OFF, TAKEN_OFF = "pick_up", "called_off", "taken_off"


def put(redemption_id: str, *, at: datetime, transaction: Transaction) -> None:
    """Have the redemption looked at at `at` (UTC)."""
    transaction.put(_item(redemption_id, PART, at))


def remove(redemption_id: str, transaction: Transaction) -> None:
    """It has ended."""
    transaction.delete(ReportItem(redemption_id, PART))


def call_off(prize_id: str, *, at: datetime, transaction: Transaction) -> None:
    """Have given back, from `at` (UTC) on, what was paid for the prize."""
    transaction.put(_item(prize_id, CALLED_OFF, at))


def put_off(prize_id: str, *, until: datetime) -> None:
    """Look again at `until` whether all of the prize was given back, unless that was found meanwhile."""
    _item(prize_id, CALLED_OFF, until).save_if(ReportItem.id.exists())


def erase(prize_id: str, *, at: datetime, transaction: Transaction) -> None:
    """Have the files of photos that the prize shows no longer erased."""
    transaction.put(_item(prize_id, TAKEN_OFF, at))


def erased(prize_id: str, *, at: datetime) -> None:
    """What was due at `at` is done; something newer stays."""
    transaction = Transaction()
    as_seen = ReportItem.next_at == at
    transaction.delete(ReportItem(prize_id, TAKEN_OFF), as_seen, StaleVersion("changed_meanwhile"))
    with suppress(StaleVersion):
        transaction.commit()


def forget(id: str, part: str = PART) -> None:
    """Nothing is there to be looked at any more."""
    ReportItem(id, part).delete()


def _item(id: str, part: str, at: datetime) -> ReportItem:
    return ReportItem(id=id, part=part, body="{}", due_shard=due_shard(id), next_at=at)
