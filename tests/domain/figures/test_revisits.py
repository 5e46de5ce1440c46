"""Solved or not, satisfied or not; and who had resolved what did not stand."""

from datetime import timedelta
from typing import Any

from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.terms import Outcome, Ruling
from tests.builders import CENTRE, COMMITTEE, COURIER, GRID_MEMBER, NOW, VILLAGER
from tests.lives import HOUR, Life

A = Action
COLUMNS = ("reviewed", "solved", "solved_in_village", "asked", "answered", "satisfied", "reopened", "unchecked")


def revisit(life: Life) -> dict[str, list[tuple[str, str]]]:
    return {name: where for name, where in life.columns.items() if name in COLUMNS}


def answered(life: Life, *, satisfied: bool = True, **fields: Any) -> Life:
    return life.does(A.CONFIRM, COURIER, contacted=True, solved=True, satisfied=satisfied, **fields)


def confirmed(life: Life, by: Any = GRID_MEMBER) -> Life:
    return life.does(A.CONFIRM, by, NOW + HOUR, solved=True)


def test_what_a_recheck_saw_is_reviewed_solved_and_its_reporter_asked() -> None:
    life = confirmed(Life().solved_in_village())
    there = [("11-24", "V")]
    assert revisit(life) == {"reviewed": there, "solved": there, "solved_in_village": there, "asked": there}


def test_a_department_solves_nothing_in_the_village() -> None:
    life = confirmed(Life().handled().resolved())
    assert life.columns["solved"] == [("11-24", "D04")] and "solved_in_village" not in life.columns


def test_the_three_questions_count_once_before_the_closing_or_after_it() -> None:
    there = [("11-24", "V")]
    before = confirmed(answered(Life().solved_in_village()))
    after = answered(confirmed(Life().solved_in_village()), now=NOW + 2 * HOUR)
    for life in (before, after):
        assert [life.columns[name] for name in ("asked", "answered", "satisfied")] == [there, there, there]
    dissatisfied = answered(Life().solved_in_village(), satisfied=False)
    assert dissatisfied.columns["answered"] == there and "satisfied" not in dissatisfied.columns


def test_a_recheck_that_saw_nothing_solved_reviewed_it() -> None:
    life = Life().solved_in_village().does(A.REOPEN, GRID_MEMBER, NOW + HOUR, text="还在")
    assert revisit(life) == {"reviewed": [("11-24", "V")], "reopened": [("11-23", "V")]}


def test_what_its_reporter_reopens_is_not_solved_any_more() -> None:
    life = confirmed(Life().solved_in_village()).does(A.REOPEN, COURIER, NOW + 48 * HOUR, text="又坏了")
    assert revisit(life) == {"reviewed": [("11-24", "V")], "asked": [("11-24", "V")], "reopened": [("11-25", "V")]}
    confirmed_again = confirmed(life.resolved(VILLAGER, NOW + 49 * HOUR), GRID_MEMBER)
    assert confirmed_again.columns["solved"] == [("11-26", "V")]
    assert confirmed_again.columns["reviewed"] == [("11-24", "V"), ("11-26", "V")]


def test_closed_unchecked_has_ended_and_is_neither_reviewed_nor_solved() -> None:
    life = Life().solved_in_village()
    life.rings(life.due() + timedelta(days=3))
    assert set(revisit(life)) == {"unchecked", "asked"}
    assert life.columns["unchecked"][0][1] == "V"


def test_closed_without_a_solution_was_reviewed_and_is_not_solved() -> None:
    life = Life().verified().does(A.COORDINATE, CENTRE, text="难")
    life.does(A.DECIDE, COMMITTEE, decision=Ruling.CLOSE_UNSOLVED, text="暂无办法")
    assert life.columns["unsolved"] and life.columns["reviewed"] and "solved" not in life.columns


def test_what_was_gone_already_is_not_reviewed_and_its_reporter_asked() -> None:
    assert set(revisit(Life().verified(outcome=Outcome.ALREADY_GONE))) == {"asked"}


def test_a_false_closing_counts_against_the_body_that_had_resolved() -> None:
    found = Life().handled().resolved().does(A.REOPEN, GRID_MEMBER, NOW + HOUR, text="没有修")
    assert found.columns["false_closings"] == [("11-23", "D04")]
    assert "false_closings" not in Life().handled().resolved().does(A.REOPEN, COURIER, NOW + HOUR, text="没修").columns
