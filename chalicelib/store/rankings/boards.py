"""Table `boards`: who stands where, by period, so that a page of any board is one query.

| item                          | period    | part                  | holds                                          |
|-------------------------------|-----------|-----------------------|------------------------------------------------|
| what has changed              | a month   | `changed`             | how often it was touched; `due` until ranked   |
| the board as ranked last      | a period  | `live`, `live#<n>`    | as of when; its rows, so many in an item       |
| the result, never rewritten   | a period  | `frozen`, `frozen#<n>`| the same, as it stood then                     |

| access                        | by                                                                       |
|-------------------------------|--------------------------------------------------------------------------|
| all of a period               | period                                                                   |
| months to be ranked anew      | index `due`: due, period (sparse)                                        |

Rows are compressed: 6,800 couriers are some 200 KB of the 400 KB that an item holds, so ROWS fit with room to spare.
Whoever writes an entry touches its month, at most once a minute and process, before the entry: no item is written with
every entry. A month's boards are therefore ranked once more after a worker has seen its last touch, when all that
followed it has been written, by this run or another; then it rests.
"""

import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec
from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone, Busy, StaleVersion
from chalicelib.domain.rankings.ranking import EVERY, Row
from chalicelib.domain.rankings.results import Board
from chalicelib.store.base import Table, Transaction

CHANGED, LIVE, FROZEN, DUE = "changed", "live", "frozen", "due"
ROWS = 6_000  # in an item
TOUCH_SECONDS = 60  # with the longest that a function may live, still less than `EVERY`
TRIES = 3

_touched: dict[str, float] = {}


class ByDue(GlobalSecondaryIndex["BoardItem"]):
    """The months that have changed since they were ranked."""

    class Meta:
        index_name = "due"
        projection = IncludeProjection(["as_of"])

    due = UnicodeAttribute(hash_key=True)
    period = UnicodeAttribute(range_key=True)


class BoardItem(Table):
    """Any of them; `digest` says to which rows an item belongs, `body` is some of them, compressed JSON."""

    class Meta:
        table_name = settings().table("boards")

    period = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    as_of = UTCDateTimeAttribute(null=True)
    claimed_at = UTCDateTimeAttribute(null=True)
    digest = UnicodeAttribute(null=True)
    parts = NumberAttribute(null=True)
    body = BinaryAttribute(null=True, legacy_encoding=False)
    editions = UnicodeAttribute(null=True)
    touches = NumberAttribute(null=True)
    ranked = NumberAttribute(null=True)
    seen_at = UTCDateTimeAttribute(null=True)
    due = UnicodeAttribute(null=True)
    by_due = ByDue()


