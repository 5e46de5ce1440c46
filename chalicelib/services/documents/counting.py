"""The figures of a period as documents hold them: rows of counts by village, department, group of kinds, and the whole.

A calendar month's counters are read once, one query, however many periods and parts are made of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from chalicelib.domain.documents.monthly import WHOLE, Part, Row
from chalicelib.domain.figures import indicators as rules
from chalicelib.domain.figures.columns import Column
from chalicelib.domain.figures.figures import NO_KIND, By, Counter
from chalicelib.domain.reference.calendar import months
from chalicelib.services.exports.labels import both
from chalicelib.services.figures import indicators
from chalicelib.services.reference import rulebook
from chalicelib.store.figures import figures as store

# What came in stands first.
COLUMNS = tuple(dict.fromkeys(map(str, (Column.FILED, Column.FILED_BY_STAFF, *Column))))
BY = {Part.VILLAGE: By.VILLAGE, Part.DEPARTMENT: By.DEPARTMENT, Part.GROUP: By.KIND}

type Read = Callable[[str], Sequence[Counter]]
type Names = dict[str, tuple[str, str]]


def reader(township: str) -> Read:
    """Reads a calendar month's counters (`2026-11`), each month once."""
    return cache(lambda month: store.of(township, month))


def counted(read: Read, first: str, last: str, *, now: datetime) -> tuple[Row, ...]:
    """What is counted of these local days, both included, as known now: the whole first, then part by part."""
    found = _within(read, first, last)
    whole = Row(part=Part.WHOLE, key=WHOLE, zh="", en="", counts=_counts(rules.total(found)))
    return (whole, *(row for part in BY for row in _rows(part, found, now)))


def of_villages(read: Read, first: str, last: str, *, now: datetime) -> dict[str, dict[str, int]]:
    """Counts of these local days by village, without kinds that are a secret and matters not classified yet."""
    kinds = rulebook.in_force(now=now).taxonomy.kinds
    secret = {code for code, kind in kinds.items() if kind.confidential} | {NO_KIND}
    open_ones = [counter for counter in _within(read, first, last) if counter.kind not in secret]
    return {row.key: _counts(row) for row in rules.rows(By.VILLAGE, open_ones)}


def _within(read: Read, first: str, last: str) -> list[Counter]:
    return [one for month in months(first, last) for one in read(month) if first <= one.day <= last]


def _rows(part: Part, found: Iterable[Counter], now: datetime) -> list[Row]:
    if part is Part.GROUP:
        found = [replace(one, kind=one.kind if one.kind == NO_KIND else one.kind[:2]) for one in found]
    names = _names(part, now)
    return [_row(part, row, names) for row in rules.rows(BY[part], found)]


def _row(part: Part, row: rules.Row, names: Names) -> Row:
    zh, en = names.get(row.key) or both().get(f"{part}.{row.key}") or (row.key, row.key)
    return Row(part=part, key=row.key, zh=zh, en=en, counts=_counts(row))


def _counts(row: rules.Row) -> dict[str, int]:
    return {str(column): count for column, count in row.counts.items()}


def _names(part: Part, now: datetime) -> Names:
    if part is Part.GROUP:
        return rulebook.in_force(now=now).taxonomy.groups
    return indicators.names(BY[part], now=now)
