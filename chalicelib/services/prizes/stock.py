"""Use cases on a stock: what was bought, what stock-taking found, and every movement of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.exports.digits import covered_digits
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.prizes import movements, powers
from chalicelib.domain.prizes.model import Prize, Purchase, Stock
from chalicelib.domain.prizes.movements import Movement
from chalicelib.services.people import access
from chalicelib.services.prizes.trying import tried
from chalicelib.services.reference import areas
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.prizes import prizes as store

type Plan = Callable[[Prize], Movement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who tells of a stock, when and why; `id` is the movement's."""

    id: str
    reason: str
    key: Key | None
    by: Actor
    now: datetime


def purchase(prize_id: str, count: int, cost: Purchase, told: Told) -> Stock:
    """So many more were bought: one read, one transaction. Raises Forbidden, NotFound, Invalid (`count_needed`),
    KeyReused."""
    bought = movements.purchased(told.id, count, cost, reason=told.reason, by=told.by.id, at=told.now)
    return _move(prize_id, lambda prize: bought, told)


def count(prize_id: str, shelf: int, told: Told) -> Stock:
    """Stock-taking found so many, those included that codes are out for: one read, one transaction.

    Raises Forbidden, NotFound, Invalid (`reason_needed`), Conflict (`stock_is_reserved`), KeyReused, Busy.
    """

    def plan(prize: Prize) -> Movement:
        return movements.counted(told.id, shelf, prize.stock, reason=told.reason, by=told.by.id, at=told.now)

    return _move(prize_id, plan, told)


def _move(prize_id: str, plan: Plan, told: Told) -> Stock:
    powers.require_keeper(told.by, areas.township(now=told.now))

    def do() -> Stock:
        prize = store.get(prize_id)
        movement, transaction = plan(prize), Transaction()
        as_read = None if movement.purchase else prize.stock
        store.move(prize_id, movement, transaction, as_read=as_read)
        if told.key:
            idempotency.claim(told.key, prize_id, now=told.now, transaction=transaction)
        transaction.commit()
        return movements.moved(prize.stock, movement)

    return once(told.key, lambda: tried(do), lambda _: store.get(prize_id).stock)


def listing(
    prize_id: str, *, by: Actor, now: datetime, limit: int, cursor: str | None
) -> tuple[list[Movement], str | None]:
    """What moved a prize's stock, newest first, for centre and auditor, whose look is noted, and who reads no long
    number that somebody wrote: a read and a query.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound, Invalid (`bad_cursor`).
    """
    township = areas.township(now=now)
    powers.require_accountant(by, township)
    store.get(prize_id)
    found, more = store.movements(prize_id, limit=limit, cursor=cursor)
    if by.holds(Role.CENTRE, township):
        return found, more
    access.record(by, What.READ_PRIZES, prize_id, now=now)
    return [replace(one, reason=covered_digits(one.reason)) for one in found], more
