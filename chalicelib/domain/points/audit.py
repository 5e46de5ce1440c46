"""Whether a courier's entries fit together, and make what is stored of him (DOMAIN §3: double entry, append only)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chalicelib.domain.points.adjusting import is_reversal
from chalicelib.domain.points.caps import Settlement, Wallet, settle
from chalicelib.domain.points.lots import lot_of
from chalicelib.domain.points.scores import Score
from chalicelib.domain.points.terms import SPENT, EntryState, Kind
from chalicelib.domain.points.transfers import COUNTERPART, ISSUANCE, Transfer, outcome_id
from chalicelib.domain.points.windows import Window, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """The first entry of an account that does not fit, or the stored item (`entry` is "") that it should make."""

    account: str
    entry: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What stands beside the entries: the wallet, its lots, the scores by period, and how far caps are used."""

    wallet: Wallet = field(default_factory=Wallet)
    lots: Mapping[str, int] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)
    windows: Mapping[str, Window] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Of one account: what each system account gave (below nothing) or took and what the caps kept back, by the
    entries; and what the courier has, as it is stored."""

    system: Mapping[str, int]
    stored: int
    kept_back: int

    @property
    def total(self) -> int:
        """Over all accounts: zero, unless there is more in the wallet than the entries put there, or less."""
        return sum(self.system.values()) + self.stored + self.kept_back


def misfit(entries: Sequence[Transfer], stored: Stored) -> Misfit | None:
    """What is wrong first with one courier's entries, in the order they were written; None where all of it fits."""
    by_id = {entry.id: entry for entry in entries}
    corrected: set[str] = set()
    for entry in sorted(entries, key=lambda one: (one.at, one.id)):
        if why := _wrong(entry, by_id, corrected):
            return Misfit(account=entry.account, entry=entry.id, why=why)
    return _not_made(entries, stored) if entries else None


def sums(entries: Sequence[Transfer], stored: Wallet) -> Sums:
    """How one courier's posted entries stand in the books, beside his wallet as it is stored."""
    system: dict[str, int] = {}
    full = 0
    for entry in entries:
        if entry.state is EntryState.POSTED:
            other = entry.debit if entry.credit == entry.account else entry.credit
            system[other] = system.get(other, 0) - entry.earned
            full += entry.earned
    kept_back = full - settle({}, entries).gain.balance
    return Sums(system=system, stored=stored.balance, kept_back=kept_back)


def touched(entries: Sequence[Transfer]) -> Settlement:
    """The lots, scores and windows that the entries make, also those that come to nothing."""
    made = settle({}, entries)
    lots = {lot for entry in entries for lot in entry.lots or {}} | {lot_of(entry.day) for entry in entries}
    return replace(made, lots=dict.fromkeys(sorted(lots | made.lots.keys()), 0))


def _wrong(entry: Transfer, by_id: Mapping[str, Transfer], corrected: set[str]) -> str | None:
    other = COUNTERPART.get(entry.kind, ISSUANCE)
    if entry.amount < 0 or {entry.debit, entry.credit} != {entry.account, other}:
        return "sides"
    if (entry.kind in SPENT or entry.lots) and sum((entry.lots or {}).values()) != entry.earned:
        return "lots"
    if entry.kind is Kind.EXPIRE and entry.corrects:
        return _wrong_undoing(entry, by_id)
    if _puts_right(entry):
        if entry.corrects not in by_id:
            return "corrects"
    elif entry.corrects:
        return _wrong_correction(entry, by_id.get(entry.corrects), corrected)
    if entry.settles:
        pending = by_id.get(entry.settles)
        fits = pending and pending.state is EntryState.PENDING and pending.amount == entry.amount
        return None if fits and entry.id == outcome_id(entry.settles) else "settles"
    if entry.kind is Kind.RETURN:
        return _wrong_return(entry, by_id)
    return "state" if entry.state is EntryState.VOIDED else None


def _puts_right(entry: Transfer) -> bool:
    """Whether people changed what another one gave, by as much as they chose: it hangs on that one by its id."""
    hangs = entry.corrects is not None and not is_reversal(entry)
    return hangs and entry.kind is Kind.ADJUST and entry.state is not EntryState.VOIDED


def _wrong_undoing(entry: Transfer, by_id: Mapping[str, Transfer]) -> str | None:
    """It hangs on an expiry, of which no more is undone in all than it took."""
    old = by_id.get(entry.corrects or "")
    if old is None or old.kind is not Kind.EXPIRE or old.corrects or entry.earned <= 0:
        return "corrects"
    undone = sum(one.earned for one in by_id.values() if one.corrects == old.id)
    return None if entry.id.startswith(f"{old.id}#") and undone <= -old.earned else "corrects"


def _wrong_correction(entry: Transfer, old: Transfer | None, corrected: set[str]) -> str | None:
    """It names an entry that stands, for as much the other way, and none was corrected before."""
    if old is None or (old.debit, old.credit, old.amount) != (entry.credit, entry.debit, entry.amount):
        return "corrects"
    voids = entry.state is EntryState.VOIDED
    if (old.state is EntryState.PENDING) is not voids or (voids and entry.id != outcome_id(old.id)):
        return "corrects"
    if old.id in corrected:
        return "corrected_twice"
    corrected.add(old.id)
    return None


def _wrong_return(entry: Transfer, by_id: Mapping[str, Transfer]) -> str | None:
    spent = by_id.get(entry.id.removesuffix(Kind.RETURN) + Kind.REDEEM)
    back = {lot: -points for lot, points in (spent.lots or {}).items()} if spent else None
    return None if back == entry.lots else "returns"


def _not_made(entries: Sequence[Transfer], stored: Stored) -> Misfit | None:
    made, account = settle({}, entries), entries[0].account
    held = {lot: points for lot, points in stored.lots.items() if points}
    pairs = {
        "wallet": (made.gain, stored.wallet),
        "lots": (made.lots, held),
        "scores": (_plain(made.scores), _plain(stored.scores)),
        "windows": (_used(made.windows), _used(stored.windows)),
    }
    wrong = next((name for name, (one, other) in pairs.items() if one != other), None)
    return Misfit(account=account, entry="", why=wrong) if wrong else None


def _used(windows: Mapping[str, Window]) -> dict[str, object]:
    return {key: days for key, window in windows.items() if (days := plain(window))}


def _plain(scores: Mapping[str, Score]) -> dict[str, tuple[int, int]]:
    return {period: (one.honour, one.solved) for period, one in scores.items() if one.honour or one.solved}
