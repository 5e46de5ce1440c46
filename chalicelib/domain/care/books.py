"""A courier's book: the visits that he has, what he carried lately, how often he let go of one after a look.

It is written with every visit that comes to him or leaves him, over the version that was read: so that at most so many
are open, and none overlap, whoever presses what at once (DOMAIN §4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from chalicelib.domain.care.model import Step, Visit
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.errors import CapReached, Conflict
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reference.numbers import Numbers

RECENT_DAYS = 28  # a fair share of the load is looked at over four weeks
MOST_OPEN, SLIPS, SLIP_DAYS = "care_open_runs", "care_view_cancels", "care_view_cancel_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A visit that he has, and when (UTC)."""

    visit_id: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """`carried`: visits brought to an end by local day; `slips`: when he let go of one after a look at the door.

    `paused_until`: until then he is offered nothing, unless a person lifts it.
    """

    courier_id: str
    held: tuple[Held, ...] = ()
    carried: Mapping[str, int] = field(default_factory=dict)
    slips: tuple[datetime, ...] = ()
    paused_until: datetime | None = None
    version: int = 0

    def recent(self, now: datetime) -> int:
        """How many he carried in the last four weeks."""
        first = local_day(now - timedelta(days=RECENT_DAYS))
        return sum(count for day, count in self.carried.items() if day >= first)

    def overlapping(self, start: datetime, end: datetime, *, but: str = "") -> Held | None:
        """What he has at that time, other than the visit `but`."""
        return next((one for one in self.held if one.visit_id != but and one.start < end and start < one.end), None)


def follow(book: Book, step: Step, numbers: Numbers) -> Book:
    """The book after a step of a visit; the same where it is none of its courier's affair.

    Raises Conflict (`care_offers_paused`, `care_overlap`), CapReached (`care_open_runs`).
    """
    had = step.before is not None and step.before.holder == book.courier_id
    has = step.after.holder == book.courier_id
    changed = book
    if has:
        changed = _kept(book, step.after) if had else _taken(book, step, numbers)
    elif had:
        changed = _freed(book, step.after, step.by.at)
    if had and step.slip:
        changed = _slipped(changed, step.by.at, numbers)
    return changed if changed is book else replace(changed, version=book.version + 1)


def lifted(book: Book) -> Book:
    """A person has looked: he is offered visits again, and what was counted is settled."""
    return replace(book, paused_until=None, slips=(), version=book.version + 1)


def _taken(book: Book, step: Step, numbers: Numbers) -> Book:
    if book.paused_until and book.paused_until > step.by.at:
        raise Conflict("care_offers_paused", until=book.paused_until)
    most = numbers.count(MOST_OPEN)
    if len(book.held) >= most:
        raise CapReached("care_open_runs", cap=most)
    _require_free(book, step.after)
    return replace(book, held=(*book.held, _held(step.after)))


def _kept(book: Book, visit: Visit) -> Book:
    """The same one, at another time perhaps."""
    if _held(visit) in book.held:
        return book
    _require_free(book, visit)
    others = tuple(one for one in book.held if one.visit_id != visit.id)
    return replace(book, held=(*others, _held(visit)))


def _require_free(book: Book, visit: Visit) -> None:
    if clash := book.overlapping(visit.start, visit.end, but=visit.id):
        raise Conflict("care_overlap", start=clash.start, end=clash.end)


def _freed(book: Book, visit: Visit, at: datetime) -> Book:
    held = tuple(one for one in book.held if one.visit_id != visit.id)
    if visit.state not in (VisitState.DONE, VisitState.UNANSWERED):  # he went there all the same
        return replace(book, held=held)
    day, first = local_day(at), local_day(at - timedelta(days=RECENT_DAYS))
    counted = {**book.carried, day: book.carried.get(day, 0) + 1}
    return replace(book, held=held, carried={day: count for day, count in counted.items() if day >= first})


def _slipped(book: Book, at: datetime, numbers: Numbers) -> Book:
    """Too many of them in a month: he is offered nothing until the month is over, or a person says so."""
    span = numbers.days(SLIP_DAYS)
    slips = (*(one for one in book.slips if one > at - span), at)
    paused = min(slips) + span if len(slips) >= numbers.count(SLIPS) else book.paused_until
    return replace(book, slips=slips, paused_until=paused)


def _held(visit: Visit) -> Held:
    return Held(visit_id=visit.id, start=visit.start, end=visit.end)
