"""Reference data is CSV: read with a check of every cell, refused with the file's name and line."""

import csv
import io
from collections.abc import Callable, Iterator

from chalicelib.domain.errors import Invalid

REPLACED = "\ufffd"


def rows(name: str, body: bytes, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row.

    Raises Invalid (`reference_columns`, `reference_encoding`, and `reference_cell` where it is no CSV).
    """
    reader = csv.DictReader(io.StringIO(_text(name, body)), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != columns:
            raise Invalid("reference_columns", table=name, columns=", ".join(columns))
        for cells in reader:
            if None in cells or None in cells.values():
                raise Invalid("reference_cell", table=name, line=reader.line_num, column="*")
            yield reader.line_num, cells
    except csv.Error as error:
        raise Invalid("reference_cell", table=name, line=reader.line_num, column=str(error)) from error


def _text(name: str, body: bytes) -> str:
    """Decoded, unless it is in another encoding: API Gateway puts REPLACED for bytes that it cannot read."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("reference_encoding", table=name) from error
    if REPLACED in text:
        raise Invalid("reference_encoding", table=name)
    return text


def parsed[Row](name: str, body: bytes, columns: tuple[str, ...], parse: Callable[[dict[str, str]], Row]) -> list[Row]:
    """Every row through `parse`, whose ValueError or KeyError says what is wrong. Raises Invalid (`reference_cell`)."""
    found = []
    for line, cells in rows(name, body, columns):
        try:
            found.append(parse(cells))
        except (ValueError, KeyError) as error:
            raise Invalid("reference_cell", table=name, line=line, column=str(error)) from error
    return found


def flag(cell: str) -> bool:
    """`1` or `0`; anything else is a ValueError."""
    if cell not in ("0", "1"):
        raise ValueError(cell)
    return cell == "1"
