"""Table `history`: what happened to everything, append only. Its stream is the product's only event source.

| access                       | by                                                    |
|------------------------------|-------------------------------------------------------|
| what happened to a thing     | subject_id, number                                    |
| what happened since (replay) | index `by_day`: day_shard, at (keys only), then batch |
"""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.config import settings
from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.events import Event
from chalicelib.store.base import Table, Transaction

DAY_SHARDS = 4


class DayIndex(GlobalSecondaryIndex["EventItem"]):
    """Every line of a UTC day, spread over shards."""

    class Meta:
        index_name = "by_day"
        projection = KeysOnlyProjection()

    day_shard = UnicodeAttribute(hash_key=True)
    at = UnicodeAttribute(range_key=True)


class EventItem(Table):
    """One line; `event` is all of it as JSON, as its followers read it."""

    class Meta:
        table_name = settings().table("history")

    subject_id = UnicodeAttribute(hash_key=True)
    number = NumberAttribute(range_key=True)
    day_shard = UnicodeAttribute()
    at = UnicodeAttribute()
    event = UnicodeAttribute()
    by_day = DayIndex()


def append(event: Event, transaction: Transaction) -> None:
    """Add the line to the transaction that makes it true. A line that stands already means a stale version."""
    item = EventItem(
        subject_id=event.subject_id,
        number=event.number,
        day_shard=f"{event.at:%Y-%m-%d}#{zlib.crc32(event.subject_id.encode()) % DAY_SHARDS}",
        at=_instant(event.at),
        event=msgspec.json.encode(event).decode(),
    )
    transaction.put(item, EventItem.subject_id.does_not_exist(), StaleVersion("changed_meanwhile"))


def of(subject_id: str) -> list[Event]:
    """All lines of one thing, oldest first."""
    return [msgspec.json.decode(item.event, type=Event) for item in EventItem.query(subject_id, consistent_read=True)]


def since(start: datetime, until: datetime) -> Iterator[Event]:
    """Every line with start <= at <= until, whatever it is about; by day and shard, within these by time."""
    day = start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    while day <= until:
        for shard in range(DAY_SHARDS):
            yield from _of_shard(f"{day:%Y-%m-%d}#{shard}", start, until)
        day += timedelta(days=1)


def _of_shard(day_shard: str, start: datetime, until: datetime) -> Iterator[Event]:
    keys = EventItem.by_day.query(day_shard, DayIndex.at.between(_instant(start), _instant(until)))
    for item in EventItem.batch_get([(key.subject_id, key.number) for key in keys]):
        yield msgspec.json.decode(item.event, type=Event)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
