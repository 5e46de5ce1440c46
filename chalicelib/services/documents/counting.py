"""The figures of a period as documents hold them: rows of counts by village, department, group of kinds, and the whole.

A calendar month's counters are read once, however many periods and parts are made of them.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from chalicelib.domain.documents.monthly import WHOLE, Part, Row
from chalicelib.domain.figures.figures import OUTSIDE, Leaf
from chalicelib.domain.reference.calendar import months
from chalicelib.services.figures import figures
from chalicelib.services.reference import areas

COLUMNS = ("filed",)

type Read = Callable[[str], list[Leaf]]


def reader(township: str) -> Read:
    """Reads a calendar month's counters, each month once: one query."""
    return cache(lambda month: figures.of(township, month))


def counted(read: Read, first: str, last: str, *, now: datetime) -> tuple[Row, ...]:
    """What is counted of these local days, both included, as known now."""
    found = [leaf for month in months(first, last) for leaf in read(month) if first <= leaf.day <= last]
    whole = Row(part=Part.WHOLE, key=WHOLE, zh="", en="", counts={"filed": sum(leaf.filed for leaf in found)})
    names = {one.code: (one.name, one.name_en) for one in areas.listing(now=now)[0].villages}
    rows = []
    for key in sorted({leaf.area if leaf.area == OUTSIDE else leaf.area[:12] for leaf in found}):
        zh, en = names.get(key, (key, key))
        n = sum(leaf.filed for leaf in found if leaf.area.startswith(key))
        rows.append(Row(part=Part.VILLAGE, key=key, zh=zh, en=en, counts={"filed": n} if n else {}))
    return (whole, *rows)


def of_villages(villages: list[str], first: str, last: str, *, now: datetime) -> dict[str, dict[str, int]]:
    """Counts of these local days by village, without kinds that are a secret."""
    read = reader(areas.listing(now=now)[0].township)
    rows = counted(read, first, last, now=now)
    return {row.key: row.counts for row in rows if row.part is Part.VILLAGE and row.key in villages}
