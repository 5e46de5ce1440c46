"""Counters of what is no report, in table `figures`: how often something was done on a local day in a village.

| access                        | by                                                     |
|-------------------------------|--------------------------------------------------------|
| a township's month            | month (`<township>#2026-11#deeds`)                     |
| … some days of it             | month, leaf between                                    |
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from chalicelib.domain.figures.services import Count
from chalicelib.domain.happenings import Happening
from chalicelib.domain.reference.calendar import local_day
from chalicelib.store.base import Transaction
from chalicelib.store.figures import marks
from chalicelib.store.figures.figures import FigureItem
from chalicelib.store.figures.marks import Followed

FOLLOWER = "deeds"


def count(line: Happening) -> None:
    """Count it on its local day, once however often it is told: one transaction."""
    day = local_day(line.at)
    leaf = f"{day}#{line.village or ''}#{line.thing}#{line.deed}"
    transaction = Transaction()
    marks.put(line, FOLLOWER, transaction)
    transaction.update(FigureItem(_month(line.township, day[:7]), leaf), [FigureItem.number.add(1)])
    with suppress(Followed):
        transaction.commit()


def of(township: str, month: str, first: str = "", last: str = "") -> Iterator[Count]:
    """What was counted in a local month (`2026-11`), from one local day to another where they are given: one query."""
    span: Any = FigureItem.leaf.between(first or month, f"{last or month}~")
    for item in FigureItem.query(_month(township, month), span):
        day, village, thing, deed = item.leaf.split("#")
        yield Count(day=day, village=village, thing=thing, deed=deed, number=int(item.number))


def _month(township: str, month: str) -> str:
    return f"{township}#{month}#deeds"
