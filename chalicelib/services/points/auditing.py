"""Use case: is the whole ledger right? Read by hand, courier by courier, however many (`make audit-ledger`)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, takewhile

from chalicelib.domain.points import audit as rules
from chalicelib.domain.points.audit import Misfit, Stored
from chalicelib.domain.points.caps import Settlement
from chalicelib.domain.points.transfers import Transfer
from chalicelib.store.points import ledger, pieces, wallets
from chalicelib.store.points.pieces import Piece

LOOKS = 3  # at what does not fit: something may have been written between two reads


@dataclass(slots=True)
class Books:
    """What was read: how many couriers and entries, and the balance of each account; together they are zero.

    The system accounts come from the entries, the couriers' from their wallets as stored. `known` are the items that
    the entries account for, by the hashes of their keys: memory grows with couriers, not with entries.
    """

    couriers: int = 0
    entries: int = 0
    balances: Counter[str] = field(default_factory=Counter)
    misfit: Misfit | None = None
    known: set[int] = field(default_factory=set, repr=False)

    @property
    def total(self) -> int:
        """Over all accounts."""
        return sum(self.balances.values())


def audit() -> Books:
    """Read all entries, what stands beside them, and what stands there without any: the books as far as the first
    that does not fit.

    A page of entries at a time and one courier's entries, two reads for each courier; then a page of wallets at a time.
    """
    books = Books()
    for _ in takewhile(lambda _: books.misfit is None, chain(_accounts(books), _pieces(books))):
        pass
    return books


def _accounts(books: Books) -> Iterator[str]:
    """Each account, once it is in the books. A partition of the table comes as a whole, in a scan as well."""
    for account, rows in groupby(ledger.everything(), key=lambda entry: entry.account):
        entries, stored, books.misfit = _looked(account, list(rows))
        sums = rules.sums(entries, stored.wallet)
        books.couriers += 1
        books.entries += len(entries)
        books.balances.update(sums.system)
        books.balances.update({"couriers": sums.stored, "kept back by caps": sums.kept_back})
        books.known |= {hash((account, part)) for part in _parts(rules.touched(entries))}
        yield account


def _pieces(books: Books) -> Iterator[Piece]:
    """Each item that holds something which none of the entries accounts for, looked at anew."""
    for piece in pieces.everything():
        if piece.holds and hash((piece.account, piece.part)) not in books.known:
            entries = ledger.all_of(piece.account)
            if not entries or piece.part not in _parts(rules.touched(entries)):
                books.balances["couriers"] += piece.balance
                books.misfit = Misfit(account=piece.account, entry="", why=_why(piece.part))
                yield piece


def _looked(account: str, entries: Sequence[Transfer]) -> tuple[Sequence[Transfer], Stored, Misfit | None]:
    """The entries and what is stored, as they were read last, and what does not fit."""
    for _ in range(LOOKS):
        stored = _stored(account, entries)
        found = rules.misfit(entries, stored)
        if found is None:
            break
        entries = ledger.all_of(account)
    return entries, stored, found


def _stored(account: str, entries: Sequence[Transfer]) -> Stored:
    """The lots, scores and windows that the entries can have touched, with the wallet: two batches."""
    made = rules.touched(entries)
    held = wallets.holding(account, made.lots)
    windows, scores = wallets.several(account, made.windows, made.scores)
    return Stored(wallet=held.wallet, lots=held.lots, scores=scores, windows=windows)


def _parts(made: Settlement) -> set[str]:
    """What stands behind an account in the keys of its items."""
    lots, scores = (f"lot#{lot}" for lot in made.lots), (f"score#{period}" for period in made.scores)
    return {"", *lots, *scores, *made.windows}


def _why(part: str) -> str:
    return {"": "wallet", "lot": "lots", "score": "scores"}.get(part.partition("#")[0], "windows")
