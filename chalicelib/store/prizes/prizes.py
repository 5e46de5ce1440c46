"""Table `prizes`: what the catalogue holds, how many there are, and every movement of that.

| access                                | by                                                               |
|---------------------------------------|------------------------------------------------------------------|
| a prize, with what a courier has had  | batch by (id, `head`) and (id, `taken#<courier>`)                |
| a township's prizes in a state        | index `by_list`: `<township>#<state>`, sort_key `<until>#<id>`   |
| what moved a stock (`movements`)      | id, part `move#…`                                                |

The three counters of a stock change only together with a movement, each under a condition that none falls below zero.
They stand beside the offer in one item: who redeems must see both as they are at that moment.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone, NotFound, StaleVersion
from chalicelib.domain.prizes.model import Prize, PrizeState, Stock, offered_until
from chalicelib.domain.prizes.movements import Movement
from chalicelib.domain.prizes.redemptions import Taken
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

HEAD, TAKEN, MOVE, ORGANISED = "head", "taken#", "move#", "organised#"
NEVER = "9999"  # sorts behind every instant

type Place = Annotated[str, Meta(min_length=1, max_length=200)]


class ByList(GlobalSecondaryIndex["PrizeItem"]):
    """A township's prizes in a state; the first are those that end first."""

    class Meta:
        index_name = "by_list"
        projection = IncludeProjection(["body", "version", "free", "reserved", "handed"])

    list_key = UnicodeAttribute(hash_key=True)
    sort_key = UnicodeAttribute(range_key=True)


class PrizeItem(Table):
    """A prize, what a courier has had of it, or a movement (`body`, JSON)."""

    class Meta:
        table_name = settings().table("prizes")

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute()
    version = NumberAttribute(null=True)
    free = NumberAttribute(null=True)
    reserved = NumberAttribute(null=True)
    handed = NumberAttribute(null=True)
    list_key = UnicodeAttribute(null=True)
    sort_key = UnicodeAttribute(null=True)
    by_list = ByList()


class PrizeMoved(StaleVersion):
    """Raised when the prize, its stock, or what the courier has had of it changed since it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some prizes, those that end first, and where the next ones begin; None at the end."""

    prizes: list[Prize]
    cursor: str | None


def put(prize: Prize, transaction: Transaction) -> None:
    """Store a new prize."""
    stock = prize.stock
    item = PrizeItem(id=prize.id, part=HEAD, free=stock.free, reserved=stock.reserved, handed=stock.handed)
    for name, value in _written(prize).items():
        setattr(item, name, value)
    transaction.put(item, PrizeItem.id.does_not_exist(), PrizeMoved("changed_meanwhile"))


def edit(prize: Prize, *, unbooked: bool, transaction: Transaction) -> None:
    """Store a prize over the version before, its stock untouched; `unbooked`: only while no code is out for it.

    The transaction raises PrizeMoved.
    """
    as_read = PrizeItem.version == prize.version - 1
    condition = as_read & (PrizeItem.reserved == 0) if unbooked else as_read
    actions = [getattr(PrizeItem, name).set(value) for name, value in _written(prize).items()]
    transaction.update(PrizeItem(prize.id, HEAD), actions, condition, PrizeMoved("changed_meanwhile"))


def move(
    prize_id: str,
    movement: Movement,
    transaction: Transaction,
    *,
    version: int | None = None,
    as_read: Stock | None = None,
) -> None:
    """Move the stock and note it; the transaction raises PrizeMoved where a part would fall below zero, where the offer
    is not in this `version`, or the stock not `as_read`."""
    moved = [(counter, delta) for counter, delta in _parts(movement) if delta]
    condition: Condition = PrizeItem.id.exists() if version is None else PrizeItem.version == version
    for counter, delta in moved:
        condition = condition & (counter >= -delta) if delta < 0 else condition
    if as_read:
        condition = condition & (PrizeItem.free == as_read.free) & (PrizeItem.reserved == as_read.reserved)
    if moved:
        added = [counter.add(delta) for counter, delta in moved]
        transaction.update(PrizeItem(prize_id, HEAD), added, condition, PrizeMoved("changed_meanwhile"))
    transaction.put(PrizeItem(id=prize_id, part=_moment(movement), body=msgspec.json.encode(movement).decode()))


