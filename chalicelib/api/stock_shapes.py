"""The shapes that movements of a stock take over HTTP."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api.prize_shapes import PrizeCost, Words, cost
from chalicelib.api.shapes import Instant
from chalicelib.domain.prizes.movements import Cause, Movement


class MovementView(Struct, frozen=True, kw_only=True):
    """What was added to each part of the stock, and why. `by` is empty for couriers and the clock; `redemption` is
    behind it. Of a purchase, what it `cost`."""

    id: str
    at: Instant
    cause: Cause
    by: str
    free: int
    reserved: int
    handed: int
    redemption: str | None
    reason: str
    cost: PrizeCost | None


class Purchased(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="cause", tag="purchased"):
    """So many more were bought, and what one cost."""

    count: Annotated[int, Meta(ge=1, le=100_000)]
    cost: PrizeCost = PrizeCost()
    reason: Words = ""


class Counted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="cause", tag="counted"):
    """Stock-taking found so many on the shelf, those included that codes are out for, and why that differs."""

    shelf: Annotated[int, Meta(ge=0, le=100_000)]
    reason: Annotated[str, Meta(min_length=1, max_length=200)]


type StockChange = Purchased | Counted


def movement(moved: Movement) -> MovementView:
    """A line of the stock."""
    return MovementView(
        id=moved.id,
        at=moved.at,
        cause=moved.cause,
        by=moved.by,
        free=moved.free,
        reserved=moved.reserved,
        handed=moved.handed,
        redemption=moved.about or None,
        reason=moved.reason,
        cost=cost(moved.purchase) if moved.purchase else None,
    )
