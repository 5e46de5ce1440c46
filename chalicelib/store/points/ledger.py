"""Table `ledger`: every transfer of points, append only, in the courier's part. Nothing here ever changes.

| access                        | by                                        |
|-------------------------------|-------------------------------------------|
| a courier's entries, by report | account, id                              |
| what stands already           | batch by (account, id)                    |
| everybody's of a local month  | index `by_month`: month, moment           |
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import islice

import msgspec
from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone
from chalicelib.domain.points.caps import Settlement
from chalicelib.domain.points.rules import Cap
from chalicelib.domain.points.terms import EntryState
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reference.calendar import local_day, local_month, months
from chalicelib.store.base import Table, Transaction
from chalicelib.store.points import wallets

LONGEST_ID = 256
INSTANT = timedelta(microseconds=1)


class ByMonth(GlobalSecondaryIndex["TransferItem"]):
    """Everybody's entries, by when they were written: `moment` is the instant with the entry's id."""

    class Meta:
        index_name = "by_month"
        projection = AllProjection()

    month = UnicodeAttribute(hash_key=True)
    moment = UnicodeAttribute(range_key=True)


class TransferItem(Table):
    """A transfer; `cap` is the limit it came under, as JSON."""

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
    month = UnicodeAttribute(null=True)
    moment = UnicodeAttribute(null=True)
    by_month = ByMonth()


class AlreadyPosted(AlreadyDone):
    """Raised when an entry stands in the ledger already."""


def post(transfers: Sequence[Transfer], settlement: Settlement) -> None:
    """Append entries of one courier with what they do to his wallet: one transaction.

    Raises AlreadyPosted if one stands already, WindowMoved if a window is not as it was read.
    """
    transaction = Transaction()
    for transfer in transfers:
        there = AlreadyPosted("entry_posted", entry=transfer.id)
        transaction.put(_item(transfer), TransferItem.id.does_not_exist(), there)
    wallets.change(transfers[0].account, settlement, transaction)
    transaction.commit()


def several(account: str, ids: Iterable[str]) -> dict[str, Transfer]:
    """Those of the entries that stand already, by id: one batch."""
    found = TransferItem.batch_get([(account, id) for id in ids], consistent_read=True)
    return {item.id: _transfer(item) for item in found}


def page(account: str, *, limit: int, before: str | None) -> list[Transfer]:
    """Up to `limit` entries with an id below `before`, the newest report's first: one query."""
    below = TransferItem.id < before[:LONGEST_ID] if before else None
    return [_transfer(item) for item in TransferItem.query(account, below, scan_index_forward=False, limit=limit)]


def within(start: datetime, end: datetime, *, before: str | None, limit: int) -> list[tuple[str, Transfer]]:
    """Up to so many of everybody's entries with start <= at < end, newest first, each with its moment.

    Those below the moment `before`: a query a local month, until there are so many.
    """
    first, last = _instant(start), min(before or "~", _instant(end))
    spans = months(local_day(start), local_day(end - INSTANT))
    rows = (item for month in reversed(spans) for item in _month(month, first, last, limit))
    return [(str(item.moment), _transfer(item)) for item in islice(rows, limit)]


def _month(month: str, first: str, last: str, limit: int) -> Iterator[TransferItem]:
    """Lazily. A range ends with what it is given, which is left out here."""
    if first < last:
        between = ByMonth.moment.between(first, last)
        found = TransferItem.by_month.query(month, between, scan_index_forward=False, page_size=limit + 1)
        yield from (item for item in found if item.moment < last)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _item(transfer: Transfer) -> TransferItem:
    fields = asdict(transfer) | {"cap": msgspec.json.encode(transfer.cap).decode() if transfer.cap else None}
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
    )
