"""A result is frozen: its first three are awarded, and what is different since is shown."""

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.domain.people.membership import Membership
from chalicelib.domain.points.scores import Score
from chalicelib.domain.rankings.periods import named
from chalicelib.domain.rankings.ranking import Row, ordered
from chalicelib.domain.rankings.results import Board, Correction, Count, awarded, corrections, require_frozen
from tests.builders import NOW


def rows(**honours: int) -> list[Row]:
    members = {id: Membership() for id in honours if id != "staff"}
    return ordered(((id, Score(honour=honour, solved=1)) for id, honour in honours.items()), members)


def awards(period: str = "2026-11", **honours: int) -> list[tuple[str, str]]:
    result = Board(period=period, as_of=NOW, rows=rows(**honours))
    return [(place.row.courier_id, rule) for place, rule in awarded(result, named(period))]


def test_the_first_three_of_a_month_are_awarded() -> None:
    assert awards(a=9, b=8, c=7, d=6) == [("a", "P51"), ("b", "P52"), ("c", "P53")]
    assert awards(staff=9, b=8) == [("b", "P51")]
    assert awards("2026-Q4", a=9) == awards("2026", a=9) == awards("ever", a=9) == []


def test_who_shares_a_number_gets_the_same_and_the_next_award_is_left_out() -> None:
    assert awards(a=9, b=9, c=7) == [("a", "P51"), ("b", "P51"), ("c", "P53")]
    assert awards(a=9, b=7, c=7, d=7, e=1) == [("a", "P51"), ("b", "P52"), ("c", "P52"), ("d", "P52")]


def test_only_whose_score_is_another_is_corrected_whoever_went_past_him() -> None:
    then, now = rows(a=9, b=8, c=7, staff=5), rows(b=8, c=7, d=3, staff=5)
    assert corrections(then, now) == [
        Correction(
            courier_id="a",
            before=Count(rank=1, honour=9, solved=1),
            after=Count(rank=None, honour=0, solved=0),
        ),
        Correction(courier_id="d", before=None, after=Count(rank=3, honour=3, solved=1)),
    ]
    assert corrections(then, then) == []


def test_what_is_not_frozen_has_no_corrections() -> None:
    with pytest.raises(NotFound) as refused:
        require_frozen(None, "2026-11")
    assert refused.value.rule == "ranking_not_frozen"
