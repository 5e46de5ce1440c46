"""Table `documents`: what was made once and is kept for ever. A body is never rewritten; its file is noted beside it.

Compressed: corrections of every count of three months are more than an item of DynamoDB holds (400 KB).

| access                        | by                                                        |
|-------------------------------|-----------------------------------------------------------|
| one document                  | shelf (`<kind>#<township>`), id (its month or week)       |
| a township's, newest first    | shelf                                                     |
"""

import zlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec
from pynamodb.attributes import BinaryAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.config import settings
from chalicelib.domain.documents.monthly import Monthly
from chalicelib.domain.documents.weekly import Weekly
from chalicelib.domain.errors import AlreadyDone
from chalicelib.store.base import Table, Transaction


class Kind(StrEnum):
    """What stands on a shelf."""

    MONTHLY = "monthly"
    WEEKLY = "weekly"


type Document = Monthly | Weekly


class DocumentItem(Table):
    """A document (`body`, compressed JSON); `filed_at` once its file stands in the bucket."""

    class Meta:
        table_name = settings().table("documents")

    shelf = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    body = BinaryAttribute(legacy_encoding=False)
    filed_at = UTCDateTimeAttribute(null=True)


class DocumentThere(AlreadyDone):
    """Raised when there is a document of this month or week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page[T]:
    """Some documents, newest first, and the cursor of the next ones; None at the end."""

    documents: list[T]
    cursor: str | None


def add(kind: Kind, id: str, document: Document, transaction: Transaction) -> None:
    """Put it on its township's shelf. The transaction raises DocumentThere if one stands there."""
    item = DocumentItem(_shelf(kind, document.township), id, body=zlib.compress(msgspec.json.encode(document), 9))
    transaction.put(item, DocumentItem.id.does_not_exist(), DocumentThere("document_there", document=id))


def monthly(township: str, month: str) -> Monthly | None:
    """The report of a month, if it was made."""
    return _find(Kind.MONTHLY, township, month, Monthly)


def weekly(township: str, week: str) -> Weekly | None:
    """The summary of a week, if it was made."""
    return _find(Kind.WEEKLY, township, week, Weekly)


def monthlies(township: str, *, limit: int, before: str | None = None) -> Page[Monthly]:
    """A township's reports, the newest first: one query."""
    return _page(Kind.MONTHLY, township, limit, before, Monthly)


def weeklies(township: str, *, limit: int, before: str | None = None) -> Page[Weekly]:
    """A township's summaries, the newest first: one query."""
    return _page(Kind.WEEKLY, township, limit, before, Weekly)


def is_filed(kind: Kind, township: str, id: str) -> bool:
    """Whether its file stands in the bucket."""
    try:
        item = DocumentItem.get(_shelf(kind, township), id, consistent_read=True, attributes_to_get=["filed_at"])
    except DocumentItem.DoesNotExist:
        return False
    return item.filed_at is not None


def filed(kind: Kind, township: str, id: str, *, at: datetime) -> None:
    """Its file stands in the bucket."""
    item = DocumentItem(_shelf(kind, township), id)
    item.update_if(DocumentItem.body.exists(), [DocumentItem.filed_at.set(at)])


def _find[T](kind: Kind, township: str, id: str, shape: type[T]) -> T | None:
    if not id:  # no key is empty
        return None
    try:
        item = DocumentItem.get(_shelf(kind, township), id, consistent_read=True)
    except DocumentItem.DoesNotExist:
        return None
    return _opened(item, shape)


def _page[T](kind: Kind, township: str, limit: int, before: str | None, shape: type[T]) -> Page[T]:
    below = DocumentItem.id < before if before else None
    rows = DocumentItem.query(_shelf(kind, township), below, limit=limit + 1, scan_index_forward=False)
    found = [(item.id, _opened(item, shape)) for item in rows]
    cursor = found[limit - 1][0] if len(found) > limit else None
    return Page(documents=[document for _, document in found[:limit]], cursor=cursor)


def _opened[T](item: DocumentItem, shape: type[T]) -> T:
    return msgspec.json.decode(zlib.decompress(item.body), type=shape)


def _shelf(kind: Kind, township: str) -> str:
    return f"{kind}#{township}"
