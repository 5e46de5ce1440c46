"""What came and went, counted and read again."""

from dataclasses import replace
from random import Random

import pytest

from chalicelib.domain.figures.figures import Flow, summed
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.figures import figures
from tests.builders import GRID, NEXT_GRID, TOWNSHIP, VILLAGE
from tests.histories import happened
from tests.lines import standing, told

pytestmark = pytest.mark.usefixtures("tables")
A, S = Action, Status


def test_any_order_with_duplicates_counts_the_same() -> None:
    steps = [(A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.COMMENT, S.RESOLVED), (A.CONFIRM, S.CLOSED)]
    telling = [line for number in range(3) for line in told(*steps, subject=f"r{number}")] * 2
    happened(telling[: len(telling) // 2])
    Random(7).shuffle(telling)
    for line in telling:
        figures.count(line)
    assert summed(figures.of(TOWNSHIP, "2026-11"), lambda leaf: leaf.status) == {
        "submitted": Flow(entered=3, left=3),
        "with_village": Flow(entered=3, left=3),
        "resolved": Flow(entered=3, left=3),
        "closed": Flow(entered=3, left=0),
    }


def test_a_day_a_village_and_a_grid_are_read_by_their_beginning() -> None:
    places: list[tuple[str | None, str | None]] = [(GRID, VILLAGE), (NEXT_GRID, VILLAGE), (None, VILLAGE), (None, None)]
    for number, (grid, village) in enumerate(places):
        where = standing(S.SUBMITTED, grid=grid, village=village)
        line = replace(told(subject=f"r{number}")[0], standing=where)
        happened([line])
        figures.count(line)

    def entered(day: str | None, area: str | None) -> int:
        return sum(leaf.entered for leaf in figures.of(TOWNSHIP, "2026-11", day=day, area=area))

    for day in ("2026-11-23", None):
        assert [entered(day, area) for area in (None, VILLAGE, GRID, "outside")] == [4, 3, 1, 1]
    assert entered("2026-11-22", None) == 0
