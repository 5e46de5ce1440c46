"""Table `codes`: the latest code of a phone, for a day; and how many were asked for and tried, in table `quotas`.

| access                               | by                                                 |
|--------------------------------------|----------------------------------------------------|
| the latest code of a phone           | id: a keyed digest of the number                   |
| how often a phone, an address asked  | `quotas`: person_id `phone#…`, `address#…`; window |
| how many wrong codes a phone had     | `quotas`: person_id `phone#…`; window              |
| how many SMS a township paid for     | `quotas`: person_id `sms#<township>`; window       |
"""

from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone, TooManyRequests
from chalicelib.domain.login.codes import Allowance, Code, Limit
from chalicelib.store.base import Table, Transaction
from chalicelib.store.quotas import QuotaItem, below


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


class CodeKept(AlreadyDone):
    """Raised when this code is kept already, or a newer one."""


class CodeSpent(AlreadyDone):
    """Raised when a code was used before, or another one was asked for meanwhile."""


class SmsBudgetSpent(TooManyRequests):
    """Raised when a township has used all the SMS it pays for in an hour."""


def take(owner: str, limit: Limit) -> int:
    """Count one of what this phone or address may do, and answer how many that makes: one call.

    Raises TooManyRequests beyond the cap.
    """
    allowance, refusal = limit
    item = QuotaItem(owner, allowance.window)
    if not item.update_if(below(allowance.cap), _counted(allowance)):
        raise refusal
    return int(item.used)


def require_room(owner: str, limit: Limit) -> None:
    """Raises TooManyRequests where the cap is reached; counts nothing: one read."""
    allowance, refusal = limit
    if _used(owner, allowance) >= allowance.cap:
        raise refusal


def sms_used(township: str, allowance: Allowance) -> int:
    """How many SMS a township has paid for in this window: one read."""
    return _used(f"sms#{township}", allowance)


def take_code(owner: str, gap: Limit, others: tuple[Limit, ...], wrong: Limit, *, now: datetime) -> None:
    """Count one code that a phone asks for in all its windows, or in none: one call.

    Raises TooManyRequests, as it does where the phone has been tried with so many `wrong` codes that no other is good.
    """
    transaction = Transaction()
    tried, refusal = wrong
    transaction.check(QuotaItem, owner, tried.window, condition=below(tried.cap), refusal=refusal)
    pause, refusal = gap
    waited = QuotaItem.expires_at.does_not_exist() | (QuotaItem.expires_at <= _seconds(now))
    begun = [QuotaItem.used.set(1), QuotaItem.expires_at.set(_seconds(pause.ends_at))]
    transaction.update(QuotaItem(owner, pause.window), begun, waited, refusal)
    for allowance, refusal in others:
        transaction.update(QuotaItem(owner, allowance.window), _counted(allowance), below(allowance.cap), refusal)
    transaction.commit()


def put(owner: str, code: Code, *, until: datetime, paid_by: str = "", budget: Allowance | None = None) -> Code | None:
    """Keep a phone's code in the place of an older one, and answer it; None where a newer one was asked for. It is
    forgotten at `until`, good or not.

    With a `budget`, the SMS is counted in what the township that it is `paid_by` pays for, together with it or not at
    all: raises SmsBudgetSpent. The same code again stays as it is, tries and all, and is not paid for again: its
    message came twice. One call the first time.
    """
    transaction = Transaction()
    transaction.put(_item(owner, code, until), _older(code), CodeKept("code_needed"))
    if budget:
        quota, spent = QuotaItem(f"sms#{paid_by}", budget.window), SmsBudgetSpent("sms_budget", cap=budget.cap)
        transaction.update(quota, _counted(budget), below(budget.cap), spent)
    try:
        transaction.commit()
    except CodeKept:
        held = CodeItem.get(owner, consistent_read=True)
        return _code(held) if held.request_id == code.id else None
    return code


def use_try(owner: str, *, most: int, now: datetime) -> Code | None:
    """Count one try of the phone's code and answer it; None where there is none that is good: one call."""
    item = CodeItem(owner)
    good = CodeItem.id.exists() & (CodeItem.tries < most) & (CodeItem.good_until > now)
    return _code(item) if item.update_if(good, [CodeItem.tries.add(1)]) else None


def spend(owner: str, code: Code, session_id: str, transaction: Transaction) -> None:
    """Spend the code on a session. The transaction raises CodeSpent where it was spent or replaced meanwhile."""
    unspent = (CodeItem.request_id == code.id) & CodeItem.session_id.does_not_exist()
    transaction.update(CodeItem(owner), [CodeItem.session_id.set(session_id)], unspent, CodeSpent("code_needed"))


def _used(owner: str, allowance: Allowance) -> int:
    try:
        return int(QuotaItem.get(owner, allowance.window, consistent_read=True).used)
    except QuotaItem.DoesNotExist:
        return 0


def _older(code: Code) -> Condition:
    older: Condition = CodeItem.id.does_not_exist() | (CodeItem.asked_at < code.asked_at)
    return older


def _counted(allowance: Allowance) -> list[Action]:
    return [QuotaItem.used.add(1), QuotaItem.expires_at.set(_seconds(allowance.ends_at))]


def _item(owner: str, code: Code, until: datetime) -> CodeItem:
    return CodeItem(
        owner,
        request_id=code.id,
        digest=code.digest,
        asked_at=code.asked_at,
        good_until=code.expires_at,
        tries=code.tries,
        expires_at=_seconds(until),
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
