"""Table `access`: who saw or changed what of whom. Lines are only ever added; they expire.

| access                    | by                               |
|---------------------------|----------------------------------|
| what was done to somebody | subject, id                      |
| what somebody did         | index `by_actor`: actor_id, id   |
| what was done on a day    | index `by_day`: day (local), id  |
| what was taken away; honours | index `by_log`: log, id (sparse) |

All newest first. An id begins with the UTC instant, and the rest of it is made of the subject. A cursor says of neither
line nor subject more than a page shows to whom both are masked: it is an instant, and how many of it were seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import batched
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.people.access import OF_EXPORTS, OF_HONOURS, Entry, What
from chalicelib.domain.reference.calendar import local_day
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

AT_ONCE = 100  # items of a transaction
EXPORTS, HONOURS = "exports", "honours"
LOGS: dict[What, str] = dict.fromkeys(OF_EXPORTS, EXPORTS) | dict.fromkeys(OF_HONOURS, HONOURS)

type Instant = Annotated[str, Meta(min_length=1, max_length=30)]
type Skipped = Annotated[int, Meta(ge=1, le=100_000)]
type Position = tuple[Instant, Skipped]


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
    """The lines of one log: of exports, of honours."""

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


def of(subject: str, *, limit: int, until: str | None = None, skipped: int = 0) -> list[Entry]:
    """What was done to somebody, by the `stamp` of an instant, but for the newest that are `skipped`: one query."""
    upto = AccessItem.id < _after(until) if until else None
    return _read(AccessItem, subject, upto, limit=skipped + limit)[skipped:]


def by(actor_id: str, *, limit: int, cursor: str | None) -> Page:
    """What somebody did: one query. Raises Invalid (`bad_cursor`), as the next two do."""
    return _page(AccessItem.by_actor, actor_id, limit, cursor)


def on(day: str, *, limit: int, cursor: str | None) -> Page:
    """What was done on a local day (`2026-11-23`): one query."""
    return _page(AccessItem.by_day, day, limit, cursor)


def of_exports(*, limit: int, cursor: str | None) -> Page:
    """What was exported, fetched and taken back, by whomever: one query."""
    return _page(AccessItem.by_log, EXPORTS, limit, cursor)


def of_honours(*, limit: int, cursor: str | None) -> Page:
    """Who looked at whose case of honours, and what for, and who took which step: one query."""
    return _page(AccessItem.by_log, HONOURS, limit, cursor)


def _page(index: Any, key: str, limit: int, cursor: str | None) -> Page:
    position: Position = cursors.opened(cursor, Position) if cursor else ("", 0)
    last, skipped = position
    upto = AccessItem.id < _after(last) if cursor else None
    found = _read(index, key, upto, limit=skipped + limit + 1)[skipped:]
    shown = found[:limit]
    return Page(entries=shown, cursor=_sealed(shown, last, skipped) if len(found) > limit else None)


def _sealed(shown: list[Entry], last: str, skipped: int) -> str:
    """Where the next page begins: many lines may bear one instant, and those seen before are skipped."""
    stamps = [stamp(entry.at) for entry in shown]
    return cursors.sealed((stamps[-1], stamps.count(stamps[-1]) + (skipped if stamps[-1] == last else 0)))


def _read(source: Any, key: str, upto: Any, *, limit: int) -> list[Entry]:
    rows = source.query(key, upto, scan_index_forward=False, limit=limit)
    return [msgspec.json.decode(item.body, type=Entry) for item in rows]


def stamp(at: datetime) -> str:
    """A UTC instant as a line's id begins with it."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S%f}"


def _after(instant: str) -> str:
    """What sorts right after all ids of that instant."""
    return f"{instant}$"


def _item(entry: Entry, until: datetime) -> AccessItem:
    return AccessItem(
        subject=entry.subject,
        id=entry.id,
        actor_id=entry.actor_id,
        day=local_day(entry.at),
        body=msgspec.json.encode(entry).decode(),
        expires_at=int(until.timestamp()),
        log=LOGS.get(entry.what),
    )
