"""That all that is planned for a beneficiary is to be stopped: part `care_stop` of table `reports`, due like everything
due there. It is stored with the withdrawal, and gone once all is stopped, so that a crash between them loses nothing.
"""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

PART = "care_stop"


def stop(beneficiary_id: str, *, at: datetime, transaction: Transaction) -> None:
    """Have it stopped from `at` (UTC) on."""
    item = ReportItem(id=beneficiary_id, part=PART, body="{}", due_shard=due_shard(beneficiary_id), next_at=at)
    transaction.put(item)


def stopped(beneficiary_id: str, *, at: datetime) -> None:
    """What was due by `at` is done; something newer stays."""
    transaction = Transaction()
    as_seen = ReportItem.next_at <= at
    transaction.delete(ReportItem(beneficiary_id, PART), as_seen, StaleVersion("changed_meanwhile"))
    with suppress(StaleVersion):
        transaction.commit()
