"""A prize or a service is called off: the offer ends at once, what was paid for it comes back page by page (ADR 0042).

Calling off changes the version of the offer, so that no redemption that was read before can still be stored. It leaves
something due (`store/prizes/due`): each look at that sends an errand for a page of those who have a code, and an
errand gives back one redemption in a transaction of its own. A look that finds nobody ends it.
"""

import logging
from datetime import datetime, timedelta

import msgspec

from chalicelib.domain.people.model import Actor
from chalicelib.domain.prizes import catalogue as rules
from chalicelib.domain.prizes import ending, powers
from chalicelib.domain.prizes.movements import Cause, Movement
from chalicelib.domain.prizes.redemptions import Redemption, RedemptionState
from chalicelib.domain.queues import Queue
from chalicelib.domain.timers import Errand, TimerMessage
from chalicelib.gateways import queues
from chalicelib.services.prizes import catalogue, following, steps
from chalicelib.services.prizes.catalogue import Shown
from chalicelib.services.prizes.trying import tried
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.prizes import due, prizes
from chalicelib.store.prizes import redemptions as store

log = logging.getLogger(__name__)

S = RedemptionState
PAGE = 100
AGAIN = timedelta(minutes=1)  # until the next page, and what was sent and not done once more


def call_off(prize_id: str, *, reason: str, by: Actor, now: datetime) -> Shown:
    """Call a prize off, for whoever edits it: a read and a transaction, and all who have a code are given back what
    they paid soon. Twice is once: the first reason stands.

    Raises Forbidden, NotFound, Invalid (`reason_needed`), Conflict (`prize_long_over`), Busy.
    """
    powers.require_keeper(by, areas.township(now=now))
    numbers = rulebook.in_force(now=now).numbers

    def do() -> None:
        before = prizes.get(prize_id)
        if before.called_off:
            return
        after = rules.called_off(before, by=by.id, reason=reason, now=now, numbers=numbers)
        transaction = Transaction()
        prizes.edit(after, unbooked=False, transaction=transaction)
        line = Movement(
            id=f"{prize_id}#{after.version}", at=now, cause=Cause.CALLED_OFF, by=by.id, reason=reason.strip()
        )
        prizes.move(prize_id, line, transaction)
        following.note_called_off(after, by=by.id, at=now, transaction=transaction)
        due.call_off(prize_id, at=now, transaction=transaction)
        transaction.commit()

    tried(do)
    return catalogue.view(prize_id, by=by, now=now)


def fire(prize_id: str, *, now: datetime) -> None:
    """Send an errand for each of a page of those to whom something is to be given back; where there are none, and none
    is reserved, that was all: a read and two queries."""
    found = [one for state in (S.RESERVED, S.MISSED) for one in _page(prize_id, state)]
    if not found and not prizes.get(prize_id).stock.reserved:
        due.forget(prize_id, due.CALLED_OFF)
        return
    due.put_off(prize_id, until=now + AGAIN)
    errands = {one.id: TimerMessage(errand=Errand.GIVE_BACK, id=one.id) for one in found}
    left = queues.send(Queue.TIMERS, {id: msgspec.json.encode(one).decode() for id, one in errands.items()})
    if left:
        log.warning("%s redemptions of prize %s wait for the next round", len(left), prize_id)


def _page(prize_id: str, state: RedemptionState) -> list[Redemption]:
    return store.of_prize(prize_id, state, limit=PAGE // 2, cursor=None).redemptions


def give_back(redemption_id: str, *, now: datetime) -> None:
    """Give one redemption of what was called off back, and tell its courier why, once however often it is asked: two
    reads and a transaction, where points come back two reads more. Raises Busy."""
    tried(lambda: _give_back(redemption_id, now))


def _give_back(redemption_id: str, now: datetime) -> None:
    before = store.find(redemption_id)
    said = prizes.get(before.prize_id).called_off if before else None
    after = ending.called_off(before, said, now) if before and said else None
    if before and said and after:
        steps.store(before, after, by=said.by, now=now)
