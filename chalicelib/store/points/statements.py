"""Table `wallets`: beside a courier's wallet, which file of a month's statement was asked for last, and if it is there.

| access            | by                                       |
|-------------------|------------------------------------------|
| the file          | account: `courier:<id>#statement#2026-11` |
"""

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from chalicelib.domain.points.transfers import account
from chalicelib.store.base import Transaction
from chalicelib.store.points.wallets import WalletItem


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A month's statement as a file; there since `ready_at`."""

    id: str
    courier_id: str
    month: str
    asked_at: datetime
    ready_at: datetime | None = None


def get(courier_id: str, month: str) -> File | None:
    """The file that was asked for last."""
    found = list(WalletItem.batch_get([_key(courier_id, month)], consistent_read=True))
    return msgspec.json.decode(found[0].body, type=File) if found else None


def put(file: File, transaction: Transaction) -> None:
    """Ask for it, in place of an older one."""
    transaction.put(_item(file))


def written(file: File, *, at: datetime) -> None:
    """Note that it is there, unless another was asked for meanwhile."""
    item = _item(replace(file, ready_at=at))
    item.save_if(WalletItem.body == _item(file).body)


def _item(file: File) -> WalletItem:
    return WalletItem(_key(file.courier_id, file.month), body=msgspec.json.encode(file).decode())


def _key(courier_id: str, month: str) -> str:
    return f"{account(courier_id)}#statement#{month}"
