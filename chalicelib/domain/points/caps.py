"""How much of what was earned counts: caps by local day, month and ever (DOMAIN §3), whatever the order of arrival.

Every entry stands in the ledger with its full amount. What counts is a function of the set of entries alone:

- points: of a day min(sum, cap); of a month min(sum of what counts of its days, cap); ever likewise;
- times: the dearest of a day, as many as the cap allows; of these the dearest of the month, and ever.

A window tallies the entries of one cap group in one span, and the wallet gets the difference that an entry makes to
what its window counts. Where the limits changed meanwhile, the window goes by the newest edition among its entries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chalicelib.domain.points.rules import Cap, CapUnit
from chalicelib.domain.points.terms import EntryState
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
    """The windows as they become, and what is added to the wallet."""

    windows: dict[str, Window]
    gain: Wallet


def window_key(transfer: Transfer) -> str | None:
    """Which window counts it, `report#2026-11`; None for what no cap limits or what is not posted."""
    if transfer.cap is None or transfer.state is not EntryState.POSTED:
        return None
    return f"{transfer.cap.group}#{transfer.day[MONTH] if transfer.cap.ever is None else EVER}"


def settle(windows: Mapping[str, Window], transfers: Iterable[Transfer]) -> Settlement:
    """What new entries of one courier do to his windows, as they were read, and to his wallet."""
    changed: dict[str, Window] = {}
    gain = Wallet()
    for transfer in transfers:
        key = window_key(transfer)
        if key is None or transfer.cap is None:
            gain = _plain(gain, transfer)
            continue
        new = Window(cap=transfer.cap, edition=transfer.edition)
        before = changed.get(key) or windows.get(key) or new
        changed[key] = _entered(before, transfer)
        gain = _more(gain, counted(changed[key]) - counted(before), transfer)
    return Settlement(windows=changed, gain=gain)


def counted(window: Window) -> int:
    """How many points of the window count."""
    cap = window.cap
    months: dict[str, list[int]] = {}
    for day, amounts in window.tally.items():
        earned = [amount for amount, times in amounts.items() for _ in range(times)]
        months.setdefault(day[MONTH], []).extend(_within(cap.unit, cap.day, earned))
    ever = [amount for earned in months.values() for amount in _within(cap.unit, cap.month, earned)]
    return sum(_within(cap.unit, cap.ever, ever))


def wallet(transfers: Sequence[Transfer]) -> Wallet:
    """The wallet that a courier's whole ledger makes: what the stored one must agree with."""
    return settle({}, transfers).gain


def _within(unit: CapUnit, limit: int | None, amounts: list[int]) -> list[int]:
    if limit is None:
        return amounts
    if unit is CapUnit.TIMES:
        return sorted(amounts, reverse=True)[:limit]
    return [min(sum(amounts), limit)]


def _plain(gain: Wallet, transfer: Transfer) -> Wallet:
    if transfer.state is EntryState.POSTED:
        return _more(gain, transfer.earned, transfer)
    return replace(gain, pending=gain.pending + transfer.earned)


def _more(gain: Wallet, points: int, transfer: Transfer) -> Wallet:
    honour = points if transfer.honour else 0
    return replace(gain, balance=gain.balance + points, honour=gain.honour + honour)


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