class ResultThere(AlreadyDone):
    """Raised when a period's result is frozen already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boards:
    """A period's board as ranked last, and its result; None where there is none."""

    live: Board | None
    frozen: Board | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How often a month was touched in all, how often when a worker looked last, and when the first saw it so."""

    month: str
    touches: int
    ranked: int
    seen_at: datetime | None

    @property
    def is_new(self) -> bool:
        """Whether no worker has seen its last touch."""
        return self.touches != self.ranked or self.seen_at is None

    @property
    def settles_at(self) -> datetime | None:
        """From when on a board holds all that the last touch announced; None where nobody has seen it."""
        return self.seen_at + EVERY if self.seen_at else None


def touch(months: Iterable[str]) -> None:
    """What is written next may change the boards of these months: one write each, none where one was just made."""
    for month in months:
        if time.time() - _touched.get(month, 0) >= TOUCH_SECONDS:
            BoardItem(month, CHANGED).update([BoardItem.touches.add(1), BoardItem.due.set(DUE)])
            _touched[month] = time.time()


def forget() -> None:
    """As in a new process."""
    _touched.clear()


def due(now: datetime) -> list[str]:
    """The months that have changed and were not ranked just now: one query."""
    rows = BoardItem.by_due.query(DUE)
    return [item.period for item in rows if item.as_of is None or item.as_of <= now - EVERY]


def change(month: str) -> Change:
    """Where a month stands: one read, before it is ranked."""
    item = BoardItem.get(month, CHANGED, consistent_read=True)
    ranked = int(item.ranked or 0)
    return Change(month=month, touches=int(item.touches or 0), ranked=ranked, seen_at=item.seen_at)


def note(before: Change, *, whole: bool, now: datetime) -> None:
    """A worker has seen these touches: the month is ranked once more, `EVERY` later where all of its boards were ranked
    now (`whole`), else as soon as they may be."""
    seen: list[Action] = [BoardItem.ranked.set(before.touches), BoardItem.seen_at.set(now)]
    BoardItem(before.month, CHANGED).update([*seen, BoardItem.as_of.set(now)] if whole else seen)


def rest(before: Change) -> None:
    """All boards of the month hold what was announced: it rests, if it was not touched meanwhile."""
    BoardItem(before.month, CHANGED).update_if(BoardItem.touches == before.touches, [BoardItem.due.remove()])


def is_since(period: str, since: datetime) -> bool:
    """Whether a board was ranked then or later: one read, of nothing but when."""
    try:
        item = BoardItem.get(period, LIVE, consistent_read=True, attributes_to_get=["period", "part", "as_of"])
    except BoardItem.DoesNotExist:
        return False
    return item.as_of is not None and item.as_of >= since


def claim(period: str, *, now: datetime) -> str | None:
    """Who ranks it now: the digest of its rows as they stand, or None where that was done less than `EVERY` ago."""
    item = BoardItem(period, LIVE)
    free = BoardItem.claimed_at.does_not_exist() | (BoardItem.claimed_at <= now - EVERY)
    return (item.digest or "") if item.update_if(free, [BoardItem.claimed_at.set(now)]) else None


def save(board: Board, *, before: str) -> None:
    """Put it in the place of an older one: one transaction, of the rows only where they are others.

    Raises StaleVersion where a later one stands.
    """
    digest, bodies = _packed(board.rows)
    transaction, part = Transaction(), BoardItem(board.period, LIVE)
    says = [BoardItem.as_of.set(board.as_of), BoardItem.digest.set(digest), BoardItem.parts.set(len(bodies))]
    older = BoardItem.as_of.does_not_exist() | (BoardItem.as_of < board.as_of)
    transaction.update(part, says, older, StaleVersion("changed_meanwhile"))
    if digest != before:
        _put(board.period, LIVE, digest, bodies, transaction)
    transaction.commit()


def freeze(result: Board) -> None:
    """Write a period's result, for ever: one transaction. Raises ResultThere if it stands."""
    digest, bodies = _packed(result.rows)
    item = BoardItem(result.period, FROZEN, as_of=result.as_of, digest=digest, parts=len(bodies))
    item.editions = msgspec.json.encode(result.editions).decode()
    transaction = Transaction()
    there = ResultThere("ranking_frozen", period=result.period)
    transaction.put(item, BoardItem.period.does_not_exist(), there)
    _put(result.period, FROZEN, digest, bodies, transaction)
    transaction.commit()


def of(period: str) -> Boards:
    """All that stands of a period: one query, again where it was just being replaced. Raises Busy."""
    for _ in range(TRIES):
        items = {item.part: item for item in BoardItem.query(period)}
        try:
            return Boards(live=_board(items, LIVE), frozen=_board(items, FROZEN))
        except StaleVersion:
            continue
    raise Busy("store_contention")


def result(period: str) -> Board | None:
    """A period's frozen result, as it stands: one query."""
    rows = BoardItem.query(period, BoardItem.part.startswith(FROZEN), consistent_read=True)
    return _board({item.part: item for item in rows}, FROZEN)


def _packed(rows: Sequence[Row]) -> tuple[str, list[bytes]]:
    texts = [msgspec.json.encode(rows[first : first + ROWS]) for first in range(0, len(rows), ROWS)]
    return sha256(b"\n".join(texts)).hexdigest(), [zlib.compress(text) for text in texts]


def _put(period: str, part: str, digest: str, bodies: Sequence[bytes], transaction: Transaction) -> None:
    for number, body in enumerate(bodies):
        transaction.put(BoardItem(period, f"{part}#{number}", digest=digest, body=body))


def _board(items: dict[str, BoardItem], part: str) -> Board | None:
    head = items.get(part)
    if head is None or head.as_of is None:
        return None
    rows = tuple(_rows(head, [items.get(f"{part}#{number}") for number in range(int(head.parts or 0))]))
    return Board(
        period=head.period,
        as_of=head.as_of,
        rows=rows,
        editions=msgspec.json.decode(head.editions, type=dict[str, int]) if head.editions else {},
    )


def _rows(head: BoardItem, parts: Iterable[BoardItem | None]) -> Iterator[Row]:
    """Raises StaleVersion where an item is of other rows: it was read between two of the items of a transaction."""
    for item in parts:
        if item is None or item.digest != head.digest:
            raise StaleVersion("changed_meanwhile")
        yield from msgspec.json.decode(zlib.decompress(item.body or b""), type=list[Row])
