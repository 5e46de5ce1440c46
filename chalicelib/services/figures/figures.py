"""Figures follow the history: what came and went, how promptly and how well, counted report by report."""

from dataclasses import replace

from chalicelib.domain import anonymity
from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.figures import tallies as rules
from chalicelib.domain.figures.figures import EVER, Leaf
from chalicelib.store import history
from chalicelib.store.figures import figures as store
from chalicelib.store.figures import tallies

# Each try that is lost means that something else of the same report was counted.
TRIES = 8


def count(event: Event) -> None:
    """Count whatever of the event's report is not counted yet: once however often and in whatever order it is told.

    Raises Busy under contention that does not end.
    """
    recount(event.subject_id)


def recount(report_id: str) -> bool:
    """Bring what a report adds to the counters to what its history says; whether that changed anything.

    Two reads, and a transaction where something is to be added; one more for every forty counters.
    Raises Busy under contention that does not end.
    """
    for _ in range(TRIES):
        lines = history.of(report_id)
        if not lines:
            return False
        try:
            return _brought(report_id, lines)
        except StaleVersion:
            continue
    raise Busy("store_contention")


def of(township: str, month: str, *, day: str | None = None, area: str | None = None) -> list[Leaf]:
    """What came and went in a local month (`2026-11`) or day (`2026-11-23`), everywhere or in a village or grid.

    One query. Of an area through a whole month, the month is read and sifted. `domain.figures.summed` adds it up.
    """
    if day and area:
        found = store.of(township, month, f"{day}#{area}", f"{day}#{area}~")
    else:
        found = store.of(township, month, day or "", day or "~")
    return [leaf for counter in found for leaf in counter.leaves if leaf.area.startswith(area or "")]


def ever(township: str) -> list[Leaf]:
    """What stands in each cell now, as if it had entered and never left: one query."""
    return [leaf for counter in store.of(township, EVER) for leaf in counter.leaves]


def _brought(report_id: str, lines: list[Event]) -> bool:
    first, tally = lines[0], rules.tally(lines)
    courier = None if first.reporter_id == anonymity.nobody(report_id) else first.reporter_id
    added = tallies.get(report_id, township=first.standing.township, courier_id=courier)
    tally = tally if courier else replace(tally, months=added.tally.months)
    if added.tally.number > tally.number or added.tally == tally:
        return False
    changed = replace(added.tally, number=tally.number) != tally
    while added.tally != tally:
        added = tallies.add(added, tally)
    return changed
