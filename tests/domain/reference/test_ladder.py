"""What happens as deadlines near and pass: what is shipped, and what an edition may not say."""

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import ladder
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reports.falling_due import EFFECTS
from chalicelib.domain.reports.running import Stage
from tests.builders import DATA

SHIPPED = (DATA / "ladder.csv").read_text(encoding="utf-8")
BOOK = ladder.read(SHIPPED.encode())


def test_every_stage_has_its_rungs_lowest_first() -> None:
    assert set(BOOK) == set(Stage)
    for rungs in BOOK.values():
        assert rungs and [rung.percent for rung in rungs] == sorted({rung.percent for rung in rungs})
    assert [rung.percent for rung in BOOK[Stage.DEPT]] == [50, 80, 100, 150]


def test_at_every_deadline_something_happens() -> None:
    assert all(any(rung.percent == 100 for rung in rungs) for rungs in BOOK.values())


def test_every_effect_is_done_somewhere() -> None:
    of_rungs = {rung.effect for rungs in BOOK.values() for rung in rungs}
    assert of_rungs | ladder.BESIDE == set(Effect) == set(EFFECTS)


def test_the_order_of_the_lines_does_not_matter() -> None:
    head, *lines = SHIPPED.splitlines(keepends=True)
    assert ladder.read("".join([head, *reversed(lines)]).encode()) == BOOK


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("dept,0,supervise_yellow", "percent"),
        ("dept,1001,supervise_yellow", "percent"),
        ("dept,80,supervise_yellow", "percent"),  # twice
        ("dept,x,supervise_yellow", "invalid literal for int() with base 10: 'x'"),
        ("depts,100,supervise_yellow", "'depts' is not a valid Stage"),
        ("dept,100,supervise", "'supervise' is not a valid Effect"),
        ("dept,100,request_over", "effect"),  # not a rung's
        ("dept,100,part_late", "effect"),
        ("dept,100,sign_by_default", "effect"),  # another stage's
        ("dept,100,village_may_verify", "effect"),
        ("dept,100,centre_may_verify", "effect"),
        ("dept,100,escalate_to_centre", "effect"),
        ("dept,100,centre_rechecks", "effect"),
        ("dept,100,close_unchecked", "effect"),
        ("dept,100,info_over", "effect"),
        ("dept,100,review", "effect"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(row: str, column: str) -> None:
    right = "dept,100,supervise_yellow"
    assert right in SHIPPED
    with pytest.raises(Invalid) as refused:
        ladder.read(SHIPPED.replace(right, row).encode())
    line = SHIPPED[: SHIPPED.index(right)].count("\n") + 1
    assert refused.value.rule == "reference_cell"
    assert refused.value.facts == {"table": "ladder", "line": line, "column": column}


@pytest.mark.parametrize("row", ["info,100,info_over\n", "suspended,100,review\n"])
def test_without_a_way_out_of_a_wait_it_is_refused(row: str) -> None:
    assert row in SHIPPED
    with pytest.raises(Invalid) as refused:
        ladder.read(SHIPPED.replace(row, "").encode())
    missing = row.strip().rsplit(",", 1)[-1]
    assert (refused.value.rule, refused.value.facts) == ("reference_lacks", {"table": "ladder", "missing": missing})


def test_a_township_may_remind_whenever_it_likes() -> None:
    book = ladder.read((SHIPPED + "dept,75,remind_holder\ndept,200,tell_chair_and_agenda\n").encode())
    assert [rung.percent for rung in book[Stage.DEPT]] == [50, 75, 80, 100, 150, 200]
