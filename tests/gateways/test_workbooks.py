"""A workbook says what the sheets say, in cells that are never formulas or links."""

import pytest

from chalicelib.domain.documents.sheets import Share, Sheet
from chalicelib.gateways import workbooks
from tests.workbooks import read

HEADINGS = (("名称", "Name"), ("上报", "Filed"), ("解决率", "Solved"))
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://a")',
    "http://a.example",
    "00123",
    "＝1",
    "\t=1",
    "a\x00b",
]


def sheet(*rows: tuple[str | int | Share, ...], title: str = "村居") -> Sheet:
    return Sheet(title=title, headings=HEADINGS, rows=rows)


def test_headings_stand_in_chinese_and_below_in_english_and_then_the_rows() -> None:
    found = read(workbooks.written([sheet(("深青村", 12, Share(3, 4))), sheet(title="部门")]))
    assert found == {
        "村居": [["名称", "上报", "解决率"], ["Name", "Filed", "Solved"], ["深青村", 12.0, 0.75]],
        "部门": [["名称", "上报", "解决率"], ["Name", "Filed", "Solved"]],
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text_whatever_it_looks_like(text: str) -> None:
    (_, _, (cell, *_)) = read(workbooks.written([sheet((text, 1, Share(0, 1)))]))["村居"]
    assert isinstance(cell, str) and cell.replace("_x0000_", "\x00") == text


def test_a_share_of_nothing_is_a_dash() -> None:
    (_, _, row) = read(workbooks.written([sheet(("", 0, Share(0, 0)))]))["村居"]
    assert row[-1] == "–"


def test_the_same_sheets_make_the_same_bytes() -> None:
    made = [workbooks.written([sheet(("深青村", 12, Share(3, 4)))]) for _ in range(2)]
    assert made[0] == made[1]
