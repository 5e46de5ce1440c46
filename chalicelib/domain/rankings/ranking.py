"""Who stands where (DOMAIN §3): by honour score, then by reports solved, then by who reached it earliest.

Only who is equal in all three shares a number, and the next number is left out. Staff are on no board; who wants to be
seen by nobody is on none but his own, and takes no number from others. Who has no honour in a period has no place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.domain.people.membership import Membership
from chalicelib.domain.points.scores import Score

EVERY = timedelta(minutes=5)  # a board is ranked at most so often
AROUND = 2  # places before and behind one's own
VILLAGE_DIGITS, GRID_DIGITS = 12, 15
NEVER = datetime.max.replace(tzinfo=UTC)


class Standing(StrEnum):
    """Whether others see him, only he himself, or nobody: `out` is kept to compare with, on no board."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    OUT = "out"


class Row(NamedTuple):
    """A courier in a period's order; who shares a `place` is equal in all that counts.

    A tuple, for there are thousands in an item, and a board is read by filtering them.
    """

    courier_id: str
    honour: int
    solved: int
    place: int
    standing: Standing
    villages: tuple[str, ...]
    employer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose board: of a township, village or grid by the digits of `area`, or of the couriers of an `employer`."""

    area: str = ""
    employer: str | None = None

    def holds(self, member: Row | Membership) -> bool:
        """Whether somebody is on it. A round leads through villages, and so through each grid of these."""
        if self.employer is not None:
            return member.employer == self.employer
        return len(self.area) < VILLAGE_DIGITS or self.area[:VILLAGE_DIGITS] in member.villages


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A number on a board, and who has it."""

    rank: int
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The first of a board, and who is around its reader, himself among them; how many are `ranked` on it."""

    ranked: int
    top: tuple[Place, ...]
    around: tuple[Place, ...]
    me: Place | None


def ordered(scores: Iterable[tuple[str, Score]], members: Mapping[str, Membership]) -> list[Row]:
    """Everybody who has a score, the first first; total, since equals go by their ids."""
    rows: list[Row] = []
    place, before = 0, None
    for key, courier_id in sorted((_key(score), courier_id) for courier_id, score in scores):
        place += key != before
        before = key
        rows.append(_row(courier_id, key, place, members.get(courier_id)))
    return rows


def board(rows: Iterable[Row], scope: Scope, *, viewer: str = "") -> list[Place]:
    """The board of a scope as somebody reads it: who is shown, and himself."""
    places: list[Place] = []
    shown, rank, last = 0, 0, 0
    for row in rows:
        own = row.courier_id == viewer and row.standing is Standing.HIDDEN
        if row.honour <= 0 or not (row.standing is Standing.SHOWN or own) or not scope.holds(row):
            continue
        if row.place != last:
            last, rank = row.place, shown + 1
        places.append(Place(rank=rank, row=row))
        shown += row.standing is Standing.SHOWN
    return places


def page(places: Sequence[Place], *, most: int, viewer: str = "") -> Page:
    """Its first `most`, and the reader with those before and behind him."""
    own = next((number for number, one in enumerate(places) if one.row.courier_id == viewer), None)
    shown = [one for one in places if one.row.standing is Standing.SHOWN]
    around = () if own is None else tuple(places[max(0, own - AROUND) : own + AROUND + 1])
    return Page(ranked=len(shown), top=tuple(shown[:most]), around=around, me=None if own is None else places[own])


def _key(score: Score) -> tuple[int, int, datetime]:
    return -score.honour, -score.solved, score.last_at or NEVER


def _row(courier_id: str, key: tuple[int, int, datetime], place: int, member: Membership | None) -> Row:
    standing = Standing.OUT if member is None else Standing.SHOWN if member.shown else Standing.HIDDEN
    member = member or Membership()
    return Row(courier_id, -key[0], -key[1], place, standing, member.villages, member.employer)
