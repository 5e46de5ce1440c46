"""Counters of what came and went."""

from datetime import timedelta

from chalicelib.domain.figures import figures
from chalicelib.domain.figures.figures import Flow, Leaf
from chalicelib.domain.reports.model import Action, Status
from tests.builders import GRID, NOW, TOWNSHIP, VILLAGE
from tests.lines import event, standing, told

A, S = Action, Status


def test_intake_enters_one_leaf() -> None:
    (leaf,) = figures.leaves(told()[0])
    assert leaf == Leaf(
        township=TOWNSHIP, day="2026-11-23", area=GRID, kind="0303", status="submitted", entered=1, filed=1
    )
    assert (leaf.month, leaf.key) == (f"{TOWNSHIP}#2026-11", f"2026-11-23#{GRID}#0303#submitted")


def test_a_move_leaves_one_leaf_and_enters_another_on_the_same_day() -> None:
    moved = event(A.VERIFY, standing(S.SUBMITTED), standing(S.WITH_VILLAGE), at=NOW + timedelta(hours=16))
    left, entered = figures.leaves(moved)
    assert (left.status, left.entered, left.left) == ("submitted", 0, 1)
    assert (entered.status, entered.entered, entered.left) == ("with_village", 1, 0)
    assert left.day == entered.day == "2026-11-24"


def test_another_kind_or_place_is_a_move_too() -> None:
    was = standing(S.WITH_CENTRE)
    for now in (standing(S.WITH_CENTRE, kind="0304"), standing(S.WITH_CENTRE, grid=None)):
        assert len(figures.leaves(event(A.RECLASSIFY, was, now))) == 2


def test_what_moves_nothing_counts_nothing() -> None:
    stays = event(A.COMMENT, standing(S.WITH_CENTRE), standing(S.WITH_CENTRE))
    assert not figures.concerns(stays) and figures.leaves(stays) == ()


def test_what_lies_in_no_grid_counts_for_the_village_or_outside() -> None:
    areas = [
        figures.leaves(event(A.SUBMIT, None, standing(S.SUBMITTED, kind=None, grid=None, village=village)))[0].area
        for village in (VILLAGE, None)
    ]
    assert areas == [VILLAGE, "outside"]


def test_a_village_is_the_beginning_of_its_grids() -> None:
    assert figures.leaves(told()[0])[0].key.startswith(figures.prefix("2026-11", "2026-11-23", VILLAGE))
    assert figures.prefix("2026-11", None, VILLAGE) == "2026-11"
    assert figures.prefix("2026-11", "2026-11-02", None) == "2026-11-02#"


def test_sums_go_by_whatever_is_asked() -> None:
    lines = told((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED))
    leaves = [leaf for line in lines for leaf in figures.leaves(line)]
    assert figures.summed(leaves, lambda leaf: leaf.status) == {
        "submitted": Flow(entered=1, left=1),
        "with_village": Flow(entered=1, left=1),
        "resolved": Flow(entered=1, left=0),
    }


def test_every_leaf_counts_for_its_day_and_for_ever() -> None:
    moved = told((A.VERIFY, S.WITH_VILLAGE))[1]
    assert [(leaf.month, leaf.key.partition("#")[0], leaf.status) for leaf in figures.counters(moved)] == [
        (f"{TOWNSHIP}#2026-11", "2026-11-23", "submitted"),
        (f"{TOWNSHIP}#2026-11", "2026-11-23", "with_village"),
        (f"{TOWNSHIP}#ever", "ever", "submitted"),
        (f"{TOWNSHIP}#ever", "ever", "with_village"),
    ]


def test_a_report_is_filed_once_wherever_it_goes() -> None:
    lines = told((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.REOPEN, S.WITH_VILLAGE))
    assert sum(leaf.filed for line in lines for leaf in figures.leaves(line)) == 1
