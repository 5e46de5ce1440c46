"""A courier's month of points: opening balance, what moved, closing balance, and what of it expires when.

An entry belongs to the local month of its moment. What of it counts is the difference it makes to what all entries up
to it make together (`caps.settle`), so that opening balance and movements are the closing balance, whatever the caps.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from chalicelib.domain.errors import Invalid
from chalicelib.domain.points import lots as rules
from chalicelib.domain.points.caps import settle
from chalicelib.domain.points.terms import SPENT, EntryState
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.points.windows import Window
from chalicelib.domain.reference.calendar import ZONE, local_month

INSTANT = timedelta(microseconds=1)
MOST = 500  # entries that are shown: more than anybody reads


class Movement(StrEnum):
    """What moves a balance; the words of `Kind`, and what was taken back again."""

    EARN = "earn"
    AWARD = "award"
    RANK = "rank"
    ADJUST = "adjust"
    TAKEN_BACK = "taken_back"
    REDEEM = "redeem"
    RETURN = "return"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry with how many points of it count; negative where they went."""

    entry: Transfer
    part: Movement
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """`opening` and all `moved` are `closing`. `kept_back`: what the caps did not count of what came, in all.

    `expiring`: how much of the closing balance can still be spent until the end of which year, debts paid.
    `lines`: the newest first, `left_out` older ones are not among them.
    """

    courier_id: str
    month: str
    as_of: datetime
    opening: int
    moved: Mapping[Movement, int]
    kept_back: int
    closing: int
    expiring: Mapping[str, int] = field(default_factory=dict)
    lines: Sequence[Line] = ()
    left_out: int = 0


def span(month: str, now: datetime) -> tuple[datetime, datetime]:
    """When a local month begins and ends (UTC). Raises Invalid (`no_such_month`): it has to have begun."""
    try:
        first = date.fromisoformat(f"{month}-01")
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        begin, end = (datetime(day.year, day.month, 1, tzinfo=ZONE).astimezone(UTC) for day in (first, following))
    except (ValueError, OverflowError) as error:
        raise Invalid("no_such_month", month=month) from error
    if month > local_month(now):
        raise Invalid("no_such_month", month=month)
    return begin, end


def stated(courier_id: str, month: str, entries: Iterable[Transfer], *, now: datetime) -> Statement:
    """The statement that a courier's entries make; later ones are passed over. Raises Invalid (`no_such_month`)."""
    begin, end = span(month, now)
    known = sorted((one for one in entries if one.at < end), key=lambda one: (one.at, one.id))
    before = settle({}, [one for one in known if one.at < begin])
    lines, held = _lines([one for one in known if one.at >= begin], before.windows, Counter(before.lots))
    moved = Counter[Movement]()
    for line in lines:
        moved[line.part] += line.counted
    return Statement(
        courier_id=courier_id,
        month=month,
        as_of=min(now, end),
        opening=before.gain.balance,
        moved={part: moved[part] for part in Movement},
        kept_back=sum(_full(line.entry) - line.counted for line in lines),
        closing=before.gain.balance + moved.total(),
        expiring=_expiring(rules.unexpired(held, min(now, end - INSTANT))),
        lines=lines[: -MOST - 1 : -1],
        left_out=max(0, len(lines) - MOST),
    )


def _lines(
    entries: Iterable[Transfer], windows: Mapping[str, Window], held: Counter[str]
) -> tuple[list[Line], Mapping[str, int]]:
    lines, windows = list[Line](), dict(windows)
    for entry in entries:
        made = settle(windows, [entry])
        windows |= made.windows
        held.update(made.lots)
        lines.append(Line(entry=entry, part=_part(entry), counted=made.gain.balance))
    return lines, held


def _part(entry: Transfer) -> Movement:
    return Movement.TAKEN_BACK if entry.corrects and entry.kind not in SPENT else Movement(entry.kind)


def _full(entry: Transfer) -> int:
    return entry.earned if entry.state is EntryState.POSTED else 0


def _expiring(held: Mapping[str, int]) -> dict[str, int]:
    balance = sum(held.values())
    return rules.take(held, balance) if balance > 0 else {}
