"""Table `codes`: the latest code of a phone, for a day; and how many were asked for and tried, in table `quotas`.

| access                               | by                                                 |
|--------------------------------------|----------------------------------------------------|
| the latest code of a phone           | id: a keyed digest of the number                   |
| how often a phone, an address asked  | `quotas`: person_id `phone#…`, `address#…`; window |
| how many SMS a township paid for     | `quotas`: person_id `sms#<township>`; window       |
"""

from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import PutError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone
from chalicelib.domain.login import Allowance, Code, Limit
from chalicelib.store.base import Table, Transaction
from chalicelib.store.quotas import QuotaItem

KEPT = timedelta(days=1)  # `sms_code` in data/retention.csv
REFUSED = "ConditionalCheckFailedException"


class CodeItem(Table):
    """A code's digest, how often it was tried, and what it was spent on."""

    class Meta:
        table_name = settings().table("codes")

    id = UnicodeAttribute(hash_key=True)
    request_id = UnicodeAttribute()
    digest = UnicodeAttribute()
    asked_at = UTCDateTimeAttribute()
    good_until = UTCDateTimeAttribute()
    tries = NumberAttribute()
    session_id = UnicodeAttribute(null=True)
    expires_at = NumberAttribute()


class CodeSpent(AlreadyDone):
    """Raised when a code was used before, or another one was asked for meanwhile."""


def take(owner: str, limit: Limit) -> None:
    """Count one of what this phone or address may do. Raises TooManyRequests beyond the cap: one call."""
    allowance, refusal = limit
    if _taken(owner, allowance) is None:
        raise refusal


def take_sms(township: str, allowance: Allowance) -> int | None:
    """Count one SMS that a township pays for, and answer how many that makes; None if the budget is spent: one call."""
    return _taken(f"sms#{township}", allowance)


def take_code(owner: str, gap: Limit, others: tuple[Limit, ...], *, now: datetime) -> None:
    """Count one code that a phone asks for in all its windows, or in none. Raises TooManyRequests: one call."""
    transaction = Transaction()
    pause, refusal = gap
    waited = QuotaItem.expires_at.does_not_exist() | (QuotaItem.expires_at <= _seconds(now))
    begun = [QuotaItem.used.set(1), QuotaItem.expires_at.set(_seconds(pause.ends_at))]
    transaction.update(QuotaItem(owner, pause.window), begun, waited, refusal)
    for allowance, refusal in others:
        transaction.update(QuotaItem(owner, allowance.window), _counted(allowance), _below(allowance), refusal)
    transaction.commit()


def put(owner: str, code: Code) -> Code | None:
    """Keep a phone's code in the place of an older one, and answer it; None where a newer one was asked for.

    The same code again stays as it is, tries and all: its message came twice. One call the first time.
    """
    older = CodeItem.id.does_not_exist() | (CodeItem.asked_at < code.asked_at)
    try:
        _item(owner, code).save(older)
    except PutError as error:
        if error.cause_response_code != REFUSED:
            raise
        held = CodeItem.get(owner, consistent_read=True)
        return _code(held) if held.request_id == code.id else None
    return code


def use_try(owner: str, *, most: int, now: datetime) -> Code | None:
    """Count one try of the phone's code and answer it; None where there is none that is good: one call."""
    item = CodeItem(owner)
    good = CodeItem.id.exists() & (CodeItem.tries < most) & (CodeItem.good_until > now)
    try:
        item.update([CodeItem.tries.add(1)], condition=good)
    except UpdateError as error:
        if error.cause_response_code != REFUSED:
            raise
        return None
    return _code(item)


def spend(owner: str, code: Code, session_id: str, transaction: Transaction) -> None:
    """Spend the code on a session. The transaction raises CodeSpent where it was spent or replaced meanwhile."""
    unspent = (CodeItem.request_id == code.id) & CodeItem.session_id.does_not_exist()
    transaction.update(CodeItem(owner), [CodeItem.session_id.set(session_id)], unspent, CodeSpent("code_needed"))


def _taken(owner: str, allowance: Allowance) -> int | None:
    item = QuotaItem(owner, allowance.window)
    try:
        item.update(_counted(allowance), condition=_below(allowance))
    except UpdateError as error:
        if error.cause_response_code != REFUSED:
            raise
        return None
    return int(item.used)


def _counted(allowance: Allowance) -> list[Action]:
    return [QuotaItem.used.add(1), QuotaItem.expires_at.set(_seconds(allowance.ends_at))]


def _below(allowance: Allowance) -> Condition:
    below: Condition = QuotaItem.used.does_not_exist() | (QuotaItem.used < allowance.cap)
    return below


def _item(owner: str, code: Code) -> CodeItem:
    return CodeItem(
        owner,
        request_id=code.id,
        digest=code.digest,
        asked_at=code.asked_at,
        good_until=code.expires_at,
        tries=code.tries,
        expires_at=_seconds(code.asked_at + KEPT),
    )


def _code(item: CodeItem) -> Code:
    return Code(
        id=item.request_id,
        digest=item.digest,
        asked_at=item.asked_at,
        expires_at=item.good_until,
        tries=int(item.tries),
        session_id=item.session_id,
    )


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
