"""What lies on the map."""

from dataclasses import replace

import pytest

from chalicelib.domain.maps import counting
from chalicelib.domain.maps.counting import Tile
from chalicelib.domain.reports.model import Action, Status
from tests.builders import NOW, RULES, TOWNSHIP, report
from tests.lines import event, standing, told

A, S = Action, Status
GONE = {S.INVALID, S.DUPLICATE, S.WITHDRAWN}


def cell_of(_: object) -> str:
    return "cell"


def test_a_report_counts_in_its_cell_in_the_month_it_came_in_under_its_kind() -> None:
    assert counting.tile(report(), cell_of) == Tile(township=TOWNSHIP, month="2026-11", cell="cell", kind="0303")


def test_its_month_is_local() -> None:
    late = report(created_at=NOW.replace(day=30, hour=16))
    assert (found := counting.tile(late, cell_of)) and found.month == "2026-12"


@pytest.mark.parametrize("status", Status)
def test_it_counts_whatever_becomes_of_it_unless_there_was_nothing_or_it_is_counted_already(status: Status) -> None:
    assert (counting.tile(report(status), cell_of) is None) is (status in GONE)


@pytest.mark.parametrize("kind", [None, *(code for code in RULES.taxonomy.kinds if code[:2] in ("08", "09"))])
def test_what_is_secret_or_not_classified_never_counts(kind: str | None) -> None:
    assert counting.tile(report(kind=kind), cell_of) is None


def test_neither_group_counts_where_a_township_has_called_one_of_its_kinds_no_secret() -> None:
    made = report(kind="0907")
    assert counting.tile(replace(made, nature=replace(made.nature, confidential=False)), cell_of) is None
    kinds = {code: replace(kind, confidential=False) for code, kind in RULES.taxonomy.kinds.items()}
    public = counting.public_kinds(replace(RULES.taxonomy, kinds=kinds))
    assert public == {code for code in kinds if code[:2] not in ("08", "09")}


def test_what_was_filed_as_secret_does_not_count_until_it_is_classified_anew() -> None:
    made = report()
    assert counting.tile(replace(made, nature=replace(made.nature, confidential=True)), cell_of) is None


def test_what_has_no_place_is_on_no_map() -> None:
    made = report()
    assert counting.tile(replace(made, place=replace(made.place, point=None)), cell_of) is None


def test_an_event_concerns_the_map_where_the_report_comes_goes_or_is_of_another_kind() -> None:
    public, secret, gone = standing(S.WITH_CENTRE), standing(S.WITH_CENTRE, kind="0801"), standing(S.DUPLICATE)
    other = standing(S.WITH_CENTRE, kind="0304")
    moves = [(None, public), (public, gone), (gone, public), (public, secret), (secret, public), (public, other)]
    assert all(counting.concerns(event(A.RECLASSIFY, was, now)) for was, now in moves)
    stays = [(None, secret), (secret, secret), (public, replace(public, grid=None)), (secret, gone)]
    assert not any(counting.concerns(event(A.RELOCATE, was, now)) for was, now in stays)


def test_of_an_ordinary_life_the_map_hears_once() -> None:
    life = told((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED))
    assert [line.number for line in life if counting.concerns(line)] == [1]
