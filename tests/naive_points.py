"""What entries amount to, worked out from all of them at once and as plainly as the rules read: what must be stored."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chalicelib.domain.points.rules import Cap, CapUnit
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer

SPENDING = (Kind.REDEEM, Kind.RETURN, Kind.EXPIRE)


@dataclass(slots=True)
class Naive:
    """Points to spend, points for ranking in all and by month, reports solved, and what the system accounts have."""

    balance: int = 0
    honour: Counter[str] = field(default_factory=Counter)
    solved: int = 0
    system: Counter[str] = field(default_factory=Counter)
    kept_back: int = 0

    @property
    def ranked(self) -> tuple[int, int]:
        """What ranking goes by, of all time."""
        return self.honour.total(), self.solved


def naive(entries: Iterable[Transfer]) -> Naive:
    """Of one courier, under rules that never changed: capped ones by group and month, all others as they are."""
    found, groups = Naive(), defaultdict[tuple[Cap, str], list[Transfer]](list)
    posted = [one for one in entries if one.state is EntryState.POSTED]
    gone = {one.corrects for one in posted if one.cap}
    for one in posted:
        courier_gets = one.amount if one.credit == one.account else -one.amount
        found.system[one.debit if courier_gets == one.amount else one.credit] -= courier_gets
        if one.cap is None:
            found.balance += courier_gets
            found.honour[one.day[:7]] += courier_gets if one.honour and one.kind not in SPENDING else 0
        elif one.corrects is None and one.id not in gone:
            groups[one.cap, one.day[:7]].append(one)
            found.solved += one.rule == "P15"
    for (cap, month), standing in groups.items():
        counts = _counts(cap, standing)
        found.balance += counts
        found.honour[month] += counts if standing[0].honour else 0
        found.kept_back += sum(one.amount for one in standing) - counts
    return found


def _counts(cap: Cap, standing: Sequence[Transfer]) -> int:
    """How much of one group's entries of a month counts."""
    assert cap.ever is None, "no month stands for itself then"
    days = defaultdict[str, list[int]](list)
    for one in standing:
        days[one.day].append(one.amount)
    if cap.unit is CapUnit.TIMES:
        kept = [amount for amounts in days.values() for amount in sorted(amounts)[::-1][: cap.day]]
        return sum(sorted(kept)[::-1][: cap.month])
    sums = [sum(amounts) if cap.day is None else min(sum(amounts), cap.day) for amounts in days.values()]
    return sum(sums) if cap.month is None else min(sum(sums), cap.month)
