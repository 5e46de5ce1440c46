"""What histories add up to, without a store: the naive way, from nothing."""

from collections.abc import Iterable, Mapping, Sequence

from chalicelib.domain.events import Event
from chalicelib.domain.figures.columns import Column
from chalicelib.domain.figures.figures import EVER, Counter, Leaf
from chalicelib.domain.figures.tallies import tally
from tests.builders import TOWNSHIP


def counters(*histories: Sequence[Event]) -> list[Counter]:
    """Every counter of a township with these reports, in the order of their keys."""
    sums: dict[str, dict[str, int]] = {}
    for lines in histories:
        for key, share in tally(lines).shares.items():
            found = sums.setdefault(key, {})
            for name, count in share.items():
                found[name] = found.get(name, 0) + count
    return [counter(key, counts) for key, counts in sorted(sums.items())]


def counter(key: str, counts: Mapping[str, int]) -> Counter:
    """One that stands at this key."""
    day, area, kind, body = key.split("#")
    moved = {name: count for name, count in counts.items() if count}
    return Counter(township=TOWNSHIP, day=day, area=area, kind=kind, body=body, counts=moved)


def leaves(*histories: Sequence[Event]) -> tuple[list[Leaf], list[Leaf]]:
    """The flows of days, and those of all days."""
    found = counters(*histories)
    days = [leaf for counter in found if counter.day != EVER for leaf in counter.leaves]
    return days, [leaf for counter in found if counter.day == EVER for leaf in counter.leaves]


def columns(lines: Sequence[Event]) -> dict[str, list[tuple[str, str]]]:
    """The columns that one report is behind, with day and body of each place where it is."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in counters(lines):
        for column in Column:
            if one.counts.get(column):
                found.setdefault(column.value, []).append((one.day[5:], one.body))
    return found


def total(found: Iterable[Counter], column: Column) -> int:
    """All of a column."""
    return sum(one.counts.get(column, 0) for one in found)
