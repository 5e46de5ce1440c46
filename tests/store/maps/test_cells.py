"""Counters of the map: a report counts in one place, whoever counts it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.maps.counting import Held, Tile
from chalicelib.store.maps import cells
from chalicelib.store.maps.cells import Count
from tests.builders import TOWNSHIP

pytestmark = pytest.mark.usefixtures("tables")
MONTH = "2026-11"
TILE = Tile(township=TOWNSHIP, month=MONTH, cell="89a", kind="0303")


def counts(month: str = MONTH, **behind: str) -> list[Count]:
    return list(cells.month(TOWNSHIP, month, **behind))


def test_a_report_is_counted_where_it_belongs_now_and_no_longer_where_it_did() -> None:
    first, second = Held(version=1, tile=TILE), Held(version=3, tile=replace(TILE, kind="0304"))
    assert cells.held("r1") is None
    cells.move("r1", None, first)
    assert (cells.held("r1"), counts()) == (first, [("89a", "0303", 1)])
    cells.move("r1", first, second)
    assert (cells.held("r1"), counts()) == (second, [("89a", "0304", 1)])
    cells.move("r1", second, gone := Held(version=4, tile=None))
    assert (cells.held("r1"), counts()) == (gone, [])


def test_what_stays_where_it_was_is_counted_once() -> None:
    cells.move("r1", None, first := Held(version=1, tile=TILE))
    cells.move("r1", first, Held(version=2, tile=TILE))
    assert counts() == [("89a", "0303", 1)]


def test_who_read_before_another_counted_changes_nothing() -> None:
    cells.move("r1", None, first := Held(version=1, tile=TILE))
    cells.move("r1", first, second := Held(version=2, tile=None))
    for before in (None, first):
        with pytest.raises(StaleVersion):
            cells.move("r1", before, Held(version=3, tile=TILE))
    assert (cells.held("r1"), counts()) == (second, [])


def test_many_at_once_are_all_counted_and_one_of_those_at_the_same_report() -> None:
    def move(number: int) -> bool:
        try:
            cells.move(f"r{number % 8}", None, Held(version=1, tile=TILE))
        except StaleVersion:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(move, range(16))) == 8
    assert counts() == [("89a", "0303", 8)]


def test_a_month_is_read_by_cell_from_behind_a_cell_on() -> None:
    for number, (cell, kind) in enumerate([("89b", "0303"), ("89a", "1001"), ("89a", "0303"), ("89c", "0303")]):
        cells.move(f"r{number}", None, Held(version=1, tile=replace(TILE, cell=cell, kind=kind)))
    cells.move("other", None, Held(version=1, tile=replace(TILE, month="2026-10")))
    assert [(count.cell, count.kind) for count in counts()] == [
        ("89a", "0303"),
        ("89a", "1001"),
        ("89b", "0303"),
        ("89c", "0303"),
    ]
    assert [count.cell for count in counts(after="89a")] == ["89b", "89c"]
    assert counts("2026-10") == [("89a", "0303", 1)] and counts("2026-12") == []


def test_the_last_day_of_a_cell_is_the_latest_in_whatever_order_it_is_told() -> None:
    for day in ("2026-11-02", "2026-11-23", "2026-11-02", "2026-10-31"):
        cells.saw(TOWNSHIP, "89a", day)
    cells.saw(TOWNSHIP, "89b", "2026-01-01")
    assert cells.last_days(TOWNSHIP) == {"89a": "2026-11-23", "89b": "2026-01-01"}
    assert cells.last_days("350211103") == {}
