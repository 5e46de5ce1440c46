"""Table `carriers`: who carries, where he is found, and the book of what he has.

| access                                  | by                                                                  |
|-----------------------------------------|---------------------------------------------------------------------|
| somebody's profile as a carrier         | key `courier:<id>`, part `profile`                                  |
| his book                                | key `courier:<id>`, part `book`                                     |
| several books                           | batch: one call for a hundred                                       |
| who covers a grid                       | keys `grid:<grid>`, then `whole:<village>`: two queries             |
| who has a village on his round          | key `village:<village>`: one query                                  |
| who declares which grids of a township  | index `by_township`: township, key (`grid:…`, `whole:…`): one query |

A copy of the profile lies in every area that he is found in (`domain/care/carriers.areas`), written with the profile,
so that whom to ask is found without reading anybody else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.config import settings
from chalicelib.domain.care.books import Book
from chalicelib.domain.care.carriers import Carrier, areas
from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Table, Transaction

PROFILE, BOOK = "profile", "book"
TOWNSHIP_DIGITS = 9


class ByTownship(GlobalSecondaryIndex["CarrierItem"]):
    """Which areas of a township who is found in."""

    class Meta:
        index_name = "by_township"
        projection = KeysOnlyProjection()

    township = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True)


class CarrierItem(Table):
    """A profile, a copy of one in an area, or a book (`body`, JSON)."""

    class Meta:
        table_name = settings().table("carriers")

    key = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    township = UnicodeAttribute(null=True)
    by_township = ByTownship()


class CarrierMoved(StaleVersion):
    """Raised when a profile or a book changed since it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """Somebody is found in an area, whose key is `grid:<grid>` or `whole:<village>`."""

    area: str
    courier_id: str


def find(courier_id: str) -> Carrier:
    """His profile as it is now; an empty one, version 0, where he has none."""
    body = _body(courier_id, PROFILE)
    return msgspec.json.decode(body, type=Carrier) if body else Carrier(courier_id=courier_id)


def put(before: Carrier, after: Carrier, transaction: Transaction) -> None:
    """Store a profile with its copies; the transaction raises CarrierMoved if it changed since `before` was read."""
    body, key = msgspec.json.encode(after).decode(), _key(after.courier_id)
    item = CarrierItem(key, PROFILE, body=body, version=after.version)
    transaction.put(item, _as_read(after.version), CarrierMoved("changed_meanwhile"))
    for area in areas(before) - areas(after):
        transaction.delete(CarrierItem(area, after.courier_id))
    for area in areas(after):
        township = area.partition(":")[2][:TOWNSHIP_DIGITS]
        transaction.put(CarrierItem(area, after.courier_id, body=body, township=township))


def erase(carrier: Carrier) -> None:
    """Let go of all that is kept of somebody as a carrier: one transaction."""
    transaction, key = Transaction(), _key(carrier.courier_id)
    for area in areas(carrier):
        transaction.delete(CarrierItem(area, carrier.courier_id))
    for part in (PROFILE, BOOK):
        transaction.delete(CarrierItem(key, part))
    transaction.commit()


def within(area: str) -> list[Carrier]:
    """Who is found in an area at this moment: one query."""
    found = CarrierItem.query(area, consistent_read=True)
    return [msgspec.json.decode(item.body, type=Carrier) for item in found]


def of_township(township: str, kind: str) -> Iterator[Covers]:
    """Who declares which grids (`grid`), or is in which villages as a whole (`whole`): one query."""
    found = CarrierItem.by_township.query(township, ByTownship.key.startswith(f"{kind}:"))
    return (Covers(area=item.key, courier_id=item.part) for item in found)


def book(courier_id: str) -> Book:
    """His book as it is now; an empty one, version 0, where he has none."""
    body = _body(courier_id, BOOK)
    return msgspec.json.decode(body, type=Book) if body else Book(courier_id=courier_id)


def books(courier_ids: Iterable[str]) -> dict[str, Book]:
    """The books of these people, by whose they are: one call for a hundred. A moment old perhaps."""
    ids = list(courier_ids)
    found = CarrierItem.batch_get([(_key(id), BOOK) for id in ids]) if ids else ()
    kept = (msgspec.json.decode(item.body, type=Book) for item in found)
    return {id: Book(courier_id=id) for id in ids} | {book.courier_id: book for book in kept}


def put_book(book: Book, transaction: Transaction) -> None:
    """Store a book over the version before; the transaction raises CarrierMoved if that is past."""
    item = CarrierItem(_key(book.courier_id), BOOK, body=msgspec.json.encode(book).decode(), version=book.version)
    transaction.put(item, _as_read(book.version), CarrierMoved("changed_meanwhile"))


def _as_read(version: int) -> Condition:
    return CarrierItem.key.does_not_exist() if version == 1 else CarrierItem.version == version - 1


def _body(courier_id: str, part: str) -> str | None:
    try:
        return CarrierItem.get(_key(courier_id), part, consistent_read=True).body
    except CarrierItem.DoesNotExist:
        return None


def _key(courier_id: str) -> str:
    return f"courier:{courier_id}"
