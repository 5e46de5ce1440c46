"""Figures by whatever is asked, and what stood at the end of a period that is over."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.figures.figures import By, Leaf
from chalicelib.domain.figures.statistics import Row, period, rows, scope, total
from chalicelib.domain.reports.model import OPEN, Action, Status
from tests.api.people import PEOPLE
from tests.builders import CENTRE, DISTRICT, GRID, GRID_MEMBER, NEXT_GRID, NOW, TOWNSHIP, VILLAGE, VILLAGER
from tests.counting import leaves
from tests.lines import told

A, S = Action, Status
DAY = timedelta(days=1)
LIFE = [(A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED)]


def test_by_status_a_closed_report_stands_where_it_ended() -> None:
    flows, ever = leaves(told(*LIFE))
    found = rows(By.STATUS, period("2026-11", None), flows, ever)
    assert found == [
        Row(key="closed", filed=0, entered=1, left=0, standing=1, open=0),
        Row(key="resolved", filed=0, entered=1, left=1, standing=0, open=0),
        Row(key="submitted", filed=1, entered=1, left=1, standing=0, open=0),
        Row(key="with_village", filed=0, entered=1, left=1, standing=0, open=0),
    ]
    assert total(period("2026-11", None), flows, ever) == Row(key="", filed=1, entered=4, left=3, standing=1, open=0)


def test_what_stood_at_the_end_of_a_day_that_is_over() -> None:
    flows, ever = leaves(
        told(*LIFE, subject="a"), told(LIFE[0], subject="b", at=NOW + DAY), told(subject="c", at=NOW + 2 * DAY)
    )
    days = rows(By.DAY, period("2026-11", None), flows, ever)
    assert [(row.key, row.filed, row.standing, row.open) for row in days] == [
        ("2026-11-23", 1, 1, 0),
        ("2026-11-24", 1, 2, 1),
        ("2026-11-25", 1, 3, 2),
    ]
    first = total(period("2026-11", "2026-11-23"), flows, ever)
    assert (first.filed, first.standing, first.open) == (1, 1, 0)
    assert total(period("2026-11", "2026-11-22"), flows, ever).standing == 0


def test_villages_grids_and_kinds_are_told_apart() -> None:
    here, there, nowhere = (
        told(subject="a"),
        told(subject="b", grid=NEXT_GRID),
        told(subject="c", grid=None, village=None),
    )
    flows, ever = leaves(here, there, nowhere, told(subject="d", kind="0201"))
    november = period("2026-11", None)
    assert [(row.key, row.filed) for row in rows(By.VILLAGE, november, flows, ever)] == [(VILLAGE, 3), ("outside", 1)]
    assert [(row.key, row.filed) for row in rows(By.GRID, november, flows, ever)] == [
        (GRID, 2),
        (NEXT_GRID, 1),
        ("outside", 1),
    ]
    assert [(row.key, row.filed) for row in rows(By.KIND, november, flows, ever)] == [("0201", 1), ("0303", 3)]


def test_what_stands_though_nothing_happened_has_a_row() -> None:
    flows, ever = leaves(told(at=NOW - 40 * DAY))
    (row,) = rows(By.GRID, period("2026-11", None), [leaf for leaf in flows if leaf.day > "2026-11"], ever)
    assert (row.filed, row.standing, row.open) == (0, 1, 1)


def test_too_far_back_nothing_is_said_of_what_stood() -> None:
    flows, _ = leaves(told())
    (row,) = rows(By.KIND, period("2026-11", None), flows, None)
    assert (row.filed, row.standing, row.open) == (1, None, None)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=12))
def test_standing_is_what_replaying_the_days_gives(reports: list[tuple[int, int]]) -> None:
    histories = [told(*LIFE[:steps], subject=str(n), at=NOW + day * DAY) for n, (day, steps) in enumerate(reports)]
    flows, ever = leaves(*histories)
    for day in range(6):
        name = f"{NOW + day * DAY:%Y-%m-%d}"
        ends = [lines[-1].standing.status for (start, _), lines in zip(reports, histories, strict=True) if start <= day]
        found = total(period("2026-11", name), flows, ever)
        assert (found.standing, found.open) == (len(ends), sum(status in OPEN for status in ends))


MAY = {
    None: {"grid", "grid~", "grid'", "village", "village'", "centre", "committee", "district", "auditor", "admin"},
    "outside": {"centre", "committee", "district", "auditor", "admin"},
    TOWNSHIP: {"centre", "committee", "district", "auditor", "admin"},
    VILLAGE: {"village", "centre", "committee", "district", "auditor", "admin"},
    GRID: {"grid", "village", "centre", "committee", "district", "auditor", "admin"},
    "350211103": set(),
}


@pytest.mark.parametrize("area", MAY)
def test_who_may_read_the_figures_of_what(area: str | None) -> None:
    found = set()
    for name, person in PEOPLE.items():
        if person:
            try:
                scope(person, area, TOWNSHIP)
            except Forbidden:
                continue
            found.add(name)
    assert found == MAY[area]


def leaf(area: str, kind: str = "0303") -> Leaf:
    return Leaf(township=TOWNSHIP, day="2026-11-23", area=area, kind=kind, status="submitted")


def test_whoever_sees_a_village_or_grid_is_not_told_of_secret_kinds() -> None:
    secret = frozenset({"0801", "none"})
    for person in (VILLAGER, GRID_MEMBER):
        own = scope(person, None, TOWNSHIP)
        assert own.holds(leaf(GRID), secret) and not own.holds(leaf(GRID, "0801"), secret)
        assert not own.everything and not own.holds(leaf("outside"), secret)
    for person in (CENTRE, DISTRICT):
        assert scope(person, None, TOWNSHIP).holds(leaf(GRID, "0801"), secret)


def test_an_area_narrows_and_outside_is_the_townships() -> None:
    assert scope(CENTRE, None, TOWNSHIP).holds(leaf("outside"), frozenset())
    assert scope(CENTRE, "outside", TOWNSHIP).holds(leaf("outside"), frozenset())
    assert not scope(CENTRE, "outside", TOWNSHIP).holds(leaf(GRID), frozenset())
    assert not scope(CENTRE, VILLAGE, TOWNSHIP).holds(leaf("outside"), frozenset())
    assert not scope(CENTRE, NEXT_GRID, TOWNSHIP).holds(leaf(GRID), frozenset())


@pytest.mark.parametrize(
    ("month", "day", "days"),
    [
        ("2026-11", None, ("2026-11-01", "2026-11-30")),
        ("2028-02", None, ("2028-02-01", "2028-02-29")),
        ("2026-12", None, ("2026-12-01", "2026-12-31")),
        ("2026-11", "2026-11-23", ("2026-11-23", "2026-11-23")),
    ],
)
def test_a_period_has_a_first_and_a_last_day(month: str, day: str | None, days: tuple[str, str]) -> None:
    found = period(month, day)
    assert (found.first, found.last) == days


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Invalid):
        period("2026-02", "2026-02-30")
