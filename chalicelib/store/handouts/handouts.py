"""Table `handouts`: what somebody was given, record by record, and how many of each good he has by span.

| access                              | by                                                  |
|-------------------------------------|-----------------------------------------------------|
| somebody's records, newest first    | person_id, part `given#…`                           |
| one record                          | person_id, `given#<instant>-<good>`                 |
| how many of a good he has           | person_id, `count#<good>#<ever, 2026 or 2026-11>`   |
| a good's records of a local month   | index `by_good`: good_month, moment                 |

Records are only ever added; one that was put right names the one in its place (`corrected_by`), once. They expire when
the retention table says so; counts stay.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Annotated

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone, NotFound, StaleVersion
from chalicelib.domain.handouts.giving import Change, Handout, limit_reached, person_of
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

GIVEN, COUNT = "given#", "count#"

type Key = Annotated[str, Meta(min_length=1, max_length=300)]
type Position = tuple[Key, Key, Key]


class ByGood(GlobalSecondaryIndex["HandoutItem"]):
    """A good's records of a local month, by day."""

    class Meta:
        index_name = "by_good"
        projection = IncludeProjection(["body", "corrected_by"])

    good_month = UnicodeAttribute(hash_key=True)
    moment = UnicodeAttribute(range_key=True)


class HandoutItem(Table):
    """A record (`body`, JSON), or a count (`used`)."""

    class Meta:
        table_name = settings().table("handouts")

    person_id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    corrected_by = UnicodeAttribute(null=True)
    good_month = UnicodeAttribute(null=True)
    moment = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    used = NumberAttribute(null=True)
    by_good = ByGood()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A record, and the id of the one that put it right, if one did."""

    handout: Handout
    corrected_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some records, newest first, and where the next ones begin; None at the end."""

    records: list[Kept]
    cursor: str | None


def add(handout: Handout, changes: Iterable[Change], *, until: datetime, transaction: Transaction) -> None:
    """Store a record, kept until `until`, with what it does to the counts.

    The transaction raises CapReached (`handout_limit`) where he has had as many as there are, AlreadyDone
    (`handout_corrected`) where what it puts right was put right already, StaleVersion for the same id twice.
    """
    transaction.put(_item(handout, until), HandoutItem.person_id.does_not_exist(), StaleVersion("changed_meanwhile"))
    if handout.corrects:
        old, done = _key(handout.corrects), AlreadyDone("handout_corrected")
        once = HandoutItem.person_id.exists() & HandoutItem.corrected_by.does_not_exist()
        transaction.update(HandoutItem(*old), [HandoutItem.corrected_by.set(handout.id)], once, done)
    for change in changes:
        _count(handout, change, transaction)


def find(handout_id: str) -> Kept:
    """One record. Raises NotFound (`no_such_handout`)."""
    try:
        return _kept(HandoutItem.get(*_key(handout_id), consistent_read=True))
    except HandoutItem.DoesNotExist as error:
        raise NotFound("no_such_handout", handout=handout_id) from error


def of(person_id: str, *, limit: int, cursor: str | None) -> Page:
    """What somebody was given, newest first: one query."""
    before: Key = cursors.opened(cursor, Key) if cursor else f"{GIVEN}~"
    within = HandoutItem.part.between(GIVEN, before)
    rows = HandoutItem.query(person_id, within, scan_index_forward=False, limit=limit + 2, consistent_read=True)
    found = [row for row in rows if row.part != before][: limit + 1]
    more = cursors.sealed(found[limit - 1].part) if len(found) > limit else None
    return Page(records=[_kept(row) for row in found[:limit]], cursor=more)


def month(good: str, month: str, *, keep: Callable[[Handout], bool], limit: int, cursor: str | None) -> Page:
    """A good's records of a local month that `keep` lets through, newest first: one query, more where much is sifted
    out."""
    rows = (row for row in _month(f"{good}#{month}", limit, cursor) if keep(_kept(row).handout))
    found = list(islice(rows, limit + 1))
    last = found[limit - 1] if len(found) > limit else None
    more = cursors.sealed((last.moment, last.person_id, last.part)) if last else None
    return Page(records=[_kept(row) for row in found[:limit]], cursor=more)


def silence(person_id: str) -> None:
    """Let go of the words in somebody's records; that, what and when he was given stays: a query, a write for each."""
    for row in HandoutItem.query(person_id, HandoutItem.part.startswith(GIVEN), consistent_read=True):
        handout = _kept(row).handout
        if handout.note or handout.reason:
            row.update([HandoutItem.body.set(_json(replace(handout, note="", reason="")))])


def _month(good_month: str, limit: int, cursor: str | None) -> Iterator[HandoutItem]:
    start = _after(good_month, cursor) if cursor else None
    query = HandoutItem.by_good.query
    yield from query(good_month, scan_index_forward=False, page_size=limit + 1, last_evaluated_key=start)


def _after(good_month: str, cursor: str) -> dict[str, dict[str, str]]:
    moment, person_id, part = cursors.opened(cursor, Position)
    keys = {"good_month": good_month, "moment": moment, "person_id": person_id, "part": part}
    return {name: {"S": value} for name, value in keys.items()}


def _count(handout: Handout, change: Change, transaction: Transaction) -> None:
    row, more = HandoutItem(handout.person_id, f"{COUNT}{change.good}#{change.span}"), change.more
    if change.most is None:
        transaction.update(row, [HandoutItem.used.add(more)])
        return
    room: Condition = HandoutItem.used.does_not_exist() | (HandoutItem.used <= change.most - more)
    full = limit_reached(handout.zh, handout.en, change.most, change.per)
    transaction.update(row, [HandoutItem.used.add(more)], room, full)


def _key(handout_id: str) -> tuple[str, str]:
    person_id = person_of(handout_id)
    return person_id, f"{GIVEN}{handout_id.removeprefix(f'{person_id}.')}"


def _kept(row: HandoutItem) -> Kept:
    return Kept(handout=msgspec.json.decode(row.body or "", type=Handout), corrected_by=row.corrected_by)


def _item(handout: Handout, until: datetime) -> HandoutItem:
    person_id, part = _key(handout.id)
    day = handout.day.isoformat()
    return HandoutItem(
        person_id,
        part,
        body=_json(handout),
        good_month=f"{handout.good}#{day[:7]}",
        moment=f"{day}#{handout.id}",
        expires_at=int(until.timestamp()),
    )


def _json(handout: Handout) -> str:
    return msgspec.json.encode(handout).decode()
