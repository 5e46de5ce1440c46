"""XLSX files, for the worker alone: the library that writes them is imported here, when the first is written.

Text is written as text and never looked at: what begins with = + - or @ is no formula, and what looks like an address
is no link. The same sheets make the same bytes.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from chalicelib.domain.documents.sheets import Cell, Sheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MADE = datetime(2023, 4, 1, tzinfo=UTC)  # stands in the file's properties: they say nothing of when it was written
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
NARROWEST, WIDEST = 8, 40  # characters
NO_SHARE = "–"


def written(sheets: Sequence[Sheet]) -> bytes:
    """The workbook with these sheets."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, PLAIN) as book:
        book.set_properties({"created": MADE})
        formats = {
            "zh": book.add_format({"bold": True, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "vcenter"}),
            "en": book.add_format({"font_color": "#595959", "bg_color": "#DCE6F1", "text_wrap": True, "valign": "top"}),
            "share": book.add_format({"num_format": "0.0%"}),
        }
        for sheet in sheets:
            _write(book.add_worksheet(sheet.title), sheet, formats)
    return made.getvalue()


def _write(page: "Worksheet", sheet: Sheet, formats: dict[str, Any]) -> None:
    for column, (zh, en) in enumerate(sheet.headings):
        page.write_string(0, column, zh, formats["zh"])
        page.write_string(1, column, en, formats["en"])
        page.set_column(column, column, _width(column, sheet))
    for number, row in enumerate(sheet.rows, start=2):
        for column, cell in enumerate(row):
            _cell(page, number, column, cell, formats)
    page.freeze_panes(2, sheet.fixed)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)


def _cell(page: "Worksheet", row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell)
    elif isinstance(cell, int):
        page.write_number(row, column, cell)
    elif cell.whole:
        page.write_number(row, column, cell.part / cell.whole, formats["share"])
    else:
        page.write_string(row, column, NO_SHARE)


def _width(column: int, sheet: Sheet) -> int:
    """Wide enough for what stands below the headings, which wrap; a Chinese character is as wide as two others."""
    below = (row[column] for row in sheet.rows)
    texts = [sheet.headings[column][0], *(cell for cell in below if isinstance(cell, str))]
    longest = max(sum(1 + (sign > "\u2e80") for sign in text) for text in texts)
    return min(max(longest + 2, NARROWEST), WIDEST)
