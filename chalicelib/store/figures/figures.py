"""Table `figures`: what is counted of a local day, place, kind and body, one item each; and the reports behind it.

| access                              | by                                                                |
|-------------------------------------|-------------------------------------------------------------------|
| a township's month, or ever         | month (`<township>#2026-11#sums`)                                 |
| … its days from one to another      | month, leaf between                                               |
| … a day of it, a village, a grid    | month, leaf begins with `<day>#<area>`                            |
| the reports behind a month's number | month (`<township>#2026-11#reports`), leaf (`<its leaf>#<report>`) |
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute

from chalicelib.config import settings
from chalicelib.domain.figures.columns import Column
from chalicelib.domain.figures.figures import ENTERED, LEFT, Counter, month_of
from chalicelib.domain.figures.tallies import Share, columns
from chalicelib.domain.reports.model import Status
from chalicelib.store.base import Table, Transaction

COUNTS = (*Column, *(f"{way}{status}" for way in (ENTERED, LEFT) for status in Status))
LAST = "#~"  # sorts behind everything of a day
PAGE = 200


class FigureItem(Table):
    """A counter: a number for each of `COUNTS` that is not nought; or that a report is behind one, in which columns; or
    how often something was done that is no report's (`deeds`): `number`."""

    class Meta:
        table_name = settings().table("figures")

    month = UnicodeAttribute(hash_key=True)
    leaf = UnicodeAttribute(range_key=True)
    columns = UnicodeSetAttribute(null=True)
    number = NumberAttribute(null=True)
    for _name in COUNTS:
        locals()[str(_name)] = NumberAttribute(null=True)  # a class body's namespace: sixty lines that say the same
    del _name


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A report behind a number: on a local day, in a cell."""

    day: str
    area: str
    kind: str
    body: str
    report_id: str
    columns: frozenset[str]


def move(township: str, key: str, more: Mapping[str, int], transaction: Transaction) -> None:
    """Add to a counter, with what makes it true."""
    actions = [getattr(FigureItem, name).add(count) for name, count in more.items()]
    transaction.update(FigureItem(_sums(township, month_of(key)), key), actions)


def enter(township: str, key: str, report_id: str, old: Share, new: Share, transaction: Transaction) -> None:
    """Note that the report is behind the counter's columns, or no longer."""
    before, after = columns(old), columns(new)
    item = FigureItem(_reports(township, month_of(key)), f"{key}#{report_id}")
    if after and after != before:
        item.columns = set(after)
        transaction.put(item)
    elif before and not after:
        transaction.delete(item)


def of(township: str, month: str, first: str = "", last: str = "~") -> list[Counter]:
    """The counters of a month (`2026-11`, `ever`) from one day, or beginning of a key, to another: one query."""
    found = FigureItem.query(_sums(township, month), FigureItem.leaf.between(first or "#", f"{last}{LAST}"))
    return [_counter(township, item) for item in found]


def behind(township: str, month: str, first: str, last: str) -> Iterator[Entry]:
    """The reports behind a month's counters from one day to another, in the order of their keys, lazily."""
    span = FigureItem.leaf.between(first, f"{last}{LAST}")
    return map(_entry, FigureItem.query(_reports(township, month), span, page_size=PAGE))


def _sums(township: str, month: str) -> str:
    return f"{township}#{month}#sums"


def _reports(township: str, month: str) -> str:
    return f"{township}#{month}#reports"


def _counter(township: str, item: FigureItem) -> Counter:
    day, area, kind, body = item.leaf.split("#")
    stored = item.attribute_values
    counts = {str(name): int(cast("float", stored[name])) for name in COUNTS if stored.get(name)}
    return Counter(township=township, day=day, area=area, kind=kind, body=body, counts=counts)


def _entry(item: FigureItem) -> Entry:
    day, area, kind, body, report_id = item.leaf.split("#", 4)
    return Entry(
        day=day,
        area=area,
        kind=kind,
        body=body,
        report_id=report_id,
        columns=frozenset(item.columns),
    )
