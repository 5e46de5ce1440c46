"""The clock looks at a redemption: it reminds a day before, ends what nobody fetched (ADR 0042), and settles who was
absent from an activity, once no counter can say any more that he was there (ADR 0053)."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.prizes import courses, ending
from chalicelib.domain.prizes import redemptions as rules
from chalicelib.domain.prizes.deeds import Deed
from chalicelib.domain.prizes.redemptions import Redemption
from chalicelib.services.prizes import following, steps, telling
from chalicelib.services.prizes.telling import Told
from chalicelib.services.prizes.trying import tried
from chalicelib.services.reference import rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.prizes import due, prizes
from chalicelib.store.prizes import redemptions as store


def fire(redemption_id: str, *, now: datetime) -> None:
    """Do what is due of it by now, once however often it is told: one read and one transaction, where points come back
    two reads more. What has ended is looked at no longer."""
    tried(lambda: _fire(redemption_id, now))


def _fire(redemption_id: str, now: datetime) -> None:
    found = store.find(redemption_id)
    if found and courses.is_to_settle(found):
        _settle(found, now)
    elif found is None or not found.is_open:
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


def _settle(found: Redemption, now: datetime) -> None:
    """His absence is final, unless it turned out that nothing took place: what is called off is given back."""
    transaction = Transaction()
    at = courses.settles_at(found, rulebook.in_force(now=now).numbers)
    if now < at:  # the term was lengthened meanwhile
        due.put(found.id, at=at, transaction=transaction)
    elif prizes.get(found.prize_id).called_off:
        due.remove(found.id, transaction)
    else:
        after = courses.settled(found)
        store.change(after, transaction)
        due.remove(found.id, transaction)
        following.note(after, Deed.ABSENT, by="", at=found.until, transaction=transaction)
        telling.tell(after, Told.ABSENT, now=now, transaction=transaction)
    transaction.commit()
