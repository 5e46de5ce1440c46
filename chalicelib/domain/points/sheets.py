"""A monthly statement as the sheets of a workbook: Chinese first, English beside it."""

from collections.abc import Iterable

from chalicelib.domain.documents.sheets import Both, Cell, Sheet, Words
from chalicelib.domain.points import lots
from chalicelib.domain.points.statements import Line, Statement
from chalicelib.domain.reference.calendar import ZONE


def sheets(statement: Statement, words: Words) -> list[Sheet]:
    """The month in sums, what expires when, and the entries. `words`: see `statement.…` in `data/labels.csv`."""
    expiring: list[tuple[Cell, ...]] = [
        (lots.last_day(lot).isoformat(), points) for lot, points in sorted(statement.expiring.items())
    ]
    return [
        _sheet("sums", ("item", "item_en", "points"), _sums(statement, words), words),
        _sheet("expiring", ("last_day", "points"), expiring, words),
        _sheet("entries", ("at", "part", "points", "counted", "text", "text_en"), _entries(statement, words), words),
    ]


def _sheet(name: str, columns: Iterable[str], rows: Iterable[tuple[Cell, ...]], words: Words) -> Sheet:
    headings: tuple[Both, ...] = tuple(words[f"statement.{column}"] for column in columns)
    return Sheet(title=words[f"statement.{name}"][0], headings=headings, rows=tuple(rows))


def _sums(statement: Statement, words: Words) -> list[tuple[Cell, ...]]:
    as_of = f"{statement.as_of.astimezone(ZONE):%Y-%m-%d %H:%M}"
    said: dict[str, Cell] = {"month": statement.month, "courier": statement.courier_id, "as_of": as_of}
    said["opening"] = statement.opening
    said |= {str(part): points for part, points in statement.moved.items()}
    said |= {"closing": statement.closing, "kept_back": statement.kept_back, "left_out": statement.left_out}
    return [(*words[f"statement.{name}"], value) for name, value in said.items()]


def _entries(statement: Statement, words: Words) -> list[tuple[Cell, ...]]:
    return [_entry(line, words) for line in statement.lines]


def _entry(line: Line, words: Words) -> tuple[Cell, ...]:
    entry = line.entry
    at, part = f"{entry.at.astimezone(ZONE):%Y-%m-%d %H:%M}", words[f"statement.{line.part}"][0]
    return (at, part, entry.earned, line.counted, entry.zh, entry.en)
