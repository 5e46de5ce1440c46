"""When something of the care relay is to be looked at: parts of table `reports`, due like everything due there.

| part           | id            | what is done                                                          |
|----------------|---------------|-----------------------------------------------------------------------|
| `care`         | a visit's     | what `domain/care/clock` says: stored and removed with its steps      |
| `care_plan`    | a plan's      | its visits of the next days are made, once a day while it is active   |
| `care_carrier` | a courier's   | he is no carrier any more, or not there: what he has goes to others   |
| `care_stop`    | a beneficiary's | plans end and visits are called off, until nothing is left of them  |
"""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

VISIT, PLAN, CARRIER, STOP = "care", "care_plan", "care_carrier", "care_stop"


def put(id: str, part: str, *, at: datetime, transaction: Transaction) -> None:
    """Have it looked at at `at` (UTC)."""
    transaction.put(_item(id, part, at))


def remove(id: str, part: str, transaction: Transaction) -> None:
    """Nothing is due of it any more."""
    transaction.delete(ReportItem(id, part))


def done(id: str, part: str, *, at: datetime) -> None:
    """What was due at `at` is done; something newer stays."""
    transaction = Transaction()
    transaction.delete(ReportItem(id, part), ReportItem.next_at == at, StaleVersion("changed_meanwhile"))
    with suppress(StaleVersion):
        transaction.commit()


def forget(id: str, part: str) -> None:
    """There is no such thing."""
    ReportItem(id, part).delete()


def _item(id: str, part: str, at: datetime) -> ReportItem:
    return ReportItem(id=id, part=part, body="{}", due_shard=due_shard(id), next_at=at)
