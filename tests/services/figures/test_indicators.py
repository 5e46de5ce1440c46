"""The figures a township is judged by, as they were counted, for those whose they are; and the reports behind them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.figures.columns import Column
from chalicelib.domain.figures.columns import Column as C
from chalicelib.domain.figures.figures import By
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reports.model import Action
from chalicelib.services.figures import behind, figures, indicators
from chalicelib.services.figures.indicators import Answer, Question
from chalicelib.services.reports import changes
from tests.bench.calls import counted
from tests.builders import (
    CENTRE,
    COURIER,
    DISTRICT,
    GRID,
    GRID_MEMBER,
    NOW,
    SANITATION,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    WORKS,
    actor,
)
from tests.lives import HOUR, Life

A = Action
PERIOD = {"first": "2026-10-26", "last": "2026-11-25"}


def kept(life: Life) -> None:
    """As it happened, and followed."""
    for change in life.changes:
        changes.store(change)
    figures.count(life.lines[-1])


@pytest.fixture
def township(rules: None) -> Iterator[None]:
    """Four reports: solved in the village, overdue with works, a secret one, and one that the village let lapse."""
    kept(Life(id="a").solved_in_village().does(A.CONFIRM, GRID_MEMBER, NOW + HOUR, solved=True))
    overdue = Life(id="b", now=NOW - timedelta(days=7))
    overdue.verified(NOW - timedelta(days=7)).dispatched(NOW - timedelta(days=7))
    kept(overdue.rings(NOW))
    kept(Life("0801", id="c"))
    lapsed = Life(id="d", now=NOW - timedelta(days=14))
    lapsed.rings(lapsed.due())
    kept(lapsed)
    yield


def asked(by: Actor, rows: By = By.VILLAGE, **question: Any) -> Answer:
    return indicators.ask(Question(**({"by": rows} | PERIOD | question)), by=by, now=NOW)


def counts(answer: Answer, *names: Column) -> dict[str, list[int]]:
    return {row.key: [row.count(name) for name in names] for row in answer.rows}


@pytest.mark.usefixtures("township")
def test_rates_are_what_they_are_made_of() -> None:
    total = asked(CENTRE).total
    assert (total.response_rate, total.count(C.DUE)) == (2 / 3, 3)
    assert (total.on_time_rate, total.count(C.ON_TIME), total.count(C.OVERDUE)) == (1 / 2, 1, 1)
    assert (total.solved_rate, total.answer_rate, total.satisfaction) == (1.0, 0.0, None)
    assert total.count(C.FILED) == 4


@pytest.mark.usefixtures("township")
def test_they_are_told_apart_by_day_area_kind_and_body() -> None:
    assert counts(asked(CENTRE), C.FILED) == {VILLAGE: [4]}
    assert counts(asked(CENTRE, By.GRID), C.FILED) == {GRID: [4]}
    assert counts(asked(CENTRE, By.KIND), C.FILED) == {"0303": [3], "0801": [1]}
    assert counts(asked(CENTRE, By.DEPARTMENT), C.ON_TIME, C.OVERDUE)["D04"] == [0, 1]
    assert counts(asked(CENTRE, By.DAY), C.FILED)["2026-11-09"] == [1]
    assert asked(CENTRE, By.DEPARTMENT).names["D04"][0] and asked(CENTRE, By.KIND).names["0303"][0]


@pytest.mark.usefixtures("township")
def test_a_filter_narrows_rows_and_total_alike() -> None:
    assert asked(CENTRE, kind="0801").total.count(C.FILED) == asked(CENTRE, group="08").total.count(C.FILED) == 1
    assert asked(CENTRE, body="D04").total.count(C.OVERDUE) == 1
    assert asked(CENTRE, body="V").total.count(C.OVERDUE) == 0
    assert asked(CENTRE, area="outside").rows == []
    assert asked(CENTRE, first="2026-11-09", last="2026-11-09").total.count(C.FILED) == 1


@pytest.mark.usefixtures("township")
def test_each_reads_his_own() -> None:
    assert asked(VILLAGER).total.count(C.FILED) == 3 and not asked(VILLAGER).confidential
    assert asked(DISTRICT).total.count(C.FILED) == 4 and asked(DISTRICT).confidential
    works = asked(WORKS, By.DEPARTMENT)
    assert [row.key for row in works.rows] == ["D04"] and works.total.count(C.OVERDUE) == 1
    assert asked(SANITATION).rows == []
    both = actor("both", (Role.DEPARTMENT, "D04"), (Role.VILLAGE, VILLAGE))
    assert asked(both, body="D04").total.count(C.OVERDUE) == 1 and asked(both).total.count(C.FILED) == 3


@pytest.mark.usefixtures("township")
@pytest.mark.parametrize(
    ("by", "question"),
    [(COURIER, {}), (WORKS, {"body": "D03"}), (WORKS, {"area": "350212"}), (VILLAGER, {"area": TOWNSHIP})],
)
def test_nobody_reads_anothers(by: Actor, question: Any) -> None:
    with pytest.raises(Forbidden):
        asked(by, **question)


@pytest.mark.usefixtures("township")
@pytest.mark.parametrize("first", ["2026-02-30", "2026-11-26", "2020-01-01"])
def test_a_period_is_of_days_that_exist_in_order_and_not_too_many(first: str) -> None:
    with pytest.raises(Invalid):
        asked(CENTRE, first=first)


@pytest.mark.usefixtures("township")
def test_a_question_costs_a_query_for_each_month_it_touches() -> None:
    asked(CENTRE)
    for first, queries in (("2026-11-01", 1), ("2026-10-26", 2), ("2026-01-01", 11)):
        with counted() as calls:
            asked(CENTRE, By.DEPARTMENT, first=first, kind="0303", body="D04")
        assert calls.names == ["Query"] * queries


@pytest.mark.usefixtures("township")
def test_the_system_reads_the_same_without_a_caller() -> None:
    question = Question(by=By.VILLAGE, **PERIOD)
    assert indicators.of(TOWNSHIP, question, now=NOW) == asked(CENTRE)


def listed(column: Column, by: Actor, *, limit: int = 50, **question: Any) -> tuple[list[str], int, int]:
    """The reports that are shown, how many are not, and how many pages it took."""
    shown, hidden, cursor, pages = list[str](), 0, None, 0
    while cursor or not pages:
        wanted = Question(**({"by": By.DAY} | PERIOD | question))
        page = behind.page(wanted, column, by=by, limit=limit, cursor=cursor, now=NOW)
        shown += [one.report.id for one in page.counted]
        hidden, cursor, pages = hidden + page.hidden, page.cursor, pages + 1
    return shown, hidden, pages


@pytest.mark.usefixtures("township")
@pytest.mark.parametrize("question", [{}, {"kind": "0303"}, {"group": "08"}, {"area": VILLAGE}])
def test_the_list_behind_a_number_is_as_long_as_the_number(question: Any) -> None:
    for by in (CENTRE, DISTRICT, VILLAGER, WORKS):
        total = asked(by, **question).total
        for column in Column:
            shown, hidden, _ = listed(column, by, limit=2, **question)
            assert len(shown) + hidden == total.count(column), (by.id, column)


@pytest.mark.usefixtures("township")
def test_what_he_may_not_see_is_counted_and_not_shown() -> None:
    assert listed(C.FILED, CENTRE, limit=3) == (["d", "b", "a", "c"], 0, 2)
    assert listed(C.FILED, DISTRICT) == ([], 4, 1)
    assert listed(C.OVERDUE, WORKS) == (["b"], 0, 1)
    with pytest.raises(Forbidden):
        listed(C.FILED, COURIER)


@pytest.mark.usefixtures("township")
def test_the_list_costs_a_query_a_month_and_one_for_the_reports() -> None:
    listed(C.FILED, CENTRE)
    with counted() as calls:
        listed(C.FILED, CENTRE)
    assert calls.names == ["Query", "Query", "BatchGetItem"]
