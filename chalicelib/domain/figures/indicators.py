"""The figures a township is judged by, and who reads which: rates, and what they are made of (DOMAIN §2 Figures)."""

from collections import Counter as Sums
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.figures import statistics
from chalicelib.domain.figures.columns import Column
from chalicelib.domain.figures.columns import Column as C
from chalicelib.domain.figures.figures import OUTSIDE, By, Cell, Counter
from chalicelib.domain.figures.statistics import TOWNSHIP_DIGITS, VILLAGE_DIGITS, Period
from chalicelib.domain.people.model import Actor, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is counted under a key, by column; a rate is None where there is nothing to divide by."""

    key: str
    counts: Mapping[Column, int]

    def count(self, column: Column) -> int:
        """Of one column."""
        return self.counts.get(column, 0)

    @property
    def response_rate(self) -> float | None:
        """First answer of staff to the reporter by the deadline of verification ÷ due."""
        return _rate(self.count(C.RESPONDED), self.count(C.DUE))

    @property
    def on_time_rate(self) -> float | None:
        """On time ÷ (ended + overdue still open)."""
        on_time = self.count(C.ON_TIME)
        return _rate(on_time, on_time + self.count(C.LATE) + self.count(C.OVERDUE))

    @property
    def solved_rate(self) -> float | None:
        """Confirmed solved ÷ reviewed."""
        return _rate(self.count(C.SOLVED), self.count(C.REVIEWED))

    @property
    def answer_rate(self) -> float | None:
        """Reporters who answered ÷ reporters asked."""
        return _rate(self.count(C.ANSWERED), self.count(C.ASKED))

    @property
    def satisfaction(self) -> float | None:
        """Satisfied ÷ answered."""
        return _rate(self.count(C.SATISFIED), self.count(C.ANSWERED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """What is asked of all there is: a kind, or a group by its two digits, a body; None for all."""

    kind: str | None = None
    group: str | None = None
    body: str | None = None

    def holds(self, cell: Cell) -> bool:
        """Whether the cell counts."""
        of_kind = self.kind in (None, cell.kind) and cell.kind.startswith(self.group or "")
        return of_kind and self.body in (None, cell.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What somebody may read the indicators of: codes that areas begin with, and bodies, None for every one.

    `everything`: kinds that are a secret are counted, and what is not classified yet.
    """

    areas: tuple[str, ...]
    bodies: frozenset[str] | None = None
    everything: bool = True

    def holds(self, cell: Cell, secret: frozenset[str]) -> bool:
        """Whether the cell counts."""
        wide = any(len(code) <= TOWNSHIP_DIGITS for code in self.areas)
        there = cell.area.startswith(self.areas) or (cell.area == OUTSIDE and wide)
        known = self.everything or cell.kind not in secret
        return there and known and (self.bodies is None or cell.body in self.bodies)


def scope(by: Actor, *, area: str | None, body: str | None, township: str) -> Scope:
    """The indicators that the caller may read. Raises Forbidden (`statistics_for_staff`, `not_your_area`).

    As for statistics; and a department reads its own everywhere, of every kind: it had these reports to do.
    """
    own = frozenset(post.scope for post in by.posts if post.role is Role.DEPARTMENT)
    others = any(post.role in statistics.WIDE | statistics.NARROW for post in by.posts)
    if own and (not others or body in own):
        if body is not None and body not in own:
            raise Forbidden("not_your_area", area=body)
        _require_within(area, township)
        return Scope(areas=(area or township,), bodies=own)
    found = statistics.scope(by, area, township)
    return Scope(areas=found.areas, everything=found.everything)


def _require_within(area: str | None, township: str) -> None:
    if area not in (None, OUTSIDE) and not str(area).startswith(township):
        raise Forbidden("not_your_area", area=area)


def period(first: str, last: str, *, longest: int) -> Period:
    """Local days, both included. Raises Invalid (`no_such_day`, `no_such_period`: backwards, or too long in days)."""
    days = []
    for day in (first, last):
        try:
            days.append(date.fromisoformat(day))
        except ValueError as error:
            raise Invalid("no_such_day", day=day) from error
    if not timedelta() <= days[1] - days[0] < timedelta(days=longest):
        raise Invalid("no_such_period", days=longest)
    return Period(first=first, last=last)


def cell(counter: Counter) -> Cell:
    """Which cell is counted there."""
    return Cell(area=counter.area, kind=counter.kind, body=counter.body)


def key(by: By, day: str, cell: Cell) -> str:
    """Under which key a counter, or a report behind it, stands."""
    village = cell.area if cell.area == OUTSIDE else cell.area[:VILLAGE_DIGITS]
    keys = {By.DAY: day, By.VILLAGE: village, By.GRID: cell.area, By.KIND: cell.kind, By.DEPARTMENT: cell.body}
    return keys.get(by, "")


def rows(by: By, counters: Iterable[Counter]) -> list[Row]:
    """By whatever is asked, in the order of the keys; none where nothing but coming and going was counted."""
    groups: dict[str, list[Counter]] = {}
    for counter in counters:
        groups.setdefault(key(by, counter.day, cell(counter)), []).append(counter)
    found = (total(groups[name], key=name) for name in sorted(groups))
    return [row for row in found if row.counts]


def total(counters: Iterable[Counter], *, key: str = "") -> Row:
    """All of it in one row."""
    sums: Sums[str] = Sums()
    for counter in counters:
        sums.update(counter.counts)
    return Row(key=key, counts={column: sums[column] for column in Column if sums[column]})


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None
