"""A statement of hours as the sheets of a workbook: Chinese first, English beside it."""

from collections.abc import Iterable

from chalicelib.domain.documents.sheets import Both, Cell, Sheet, Words
from chalicelib.domain.reference.calendar import local_minute
from chalicelib.domain.volunteering.statements import HoursStatement


def sheets(said: HoursStatement, courier_id: str, words: Words) -> list[Sheet]:
    """What it is of, the sums by kind, and the slots. `words`: see `hours.…` in `data/labels.csv`."""
    about: list[tuple[Cell, ...]] = [
        (*words["hours.period"], said.period),
        (*words["hours.courier"], courier_id),
        (*words["hours.minutes"], said.minutes),
    ]
    sums: list[tuple[Cell, ...]] = [(*_kind(one.kind, words), one.times, one.minutes) for one in said.sums]
    lines: list[tuple[Cell, ...]] = [
        (local_minute(one.start), local_minute(one.end), *_kind(one.kind, words), one.zh, one.minutes)
        for one in said.lines
    ]
    return [
        _sheet("about", ("item", "item_en", "value"), about, words),
        _sheet("sums", ("kind", "kind_en", "times", "minutes"), sums, words),
        _sheet("lines", ("start", "end", "kind", "kind_en", "title", "minutes"), lines, words),
    ]


def _kind(kind: str, words: Words) -> Both:
    return words[f"volunteerkind.{kind}"]


def _sheet(name: str, columns: Iterable[str], rows: Iterable[tuple[Cell, ...]], words: Words) -> Sheet:
    headings: tuple[Both, ...] = tuple(words[f"hours.{column}"] for column in columns)
    return Sheet(title=words[f"hours.{name}"][0], headings=headings, rows=tuple(rows))
