"""Table `ledger`: every transfer of points, append only, in the courier's part. Nothing here ever changes.

| access                        | by                                        |
|-------------------------------|-------------------------------------------|
| a courier's entries, by report | account, id                              |
| what stands already           | batch by (account, id)                    |
| a courier's entries of a report | account, id begins with it              |
| a courier's entries, by time  | index `by_time`: account, moment          |
| everybody's of a local month  | index `by_month`: month, moment           |
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

import msgspec
from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone, DomainError
from chalicelib.domain.points.rules import Cap
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer, outcome_id
from chalicelib.domain.reference.calendar import local_day, local_month, months
from chalicelib.store.base import Table, Transaction

LONGEST_ID = 256
AT_ONCE = 250  # of a scan: a page of a megabyte takes a busy store longer than a call may take
PAGE = 100
INSTANT = timedelta(microseconds=1)


class ByMonth(GlobalSecondaryIndex["TransferItem"]):
    """Everybody's entries, by when they were written: `moment` is the instant with the entry's id."""

    class Meta:
        index_name = "by_month"
        projection = AllProjection()

    month = UnicodeAttribute(hash_key=True)
    moment = UnicodeAttribute(range_key=True)


class ByTime(GlobalSecondaryIndex["TransferItem"]):
    """A courier's entries, by when they were written."""

    class Meta:
        index_name = "by_time"
        projection = AllProjection()

    account = UnicodeAttribute(hash_key=True)
    moment = UnicodeAttribute(range_key=True)


class TransferItem(Table):
    """A transfer; `cap`, the limit it came under, and `lots` are JSON."""

    class Meta:
        table_name = settings().table("ledger")

    account = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    debit = UnicodeAttribute()
    credit = UnicodeAttribute()
    amount = NumberAttribute()
    state = UnicodeAttribute()
    rule = UnicodeAttribute()
    edition = NumberAttribute()
    event_id = UnicodeAttribute()
    report_id = UnicodeAttribute()
    courier_id = UnicodeAttribute()
    day = UnicodeAttribute()
    at = UTCDateTimeAttribute()
    honour = BooleanAttribute()
    cap = UnicodeAttribute(null=True)
    corrects = UnicodeAttribute(null=True)
    zh = UnicodeAttribute()
    en = UnicodeAttribute()
    kind = UnicodeAttribute(default=Kind.EARN)
    settles = UnicodeAttribute(null=True)
    lots = UnicodeAttribute(null=True)
    month = UnicodeAttribute(null=True)
    moment = UnicodeAttribute(null=True)
    by_month = ByMonth()
    by_time = ByTime()


class AlreadyPosted(AlreadyDone):
    """Raised when an entry stands in the ledger already."""


def add(transfers: Iterable[Transfer], transaction: Transaction, *, refusal: DomainError | None = None) -> None:
    """Append entries with the transaction that moves their points; it raises AlreadyPosted, or another refusal, if one
    stands already."""
    for transfer in transfers:
        there = refusal or AlreadyPosted("entry_posted", entry=transfer.id)
        transaction.put(_item(transfer), TransferItem.id.does_not_exist(), there)


def require_waiting(pending: Transfer, transaction: Transaction) -> None:
    """Make the transaction depend on an entry that has no outcome yet; it raises AlreadyPosted."""
    there = AlreadyPosted("entry_posted", entry=pending.id)
    missing = TransferItem.id.does_not_exist()
    transaction.check(TransferItem, pending.account, outcome_id(pending.id), condition=missing, refusal=there)


def several(account: str, ids: Iterable[str]) -> dict[str, Transfer]:
    """Those of the entries that stand already, by id: one batch."""
    found = TransferItem.batch_get([(account, id) for id in ids], consistent_read=True)
    return {item.id: _transfer(item) for item in found}


def beginning(account: str, prefix: str) -> list[Transfer]:
    """A courier's entries whose ids begin so: of one report with all that hangs on them. One query, consistent."""
    found = TransferItem.query(account, TransferItem.id.startswith(prefix), consistent_read=True)
    return [_transfer(item) for item in found]


def beside(account: str, entry_id: str) -> list[Transfer]:
    """A courier's entries that begin as this one does: of its report, if it is of one. One query, consistent."""
    return beginning(account, entry_id.partition("#")[0])


