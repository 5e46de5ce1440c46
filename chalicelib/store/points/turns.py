"""Table `wallets`: people and verdicts that change decide about a courier's entries in turn.

The version of his wallet counts such decisions. Who decides reads it, then looks at the entries, and writes on that
version: so nobody decides about entries that another has changed since.
"""

from dataclasses import dataclass

from chalicelib.store.points.wallets import Guard, WalletItem, as_read


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How often it was decided about his entries, and what he has."""

    version: int = 0
    balance: int = 0


def look(account: str) -> Turn:
    """As it is now: one read, before that of the entries."""
    found = list(WalletItem.batch_get([account], consistent_read=True))
    return Turn(version=int(found[0].version or 0), balance=int(found[0].balance or 0)) if found else Turn()


def guard(turn: Turn, *, floor: int | None) -> Guard:
    """For `wallets.change`: nobody has decided since, and the wallet holds at least `floor` points before."""
    condition = as_read(turn.version)
    if floor is not None:
        condition &= WalletItem.balance >= floor
    return condition, [WalletItem.version.add(1)]
