"""Table `access`: who saw or changed what of whom. Lines are only ever added; they expire.

| access                    | by                               |
|---------------------------|----------------------------------|
| what was done to somebody | subject, id                      |
| what somebody did         | index `by_actor`: actor_id, id   |
| what was done on a day    | index `by_day`: day (local), id  |
| what was taken away       | index `by_log`: log, id (sparse) |

All newest first. An id begins with the UTC instant. A cursor is the id of the last line seen, with its subject.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.people.access import OF_EXPORTS, Entry
from chalicelib.domain.reference.calendar import local_day
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

AT_ONCE = 100  # items of a transaction
EXPORTS = "exports"

type Key = Annotated[str, Meta(min_length=1, max_length=300)]
type Position = tuple[Key, Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some lines, newest first, and where the next ones begin; None at the end."""

    entries: list[Entry]
    cursor: str | None


class ByActor(GlobalSecondaryIndex["AccessItem"]):
    """What somebody did."""

    class Meta:
        index_name = "by_actor"
        projection = IncludeProjection(["body"])

    actor_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class ByDay(GlobalSecondaryIndex["AccessItem"]):
    """What was done on a local day."""

    class Meta:
        index_name = "by_day"
        projection = IncludeProjection(["body"])

    day = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class ByLog(GlobalSecondaryIndex["AccessItem"]):
    """The lines of one log: of exports."""

    class Meta:
        index_name = "by_log"
        projection = IncludeProjection(["body"])

    log = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class AccessItem(Table):
    """One line; `body` is all of it as JSON."""

    class Meta:
        table_name = settings().table("access")

    subject = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    actor_id = UnicodeAttribute()
    day = UnicodeAttribute()
    body = UnicodeAttribute()
    expires_at = NumberAttribute()
    log = UnicodeAttribute(null=True)
    by_actor = ByActor()
    by_day = ByDay()
    by_log = ByLog()


def append(entry: Entry, *, until: datetime, transaction: Transaction | None = None) -> None:
    """Write the line, by itself or with the transaction that makes it true; it is kept until `until`."""
    if transaction is None:
        _item(entry, until).save()
    else:
        transaction.put(_item(entry, until))


def append_all(entries: Iterable[Entry], *, until: datetime) -> None:
    """Write lines: one call for a hundred, all or none of them."""
    for part in batched(entries, AT_ONCE, strict=False):
        transaction = Transaction()
        for entry in part:
            transaction.put(_item(entry, until))
        transaction.commit()


def of(subject: str, *, limit: int, cursor: str | None) -> Page:
    """What was done to somebody: one query."""
    return _page(AccessItem, "subject", subject, limit, cursor)


def by(actor_id: str, *, limit: int, cursor: str | None) -> Page:
    """What somebody did: one query."""
    return _page(AccessItem.by_actor, "actor_id", actor_id, limit, cursor)


def on(day: str, *, limit: int, cursor: str | None) -> Page:
    """What was done on a local day (`2026-11-23`): one query."""
    return _page(AccessItem.by_day, "day", day, limit, cursor)


def of_exports(*, limit: int, cursor: str | None) -> Page:
    """What was exported, fetched and taken back, by whomever: one query."""
    return _page(AccessItem.by_log, "log", EXPORTS, limit, cursor)


def _page(source: Any, key_name: str, key: str, limit: int, cursor: str | None) -> Page:
    start = None
    if cursor:
        position: Position = cursors.opened(cursor, Position)
        subject, id = position
        start = {"subject": {"S": subject}, "id": {"S": id}} | {key_name: {"S": key}}
    rows = source.query(key, scan_index_forward=False, limit=limit + 1, last_evaluated_key=start)
    found = [msgspec.json.decode(item.body, type=Entry) for item in rows]
    shown, more = found[:limit], len(found) > limit
    return Page(entries=shown, cursor=cursors.sealed((shown[-1].subject, shown[-1].id)) if more else None)


def _item(entry: Entry, until: datetime) -> AccessItem:
    return AccessItem(
        subject=entry.subject,
        id=entry.id,
        actor_id=entry.actor_id,
        day=local_day(entry.at),
        body=msgspec.json.encode(entry).decode(),
        expires_at=int(until.timestamp()),
        log=EXPORTS if entry.what in OF_EXPORTS else None,
    )
