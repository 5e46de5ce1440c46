"""Table `quotas`: how much of a limit a person has used in a window of time. Windows expire.

| access                   | by                |
|--------------------------|-------------------|
| one person in one window | person_id, window |
"""

from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.config import settings
from chalicelib.domain.errors import CapReached, TooManyRequests
from chalicelib.domain.reference.calendar import local_day
from chalicelib.store.base import Table, Transaction

AWAITING_WINDOW = "awaiting"
RECHECKS_WINDOW = "rechecks"
KEPT = timedelta(days=2)


class QuotaItem(Table):
    """`used` so far in this window."""

    class Meta:
        table_name = settings().table("quotas")

    person_id = UnicodeAttribute(hash_key=True)
    window = UnicodeAttribute(range_key=True)
    used = NumberAttribute()
    expires_at = NumberAttribute(null=True)


def take_submission(person_id: str, *, cap: int, now: datetime, transaction: Transaction) -> None:
    """Count one submission of the local day; the transaction raises CapReached at the cap."""
    day = QuotaItem(person_id, f"day#{local_day(now)}")
    expiry = QuotaItem.expires_at.set(int((now + KEPT).timestamp()))
    transaction.update(day, [QuotaItem.used.add(1), expiry], below(cap), CapReached("submissions_per_day", cap=cap))


def take_waiting(person_id: str, *, cap: int, transaction: Transaction) -> None:
    """Count one report that awaits verification; the transaction raises CapReached at the cap."""
    waiting = QuotaItem(person_id, AWAITING_WINDOW)
    transaction.update(waiting, [QuotaItem.used.add(1)], below(cap), CapReached("awaiting_verification", cap=cap))


def give_back_waiting(person_id: str, *, transaction: Transaction) -> None:
    """One report of this person no longer awaits verification."""
    transaction.update(QuotaItem(person_id, AWAITING_WINDOW), [QuotaItem.used.add(-1)])


def take_remark(person_id: str, *, cap: int, now: datetime, transaction: Transaction) -> None:
    """Count one remark of a reporter; the transaction raises TooManyRequests beyond the hour's cap."""
    hour = QuotaItem(person_id, f"remarks#{now:%Y-%m-%dT%H}")
    expiry = QuotaItem.expires_at.set(int((now + KEPT).timestamp()))
    refusal = TooManyRequests("remarks_per_hour", cap=cap)
    transaction.update(hour, [QuotaItem.used.add(1), expiry], below(cap), refusal)


def take_look_up(person_id: str, *, cap: int, now: datetime) -> None:
    """Count one look-up of what lies nearby. Raises TooManyRequests beyond the hour's cap."""
    take(person_id, "lookups", cap=cap, now=now, refusal=TooManyRequests("look_ups_per_hour", cap=cap))


def take(holder: str, what: str, *, cap: int, now: datetime, refusal: TooManyRequests) -> None:
    """Count one of `what` in this hour for whoever it is counted for. Raises the refusal beyond the cap: one write."""
    item = QuotaItem(holder, f"{what}#{now:%Y-%m-%dT%H}")
    expiry = QuotaItem.expires_at.set(int((now + KEPT).timestamp()))
    if not item.update_if(below(cap), [QuotaItem.used.add(1), expiry]):
        raise refusal


def take_of_day(
    holder: str, what: str, *, cap: int, now: datetime, refusal: TooManyRequests, transaction: Transaction
) -> None:
    """Count one of `what` of the local day for whoever it is counted for; the transaction raises the refusal beyond."""
    day = QuotaItem(holder, f"{what}#{local_day(now)}")
    expiry = QuotaItem.expires_at.set(int((now + KEPT).timestamp()))
    transaction.update(day, [QuotaItem.used.add(1), expiry], below(cap), refusal)


def take_export(person_id: str, *, cap: int, now: datetime, transaction: Transaction) -> None:
    """Count one export of the local day; the transaction raises TooManyRequests beyond the cap."""
    day = QuotaItem(person_id, f"exports#{local_day(now)}")
    expiry = QuotaItem.expires_at.set(int((now + KEPT).timestamp()))
    refusal = TooManyRequests("exports_per_day", cap=cap)
    transaction.update(day, [QuotaItem.used.add(1), expiry], below(cap), refusal)


def below(cap: int) -> Condition:
    """That fewer were counted. A cap of none refuses the first as well, of which nothing is counted yet."""
    fewer: Condition = QuotaItem.used < cap
    return fewer | QuotaItem.used.does_not_exist() if cap > 0 else fewer


def take_recheck(person_id: str, *, cap: int, transaction: Transaction) -> None:
    """Count one blind re-check that he has accepted; the transaction raises CapReached at the cap."""
    refusal = CapReached("rechecks_at_once", cap=cap)
    transaction.update(QuotaItem(person_id, RECHECKS_WINDOW), [QuotaItem.used.add(1)], below(cap), refusal)


def give_back_recheck(person_id: str, *, transaction: Transaction) -> None:
    """One blind re-check of his is over."""
    transaction.update(QuotaItem(person_id, RECHECKS_WINDOW), [QuotaItem.used.add(-1)])
