"""Movements of a stock: each change of it is a line that is never edited, and all lines together are the stock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.prizes.model import Purchase, Stock
from chalicelib.domain.prizes.redemptions import Redemption, RedemptionState

S = RedemptionState


class Cause(StrEnum):
    """Why a stock moved, or what else was done to a prize."""

    MADE = "made"
    EDITED = "edited"
    CALLED_OFF = "called_off"
    PURCHASED = "purchased"
    COUNTED = "counted"
    RESERVED = "reserved"
    HANDED = "handed"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    MISSED = "missed"
    FAMILY = "family"  # more or fewer family members come along
    OVERDRAWN = "overdrawn"  # handed over, though it had come back on paper and was promised to somebody else


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What is added to each part of a stock, why, and by whom; `by` is empty for a courier and for the clock.

    `about` is the redemption behind it. Of a purchase: what one cost in fen, and the budget line.
    """

    id: str
    at: datetime
    cause: Cause
    by: str = ""
    free: int = 0
    reserved: int = 0
    handed: int = 0
    about: str = ""
    reason: str = ""
    purchase: Purchase | None = None

    @property
    def grows(self) -> int:
        """By how many there are more or fewer in all."""
        return self.free + self.reserved + self.handed


def summed(movements: Iterable[Movement]) -> Stock:
    """The stock that they add up to."""
    found = list(movements)
    return Stock(
        free=sum(one.free for one in found),
        reserved=sum(one.reserved for one in found),
        handed=sum(one.handed for one in found),
    )


def moved(stock: Stock, movement: Movement) -> Stock:
    """The stock after it."""
    return Stock(
        free=stock.free + movement.free,
        reserved=stock.reserved + movement.reserved,
        handed=stock.handed + movement.handed,
    )


def purchased(id: str, count: int, purchase: Purchase, *, reason: str, by: str, at: datetime) -> Movement:
    """So many more were bought. Raises Invalid (`count_needed`)."""
    if count < 1:
        raise Invalid("count_needed")
    return Movement(id=id, at=at, cause=Cause.PURCHASED, by=by, free=count, reason=reason.strip(), purchase=purchase)


def counted(id: str, shelf: int, stock: Stock, *, reason: str, by: str, at: datetime) -> Movement:
    """So many lie there, those included that codes are out for. Raises Invalid (`reason_needed`), Conflict
    (`stock_is_reserved`) where that is fewer than are reserved."""
    if not reason.strip():
        raise Invalid("reason_needed")
    if shelf < stock.reserved:
        raise Conflict("stock_is_reserved", reserved=stock.reserved)
    return Movement(id=id, at=at, cause=Cause.COUNTED, by=by, free=shelf - stock.shelf, reason=reason.strip())


# What each step of a redemption does to free, reserved and handed, for each place that it takes.
STEPS: dict[tuple[RedemptionState | None, RedemptionState], tuple[int, int, int]] = {
    (None, S.RESERVED): (-1, 1, 0),
    (S.RESERVED, S.HANDED): (0, -1, 1),
    (S.RESERVED, S.CANCELLED): (1, -1, 0),
    (S.RESERVED, S.RETURNED): (1, -1, 0),
    (S.RESERVED, S.MISSED): (0, -1, 1),
    (S.MISSED, S.CANCELLED): (1, 0, -1),
    (S.CANCELLED, S.HANDED): (-1, 0, 1),
    (S.RETURNED, S.HANDED): (-1, 0, 1),
    (S.MISSED, S.HANDED): (0, 0, 0),
}


def step(before: Redemption | None, after: Redemption, *, by: str, at: datetime, gone: bool = False) -> Movement:
    """What a redemption's step does to the stock; whose it is, and why he gave it back, stays with the redemption, for
    movements never expire. `gone`: what came back on paper only was promised to somebody else
    since; then one more was handed over than there was, and the next stock-taking finds one too few."""
    free, reserved, handed = (each * after.places for each in STEPS[before.state if before else None, after.state])
    return Movement(
        id=f"{after.id}#{after.version}",
        at=at,
        cause=Cause.OVERDRAWN if gone else Cause(after.state),
        by="" if by == after.courier_id else by,
        free=0 if gone else free,
        reserved=reserved,
        handed=handed,
        about=after.id,
    )


def family(before: Redemption, after: Redemption, *, at: datetime) -> Movement:
    """What it does to the stock that more or fewer come along."""
    added = after.places - before.places
    id = f"{after.id}#{after.version}"
    return Movement(id=id, at=at, cause=Cause.FAMILY, free=-added, reserved=added, about=after.id)
