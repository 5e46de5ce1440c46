"""How long each stage may take: what is shipped, and what an edition may not say."""

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import limits
from chalicelib.domain.reference.clocks import Clock
from chalicelib.domain.reports.running import Stage
from tests.builders import DATA

SHIPPED = (DATA / "limits.csv").read_text(encoding="utf-8")
CLASS_B = "B,较急,WH,4,16,2,16,4,24,8,1,24"
BOOK = limits.read(SHIPPED.encode())


def test_seven_classes_the_most_urgent_first() -> None:
    assert list(BOOK.by_class) == ["E", "A", "Q", "B", "C", "D", "L"]
    assert BOOK.is_more_urgent("E", "A") and not BOOK.is_more_urgent("L", "B") and not BOOK.is_more_urgent("B", "B")


def test_danger_to_life_runs_round_the_clock_what_is_urgent_by_day_all_else_in_working_hours() -> None:
    clocks = [limit.clock for limit in BOOK.by_class.values()]
    assert clocks == [Clock.N24, Clock.DAY, *[Clock.WH] * 5]


def test_what_is_urgent_has_no_extension() -> None:
    assert [limit.extensions for limit in BOOK.by_class.values()] == [0, 0, 1, 1, 1, 1, 1]


def test_the_promise_is_the_sum_of_the_stages() -> None:
    assert BOOK.of("B").promise == 4 + 16 + 2 + 16 + 4 + 24 + 8
    assert BOOK.of("E").hours[Stage.VERIFY] == 0.5


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("B,较急,XX,4,16,2,16,4,24,8,1,24", "'XX' is not a valid Clock"),
        ("B,较急,WH,0,16,2,16,4,24,8,1,24", "verify_h"),
        ("B,较急,WH,4,-1,2,16,4,24,8,1,24", "village_h"),
        ("B,较急,WH,4,16,nan,16,4,24,8,1,24", "dispatch_h"),
        ("B,较急,WH,4,16,2,16,4,24,inf,1,24", "revisit_h"),
        ("B,较急,WH,4,16,2,16,4,x,8,1,24", "could not convert string to float: 'x'"),
        ("B,较急,WH,4,16,2,16,4,24,8,-1,24", "class, ext_n"),
        ("B,较急,WH,4,16,2,16,4,24,8,1.5,24", "invalid literal for int() with base 10: '1.5'"),
        ("B,较急,WH,4,16,2,16,4,24,8,1,-1", "ext_max_h"),
        ("B,较急,WH,4,16,2,16,4,24,8,1,nan", "ext_max_h"),
        (",较急,WH,4,16,2,16,4,24,8,1,24", "class, ext_n"),
        ("Q,较急,WH,4,16,2,16,4,24,8,1,24", "class, ext_n"),  # twice
    ],
)
def test_a_wrong_row_is_refused_with_its_line(row: str, column: str) -> None:
    assert CLASS_B in SHIPPED
    with pytest.raises(Invalid) as refused:
        limits.read(SHIPPED.replace(CLASS_B, row).encode())
    assert refused.value.rule == "reference_cell"
    assert refused.value.facts == {"table": "limits", "line": 5, "column": column}


def test_a_township_may_give_other_hours() -> None:
    book = limits.read(SHIPPED.replace(CLASS_B, "B,较急,N24,0.5,0.25,2,16,4,24,8,2,12").encode())
    assert (book.of("B").clock, book.of("B").hours[Stage.VILLAGE], book.of("B").extensions) == (Clock.N24, 0.25, 2)
