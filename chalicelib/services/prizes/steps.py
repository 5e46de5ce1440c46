"""A redemption takes a step: state, stock, points, limit, deadline and message in one transaction."""

from datetime import datetime

from chalicelib.domain.points import transfers
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.prizes import courses, deeds, ending, movements
from chalicelib.domain.prizes.model import Stock
from chalicelib.domain.prizes.redemptions import Redemption, RedemptionState, Taken
from chalicelib.services.points import posting
from chalicelib.services.prizes import following, telling
from chalicelib.services.prizes.telling import OF_END, Told
from chalicelib.services.reference import rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.points import ledger
from chalicelib.store.prizes import due, prizes, redemptions


def store(before: Redemption, after: Redemption, *, by: str, now: datetime) -> Redemption:
    """One transaction; before it a read of the prize and one of the ledger where points move.

    Raises StaleVersion where anything of it changed meanwhile, and nothing happened.
    """
    transaction = Transaction()
    redemptions.change(after, transaction)
    _look_again(before, after, now, transaction)
    if ending.gives_back(before, after):
        _give_back(after, now, transaction)
    if deed := deeds.OF_STATE.get(after.state):
        at = after.handed_at if after.state is RedemptionState.HANDED else now
        following.note(after, deed, by=by, at=at or now, transaction=transaction)
    gone = _take_again(after, now, transaction) if ending.takes_again(before, after) else None
    movement = movements.step(before, after, by=by, at=now, gone=gone is not None)
    prizes.move(after.prize_id, movement, transaction, as_read=gone)
    _tell(before, after, by, now, transaction)
    transaction.commit()
    return after


def _look_again(before: Redemption, after: Redemption, now: datetime, transaction: Transaction) -> None:
    """Of what has ended nothing is due, but whether somebody was absent from an activity for good."""
    if courses.is_to_settle(after):
        at = courses.settles_at(after, rulebook.in_force(now=now).numbers)
        due.put(after.id, at=at, transaction=transaction)
    elif before.is_open or courses.is_to_settle(before):
        due.remove(after.id, transaction)


def _give_back(redemption: Redemption, now: datetime, transaction: Transaction) -> None:
    """His points into the lots they came from, and his limit."""
    _, taken = prizes.with_taken(redemption.prize_id, redemption.courier_id)
    _limit(redemption, taken, -1, transaction)
    if not redemption.price:
        return
    spent = _entry(redemption, Kind.REDEEM)
    unclaimed = redemption.state is RedemptionState.RETURNED
    words = telling.words(redemption, "points_unclaimed" if unclaimed else "points_cancelled")
    posting.give_back(spent, event_id=redemption.id, at=now, transaction=transaction, words=words)


def _take_again(redemption: Redemption, now: datetime, transaction: Transaction) -> Stock | None:
    """What came back on paper; the stock where none is left of it: the thing is promised to somebody else by now."""
    prize, taken = prizes.with_taken(redemption.prize_id, redemption.courier_id)
    _limit(redemption, taken, 1, transaction)
    if redemption.price:
        returned = _entry(redemption, Kind.RETURN)
        id = f"{redemption.id}#{RedemptionState.HANDED}"
        entry = transfers.corrected(returned, id=id, event_id=redemption.id, at=now)
        posting.add([entry.explained(*telling.words(redemption, "points_taken_again"))], transaction)
    return prize.stock if prize.stock.free < redemption.places else None


def _limit(redemption: Redemption, taken: Taken, by: int, transaction: Transaction) -> None:
    prizes.take(redemption.prize_id, redemption.courier_id, taken.changed(redemption.day, by), transaction)


def _entry(redemption: Redemption, kind: Kind) -> transfers.Transfer:
    id = f"{redemption.id}#{kind}"
    return ledger.several(transfers.account(redemption.courier_id), [id])[id]


def _tell(before: Redemption, after: Redemption, by: str, now: datetime, transaction: Transaction) -> None:
    if by == after.courier_id:  # who cancels himself knows it
        return
    template = Told.TAKEN_AGAIN if ending.takes_again(before, after) else OF_END[after.state]
    telling.tell(after, template, now=now, transaction=transaction)
