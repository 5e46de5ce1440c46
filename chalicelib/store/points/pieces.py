"""Table `wallets`, as a whole: what stands there, for who checks the ledger by hand. A scan, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from chalicelib.domain.points.windows import Window, plain
from chalicelib.store.points.ledger import AT_ONCE
from chalicelib.store.points.wallets import WalletItem

STATEMENT = "statement#"  # an item of `statements`


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An item of a courier, by what its key has behind his account: "" is the wallet, `lot#2027`, `score#2026-11`, else
    a window. Whether it `holds` anything; the `balance` of a wallet."""

    account: str
    part: str
    holds: bool
    balance: int = 0


def everything() -> Iterator[Piece]:
    """Every item that may hold points."""
    for item in WalletItem.scan(consistent_read=True, page_size=AT_ONCE):
        owner, _, part = item.account.partition("#")
        if not part.startswith(STATEMENT):
            yield Piece(account=owner, part=part, holds=_holds(item), balance=0 if part else int(item.balance or 0))


def _holds(item: WalletItem) -> bool:
    if item.body:
        return bool(plain(msgspec.json.decode(item.body, type=Window)))
    return any((item.balance, item.pending, item.honour, item.solved))
