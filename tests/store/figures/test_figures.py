"""Counters and the reports behind them: what was added once is not added again, at any concurrency."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.figures.columns import Column
from chalicelib.domain.figures.figures import Counter
from chalicelib.domain.figures.tallies import Tally, tally
from chalicelib.domain.reports.model import Action, Status
from chalicelib.store.figures import contributions, figures, tallies
from tests.builders import COURIER, GRID, TOWNSHIP, VILLAGE
from tests.counting import counters
from tests.lines import told

pytestmark = pytest.mark.usefixtures("tables")
A, S = Action, Status
DAY = "2026-11-23"


def added(lines: list[Event], report_id: str = "r1") -> tallies.Added:
    """What is added once all of these lines are."""
    before = tallies.get(report_id, township=TOWNSHIP, courier_id=COURIER.id)
    return tallies.add(before, tally(lines))


def everything() -> list[Counter]:
    found = [*figures.of(TOWNSHIP, "2026-11"), *figures.of(TOWNSHIP, "ever")]
    return [one for one in sorted(found, key=lambda one: (one.day, one.area, one.kind, one.body)) if one.counts]


def test_a_tally_is_added_once_whoever_comes_at_the_same_time() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE))
    fresh = tallies.get("r1", township=TOWNSHIP, courier_id=COURIER.id)
    assert (fresh.revision, fresh.tally) == (0, Tally())
    done = tallies.add(fresh, tally(lines))
    with pytest.raises(StaleVersion):
        tallies.add(fresh, tally(lines))
    assert everything() == counters(lines)
    assert tallies.get("r1", township=TOWNSHIP, courier_id=COURIER.id) == done
    assert (done.revision, done.tally) == (1, tally(lines))


def test_only_what_differs_is_added() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.DISPATCH, S.DISPATCHED), (A.RETURN, S.WITH_CENTRE))
    for number in range(1, 5):
        added(lines[:number])
        assert everything() == counters(lines[:number])


def test_many_reports_at_once_are_all_counted() -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: added(told(subject=f"r{number}"), f"r{number}"), range(8)))
    assert everything() == counters(*(told(subject=f"r{number}") for number in range(8)))


def test_what_is_too_much_for_one_transaction_is_added_piece_by_piece() -> None:
    wide = Tally(number=9, shares={f"2026-11-{day:02}#{GRID}#0303#D{day:02}": {"urged": 1} for day in range(1, 31)})
    wide = replace(wide, shares=wide.shares | {key.replace("#D", "#E"): share for key, share in wide.shares.items()})
    before = tallies.get("r1", township=TOWNSHIP, courier_id=COURIER.id)
    part = tallies.add(before, wide)
    assert (part.tally.number, len(part.tally.shares), len(everything())) == (0, 40, 40)
    whole = tallies.add(part, wide)
    assert whole.tally == wide and len(everything()) == 60


def test_a_counter_is_read_by_day_and_by_the_beginning_of_its_area() -> None:
    added(told())
    assert [one.day for one in figures.of(TOWNSHIP, "2026-11", DAY, DAY)] == [DAY]
    assert [one.area for one in figures.of(TOWNSHIP, "2026-11", f"{DAY}#{VILLAGE}", f"{DAY}#{VILLAGE}~")] == [GRID]
    assert figures.of(TOWNSHIP, "2026-11", "2026-11-24", "2026-11-30") == figures.of(TOWNSHIP, "2026-12") == []


def test_the_reports_behind_a_number_come_and_go_with_it() -> None:
    lines = told((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED), (A.REOPEN, S.WITH_VILLAGE))
    behind = []
    for number in (4, 5):
        added(lines[:number])
        entries = figures.behind(TOWNSHIP, "2026-11", "2026-11-01", "2026-11-30")
        behind.append({column for entry in entries for column in entry.columns})
    assert (Column.SOLVED in behind[0], Column.SOLVED in behind[1]) == (True, False)
    assert Column.REOPENED in behind[1] and Column.REVIEWED in behind[1]


def test_what_nobody_did_any_more_stays_as_it_was_contributed() -> None:
    """The report has been made anonymous: its reporter is not known, and his counts stay."""
    lines = told((A.VERIFY, S.WITH_VILLAGE))
    added(lines)
    before = contributions.of(COURIER.id)
    nobody = tallies.get("r1", township=TOWNSHIP, courier_id=None)
    after = tallies.add(nobody, replace(tally(lines), months={}))
    assert contributions.of(COURIER.id) == before and after.tally.months == tally(lines).months
