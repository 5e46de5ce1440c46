"""A courier's book: visits that he is asked for and has, what he carried lately, how often he let go after a look.

It is written with every visit that comes to him or leaves him, over the version that was read: so that at most so many
are open, and none overlap, whoever presses what at once. Who is asked for one time is asked for no other at that time,
so that a noon of thirty meals is spread over thirty couriers, and not offered to the one who carried least (ADR 0049).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.care.model import Step, Visit
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.errors import CapReached, Conflict
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reference.numbers import Numbers

RECENT_DAYS = 28  # a fair share of the load is looked at over four weeks
MOST_OPEN, SLIPS, SLIP_DAYS = "care_open_runs", "care_view_cancels", "care_view_cancel_days"
WENT_THERE = frozenset({VisitState.DONE, VisitState.UNANSWERED})


class Place(StrEnum):
    """Where in his book a visit stands."""

    ASKED = "asked"
    HELD = "held"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A visit in a book, and when it is (UTC)."""

    visit_id: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """`asked` and `held`: what he is asked for, and has. `carried`: visits brought to an end by local day; `slips`:
    when he let go of one after a look at the door. Until `paused_until` he is asked for nothing, unless somebody says
    so.
    """

    courier_id: str
    asked: tuple[Entry, ...] = ()
    held: tuple[Entry, ...] = ()
    carried: Mapping[str, int] = field(default_factory=dict)
    slips: tuple[datetime, ...] = ()
    paused_until: datetime | None = None
    version: int = 0

    @property
    def open(self) -> tuple[Entry, ...]:
        """All that he has or may have in a moment."""
        return (*self.held, *self.asked)

    def recent(self, now: datetime) -> int:
        """How many he carried in the last four weeks."""
        first = local_day(now - timedelta(days=RECENT_DAYS))
        return sum(count for day, count in self.carried.items() if day >= first)

    def is_busy(self, start: datetime, end: datetime) -> bool:
        """Whether he has, or is asked for, something at that time."""
        return _clash(self.open, start, end) is not None


def follow(book: Book, step: Step, numbers: Numbers) -> Book:
    """The book after a step of a visit; the same where it is none of its courier's affair.

    Raises Conflict (`care_offers_paused`, `care_overlap`), CapReached (`care_open_runs`).
    """
    was = _place(step.before, book.courier_id) if step.before else Place.NOWHERE
    place = _place(step.after, book.courier_id)
    rest = _without(book, step.after.id)
    changed = _entered(rest, place, was, step, numbers)
    if was is Place.HELD and place is Place.NOWHERE:
        changed = _left(changed, step, numbers)
    same = changed == book
    return book if same else replace(changed, version=book.version + 1)


def courier_ids(step: Step) -> set[str]:
    """In whose books the visit stands before or after the step."""
    both = [visit for visit in (step.before, step.after) if visit]
    return {one.courier_id for one in both if one.courier_id and _place(one, one.courier_id) is not Place.NOWHERE}


def lifted(book: Book) -> Book:
    """A person has looked: he is offered visits again, and what was counted is settled."""
    return replace(book, paused_until=None, slips=(), version=book.version + 1)


def _place(visit: Visit, courier_id: str) -> Place:
    if visit.courier_id != courier_id:
        return Place.NOWHERE
    if visit.state is VisitState.OFFERED:
        return Place.ASKED
    return Place.HELD if visit.holder else Place.NOWHERE


def _entered(rest: Book, place: Place, was: Place, step: Step, numbers: Numbers) -> Book:
    """With the visit where it stands now; what is in his book already is not asked of the rules again."""
    entry = _entry(step.after)
    if place is Place.NOWHERE:
        return rest
    if was is not place:
        _require_takes(rest, step.by.at, numbers, among=rest.held if place is Place.HELD else rest.open)
    moved = step.before is None or (step.before.start, step.before.end) != (entry.start, entry.end)
    if was is not place or moved:
        _require_free(rest.held if place is Place.HELD else rest.open, entry)
    if place is Place.HELD:
        return replace(rest, held=_sorted(*rest.held, entry))
    return replace(rest, asked=_sorted(*rest.asked, entry))


def _require_takes(rest: Book, at: datetime, numbers: Numbers, *, among: tuple[Entry, ...]) -> None:
    if rest.paused_until and rest.paused_until > at:
        raise Conflict("care_offers_paused", until=rest.paused_until)
    most = numbers.count(MOST_OPEN)
    if len(among) >= most:
        raise CapReached("care_open_runs", cap=most)


def _require_free(among: tuple[Entry, ...], entry: Entry) -> None:
    if clash := _clash(among, entry.start, entry.end):
        raise Conflict("care_overlap", start=clash.start, end=clash.end)


def _clash(among: tuple[Entry, ...], start: datetime, end: datetime) -> Entry | None:
    return next((one for one in among if one.start < end and start < one.end), None)


def _left(book: Book, step: Step, numbers: Numbers) -> Book:
    at = step.by.at
    if step.slip:
        return _slipped(book, at, numbers)
    if step.after.state not in WENT_THERE:
        return book
    day, first = local_day(at), local_day(at - timedelta(days=RECENT_DAYS))
    counted = {**book.carried, day: book.carried.get(day, 0) + 1}
    return replace(book, carried={day: count for day, count in counted.items() if day >= first})


def _slipped(book: Book, at: datetime, numbers: Numbers) -> Book:
    """Too many of them in a month: he is offered nothing until the month is over, or a person says so."""
    span = numbers.days(SLIP_DAYS)
    slips = (*(one for one in book.slips if one > at - span), at)
    paused = min(slips) + span if len(slips) >= numbers.count(SLIPS) else book.paused_until
    return replace(book, slips=slips, paused_until=paused)


def _without(book: Book, visit_id: str) -> Book:
    asked = tuple(one for one in book.asked if one.visit_id != visit_id)
    held = tuple(one for one in book.held if one.visit_id != visit_id)
    return replace(book, asked=asked, held=held)


def _sorted(*entries: Entry) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda one: (one.start, one.visit_id)))


def _entry(visit: Visit) -> Entry:
    return Entry(visit_id=visit.id, start=visit.start, end=visit.end)
