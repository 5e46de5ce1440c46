"""The clock looks at a redemption: it reminds a day before, and ends what nobody fetched (ADR 0042)."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.prizes import ending
from chalicelib.domain.prizes import redemptions as rules
from chalicelib.domain.prizes.redemptions import Redemption
from chalicelib.services.prizes import steps, telling
from chalicelib.services.prizes.telling import Told
from chalicelib.services.prizes.trying import tried
from chalicelib.store.base import Transaction
from chalicelib.store.prizes import due
from chalicelib.store.prizes import redemptions as store


def fire(redemption_id: str, *, now: datetime) -> None:
    """Do what is due of it by now, once however often it is told: one read and one transaction, where points come back
    two reads more. What has ended is looked at no longer."""
    tried(lambda: _fire(redemption_id, now))


def _fire(redemption_id: str, now: datetime) -> None:
    found = store.find(redemption_id)
    if found is None or not found.is_open:
        due.forget(redemption_id)
    elif now >= found.until:
        steps.store(found, ending.timed_out(found, now), by="", now=now)
    elif now >= rules.next_at(found):
        _remind(found, now)


def _remind(found: Redemption, now: datetime) -> None:
    after = replace(found, reminded=True, version=found.version + 1)
    transaction = Transaction()
    store.change(after, transaction)
    due.put(after.id, at=rules.next_at(after), transaction=transaction)
    telling.tell(after, Told.BOOKING_REMINDER if after.schedule else Told.REMINDER, now=now, transaction=transaction)
    transaction.commit()
