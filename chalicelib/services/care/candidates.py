"""Whom a visit may be offered to: found by where he carries, one ring after the other, never by reading everybody.

For one visit: two queries for the grid, one for the village, one for each village beside it, and of these only as many
as it takes to find somebody; a query for who has been there before, a batch of books, a batch of trust.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.care import matching
from chalicelib.domain.care.books import RECENT_DAYS, Book
from chalicelib.domain.care.carriers import Carrier
from chalicelib.domain.care.matching import RINGS, Candidate, Choice, Ring, Wanted
from chalicelib.domain.care.model import Visit
from chalicelib.domain.care.offering import widest
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.services.care import quiet
from chalicelib.services.fraud import trust
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.care import carriers, visits

MOST_BOOKS = 300  # that are looked into for one ring: three calls
MOST_TRUSTED = 100  # whose trust is asked for: one call


def best(visit: Visit, *, now: datetime) -> Choice | None:
    """Whom to ask next, nearest ring first; None where nobody fits as far as one looks by now."""
    served: Mapping[str, int] | None = None
    for ring in RINGS[: RINGS.index(widest(visit.start, now, rulebook.in_force(now=now).numbers)) + 1]:
        found = [one for one in _within(visit, ring, now) if _fits(one, ring, visit, now)]
        if not found:
            continue
        served = served if served is not None else _served(visit, now)
        if choice := _chosen(found, ring, visit, served, now):
            return choice
    return None


def candidate(carrier: Carrier, book: Book, ring: Ring | None, visit: Visit, *, now: datetime) -> Candidate:
    """A courier as far as it matters for this visit."""
    return Candidate(
        id=carrier.courier_id,
        ring=ring,
        willing=carrier.willing,
        trained=carrier.trained,
        insured_until=carrier.insured_until,
        free=carrier.free,
        quiet=quiet.peaks(carrier.employer, now=now),
        busy=book.is_busy(visit.start, visit.end),
        open_runs=len(book.open),
        recent_runs=book.recent(now),
        paused_until=book.paused_until,
    )


def wanted(visit: Visit, numbers: Numbers, *, passed: Iterable[str] = ()) -> Wanted:
    """What is asked of who carries it. `passed`: who is not asked this time."""
    return Wanted(
        service=visit.service,
        start=visit.start,
        end=visit.end,
        widest=Ring.NEXT,
        declined=frozenset({*visit.decliners, *passed}),
        insurance_needed=numbers.count("care_insurance_needed") == 1,
        most_open=numbers.count("care_open_runs"),
    )


def _within(visit: Visit, ring: Ring, now: datetime) -> Iterator[Carrier]:
    seen: set[str] = set()
    for key in _keys(visit, ring, now):
        found = [one for one in carriers.within(key) if one.courier_id not in seen]
        seen |= {one.courier_id for one in found}
        yield from found


def _keys(visit: Visit, ring: Ring, now: datetime) -> list[str]:
    if ring is Ring.GRID:
        return [f"grid:{visit.grid}", f"whole:{visit.village}"]
    if ring is Ring.VILLAGE:
        return [f"village:{visit.village}"]
    return [f"village:{village}" for village in areas.beside(visit.village, now=now)]


def _fits(carrier: Carrier, ring: Ring, visit: Visit, now: datetime) -> bool:
    """As far as can be said without his book."""
    return _bar(candidate(carrier, Book(courier_id=carrier.courier_id), ring, visit, now=now), visit, now) is None


def _bar(one: Candidate, visit: Visit, now: datetime) -> matching.Bar | None:
    numbers = rulebook.in_force(now=now).numbers
    return matching.bar(one, wanted(visit, numbers, passed=visit.silent), now=now)


def _chosen(found: list[Carrier], ring: Ring, visit: Visit, served: Mapping[str, int], now: datetime) -> Choice | None:
    some = _some(found, visit, served)
    books = carriers.books(one.courier_id for one in some)
    every = [
        replace(candidate(one, books[one.courier_id], ring, visit, now=now), served=served.get(one.courier_id, 0))
        for one in some
    ]
    numbers = rulebook.in_force(now=now).numbers
    asked = wanted(visit, numbers, passed=visit.silent)
    ranked = [choice.candidate for choice in matching.ranked(every, asked, now=now)]
    tied = [one for one in ranked if matching.is_tied(one, ranked[0])][:MOST_TRUSTED]
    if len(tied) > 1:
        shares = trust.percents((one.id for one in tied), now=now)
        tied = [replace(one, trust=shares[one.id]) for one in tied]
    return next(iter(matching.ranked(tied, asked, now=now)), None)


def _some(found: list[Carrier], visit: Visit, served: Mapping[str, int]) -> list[Carrier]:
    """As many as their books are looked into: who has been there, and of the others each visit its own draw."""
    if len(found) <= MOST_BOOKS:
        return found
    return sorted(found, key=lambda one: (one.courier_id not in served, _draw(visit.id, one.courier_id)))[:MOST_BOOKS]


def _draw(visit_id: str, courier_id: str) -> int:
    return zlib.crc32(f"{visit_id} {courier_id}".encode())


def _served(visit: Visit, now: datetime) -> dict[str, int]:
    """How often each courier brought it to its end in the last four weeks: one query."""
    times: dict[str, int] = {}
    for one in visits.of_plan(visit.plan_id, since=now - timedelta(days=RECENT_DAYS), until=now):
        if one.state is VisitState.DONE and one.courier_id:
            times[one.courier_id] = times.get(one.courier_id, 0) + 1
    return times
