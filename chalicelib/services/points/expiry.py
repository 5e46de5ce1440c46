"""The expiry run (DOMAIN §3): what is over is taken out of each courier's lots; and before that, who it will hit hears.

Each hour goes on where the last one stopped; a lot that was gone through is looked at again on the next local day. What
a courier loses is one transaction: the entry, his lots on the condition that they are as they were read, his wallet,
and the message that tells him.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from itertools import batched, islice

from chalicelib.domain.errors import Busy
from chalicelib.domain.notifications.inbox import Message, unprompted
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.points import expiries
from chalicelib.domain.points import lots as rules
from chalicelib.domain.points.lots import Notice
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reference.calendar import ZONE, local_day
from chalicelib.services.attempts import Attempts
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.points import posting
from chalicelib.services.reference import rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.figures import marks
from chalicelib.store.notifications import inbox
from chalicelib.store.points import holders, ledger, wallets
from chalicelib.store.points.ledger import AlreadyPosted
from chalicelib.store.points.wallets import WindowMoved

HOUR, TEMPLATE = "digest_hour", "points_expiry_near"
AT_ONCE = 1000  # couriers whose points expire in one run, and who hear of it in one: the next hour goes on
TOGETHER = 100  # messages that are looked for in one call


def run(*, now: datetime) -> int:
    """Take out what is over, of up to a thousand couriers; how many lost something or had a debt paid.

    One read of what was done today; of a lot that was not, a query, and for each courier a read and a transaction.
    Raises ExceptionGroup at the end for whom it failed: they are tried again within the hour.
    """
    attempts, lost, left = Attempts("points expiry"), 0, AT_ONCE
    todo = {f"points_expired#{lot}#{local_day(now)}": lot for lot in rules.over(now)}
    done = marks.which(todo)
    for mark, lot in todo.items():
        if mark in done:
            continue
        due = list(islice((courier for courier, points in holders.lots(lot) if points > 0), left))
        failed, left = len(attempts.failed), left - len(due)
        tried = [attempts.make(f"expiry: {lot} of {one}", partial(expire, one, lot, now=now)) for one in due]
        lost += sum(map(bool, tried))
        if not left:
            break
        if len(attempts.failed) == failed:
            marks.set_once(mark, at=now)
    attempts.done()
    return lost


def expire(courier_id: str, lot: str, *, now: datetime) -> bool:
    """Empty a courier's lot that is over, once a day: what late events put into it goes on another. Raises Busy."""
    for _ in range(posting.TRIES):
        held = posting.holding(courier_id, now=now).lots
        change = rules.expired(held, lot)
        if not change:
            return False
        try:
            _commit(_entry(courier_id, lot, change, now), lot, held)
        except WindowMoved:  # something was earned, spent or taken back at the same moment
            continue
        except AlreadyPosted:
            return False
        return True
    raise Busy("points_contention")


def notify(*, now: datetime) -> int:
    """Tell everybody whose points expire soon, twice, or once where the first morning was missed; how many heard.

    A query, and for each a read and a transaction, once; a call for a hundred who have heard already.
    """
    numbers, lot = rulebook.in_force(now=now).numbers, rules.near(now)[-2]
    notice = rules.notice(lot, now, first=numbers.count(Notice.FIRST), last=numbers.count(Notice.LAST))
    mark = f"points_expiry#{lot}#{notice}"
    if notice is None or now.astimezone(ZONE).hour < numbers.count(HOUR) or marks.is_set(mark):
        return 0
    attempts, heard = Attempts("points expiry notices"), 0
    couriers = (courier for courier, points in holders.lots(lot) if points > 0)
    for some in batched(couriers, TOGETHER, strict=False):
        heard += _tell(some, lot, notice, now, attempts)
        if heard >= AT_ONCE:
            break
    else:
        if not attempts.failed:
            marks.set_once(mark, at=now)
    attempts.done()
    return heard


def _entry(courier_id: str, lot: str, change: dict[str, int], now: datetime) -> Transfer:
    entry = expiries.lost(courier_id, lot, change, at=now)
    facts = {"year": same(rules.earned_in(lot)), "amount": same(entry.amount), "day": same(entry.day)}
    return entry.explained(*sentences().render("points_expire", facts))


def _commit(entry: Transfer, lot: str, held: dict[str, int]) -> None:
    transaction = Transaction()
    ledger.add([entry], transaction)
    wallets.expire(entry.account, dict(entry.lots or {}), held, transaction)
    if entry.amount:
        facts = {"year": same(rules.earned_in(lot)), "amount": same(entry.amount)}
        words = sentences().render("points_expired", facts)
        message = unprompted(entry.courier_id, "points_expired", entry.event_id, words, at=entry.at)
        inbox.add(message, transaction)
    transaction.commit()


def _tell(couriers: Iterable[str], lot: str, notice: Notice, now: datetime, attempts: Attempts) -> int:
    about, at = f"{lot}-{notice}", _since(lot, notice, now)
    blank = [unprompted(courier, TEMPLATE, about, ("", ""), at=at) for courier in couriers]
    known = inbox.there((message.person_id, message.id) for message in blank)
    missing = [message for message in blank if (message.person_id, message.id) not in known]
    told = [attempts.make(f"{TEMPLATE} of {one.person_id}", partial(_leave, one, lot, now)) for one in missing]
    return sum(map(bool, told))


def _since(lot: str, notice: Notice, now: datetime) -> datetime:
    """The moment the notice was due, the same at each telling: a message's id begins with it."""
    numbers = rulebook.in_force(now=now).numbers
    day = rules.last_day(lot) - numbers.days(notice)
    return datetime.combine(day, time(numbers.count(HOUR)), ZONE)


def _leave(message: Message, lot: str, now: datetime) -> bool:
    """Only what would really be lost counts: what a debt claims is none of it."""
    amount = -sum(rules.expired(posting.holding(message.person_id, now=now).lots, lot).values())
    if amount:
        words = sentences().render(TEMPLATE, {"amount": same(amount), "day": same(rules.last_day(lot))})
        inbox.leave(replace(message, zh=words[0], en=words[1]))
    return bool(amount)
