"""How much of what was earned counts: caps by local day, month and ever (DOMAIN §3), whatever the order of arrival.

Every entry stands in the ledger with its full amount. What counts is a function of the set of entries alone:

- points: of a day min(sum, cap); of a month min(sum of what counts of its days, cap); ever likewise;
- times: the dearest of a day, as many as the cap allows; of these the dearest of the month, and ever.

A window tallies the entries of one cap group in one span, and the wallet gets the difference that an entry makes to
what its window counts. Where the limits changed meanwhile, the window goes by the newest edition among its entries.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chalicelib.domain.points import scores as periods
from chalicelib.domain.points.awards import SOLVED
from chalicelib.domain.points.lots import lot_of
from chalicelib.domain.points.rules import Cap, CapUnit
from chalicelib.domain.points.scores import Score
from chalicelib.domain.points.terms import SPENT, EntryState
from chalicelib.domain.points.transfers import Transfer

EVER = "ever"
MONTH = slice(0, 7)  # of `2026-11-23`


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How often each amount was earned on each local day: `{"2026-11-23": {10: 2}}`. `version` counts its writes."""

    cap: Cap
    edition: int
    tally: dict[str, dict[int, int]] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wallet:
    """Points to spend, points expected, and the score that spending never lowers."""

    balance: int = 0
    pending: int = 0
    honour: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The windows and scores as they become, and what is added to the wallet and to each of its lots."""

    windows: dict[str, Window]
    gain: Wallet
    scores: dict[str, Score] = field(default_factory=dict)
    lots: dict[str, int] = field(default_factory=dict)


def window_key(transfer: Transfer) -> str | None:
    """Which window counts it, `report#2026-11`; None for what no cap limits or what is not posted."""
    if transfer.cap is None or transfer.state is not EntryState.POSTED:
        return None
    return f"{transfer.cap.group}#{transfer.day[MONTH] if transfer.cap.ever is None else EVER}"


def score_keys(windows: Mapping[str, Window], transfers: Iterable[Transfer]) -> set[str]:
    """The periods whose scores the entries may change: of a cap without months, all those of its window."""
    months = set[str]()
    for transfer in transfers:
        if _ranks(transfer):
            window = windows.get(window_key(transfer) or "")
            others = window.tally if window and window.cap.ever is not None else ()
            months |= {day[MONTH] for day in (transfer.day, *others)}
    return {period for month in months for period in periods.periods(month)}


def settle(
    windows: Mapping[str, Window], transfers: Iterable[Transfer], scores: Mapping[str, Score] | None = None
) -> Settlement:
    """What new entries of one courier do to his windows and scores, as they were read, and to his wallet and lots."""
    held, ranked = dict(windows), dict(scores or {})
    changed: dict[str, Window] = {}
    gain, lots = Wallet(), Counter[str]()
    for transfer in transfers:
        months = _worth(transfer, held, changed)
        gain = _gained(gain, transfer, sum(months.values()))
        lots.update(_lots(transfer, months))
        ranked |= _scored(ranked, transfer, months) if _ranks(transfer) else {}
    moved = {key: score for key, score in ranked.items() if score != (scores or {}).get(key)}
    return Settlement(windows=changed, gain=gain, scores=moved, lots={lot: sum for lot, sum in lots.items() if sum})


def counted(window: Window) -> int:
    """How many points of the window count."""
    return sum(shares(window).values())


def shares(window: Window) -> Counter[str]:
    """How many points of the window count, by local month: where months share a limit, the earlier ones go first."""
    cap = window.cap
    months: dict[str, list[int]] = {}
    for day, amounts in window.tally.items():
        earned = [amount for amount, times in amounts.items() for _ in range(times)]
        months.setdefault(day[MONTH], []).extend(_within(cap.unit, cap.day, earned))
    within = {month: _within(cap.unit, cap.month, earned) for month, earned in sorted(months.items())}
    if cap.unit is CapUnit.TIMES:
        dearest = sorted(((amount, month) for month, earned in within.items() for amount in earned), key=_dearest)
        return _summed(dearest[: cap.ever])
    return _summed(_up_to(cap.ever, [(sum(earned), month) for month, earned in within.items()]))


def _dearest(earned: tuple[int, str]) -> tuple[int, str]:
    return -earned[0], earned[1]


def _up_to(limit: int | None, sums: list[tuple[int, str]]) -> list[tuple[int, str]]:
    if limit is None:
        return sums
    shared, left = [], limit
    for amount, month in sums:
        shared.append((min(amount, left), month))
        left -= shared[-1][0]
    return shared


def _summed(earned: Iterable[tuple[int, str]]) -> Counter[str]:
    total = Counter[str]()
    for amount, month in earned:
        total[month] += amount
    return total


def _ranks(transfer: Transfer) -> bool:
    return transfer.honour and transfer.state is EntryState.POSTED and transfer.kind not in SPENT


def _worth(transfer: Transfer, held: dict[str, Window], changed: dict[str, Window]) -> dict[str, int]:
    """How many points more count in which month, with its window moved on in both."""
    key = window_key(transfer)
    if key is None or transfer.cap is None:
        return {transfer.day[MONTH]: transfer.earned} if transfer.state is EntryState.POSTED else {}
    before = held.get(key) or Window(cap=transfer.cap, edition=transfer.edition)
    held[key] = changed[key] = _entered(before, transfer)
    now, then = shares(changed[key]), shares(before)
    return {month: now[month] - then[month] for month in now.keys() | then.keys() | {transfer.day[MONTH]}}


def _gained(gain: Wallet, transfer: Transfer, points: int) -> Wallet:
    expected = 0 if transfer.state is EntryState.POSTED else transfer.earned
    if transfer.settles:
        expected = -transfer.earned
    return Wallet(
        balance=gain.balance + points,
        pending=gain.pending + expected,
        honour=gain.honour + (points if _ranks(transfer) else 0),
    )


def _lots(transfer: Transfer, months: Mapping[str, int]) -> Mapping[str, int]:
    return transfer.lots if transfer.lots is not None else _summed((n, lot_of(month)) for month, n in months.items())


def _scored(scores: Mapping[str, Score], transfer: Transfer, months: Mapping[str, int]) -> dict[str, Score]:
    solved = (-1 if transfer.corrects else 1) if transfer.rule == SOLVED else 0
    grown: dict[str, Score] = {}
    for month, points in months.items():
        is_own = month == transfer.day[MONTH]
        earned_at = transfer.at if is_own and transfer.earned > 0 and not transfer.corrects else None
        for period in periods.periods(month):
            score = grown.get(period) or scores.get(period) or Score()
            grown[period] = periods.grown(score, honour=points, solved=solved if is_own else 0, earned_at=earned_at)
    return grown


def wallet(transfers: Sequence[Transfer]) -> Wallet:
    """The wallet that a courier's whole ledger makes: what the stored one must agree with."""
    return settle({}, transfers).gain


def _within(unit: CapUnit, limit: int | None, amounts: list[int]) -> list[int]:
    if limit is None:
        return amounts
    if unit is CapUnit.TIMES:
        return sorted(amounts, reverse=True)[:limit]
    return [min(sum(amounts), limit)]


def _entered(window: Window, transfer: Transfer) -> Window:
    """The window with one entry more, or one less where it takes another back."""
    tally = _tallied(window.tally, transfer)
    if transfer.cap and transfer.edition > window.edition:
        return replace(window, tally=tally, cap=transfer.cap, edition=transfer.edition)
    return replace(window, tally=tally)


def _tallied(tally: dict[str, dict[int, int]], transfer: Transfer) -> dict[str, dict[int, int]]:
    sign = -1 if transfer.corrects else 1
    amount = sign * transfer.earned
    day = dict(tally.get(transfer.day, {}))
    day[amount] = day.get(amount, 0) + sign
    return {**tally, transfer.day: {each: times for each, times in day.items() if times}}
