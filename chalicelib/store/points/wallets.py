"""Table `wallets`: what a courier has (`courier:<id>`), and how much of each cap he has used (`courier:<id>#<window>`).

| access                 | by                 |
|------------------------|--------------------|
| a wallet               | account            |
| some windows of one    | batch by account   |

System accounts have no item here: all would write to it, and their balance is the sum of their entries.
"""

from collections.abc import Iterable
from dataclasses import replace

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.points.caps import Settlement, Wallet, Window
from chalicelib.store.base import Table, Transaction


class WalletItem(Table):
    """A wallet's three numbers; or a window (`body`, JSON) with its version."""

    class Meta:
        table_name = settings().table("wallets")

    account = UnicodeAttribute(hash_key=True)
    balance = NumberAttribute(null=True)
    pending = NumberAttribute(null=True)
    honour = NumberAttribute(null=True)
    version = NumberAttribute(null=True)
    body = UnicodeAttribute(null=True)


class WindowMoved(StaleVersion):
    """Raised when another entry went into a window since it was read."""


def get(account: str) -> Wallet:
    """The wallet as it is now; an empty one before the first entry."""
    try:
        item = WalletItem.get(account, consistent_read=True)
    except WalletItem.DoesNotExist:
        return Wallet()
    return Wallet(balance=int(item.balance), pending=int(item.pending), honour=int(item.honour))


def windows(account: str, keys: Iterable[str]) -> dict[str, Window]:
    """Those of the windows that exist: one batch, no call where there are no keys."""
    accounts = {f"{account}#{key}": key for key in keys}
    found = WalletItem.batch_get(list(accounts), consistent_read=True) if accounts else ()
    return {accounts[item.account]: msgspec.json.decode(item.body, type=Window) for item in found}


def change(account: str, settlement: Settlement, transaction: Transaction) -> None:
    """Add to the wallet and replace the windows; the transaction raises WindowMoved if one is not as it was read."""
    for key, window in settlement.windows.items():
        _replace(f"{account}#{key}", window, transaction)
    gain = settlement.gain
    balance, pending = WalletItem.balance.add(gain.balance), WalletItem.pending.add(gain.pending)
    transaction.update(WalletItem(account), [balance, pending, WalletItem.honour.add(gain.honour)])


def _replace(account: str, window: Window, transaction: Transaction) -> None:
    as_read = WalletItem.version == window.version if window.version else WalletItem.version.does_not_exist()
    window = replace(window, version=window.version + 1)
    item = WalletItem(account, version=window.version, body=msgspec.json.encode(window).decode())
    transaction.put(item, as_read, WindowMoved("changed_meanwhile"))
