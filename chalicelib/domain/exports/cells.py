"""CSV as WPS and Excel open it: UTF-8 with its mark, CRLF, every cell in quotes, and no cell a formula."""

import re
from collections.abc import Iterable

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()  # EF BB BF: without it Excel reads Chinese as something else
# What spreadsheets take for the beginning of a formula, the full-width forms too, also behind blanks (OWASP, CSV
# injection). Tab and CR begin one as well: they do not get into a cell at all.
FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠\ufe62\ufe63\ufe66\ufe6b]")
LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
HARMLESS = "'"


def line(cells: Iterable[str]) -> bytes:
    """One row of the file."""
    quoted = ",".join(f'"{_safe(cell).replace('"', '""')}"' for cell in cells)
    return f"{quoted}\r\n".encode(errors="replace")


def _safe(cell: str) -> str:
    """As text: line ends as LF, other control characters as blanks, an apostrophe before what looks like a formula."""
    plain = CONTROLS.sub(" ", LINE_ENDS.sub("\n", cell))
    return f"{HARMLESS}{plain}" if FORMULA.match(plain) else plain
