"""Rates, whose they are, and for which days."""

import pytest

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.figures.columns import BY_DEADLINE, Column
from chalicelib.domain.figures.columns import Column as C
from chalicelib.domain.figures.figures import By, Cell
from chalicelib.domain.figures.indicators import Only, Row, key, period, rows, scope, total
from chalicelib.domain.people.model import Actor, Role
from tests.builders import CENTRE, COURIER, GRID, GRID_MEMBER, TOWNSHIP, VILLAGE, VILLAGER, WORKS, actor
from tests.counting import counters
from tests.lives import Life

SECRET = frozenset({"0801", "none"})
HOLE, TIP = Cell(GRID, "0303", "D04"), Cell(GRID, "0801", "C")


def test_a_rate_is_none_where_there_is_nothing_to_divide_by() -> None:
    nothing = Row(key="", counts={})
    assert {nothing.response_rate, nothing.on_time_rate, nothing.solved_rate, nothing.satisfaction} == {None}
    some = Row(key="", counts={C.ON_TIME: 6, C.LATE: 1, C.OVERDUE: 1, C.ANSWERED: 2, C.ASKED: 4, C.SATISFIED: 1})
    assert (some.on_time_rate, some.answer_rate, some.satisfaction) == (0.75, 0.5, 0.5)


def test_what_hangs_on_a_deadline_is_told_apart_from_what_happened() -> None:
    assert C.OVERDUE in BY_DEADLINE and C.REOPENED not in BY_DEADLINE and set(Column) > BY_DEADLINE


def test_rows_are_in_order_and_add_up_to_the_total() -> None:
    found = counters(Life(id="a").solved_in_village().lines, Life("0201", id="b").handled().lines)
    for by in (By.DAY, By.VILLAGE, By.GRID, By.KIND, By.DEPARTMENT):
        table = rows(by, found)
        assert [row.key for row in table] == sorted(row.key for row in table)
        for column in Column:
            assert sum(row.count(column) for row in table) == total(found).count(column)
    assert key(By.VILLAGE, "2026-11-23", Cell("outside", "0303", "V")) == "outside"


@pytest.mark.parametrize(
    ("by", "holds"),
    [(CENTRE, (True, True)), (VILLAGER, (True, False)), (GRID_MEMBER, (True, False)), (WORKS, (True, False))],
)
def test_villages_read_no_secret_kind_and_departments_only_their_own(by: Actor, holds: tuple[bool, bool]) -> None:
    found = scope(by, area=None, body=None, township=TOWNSHIP)
    assert (found.holds(HOLE, SECRET), found.holds(TIP, SECRET)) == holds


def test_a_department_reads_its_own_secret_kinds_for_it_had_them_to_do() -> None:
    police = scope(actor("p", (Role.DEPARTMENT, "C"), (Role.COURIER, "p")), area=None, body=None, township=TOWNSHIP)
    assert police.holds(TIP, SECRET) and not police.holds(HOLE, SECRET)
    assert police.holds(TIP._replace(area="outside"), SECRET)


@pytest.mark.parametrize(
    ("by", "area", "body"),
    [(COURIER, None, None), (WORKS, None, "D03"), (WORKS, "350212", None), (VILLAGER, "350211102004", None)],
)
def test_nobody_reads_anothers(by: Actor, area: str | None, body: str | None) -> None:
    with pytest.raises(Forbidden):
        scope(by, area=area, body=body, township=TOWNSHIP)


def test_a_filter_of_kind_group_and_body() -> None:
    for only in (Only(), Only(kind="0303"), Only(group="03"), Only(body="D04"), Only(kind="0303", body="D04")):
        assert only.holds(HOLE)
    for only in (Only(kind="0304"), Only(group="08"), Only(body="V"), Only(kind="0303", body="C")):
        assert not only.holds(HOLE)


def test_a_period_is_any_days_in_order() -> None:
    assert period("2026-10-26", "2026-11-25", longest=31).last == "2026-11-25"
    for first, last in (("2026-11-26", "2026-11-25"), ("2026-10-25", "2026-11-25"), ("2026-11-31", "2026-12-01")):
        with pytest.raises(Invalid):
            period(first, last, longest=31)
    assert scope(VILLAGER, area=VILLAGE, body=None, township=TOWNSHIP).areas == (VILLAGE,)
