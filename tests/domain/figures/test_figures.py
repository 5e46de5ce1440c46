"""Counters of what came and went."""

from datetime import timedelta

from chalicelib.domain.figures import figures, tallies
from chalicelib.domain.figures.figures import Flow
from chalicelib.domain.reports.model import Action, Status
from tests.builders import GRID, NOW, TOWNSHIP, VILLAGE
from tests.counting import counters, leaves
from tests.lines import event, standing, told

A, S = Action, Status


def test_intake_enters_one_leaf() -> None:
    (day, ever) = counters(told())
    (leaf,) = day.leaves
    assert (leaf.status, leaf.entered, leaf.left, leaf.filed) == ("submitted", 1, 0, 1)
    assert (day.day, day.area, day.kind, day.body, ever.day) == ("2026-11-23", GRID, "0303", "V", "ever")
    assert next(iter(tallies.tally(told()).shares)) == f"2026-11-23#{GRID}#0303#V"


def test_a_move_leaves_one_leaf_and_enters_another_on_the_same_day() -> None:
    moved = event(A.VERIFY, standing(S.SUBMITTED), standing(S.WITH_CENTRE), at=NOW + timedelta(hours=16))
    days, _ = leaves([*told(), moved])
    found = {(leaf.day[8:], leaf.body, leaf.status): (leaf.entered, leaf.left) for leaf in days}
    assert found == {
        ("23", "V", "submitted"): (1, 0),
        ("24", "V", "submitted"): (0, 1),
        ("24", "C", "with_centre"): (1, 0),
    }


def test_another_kind_or_place_is_a_move_too() -> None:
    was = standing(S.WITH_CENTRE)
    for now in (standing(S.WITH_CENTRE, kind="0304"), standing(S.WITH_CENTRE, grid=None)):
        before = told((A.VERIFY, S.WITH_CENTRE))
        more = len(leaves([*before, event(A.RECLASSIFY, was, now, number=3)])[0]) - len(leaves(before)[0])
        assert more == 1 and tallies.moved(event(A.RECLASSIFY, was, now))


def test_what_moves_nothing_counts_nothing() -> None:
    stays = event(A.CLAIM, standing(S.WITH_CENTRE), standing(S.WITH_CENTRE), number=3)
    lines = told((A.VERIFY, S.WITH_CENTRE))
    assert not tallies.concerns(stays) and counters([*lines, stays]) == counters(lines)


def test_what_lies_in_no_grid_counts_for_the_village_or_outside() -> None:
    areas = [
        counters([event(A.SUBMIT, None, standing(S.SUBMITTED, kind=None, grid=None, village=village))])[0].area
        for village in (VILLAGE, None)
    ]
    assert areas == [VILLAGE, "outside"]


def test_sums_go_by_whatever_is_asked() -> None:
    days, _ = leaves(told((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED)))
    assert figures.summed(days, lambda leaf: leaf.status) == {
        "submitted": Flow(entered=1, left=1),
        "with_village": Flow(entered=1, left=1),
        "resolved": Flow(entered=1, left=0),
    }


def test_what_stands_is_one_cell_and_nothing_is_left_of_where_it_was() -> None:
    _, ever = leaves(told((A.VERIFY, S.WITH_VILLAGE), (A.ESCALATE, S.WITH_CENTRE)))
    assert [(leaf.body, leaf.status, leaf.entered - leaf.left) for leaf in ever] == [("C", "with_centre", 1)]
    assert {counter.township for counter in counters(told())} == {TOWNSHIP}


def test_a_report_is_filed_once_wherever_it_goes() -> None:
    days, _ = leaves(told((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.REOPEN, S.WITH_VILLAGE)))
    assert sum(leaf.filed for leaf in days) == 1
