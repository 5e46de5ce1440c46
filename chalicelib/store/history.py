"""Table `history`: what happened to everything, append only. Its stream is the product's only event source.

| access                       | by                                                    |
|------------------------------|-------------------------------------------------------|
| what happened to a thing     | subject_id, number                                    |
| … since a number             | subject_id, number above it                           |
| … a page of it               | the same, from a number on                            |
| what happened since (replay) | index `by_day`: day_shard, at (keys only), then batch |
"""

import heapq
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched, groupby
from operator import attrgetter

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.config import settings
from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.happenings import Happening
from chalicelib.store.base import Table, Transaction

DAY_SHARDS = 4
BATCH = 100  # one BatchGetItem


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
    event = UnicodeAttribute(null=True)
    happening = UnicodeAttribute(null=True)
    by_day = DayIndex()


def append(event: Event | Happening, transaction: Transaction) -> None:
    """Add the line to the transaction that makes it true. A line that stands already means a stale version."""
    item = EventItem(
        subject_id=event.subject_id,
        number=event.number,
        day_shard=f"{event.at:%Y-%m-%d}#{zlib.crc32(event.subject_id.encode()) % DAY_SHARDS}",
        at=_instant(event.at),
    )
    if isinstance(event, Happening):
        item.happening = msgspec.json.encode(event).decode()
    else:
        item.event = msgspec.json.encode(event).decode()
    transaction.put(item, EventItem.subject_id.does_not_exist(), StaleVersion("changed_meanwhile"))


def strip(event: Event, transaction: Transaction) -> None:
    """Put a line without its words in the place of the line: for retention alone (docs/adr/0020). No follower hears."""
    item = EventItem(event.subject_id, event.number)
    body = msgspec.json.encode(event).decode()
    transaction.update(item, [EventItem.event.set(body)], EventItem.subject_id.exists())


def of(subject_id: str) -> list[Event]:
    """All lines of one thing, oldest first."""
    return [msgspec.json.decode(item.event, type=Event) for item in EventItem.query(subject_id, consistent_read=True)]


def happenings(subject_id: str) -> list[Happening]:
    """What happened to a thing that is no report, oldest first."""
    found = EventItem.query(subject_id, consistent_read=True)
    return [msgspec.json.decode(item.happening, type=Happening) for item in found]


def after(subject_id: str, number: int, *, most: int) -> list[Event]:
    """The lines of one thing behind `number`, oldest first; of more than `most` the newest ones: one query."""
    behind = EventItem.number > number
    found = EventItem.query(subject_id, behind, consistent_read=True, scan_index_forward=False, limit=most)
    return [msgspec.json.decode(item.event, type=Event) for item in found][::-1]


def page(subject_id: str, *, after: int, limit: int) -> list[Event]:
    """Up to so many lines of one thing, oldest first, behind the one with this number: one query."""
    behind = EventItem.number > after
    found = EventItem.query(subject_id, behind, limit=limit, page_size=limit)
    return [msgspec.json.decode(item.event, type=Event) for item in found]


def since(start: datetime, until: datetime) -> Iterator[Event]:
    """Every line with start <= at <= until, whatever it is about, oldest first: so an instant is where to go on from.

    Reads lazily, a page of keys from each of a day's shards, and the lines themselves a hundred at a time.
    """
    for keys in batched(_all_keys(start, until), BATCH, strict=False):
        yield from _lines(keys)


def begun(start: datetime, until: datetime) -> Iterator[tuple[str, datetime]]:
    """What has its first line with start <= at <= until, and when, oldest first. Reads keys alone, lazily."""
    for key in _all_keys(start, until):
        if int(key.number) == 1:
            yield key.subject_id, datetime.fromisoformat(key.at)


def _all_keys(start: datetime, until: datetime) -> Iterator[EventItem]:
    first = start.astimezone(UTC).date()
    for day in (first + timedelta(days=number) for number in range((until.astimezone(UTC).date() - first).days + 1)):
        shards = [_keys(f"{day:%Y-%m-%d}#{shard}", start, until) for shard in range(DAY_SHARDS)]
        yield from heapq.merge(*shards, key=_time)


def _keys(day_shard: str, start: datetime, until: datetime) -> Iterator[EventItem]:
    """In order: of one instant an index has them in any."""
    within = DayIndex.at.between(_instant(start), _instant(until))
    for _, tied in groupby(EventItem.by_day.query(day_shard, within, page_size=BATCH), key=attrgetter("at")):
        yield from sorted(tied, key=_time)


def _lines(keys: Iterable[EventItem]) -> list[Event]:
    found = EventItem.batch_get([(key.subject_id, key.number) for key in keys])
    return [msgspec.json.decode(item.event, type=Event) for item in sorted(found, key=_time) if item.event]


def _time(item: EventItem) -> tuple[str, str, int]:
    return item.at, item.subject_id, int(item.number)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