def _parts(movement: Movement) -> list[tuple[NumberAttribute, int]]:
    parts = (PrizeItem.free, PrizeItem.reserved, PrizeItem.handed)
    return list(zip(parts, (movement.free, movement.reserved, movement.handed), strict=True))


def take(prize_id: str, courier_id: str, taken: Taken, transaction: Transaction) -> None:
    """Store what a courier has had over what was read of it; the transaction raises PrizeMoved."""
    body, version = msgspec.json.encode(taken.days).decode(), taken.version
    item = PrizeItem(id=prize_id, part=f"{TAKEN}{courier_id}", body=body, version=version)
    before = PrizeItem.version == version - 1 if version > 1 else PrizeItem.id.does_not_exist()
    transaction.put(item, before, PrizeMoved("changed_meanwhile"))


def organised(prize_id: str, courier_id: str, *, by: str, at: datetime, transaction: Transaction) -> None:
    """Note that a courier helped to run it, as was confirmed; the transaction raises AlreadyDone where it is."""
    body = msgspec.json.encode({"by": by, "at": at}).decode()
    item = PrizeItem(id=prize_id, part=f"{ORGANISED}{courier_id}", body=body)
    transaction.put(item, PrizeItem.id.does_not_exist(), AlreadyDone("organiser_confirmed"))


def get(prize_id: str) -> Prize:
    """The prize as it is now. Raises NotFound (`no_such_prize`)."""
    return with_taken(prize_id, None)[0]


def with_taken(prize_id: str, courier_id: str | None) -> tuple[Prize, Taken]:
    """The prize with what the courier has had of it: one batch. Raises NotFound (`no_such_prize`)."""
    keys = [(prize_id, HEAD)] + ([(prize_id, f"{TAKEN}{courier_id}")] if courier_id else [])
    found = {item.part: item for item in PrizeItem.batch_get(keys, consistent_read=True)}
    if (head := found.pop(HEAD, None)) is None:
        raise NotFound("no_such_prize", prize=prize_id)
    taken = next((_taken(item) for item in found.values()), Taken())
    return _prize(head), taken


def page(township: str, state: PrizeState, *, since: datetime | None, limit: int, cursor: str | None) -> Page:
    """A township's prizes in a state, those that end first: one query; `since`: without those that ended before."""
    behind = max(cursors.opened(cursor, Place) if cursor else "", _stamp(since) if since else "")
    later = ByList.sort_key > behind if behind else None
    found = list(PrizeItem.by_list.query(f"{township}#{state}", later, limit=limit + 1))
    more = cursors.sealed(found[limit - 1].sort_key) if len(found) > limit else None
    return Page(prizes=[_prize(item) for item in found[:limit]], cursor=more)


def movements(prize_id: str, *, limit: int, cursor: str | None) -> tuple[list[Movement], str | None]:
    """What moved a stock, newest first: one query."""
    before = f"{MOVE}{cursors.opened(cursor, str)}" if cursor else f"{MOVE}~"
    parts = PrizeItem.part.between(MOVE, before)
    found = list(PrizeItem.query(prize_id, parts, scan_index_forward=False, limit=limit + 2, consistent_read=True))
    rows = [row for row in found if row.part < before][: limit + 1]
    more = cursors.sealed(rows[limit - 1].part.removeprefix(MOVE)) if len(rows) > limit else None
    return [msgspec.json.decode(row.body, type=Movement) for row in rows[:limit]], more


def _written(prize: Prize) -> dict[str, object]:
    until = offered_until(prize.offer)
    return {
        "body": msgspec.json.encode(replace(prize, stock=Stock())).decode(),
        "version": prize.version,
        "list_key": f"{prize.township}#{prize.offer.state}",
        "sort_key": f"{_stamp(until) if until else NEVER}#{prize.id}",
    }


def _prize(item: PrizeItem) -> Prize:
    prize = msgspec.json.decode(item.body, type=Prize)
    stock = Stock(free=int(item.free or 0), reserved=int(item.reserved or 0), handed=int(item.handed or 0))
    return replace(prize, stock=stock)


def _taken(item: PrizeItem) -> Taken:
    return Taken(days=msgspec.json.decode(item.body, type=dict[str, int]), version=int(item.version or 0))


def _moment(movement: Movement) -> str:
    return f"{MOVE}{_stamp(movement.at)}#{movement.id}"


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
