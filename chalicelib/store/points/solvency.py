"""What costs nothing still takes a wallet that may be spent from: the condition that it is not in debt, not frozen."""

from datetime import datetime

from chalicelib.domain.errors import DomainError
from chalicelib.store.base import Transaction
from chalicelib.store.points.wallets import WalletItem


def require(account: str, *, now: datetime, refusal: DomainError, transaction: Transaction) -> None:
    """Make the transaction depend on a wallet that is not below nothing and not frozen, or that has no entry yet."""
    solvent = WalletItem.balance.does_not_exist() | (WalletItem.balance >= 0)
    thawed = WalletItem.frozen_until.does_not_exist() | (WalletItem.frozen_until <= now)
    transaction.check(WalletItem, account, None, condition=solvent & thawed, refusal=refusal)
