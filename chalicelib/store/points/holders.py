"""Who has something in which year's lot: index `by_lot` of table `wallets` (lot, account), a query each."""

from collections.abc import Iterator

from chalicelib.store.points.wallets import ByLot, WalletItem

PAGE = 1000


def lots(lot: str) -> Iterator[tuple[str, int]]:
    """Whose lot of that year is not empty, with what is left of it: one query, lazily."""
    for item in WalletItem.by_lot.query(lot, page_size=PAGE):
        if item.balance:
            yield _courier(item.account), int(item.balance)


def owners(lot: str, *, after: str, limit: int) -> list[str]:
    """Ids of up to so many couriers who ever had something in that year's lot, by their accounts: one query."""
    behind = ByLot.account > f"courier:{after}#lot#{lot}" if after else None
    return [_courier(item.account) for item in WalletItem.by_lot.query(lot, behind, limit=limit)]


def _courier(account: str) -> str:
    return account.partition("#")[0].removeprefix("courier:")
