"""A year's list of sentinels, one item of table `honours` (see `cases` for its keys)."""

from collections.abc import Iterable

import msgspec

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.honours.sentinels import Sentinels, list_id
from chalicelib.store.base import Transaction
from chalicelib.store.honours.cases import HEAD, HonourItem


def find(township: str, year: int) -> Sentinels:
    """The list as it is now; an empty one of version 0 before the first step."""
    try:
        item = HonourItem.get(list_id(township, year), HEAD, consistent_read=True)
    except HonourItem.DoesNotExist:
        return Sentinels(township=township, year=year)
    return msgspec.json.decode(item.body, type=Sentinels)


def several(township: str, years: Iterable[int]) -> list[Sentinels]:
    """Those of these years' lists that there are: one call, none for no year."""
    keys = [(list_id(township, year), HEAD) for year in years]
    found = HonourItem.batch_get(keys, consistent_read=True) if keys else ()
    return [msgspec.json.decode(item.body, type=Sentinels) for item in found]


def put(held: Sentinels, transaction: Transaction) -> None:
    """Store the list over the version it came from: of two who name at once, the transaction of the later raises
    StaleVersion."""
    item = HonourItem(held.id, HEAD, body=msgspec.json.encode(held).decode(), version=held.version)
    first = HonourItem.id.does_not_exist() if held.version == 1 else HonourItem.version == held.version - 1
    transaction.put(item, first, StaleVersion("changed_meanwhile"))
