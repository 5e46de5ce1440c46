"""Use cases of the courier: redeem, give back, see what he has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Conflict, NotFound, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, PersonState
from chalicelib.domain.points.transfers import account
from chalicelib.domain.prizes import activities, ending, movements, powers
from chalicelib.domain.prizes import redemptions as rules
from chalicelib.domain.prizes.activities import Guests
from chalicelib.domain.prizes.deeds import Deed
from chalicelib.domain.prizes.model import Prize
from chalicelib.domain.prizes.redemptions import NOBODY, Redemption, RedemptionState, Taken
from chalicelib.services.points import posting
from chalicelib.services.points.posting import Spending
from chalicelib.services.prizes import families, following, steps, telling
from chalicelib.services.prizes.telling import Told
from chalicelib.services.prizes.trying import tried
from chalicelib.services.reference import rulebook, terms
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.points import solvency
from chalicelib.store.prizes import due, prizes
from chalicelib.store.prizes import redemptions as store
from chalicelib.store.prizes.redemptions import Page

TERM = "redemption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a courier asks for: a redemption with this id, at the price that he saw, if he says so, with these `guests`.
    `new_code` draws."""

    id: str
    prize_id: str
    agreed: int | None
    new_code: Callable[[], str]
    key: Key | None
    by: Actor
    now: datetime
    guests: Guests = NOBODY


def redeem(wish: Wish) -> Redemption:
    """Points, stock, limit and code in one transaction: two reads before it, of the prize and of the wallet.

    Raises Forbidden (`couriers_redeem`, `courier_paused`), NotFound, Conflict (`prize_not_open`, `price_changed`,
    `out_of_stock`, `not_enough_places`, `not_enough_points`, `wallet_frozen`, `consent_outdated`), Invalid
    (`no_family_places`, `family_most`, `guardian_consent_needed`), CapReached (`prize_limit_reached`), KeyReused, Busy.
    Where the transaction is refused all is read anew, so that what refused it is named.
    """
    powers.require_courier(wish.by, paused=lambda: _is_paused(wish.by.id))
    return once(wish.key, lambda: tried(lambda: _redeem(wish)), store.get)


def _is_paused(person_id: str) -> bool:
    person = people.find(person_id)
    return person is not None and person.state is PersonState.PAUSED


def _redeem(wish: Wish) -> Redemption:
    prize, taken = prizes.with_taken(wish.prize_id, wish.by.id)
    powers.require_sight(wish.by, prize)
    activities.require_guests(prize.offer.activity, wish.guests)
    places = 1 + wish.guests.family.size
    rules.require_redeemable(prize, taken, agreed=wish.agreed, now=wish.now, places=places)
    numbers = rulebook.in_force(now=wish.now).numbers
    code, courier = wish.new_code(), wish.by.id
    made = rules.redeemed(
        prize, id=wish.id, code=code, courier_id=courier, now=wish.now, numbers=numbers, guests=wish.guests
    )
    transaction = Transaction()
    families.record(made, wish.guests, now=wish.now, transaction=transaction)
    _pay(made, transaction)
    _reserve(prize, taken, made, transaction)
    if wish.key:
        idempotency.claim(wish.key, made.id, now=wish.now, transaction=transaction)
    _commit(transaction)
    return made


def _pay(made: Redemption, transaction: Transaction) -> None:
    """Out of his oldest lots; what costs nothing takes a wallet that is neither in debt nor frozen all the same."""
    if made.price:
        what = Spending(courier_id=made.courier_id, points=made.price, event_id=made.id, at=made.at)
        posting.spend(what, transaction, words=telling.words(made, "points_redeemed"))
        return
    held = posting.holding(made.courier_id, now=made.at)
    if held.frozen_until and held.frozen_until > made.at:
        raise Conflict("wallet_frozen", until=held.frozen_until)
    if held.wallet.balance < 0:
        raise Conflict("not_enough_points", balance=held.wallet.balance, needed=0)
    changed = StaleVersion("changed_meanwhile")
    solvency.require(account(made.courier_id), now=made.at, refusal=changed, transaction=transaction)


def _reserve(prize: Prize, taken: Taken, made: Redemption, transaction: Transaction) -> None:
    expires_at = made.until + terms.kept(TERM, now=made.at)
    store.add(made, expires_at=expires_at, transaction=transaction)
    prizes.take(prize.id, made.courier_id, taken.changed(made.day, 1), transaction)
    moved = movements.step(None, made, by="", at=made.at)
    prizes.move(prize.id, moved, transaction, version=prize.version)
    due.put(made.id, at=rules.next_at(made), transaction=transaction)
    following.note(made, Deed.BOOKED, by=made.courier_id, at=made.at, transaction=transaction)
    telling.tell(made, Told.BOOKED if made.schedule else Told.REDEEMED, now=made.at, transaction=transaction)


def _commit(transaction: Transaction) -> None:
    try:
        transaction.commit()
    except Conflict as refusal:
        if refusal.rule == "points_cannot_be_spent":  # read anew, it is named which of the two it was
            raise StaleVersion("changed_meanwhile") from refusal
        raise


def cancel(redemption_id: str, *, reason: str, by: Actor, now: datetime) -> Redemption:
    """Give it back before it is fetched: the courier, a service until its deadline; or the counter, who says why, also
    for days after a service that he is said to have missed.

    Points go back into their lots, stock and limit come back: three reads, one transaction. Twice is once. Raises
    NotFound, Conflict (`redemption_over`, `too_late_to_cancel`), Invalid (`reason_needed`), Busy.
    """

    numbers = rulebook.in_force(now=now).numbers

    def do() -> Redemption:
        before = store.get(redemption_id)
        powers.require_reader(by, before)
        if before.state is RedemptionState.CANCELLED:
            return before
        own = by.id == before.courier_id
        after = ending.cancelled(before, by=by.id, reason=reason, own=own, now=now, numbers=numbers)
        return steps.store(before, after, by=by.id, now=now)

    return tried(do)


def view(redemption_id: str, *, by: Actor) -> Redemption:
    """A redemption, for the courier and the counter. Raises NotFound (`no_such_redemption`)."""
    found = store.get(redemption_id)
    powers.require_reader(by, found)
    return found


def own_code(redemption_id: str, *, by: Actor) -> str:
    """The code of one's own redemption, while it is good. Raises NotFound, Conflict (`redemption_over`)."""
    found = store.get(redemption_id)
    if found.courier_id != by.id:
        raise NotFound("no_such_redemption", redemption=redemption_id)
    if not found.is_open:
        raise Conflict("redemption_over", state=found.state)
    return found.code


def own(courier_id: str, *, limit: int, cursor: str | None) -> Page:
    """A courier's redemptions, newest first: one query. Raises Invalid (`bad_cursor`)."""
    return store.of_courier(courier_id, limit=limit, cursor=cursor)
