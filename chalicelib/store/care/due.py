"""When something of the care relay is to be looked at: parts of table `reports`, due like everything due there.

| part           | id            | what is done                                                          |
|----------------|---------------|-----------------------------------------------------------------------|
| `care`         | a visit's     | what `domain/care/clock` says: stored and removed with its steps      |
| `care_plan`    | a plan's      | its visits of the next days are made, once a day while it is active   |
| `care_carrier` | a courier's   | his round is another: what he has where it leads no more goes to others |
"""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

VISIT, PLAN, CARRIER = "care", "care_plan", "care_carrier"


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


def put_off(id: str, part: str, *, at: datetime, until: datetime) -> None:
    """What was due at `at` is due at `until`; something newer stays."""
    _item(id, part, until).save_if(ReportItem.next_at == at)


def _item(id: str, part: str, at: datetime) -> ReportItem:
    return ReportItem(id=id, part=part, body="{}", due_shard=due_shard(id), next_at=at)
