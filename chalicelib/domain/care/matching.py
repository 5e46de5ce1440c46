"""Whom a visit is offered to, in which order, and why (DOMAIN §4): a choice that explains itself.

Who does not fit is told apart from who fits less: the first is never asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from chalicelib.domain.care.terms import Service
from chalicelib.domain.reference.calendar import ZONE


class Ring(StrEnum):
    """How far one looks: the grid's own couriers, the village's, then those of the villages beside it."""

    GRID = "grid"
    VILLAGE = "village"
    NEXT = "next"


class Bar(StrEnum):
    """Why somebody is not asked at all."""

    NOT_HERE = "not_here"
    NOT_WILLING = "not_willing"
    NOT_TRAINED = "not_trained"
    NOT_INSURED = "not_insured"
    DECLINED = "declined"
    NOT_FREE = "not_free"
    QUIET = "quiet"
    BUSY = "busy"
    FULL = "full"
    PAUSED = "paused"


type Hours = tuple[time, time]  # local, the end not included


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A courier as far as it matters here. `free` by weekday (0: Monday); `quiet`: when his kind of employer has its
    peaks; `busy`: he has something at that time; `open_runs`: what he has or is asked for; `recent_runs`: done in the
    last days; `served`: how often this elder."""

    id: str
    ring: Ring | None
    willing: frozenset[Service] = frozenset(Service)
    trained: frozenset[Service] = frozenset()
    insured_until: date | None = None
    free: Mapping[int, tuple[Hours, ...]] = field(default_factory=dict)
    quiet: tuple[Hours, ...] = ()
    busy: bool = False
    open_runs: int = 0
    recent_runs: int = 0
    served: int = 0
    trust: int = 0
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The visit that somebody is wanted for. `widest`: how far one looks by now; `most_open`: runs one may have."""

    service: Service
    start: datetime
    end: datetime
    widest: Ring
    declined: frozenset[str] = frozenset()
    insurance_needed: bool = True
    most_open: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Somebody to ask, and what spoke for him, the weightiest first."""

    candidate: Candidate
    reasons: tuple[str, ...]


RINGS = tuple(Ring)


def bar(one: Candidate, wanted: Wanted, *, now: datetime) -> Bar | None:
    """What keeps somebody from being asked, before all else; None where nothing does."""
    return next(bars(one, wanted, now=now), None)


def bars(one: Candidate, wanted: Wanted, *, now: datetime) -> Iterator[Bar]:
    """All that keeps somebody from being asked."""
    hours = _hours(one, wanted)
    found = {
        Bar.NOT_HERE: _distance(one) > RINGS.index(wanted.widest),
        Bar.DECLINED: one.id in wanted.declined,
        Bar.NOT_WILLING: wanted.service not in one.willing,
        Bar.NOT_TRAINED: wanted.service is not Service.VISIT and wanted.service not in one.trained,
        Bar.NOT_INSURED: wanted.insurance_needed and not _insured(one, wanted),
        Bar.PAUSED: one.paused_until is not None and one.paused_until > now,
        Bar.FULL: one.open_runs >= wanted.most_open,
        Bar.BUSY: one.busy,
        Bar.NOT_FREE: hours is Bar.NOT_FREE,
        Bar.QUIET: hours is Bar.QUIET,
    }
    return (bar for bar, stands in found.items() if stands)


def _insured(one: Candidate, wanted: Wanted) -> bool:
    return one.insured_until is not None and wanted.end.astimezone(ZONE).date() <= one.insured_until


def _hours(one: Candidate, wanted: Wanted) -> Bar | None:
    start, end = wanted.start.astimezone(ZONE), wanted.end.astimezone(ZONE)
    begins, ends = start.time(), end.time()
    free = any(first <= begins and ends <= last for first, last in one.free.get(start.weekday(), ()))
    if not free:
        return Bar.NOT_FREE
    return Bar.QUIET if any(begins < last and first < ends for first, last in one.quiet) else None


def ranked(candidates: Iterable[Candidate], wanted: Wanted, *, now: datetime) -> list[Choice]:
    """Whom to ask, one after the other.

    Who has been there before, then the nearer ring, then who has carried and is to carry least, then who was right more
    often; then by id, so that the order is always the same.
    """
    fitting = [one for one in candidates if bar(one, wanted, now=now) is None]
    fitting.sort(key=lambda one: (*_order(one), -one.trust, one.id))
    return [Choice(candidate=one, reasons=_reasons(one)) for one in fitting]


def is_tied(one: Candidate, other: Candidate) -> bool:
    """Whether nothing but trust decides between the two."""
    return _order(one) == _order(other)


def _order(one: Candidate) -> tuple[int, int, int]:
    return -one.served, _distance(one), one.recent_runs + one.open_runs


def _reasons(one: Candidate) -> tuple[str, ...]:
    """Keys of sentences: why it is he."""
    known = ("served_before",) if one.served else ()
    light = ("few_runs",) if one.recent_runs + one.open_runs == 0 else ()
    return (*known, f"ring_{one.ring}", *light)


def _distance(one: Candidate) -> int:
    """In rings; who is in none is farther than all."""
    return RINGS.index(one.ring) if one.ring else len(RINGS)
