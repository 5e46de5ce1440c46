"""Use case: is the whole ledger right? Read by hand, courier by courier, however many (`make audit-ledger`)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from chalicelib.domain.points import audit as rules
from chalicelib.domain.points.audit import Misfit, Stored
from chalicelib.domain.points.transfers import Transfer
from chalicelib.store.points import ledger, wallets

LOOKS = 3  # at what does not fit: something may have been written between two reads


@dataclass(slots=True)
class Books:
    """What was read: how many couriers and entries, and the balance of each account; together they are zero."""

    couriers: int = 0
    entries: int = 0
    balances: Counter[str] = field(default_factory=Counter)
    misfit: Misfit | None = None

    @property
    def total(self) -> int:
        """Over all accounts."""
        return sum(self.balances.values())


def audit() -> Books:
    """Read all entries, and what stands beside them: the books as far as the first that does not fit.

    A page of entries at a time and one courier's entries; two reads for each courier.
    """
    books = Books()
    for _ in takewhile(lambda _: books.misfit is None, _accounts(books)):
        pass
    return books


def _accounts(books: Books) -> Iterator[str]:
    """Each account, once it is in the books. A partition of the table comes as a whole, in a scan as well."""
    for account, rows in groupby(ledger.everything(), key=lambda entry: entry.account):
        entries = list(rows)
        books.misfit = _misfit(account, entries)
        sums = rules.sums(entries)
        books.couriers += 1
        books.entries += len(entries)
        books.balances.update(sums.system)
        books.balances.update({"couriers": sums.counted, "kept back by caps": sums.kept_back})
        yield account


def _misfit(account: str, entries: Sequence[Transfer]) -> Misfit | None:
    found: Misfit | None = None
    for _ in range(LOOKS):
        found = rules.misfit(entries, _stored(account, entries))
        if found is None:
            return None
        entries = ledger.all_of(account)
    return found


def _stored(account: str, entries: Sequence[Transfer]) -> Stored:
    """The lots and scores that the entries can have touched, with the wallet: two batches."""
    made = rules.touched(entries)
    held, scores = wallets.beside(account, made.lots, made.scores)
    return Stored(wallet=held.wallet, lots=held.lots, scores=scores)
