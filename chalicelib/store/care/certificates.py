"""Table `certificates`: the register of help certificates, and which deed has one.

| access                       | by                                              |
|------------------------------|-------------------------------------------------|
| one certificate              | id                                              |
| a courier's, newest first    | index `by_courier`: courier_id, issued_at       |
| whether a deed has one       | id `deed#<visit:…>` (`certificate_id`)          |
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.care.certificates import Certificate
from chalicelib.domain.errors import AlreadyDone, NotFound, StaleVersion
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

type Key = Annotated[str, Meta(min_length=1, max_length=100)]
type Position = tuple[Key, Key]


class ByCourier(GlobalSecondaryIndex["CertificateItem"]):
    """A courier's, by when they were issued."""

    class Meta:
        index_name = "by_courier"
        projection = IncludeProjection(["body"])

    courier_id = UnicodeAttribute(hash_key=True)
    issued_at = UnicodeAttribute(range_key=True)


class CertificateItem(Table):
    """A certificate (`body`, JSON), or which one a deed has."""

    class Meta:
        table_name = settings().table("certificates")

    id = UnicodeAttribute(hash_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    courier_id = UnicodeAttribute(null=True)
    issued_at = UnicodeAttribute(null=True)
    certificate_id = UnicodeAttribute(null=True)
    by_courier = ByCourier()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some certificates, newest first, and where the next ones begin; None at the end."""

    certificates: list[Certificate]
    cursor: str | None


def find(id: str) -> Certificate | None:
    """The certificate, if the register has it."""
    try:
        body = CertificateItem.get(id, consistent_read=True).body
    except CertificateItem.DoesNotExist:
        return None
    return msgspec.json.decode(body, type=Certificate) if body else None


def get(id: str) -> Certificate:
    """Raises NotFound (`no_such_certificate`)."""
    if found := find(id):
        return found
    raise NotFound("no_such_certificate", certificate=id)


def put(one: Certificate, transaction: Transaction) -> None:
    """Store it over the version it came from; the transaction raises StaleVersion if that is past."""
    item = CertificateItem(id=one.paper.id, body=msgspec.json.encode(one).decode(), version=one.version)
    item.courier_id, item.issued_at = one.courier_id, _instant(one.paper.issued_at)
    first = CertificateItem.id.does_not_exist() if one.version == 1 else CertificateItem.version == one.version - 1
    transaction.put(item, first, StaleVersion("changed_meanwhile"))


def mark(deed_id: str, id: str, transaction: Transaction) -> None:
    """Note that the deed has one. The transaction raises AlreadyDone (`certificate_issued`) where it has."""
    item = CertificateItem(id=f"deed#{deed_id}", certificate_id=id)
    transaction.put(item, CertificateItem.id.does_not_exist(), AlreadyDone("certificate_issued"))


def of(courier_id: str, *, limit: int, cursor: str | None) -> Page:
    """A courier's, newest first: one query. Raises Invalid (`bad_cursor`)."""
    start = None
    if cursor:
        issued_at, id = cursors.opened(cursor, Position)
        start = {"courier_id": {"S": courier_id}, "issued_at": {"S": issued_at}, "id": {"S": id}}
    rows = CertificateItem.by_courier.query(
        courier_id, scan_index_forward=False, limit=limit + 1, last_evaluated_key=start
    )
    found = list(rows)
    more = cursors.sealed((found[limit - 1].issued_at, found[limit - 1].id)) if len(found) > limit else None
    return Page(certificates=[msgspec.json.decode(row.body, type=Certificate) for row in found[:limit]], cursor=more)


def forget(courier_id: str) -> None:
    """Let go of a courier's, whose papers then count no more: a query, a write for each."""
    for row in CertificateItem.by_courier.query(courier_id):
        CertificateItem(row.id).delete()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
