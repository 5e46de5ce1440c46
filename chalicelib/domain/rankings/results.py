"""What a period ends with: a frozen result, its first three, and what has become different since.

A frozen result never changes, and what comes later takes no award away: the difference is shown, a person decides.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.domain.errors import NotFound
from chalicelib.domain.rankings.periods import Period
from chalicelib.domain.rankings.ranking import Place, Row, Scope, Standing, board

AWARDS = {1: "P51", 2: "P52", 3: "P53"}  # by rank: who shares one gets the same, and what follows is left out
TOWNSHIP = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A period's rows in their order, as they were known `as_of` then; of a result with the `editions` behind it."""

    period: str
    as_of: datetime
    rows: Sequence[Row]
    editions: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A courier's place, None where he has none, and what it stands on."""

    rank: int | None
    honour: int
    solved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a frozen result said of a courier, and what is known now; nothing `before` for who was not in it."""

    courier_id: str
    before: Count | None
    after: Count


def awarded(result: Board, period: Period) -> list[tuple[Place, str]]:
    """Who of a month's frozen result gets which award."""
    if not period.is_month:
        return []
    return [(one, AWARDS[one.rank]) for one in board(result.rows, TOWNSHIP) if one.rank in AWARDS]


def require_frozen(result: Board | None, period: str) -> Board:
    """A period's result. Raises NotFound (`ranking_not_frozen`)."""
    if result is None:
        raise NotFound("ranking_not_frozen", period=period)
    return result


def later(live: Board | None, frozen: Board) -> Board | None:
    """What is known since a result was frozen; None where the board was ranked before that: it may be behind it."""
    return live if live and live.as_of > frozen.as_of else None


def award_event(period: str) -> str:
    """What the entries of a period's awards are about."""
    return f"rank-{period}"


def corrections(frozen: Iterable[Row], now: Iterable[Row]) -> list[Correction]:
    """Whose score is another than the frozen result says, the best places of then first, newcomers last.

    Who is a place further down only since others went past him is not listed, nor who is or was shown to nobody else.
    """
    told, known = list(frozen), list(now)
    unseen = {row.courier_id for row in (*told, *known) if row.standing is not Standing.SHOWN}
    then, since = _counts(told, unseen), _counts(known, unseen)
    found = [
        Correction(courier_id=id, before=count, after=since.get(id) or Count(rank=None, honour=0, solved=0))
        for id, count in then.items()
    ]
    found += [Correction(courier_id=id, before=None, after=count) for id, count in since.items() if id not in then]
    return [one for one in found if _moved(one)]


def _moved(one: Correction) -> bool:
    if one.before is None:
        return bool(one.after.honour or one.after.solved)
    return (one.before.honour, one.before.solved) != (one.after.honour, one.after.solved)


def _counts(held: Sequence[Row], unseen: Collection[str]) -> dict[str, Count]:
    ranks = {one.row.courier_id: one.rank for one in board(held, TOWNSHIP)}
    return {
        row.courier_id: Count(rank=ranks.get(row.courier_id), honour=row.honour, solved=row.solved)
        for row in held
        if row.courier_id not in unseen
    }
