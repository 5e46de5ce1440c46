"""Who stands where, worked out from all entries at once and as plainly as DOMAIN §3 reads: what a board must say.

It shares neither sums, caps, periods nor the order with the product.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from chalicelib.domain.people.membership import Membership
from chalicelib.domain.points.rules import Cap
from chalicelib.domain.points.transfers import Transfer

BEIJING = timezone(timedelta(hours=8))
type Stand = tuple[int, str, int, int]  # rank, who, honour, solved
RANKED = {"earn", "award", "adjust", "rank"}


@dataclass(frozen=True, slots=True)
class Total:
    """What a courier has in a period; `last` is when he earned last, whatever became of it."""

    honour: int
    solved: int
    last: datetime | None


def totals(entries: Iterable[Transfer], period: str) -> Total | None:
    """A courier's total of a period; None where nothing of it concerns the period."""
    ranked = [one for one in entries if one.honour and one.state == "posted" and one.kind in RANKED]
    undone = {one.corrects for one in ranked}
    standing = [one for one in ranked if one.id not in undone and not one.corrects]
    own = [one for one in ranked if not one.corrects and lies_in(_day(one), period)]
    if not own:
        return None
    honour = sum(points for month, points in _months(standing).items() if lies_in(month, period))
    earned = [one.at for one in own if one.credit.startswith("courier:")]
    solved = sum(one.rule == "P15" for one in standing if lies_in(_day(one), period))
    return Total(honour, solved, max(earned, default=None))


def lies_in(day: str, period: str) -> bool:
    """Whether a local day or month lies in a period."""
    quarter = {"01": "1", "02": "1", "03": "1", "04": "2", "05": "2", "06": "2", "07": "3", "08": "3", "09": "3"}
    return period in ("ever", day[:4], day[:7], f"{day[:4]}-Q{quarter.get(day[5:7], '4')}")


def _day(entry: Transfer) -> str:
    return entry.at.astimezone(BEIJING).date().isoformat()


def _worth(entry: Transfer) -> int:
    return entry.amount if entry.credit.startswith("courier:") else -entry.amount


def _months(standing: Sequence[Transfer]) -> dict[str, int]:
    """What counts of each local month."""
    sums: dict[str, int] = defaultdict(int)
    capped: dict[str, list[Transfer]] = defaultdict(list)
    for one in standing:
        if one.cap is None:
            sums[_day(one)[:7]] += _worth(one)
        else:
            capped[one.cap.group].append(one)
    for group in capped.values():
        cap = max(group, key=lambda one: one.edition).cap
        assert cap
        for month, points in (_times(group, cap) if cap.unit == "times" else _points(group, cap)).items():
            sums[month] += points
    return sums


def _points(group: Sequence[Transfer], cap: Cap) -> dict[str, int]:
    days = _by(group, _day)
    of_day = {day: min(sum(map(_worth, ones)), _cap(cap.day)) for day, ones in days.items()}
    counts: dict[str, int] = {}
    for month in sorted({day[:7] for day in days}):
        earned = min(sum(n for day, n in of_day.items() if day[:7] == month), _cap(cap.month))
        counts[month] = min(earned, _cap(cap.ever) - sum(counts.values()))
    return counts


def _times(group: Sequence[Transfer], cap: Cap) -> dict[str, int]:
    """The dearest of each day, of these the dearest of each month, of these the dearest of all."""
    left = list(group)
    for limit, span in ((cap.day, _day), (cap.month, lambda one: _day(one)[:7]), (cap.ever, lambda one: "")):
        dearest = [sorted(ones, key=lambda one: (-_worth(one), _day(one))) for ones in _by(left, span).values()]
        left = [one for ones in dearest for one in ones[: _cap(limit)]]
    return {month: sum(map(_worth, ones)) for month, ones in _by(left, lambda one: _day(one)[:7]).items()}


def _by(ones: Iterable[Transfer], key: Callable[[Transfer], str]) -> dict[str, list[Transfer]]:
    found: dict[str, list[Transfer]] = defaultdict(list)
    for one in ones:
        found[key(one)].append(one)
    return found


def _cap(limit: int | None) -> int:
    return 10**9 if limit is None else limit


def standings(
    totals: Mapping[str, Total],
    members: Mapping[str, Membership],
    *,
    village: str = "",
    employer: str = "",
    me: str = "",
) -> list[Stand]:
    """Rank, who, honour and solved, as somebody (`me`) reads the board of a village or an employer, or of all."""

    def on_it(id: str) -> bool:
        member = members.get(id)
        here = member is not None and (not village or village in member.villages)
        there = member is not None and (not employer or employer == member.employer)
        return here and there and totals[id].honour > 0

    def better(one: Total, other: Total) -> bool:
        if (one.honour, one.solved) != (other.honour, other.solved):
            return (one.honour, one.solved) > (other.honour, other.solved)
        return one.last is not None and other.last is not None and one.last < other.last

    seen = [id for id in totals if on_it(id) and (members[id].shown or id == me)]
    counted = [id for id in totals if on_it(id) and members[id].shown]
    ranks = {id: 1 + sum(better(totals[other], totals[id]) for other in counted) for id in seen}
    order = sorted(seen, key=lambda id: (sum(better(totals[other], totals[id]) for other in seen), id))
    return [(ranks[id], id, totals[id].honour, totals[id].solved) for id in order]