def page(account: str, *, limit: int, before: str | None) -> list[Transfer]:
    """Up to `limit` entries with an id below `before`, the newest report's first: one query."""
    below = TransferItem.id < before[:LONGEST_ID] if before else None
    return [_transfer(item) for item in TransferItem.query(account, below, scan_index_forward=False, limit=limit)]


def all_of(account: str) -> list[Transfer]:
    """All of a courier's entries, read consistently: one query, page by page."""
    return [_transfer(item) for item in TransferItem.query(account, consistent_read=True)]


def timeline(
    account: str, *, start: datetime | None, end: datetime | None, before: str | None, limit: int
) -> list[tuple[str, Transfer]]:
    """Up to so many of a courier's entries with start <= at < end, newest first, each with its moment: one query."""
    first, last = _instant(start) if start else "", min(before or "~", _instant(end) if end else "~")
    if last <= first:  # the place of a page lies before the days that are asked for
        return []
    moment = ByTime.moment.between(first, last) if first else ByTime.moment <= last
    rows = TransferItem.by_time.query(account, moment, scan_index_forward=False, limit=limit + 1)
    found = [(str(item.moment), _transfer(item)) for item in rows if str(item.moment) < last]
    return found[:limit]


def everything() -> Iterator[Transfer]:
    """Every entry, courier by courier: a scan, page by page, for who checks the whole ledger by hand."""
    yield from map(_transfer, TransferItem.scan(consistent_read=True, page_size=AT_ONCE))


def within(start: datetime, end: datetime, *, before: str | None, limit: int) -> list[tuple[str, Transfer]]:
    """Up to so many of everybody's entries with start <= at < end, newest first, each with its moment.

    Those below the moment `before`: a query a local month, until there are so many.
    """
    first, last = _instant(start), min(before or "~", _instant(end))
    spans = months(local_day(start), local_day(end - INSTANT))
    rows = (item for month in reversed(spans) for item in _month(month, first, last, limit))
    return [(str(item.moment), _transfer(item)) for item in islice(rows, limit)]


def oldest_first(start: datetime, end: datetime, *, after: str) -> Iterator[tuple[str, Transfer]]:
    """Everybody's entries with start <= at < end behind the moment `after`, oldest first, each with its moment.

    Lazily, a query a local month: memory holds a page.
    """
    first, last = max(_instant(start), after), _instant(end)
    for month in months(local_day(start), local_day(end - INSTANT)):
        if first < last:
            between = ByMonth.moment.between(first, last)
            for item in TransferItem.by_month.query(month, between, page_size=PAGE):
                if after < item.moment < last:
                    yield str(item.moment), _transfer(item)


def _month(month: str, first: str, last: str, limit: int) -> Iterator[TransferItem]:
    """Lazily. A range ends with what it is given, which is left out here."""
    if first < last:
        between = ByMonth.moment.between(first, last)
        found = TransferItem.by_month.query(month, between, scan_index_forward=False, page_size=limit + 1)
        yield from (item for item in found if item.moment < last)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _item(transfer: Transfer) -> TransferItem:
    json = {
        name: msgspec.json.encode(held).decode() if (held := getattr(transfer, name)) is not None else None
        for name in ("cap", "lots")
    }
    fields = {name: getattr(transfer, name) for name in Transfer.__slots__} | json
    moment = f"{_instant(transfer.at)}#{transfer.id}"
    return TransferItem(account=transfer.account, month=local_month(transfer.at), moment=moment, **fields)


def _transfer(item: TransferItem) -> Transfer:
    return Transfer(
        id=item.id,
        debit=item.debit,
        credit=item.credit,
        amount=int(item.amount),
        state=EntryState(item.state),
        rule=item.rule,
        edition=int(item.edition),
        event_id=item.event_id,
        report_id=item.report_id,
        courier_id=item.courier_id,
        day=item.day,
        at=item.at,
        honour=item.honour,
        cap=msgspec.json.decode(item.cap, type=Cap) if item.cap else None,
        corrects=item.corrects,
        zh=item.zh,
        en=item.en,
        kind=Kind(item.kind),
        settles=item.settles,
        lots=msgspec.json.decode(item.lots, type=dict[str, int]) if item.lots else None,
    )
