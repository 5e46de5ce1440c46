"""How much of what was earned counts: caps by local day, month and ever (DOMAIN §3), whatever the order of arrival.

Every entry stands in the ledger with its full amount. What counts is a function of the set of entries alone. A window
tallies the entries of one cap group in one span (`windows`), and the wallet gets the difference that an entry makes to
what its window counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chalicelib.domain.points import scores as periods
from chalicelib.domain.points.awards import SOLVED
from chalicelib.domain.points.lots import lot_of
from chalicelib.domain.points.scores import Score
from chalicelib.domain.points.terms import SPENT, EntryState
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.points.windows import MONTH, Window, entered, shares

EVER = "ever"


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


def _ranks(transfer: Transfer) -> bool:
    return transfer.honour and transfer.state is EntryState.POSTED and transfer.kind not in SPENT


def _worth(transfer: Transfer, held: dict[str, Window], changed: dict[str, Window]) -> dict[str, int]:
    """How many points more count in which month, with its window moved on in both."""
    key = window_key(transfer)
    if key is None or transfer.cap is None:
        return {transfer.day[MONTH]: transfer.earned} if transfer.state is EntryState.POSTED else {}
    before, back = held.get(key) or Window(cap=transfer.cap), transfer.corrects is not None
    amount = -transfer.earned if back else transfer.earned
    held[key] = changed[key] = entered(before, transfer.day, amount, transfer.cap, back=back)
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
    if transfer.lots is None or transfer.state is not EntryState.POSTED:
        return _by_lot(months)
    return transfer.lots


def _by_lot(months: Mapping[str, int]) -> Counter[str]:
    lots = Counter[str]()
    for month, points in months.items():
        lots[lot_of(month)] += points
    return lots


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
