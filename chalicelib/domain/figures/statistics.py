"""Figures as people ask for them: a period's flows by day, village, grid, kind or status, and what stood at its end."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.figures.figures import OUTSIDE, By, Leaf
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reference.calendar import instants
from chalicelib.domain.reports.model import OPEN

VILLAGE_DIGITS, TOWNSHIP_DIGITS = 12, 9
WIDE = frozenset({Role.CENTRE, Role.COMMITTEE, Role.ADMIN, Role.AUDITOR, Role.DISTRICT})
NARROW = frozenset({Role.VILLAGE, Role.GRID_MEMBER})


KEYS: dict[By, Callable[[Leaf], str]] = {
    By.DAY: lambda leaf: leaf.day,
    By.VILLAGE: lambda leaf: leaf.area if leaf.area == OUTSIDE else leaf.area[:VILLAGE_DIGITS],
    By.GRID: lambda leaf: leaf.area,
    By.KIND: lambda leaf: leaf.kind,
    By.STATUS: lambda leaf: leaf.status,
    By.DEPARTMENT: lambda leaf: leaf.body,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`filed` counts new reports. `entered` and `left` count moves between statuses, kinds and places, so that one
    report may count several times. `standing` is how many there were at the end, `open` how many of these had not
    ended; None where it lies too far back.
    """

    key: str
    filed: int
    entered: int
    left: int
    standing: int | None
    open: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What somebody may read the figures of: codes that areas begin with, and whether secret kinds are counted."""

    areas: tuple[str, ...]
    everything: bool

    def holds(self, leaf: Leaf, secret: frozenset[str]) -> bool:
        """Whether the leaf counts."""
        if self.everything:
            return leaf.area.startswith(self.areas) or (leaf.area == OUTSIDE and self._reaches(OUTSIDE))
        return leaf.kind not in secret and leaf.area.startswith(self.areas)

    def _reaches(self, area: str) -> bool:
        return any(code == area or len(code) <= TOWNSHIP_DIGITS for code in self.areas)


def scope(by: Actor, area: str | None, township: str) -> Scope:
    """The figures that the caller may read of an area, of all that is his by default.

    Raises Forbidden: `statistics_for_staff`, `not_your_area`. Who sees a whole township sees every kind counted; who
    sees villages or grids, only the kinds that are no secret, since a count of one would give it away.
    """
    wide = [post.scope for post in by.posts if post.role in WIDE and township.startswith(post.scope)]
    own = [post.scope for post in by.posts if post.role in NARROW and post.scope.startswith(township)]
    if not any(post.role in WIDE | NARROW for post in by.posts):
        raise Forbidden("statistics_for_staff")
    if wide and (area is None or area == OUTSIDE or area.startswith(township)):
        return Scope(areas=(area or township,), everything=True)
    if own and (area is None or area.startswith(tuple(own))):
        return Scope(areas=(area,) if area else tuple(own), everything=False)
    raise Forbidden("not_your_area", area=area or township)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A local month or day: its first and last day."""

    first: str
    last: str

    @property
    def end(self) -> datetime:
        """The instant when it is over."""
        return instants(self.first, self.last)[1]

    def holds(self, day: str) -> bool:
        """Whether a local day lies in it."""
        return self.first <= day <= self.last


def period(month: str, day: str | None) -> Period:
    """Raises Invalid (`no_such_day`)."""
    try:
        first = date.fromisoformat(day or f"{month}-01")
    except ValueError as error:
        raise Invalid("no_such_day", day=day or month) from error
    last = first if day else (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Period(first=first.isoformat(), last=last.isoformat())


def rows(by: By, asked: Period, flows: Iterable[Leaf], ever: Sequence[Leaf] | None) -> list[Row]:
    """In the order of their keys. `flows` reach from the period on until now, `ever` holds the sums of all days."""
    within, after = _parted(asked, flows)
    if by is By.DAY:
        return _days(within, after, ever)
    groups = _grouped(within, KEYS[by])
    if ever is None:
        return [_row(key, groups[key], None) for key in sorted(groups)]
    standing = _standing(ever, after, KEYS[by])
    keys = groups.keys() | {key for key, counts in standing.items() if any(counts)}
    return [_row(key, groups.get(key, []), standing.get(key, NOBODY)) for key in sorted(keys)]


def total(asked: Period, flows: Iterable[Leaf], ever: Sequence[Leaf] | None) -> Row:
    """All of it in one row, whose key is empty."""
    within, after = _parted(asked, flows)
    return _row("", within, _all(ever, after))


type Counts = tuple[int, int]  # how many stood there, and how many of these were open
NOBODY: Counts = (0, 0)


def _parted(asked: Period, flows: Iterable[Leaf]) -> tuple[list[Leaf], list[Leaf]]:
    """Those of the period, and those since."""
    found = list(flows)
    return [leaf for leaf in found if asked.holds(leaf.day)], [leaf for leaf in found if leaf.day > asked.last]


def _days(within: list[Leaf], after: list[Leaf], ever: Sequence[Leaf] | None) -> list[Row]:
    """From the last day back: what stood at a day's end is what stands now, less what came and went since."""
    found, groups = [], _grouped(within, KEYS[By.DAY])
    for day in sorted(groups, reverse=True):
        found.append(_row(day, groups[day], _all(ever, after)))
        after = [*after, *groups[day]]
    return found[::-1]


def _all(ever: Sequence[Leaf] | None, after: Iterable[Leaf]) -> Counts | None:
    return None if ever is None else _standing(ever, after, lambda _: "").get("", NOBODY)


def _standing(ever: Iterable[Leaf], after: Iterable[Leaf], key: Callable[[Leaf], str]) -> dict[str, Counts]:
    """What stood in each group when `after` began."""
    sums: dict[str, Counts] = {}
    for leaves, sign in ((ever, 1), (after, -1)):
        for leaf in leaves:
            change = sign * (leaf.entered - leaf.left)
            standing, still = sums.get(key(leaf), NOBODY)
            sums[key(leaf)] = (standing + change, still + (change if leaf.status in OPEN else 0))
    return sums


def _grouped(leaves: Iterable[Leaf], key: Callable[[Leaf], str]) -> dict[str, list[Leaf]]:
    groups: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        groups.setdefault(key(leaf), []).append(leaf)
    return groups


def _row(key: str, leaves: list[Leaf], counts: Counts | None) -> Row:
    return Row(
        key=key,
        filed=sum(leaf.filed for leaf in leaves),
        entered=sum(leaf.entered for leaf in leaves),
        left=sum(leaf.left for leaf in leaves),
        standing=counts[0] if counts else None,
        open=counts[1] if counts else None,
    )
