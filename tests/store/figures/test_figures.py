"""Counters: each event once, in any order, at any concurrency."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.domain.figures import figures as rules
from chalicelib.domain.reports.model import Action, Status
from chalicelib.store.figures import figures
from chalicelib.store.figures.marks import Followed, MarkItem
from tests.builders import GRID, NOW, TOWNSHIP
from tests.lines import told

pytestmark = pytest.mark.usefixtures("tables")
MONTH = f"{TOWNSHIP}#2026-11"


def flows() -> dict[str, tuple[int, int]]:
    return {leaf.status: (leaf.entered, leaf.left) for leaf in figures.of(MONTH, "2026-11")}


def test_an_event_counts_once() -> None:
    line = told((Action.VERIFY, Status.WITH_CENTRE))[1]
    figures.add(line, rules.leaves(line))
    with pytest.raises(Followed):
        figures.add(line, rules.leaves(line))
    assert flows() == {"submitted": (0, 1), "with_centre": (1, 0)}


def test_many_at_once_are_all_counted() -> None:
    lines = [told(subject=f"r{number}")[0] for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda line: figures.add(line, rules.leaves(line)), lines))
    assert flows() == {"submitted": (8, 0)}


def test_a_leaf_comes_back_as_it_was_counted() -> None:
    line = told()[0]
    figures.add(line, rules.leaves(line))
    assert figures.of(MONTH, f"2026-11-23#{GRID}") == list(rules.leaves(line))
    assert figures.of(MONTH, "2026-11-22") == [] and figures.of(f"{TOWNSHIP}#2026-12", "2026") == []


def test_a_mark_outlives_the_reach_of_a_replay() -> None:
    line = told()[0]
    figures.add(line, rules.leaves(line))
    (mark,) = (MarkItem.get(f"{line.id}#figures"),)
    assert mark.expires_at - NOW.timestamp() > 366 * 24 * 3600
