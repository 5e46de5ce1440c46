"""A monthly report as sheets: every figure has a name in both languages, every row its figures."""

from typing import Any

from chalicelib.domain.documents.monthly import Correction, Part, Row
from chalicelib.domain.documents.sheets import SHARES, Share, Sheet, sheets
from chalicelib.domain.figures import indicators
from chalicelib.domain.figures.columns import Column
from chalicelib.services.documents.counting import COLUMNS
from chalicelib.services.exports.labels import both
from tests.builders import VILLAGE
from tests.domain.documents.test_monthly import report

COUNTS = {"filed": 9, "due": 4, "responded": 3, "on_time": 1, "late": 1, "overdue": 2, "solved": 5, "reviewed": 5}
WHOLE = Row(part=Part.WHOLE, key="", zh="", en="", counts=COUNTS)
OF_VILLAGE = Row(part=Part.VILLAGE, key=VILLAGE, zh="深青村", en="Shenqing", counts=COUNTS)
CORRECTED = Correction(
    month="2026-10", part=Part.VILLAGE, key=VILLAGE, zh="深青村", en="Shenqing", column="late", before=1, after=2
)


def made(*rows: Row, **changes: Any) -> dict[str, Sheet]:
    found = sheets(report("2026-11", *rows, **changes), COLUMNS, both())
    return {sheet.title: sheet for sheet in found}


def test_there_is_a_sheet_of_what_it_is_of_the_whole_of_each_part_and_of_corrections() -> None:
    assert list(made()) == ["说明", "全镇", "村居", "部门", "类别", "往期更正"]


def test_every_sheet_has_as_many_headings_as_cells() -> None:
    for sheet in made(WHOLE, OF_VILLAGE, corrections=(CORRECTED,)).values():
        assert all(len(row) == len(sheet.headings) for row in sheet.rows)
        assert all(zh and en for zh, en in sheet.headings)


def test_every_column_that_is_counted_is_shown_with_its_rates() -> None:
    table = made(OF_VILLAGE)["村居"]
    (row,) = table.rows
    assert row[:3] == (VILLAGE, "深青村", "Shenqing")
    shown = dict(zip([zh for zh, _ in table.headings], row, strict=True))
    assert (shown["上报"], shown["退单"]) == (9, 0)
    assert len(row) == 3 + len(Column) + len(SHARES)
    assert row[-len(SHARES) :] == (Share(3, 4), Share(5, 5), Share(0, 0), Share(0, 0), Share(1, 4))


def test_rates_are_those_that_are_told_elsewhere() -> None:
    row = indicators.Row(key="", counts={Column(name): count for name, count in COUNTS.items()})
    whole = {zh: value for zh, _, value in made(WHOLE)["全镇"].rows}
    for name in SHARES:
        told, shown = getattr(row, name), whole[both()[f"figure.{name}"][0]]
        assert isinstance(shown, Share)
        assert told == (shown.part / shown.whole if shown.whole else None)


def test_the_first_sheet_names_period_instant_and_the_editions_of_the_rules() -> None:
    said = {(zh, value) for zh, _, value in made()["说明"].rows}
    assert ("数据截至", "2026-11-23 09:00") in said and ("制作人", "系统自动生成") in said


def test_a_correction_says_where_what_and_how_much() -> None:
    (row,) = made(corrections=(CORRECTED,))["往期更正"].rows
    assert row == ("2026-10", "村居", VILLAGE, "深青村", "Shenqing", "超时办结", "Late", 1, 2)
