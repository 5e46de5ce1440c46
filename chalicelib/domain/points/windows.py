"""What a cap lets through: a tally of what was earned, and how much of it counts (DOMAIN §3).

- points: of a day min(sum, cap); of a month min(sum of what counts of its days, cap); ever likewise;
- times: the dearest of a day, as many as the cap allows; of these the dearest of the month, and ever.

Limits change with the edition of the rules. A day goes by the widest limit that anything of it was earned under; a
month fills up day by day, each to its own day's limit: what counted by the rules of its time goes on counting under a
lower limit, and a higher one pays nothing of the days before it. So earning never costs anything, in whatever order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter

from chalicelib.domain.points.rules import Cap, CapUnit

MONTH = slice(0, 7)  # of `2026-11-23`

type Limit = int | None
type Day = tuple[str, Cap, list[int]]  # its limits, and each amount that was earned on it
type Month = tuple[str, Limit, list[int]]  # what it may fill up of all months, and what counts of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How often each amount was earned on each local day: `{"2026-11-23": {10: 2}}`. `version` counts its writes.

    `cap` holds on all days but those that `caps` names another for.
    """

    cap: Cap
    tally: dict[str, dict[int, int]] = field(default_factory=dict)
    caps: dict[str, Cap] = field(default_factory=dict)
    version: int = 0


def entered(window: Window, day: str, amount: int, cap: Cap, *, back: bool) -> Window:
    """The window with an entry of `amount` more on that day, or one less where it is taken `back`."""
    amounts, sign = dict(window.tally.get(day, {})), -1 if back else 1
    amounts[amount] = amounts.get(amount, 0) + sign
    tally = {**window.tally, day: {each: times for each, times in amounts.items() if times}}
    widest = _widest(_cap(window, day), cap) if day in window.tally else cap
    caps = {**window.caps, day: widest} if widest != _cap(window, day) else window.caps
    return replace(window, tally=tally, caps=caps)


def plain(window: Window) -> Mapping[str, tuple[Cap, Mapping[int, int]]]:
    """What it amounts to, whatever the order in which it came about: the limits and amounts of each day."""
    return {day: (_cap(window, day), amounts) for day, amounts in window.tally.items() if amounts}


def counted(window: Window) -> int:
    """How many points of the window count."""
    return sum(shares(window).values())


def shares(window: Window) -> Counter[str]:
    """How many points of the window count, by local month: where months share a limit, the earlier ones go first."""
    days: list[Day] = [(day, _cap(window, day), _amounts(tally)) for day, tally in sorted(window.tally.items())]
    shared = Counter[str]()
    for unit in CapUnit:
        months = list(_months(unit, [day for day in days if day[1].unit is unit]))
        shared.update(_dearest(months) if unit is CapUnit.TIMES else _earliest(months))
    return shared


def _cap(window: Window, day: str) -> Cap:
    return window.caps.get(day, window.cap)


def _widest(one: Cap, other: Cap) -> Cap:
    """Of two limits of a day; where its rules changed from points to times, times are what is counted."""
    if one.unit is not other.unit:
        return one if one.unit is CapUnit.TIMES else other
    day, month, ever = (_wider(getattr(one, each), getattr(other, each)) for each in ("day", "month", "ever"))
    return replace(one, day=day, month=month, ever=ever)


def _wider(one: Limit, other: Limit) -> Limit:
    return None if one is None or other is None else max(one, other)


def _amounts(tally: Mapping[int, int]) -> list[int]:
    return [amount for amount, times in tally.items() for _ in range(times)]


def _months(unit: CapUnit, days: Iterable[Day]) -> Iterator[Month]:
    """Days of one unit by month. Days under the same limit fill it together."""
    for month, its in groupby(days, key=lambda day: day[0][MONTH]):
        ever: Limit = 0
        kept: list[int] = []
        for limit, alike in groupby(its, key=lambda day: day[1].month):
            earned: list[int] = []
            for _, cap, amounts in alike:
                earned += _filled(unit, cap.day, [], amounts)
                ever = _wider(ever, cap.ever)
            kept = _filled(unit, limit, kept, earned)
        yield month, ever, kept


def _filled(unit: CapUnit, limit: Limit, kept: list[int], earned: list[int]) -> list[int]:
    """What counts of `earned` beside what is `kept` already, which stays even where it is beyond the limit."""
    if limit is None:
        return kept + earned
    if unit is CapUnit.TIMES:
        return sorted(kept + earned, reverse=True)[: max(limit, len(kept))]
    return [min(sum(kept) + sum(earned), max(limit, sum(kept)))]


def _earliest(months: Iterable[Month]) -> Counter[str]:
    shared, had = Counter[str](), 0
    for month, limit, kept in months:
        has = had + sum(kept) if limit is None else min(had + sum(kept), max(limit, had))
        shared[month], had = has - had, has
    return shared


def _dearest(months: Iterable[Month]) -> Counter[str]:
    count: list[tuple[int, str]] = []
    for limit, alike in groupby(months, key=itemgetter(1)):
        earned = [(amount, month) for month, _, kept in alike for amount in kept]
        most = None if limit is None else max(limit, len(count))
        count = sorted(count + earned, key=lambda one: (-one[0], one[1]))[:most]
    shared = Counter[str]()
    for amount, month in count:
        shared[month] += amount
    return shared
