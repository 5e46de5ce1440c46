"""Figures as they were counted, read by those whose they are."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.figures.figures import By
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.figures import figures, statistics
from chalicelib.services.figures.statistics import Answer, Question
from tests.bench.calls import counted
from tests.builders import CENTRE, COURIER, COURIER2, DISTRICT, GRID, GRID_MEMBER, NOW, VILLAGE, VILLAGER
from tests.histories import happened
from tests.lines import told

A, S = Action, Status
DAY = timedelta(days=1)


@pytest.fixture
def counts(rules: None) -> Iterator[None]:
    """One report of October that is closed, two of now: one of them of a secret kind."""
    closed = [(A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED)]
    for lines in (
        told(*closed, subject="a", at=NOW - 30 * DAY),
        told((A.VERIFY, S.WITH_CENTRE), subject="b"),
        told(subject="c", kind="0801"),
    ):
        happened(lines)
        for line in lines * 2:  # each told twice
            figures.count(line)
    yield


def asked(by: Actor, kind: By = By.STATUS, **question: str) -> Answer:
    return statistics.reports(Question(by=kind, **question), by=by, now=NOW + DAY)


def standing(answer: Answer) -> dict[str, tuple[int, int | None]]:
    return {row.key: (row.filed, row.standing) for row in answer.rows}


@pytest.mark.usefixtures("counts")
def test_the_centre_sees_every_kind_counted() -> None:
    answer = asked(CENTRE)
    assert standing(answer) == {"closed": (0, 1), "submitted": (2, 1), "with_centre": (0, 1)}
    assert answer.confidential and (answer.total.standing, answer.total.open) == (3, 2)
    assert (answer.as_of, answer.counted_at) == (NOW + DAY, NOW + DAY)


@pytest.mark.usefixtures("counts")
def test_a_month_that_is_over_is_answered_as_of_its_end() -> None:
    answer = asked(CENTRE, month="2026-10")
    assert standing(answer)["closed"] == (0, 1) and answer.total.standing == 1
    assert answer.as_of == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert asked(CENTRE, month="2026-09").total.standing == 0


@pytest.mark.usefixtures("counts")
def test_grid_and_village_see_their_own_without_what_is_secret() -> None:
    for by in (GRID_MEMBER, VILLAGER):
        answer = asked(by, By.KIND)
        assert standing(answer) == {"0303": (1, 2)} and not answer.confidential
    assert standing(asked(GRID_MEMBER, By.GRID)) == {GRID: (1, 2)}
    with pytest.raises(Forbidden):
        asked(GRID_MEMBER, area=VILLAGE)


@pytest.mark.usefixtures("counts")
def test_a_district_sees_the_counts_of_its_township() -> None:
    answer = asked(DISTRICT, By.VILLAGE)
    assert standing(answer) == {VILLAGE: (2, 3)} and answer.names[VILLAGE][0]


@pytest.mark.usefixtures("counts")
def test_figures_cost_a_query_for_each_month_since_and_one_for_ever() -> None:
    asked(CENTRE)
    for month, queries in (("2026-11", 2), ("2026-09", 4), ("2025-11", 14), ("2025-10", 1), ("2027-01", 2)):
        with counted() as calls:
            answer = asked(CENTRE, month=month)
        assert calls.names == ["Query"] * queries, month
        assert (answer.total.standing is None) == (queries == 1)


@pytest.mark.usefixtures("counts")
def test_a_courier_reads_what_became_of_his_reports() -> None:
    with counted() as calls:
        found = statistics.contribution(by=COURIER, now=NOW)
    assert calls.names == ["Query", "BatchGetItem"]
    assert [(one.month, one.filed, one.verified, one.solved) for one in found.months] == [
        ("2026-11", 2, 1, 0),
        ("2026-10", 1, 1, 1),
    ]
    assert (found.total.filed, found.total.open, found.total.closed) == (3, 2, 1)
    assert statistics.contribution(by=COURIER2, now=NOW).months == []
