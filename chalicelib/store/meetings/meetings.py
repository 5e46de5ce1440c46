"""Table `meetings`: meetings with their items, agendas, follow-ups, and what was done to each.

| access                              | by                                                                       |
|-------------------------------------|--------------------------------------------------------------------------|
| a meeting with its items            | id, part up to `item#~`: one query                                       |
| meetings of a body, latest first    | index `by_list`: list_key `town:<township>`, sort_key `<day>#<id>`       |
| what is on an agenda (`agenda`)     | id `agenda:<body>:<scope>`                                               |
| a follow-up (`follow_ups`)          | id, `head`                                                               |
| a body's follow-ups by day          | index `by_list`: `follow-ups:<scope>:<state>`, sort_key `<due>#<id>`     |
| what was done to any of these       | id, part `record#…` (`records`)                                          |

An item changes with its meeting's version, until the minutes are published; then each by itself, once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Annotated

import msgspec
from msgspec import Meta
from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone, NotFound, StaleVersion
from chalicelib.domain.meetings.model import Body, Item, Meeting, Minutes
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

HEAD, ITEM = "head", "item#"

type Key = Annotated[str, Meta(min_length=1, max_length=200)]
type Position = tuple[Key, Key]


class ByList(GlobalSecondaryIndex["MeetingItem"]):
    """Meetings of a body, or follow-ups in a state, by their day."""

    class Meta:
        index_name = "by_list"
        projection = IncludeProjection(["body"])

    list_key = UnicodeAttribute(hash_key=True)
    sort_key = UnicodeAttribute(range_key=True)


class MeetingItem(Table):
    """Any of these (`body`, JSON). `settled`: a published item has its outcome; `meeting_id`: who has gathered it."""

    class Meta:
        table_name = settings().table("meetings")

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    settled = BooleanAttribute(null=True)
    meeting_id = UnicodeAttribute(null=True)
    list_key = UnicodeAttribute(null=True)
    sort_key = UnicodeAttribute(null=True)
    by_list = ByList()


class Settled(AlreadyDone):
    """Raised when an item has its outcome already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some meetings, latest first, and where the next ones begin; None at the end."""

    meetings: list[Meeting]
    cursor: str | None


def put(meeting: Meeting, transaction: Transaction) -> None:
    """Store the meeting over the version it came from; the transaction raises StaleVersion if that is past."""
    item = MeetingItem(
        id=meeting.id,
        part=HEAD,
        body=_json(meeting),
        version=meeting.version,
        list_key=_list_key(meeting.body, meeting.scope),
        sort_key=f"{meeting.plan.day.isoformat()}#{meeting.id}",
    )
    first = MeetingItem.id.does_not_exist() if meeting.version == 1 else MeetingItem.version == meeting.version - 1
    transaction.put(item, first, StaleVersion("changed_meanwhile"))


def put_item(meeting_id: str, item: Item, transaction: Transaction) -> None:
    """Store an item of a draft: with it goes the meeting's next version, which guards it."""
    transaction.put(MeetingItem(id=meeting_id, part=f"{ITEM}{item.id}", body=_json(item)))


def delete_item(meeting_id: str, item_id: str, transaction: Transaction) -> None:
    """Take an item off a draft."""
    transaction.delete(MeetingItem(meeting_id, f"{ITEM}{item_id}"))


def settle(meeting_id: str, item: Item, transaction: Transaction) -> None:
    """Note the outcome of a published item, once: the transaction raises Settled (`item_settled`) where it has one."""
    row = MeetingItem(meeting_id, f"{ITEM}{item.id}")
    actions = [MeetingItem.body.set(_json(item)), MeetingItem.settled.set(True)]
    open_yet = MeetingItem.id.exists() & MeetingItem.settled.does_not_exist()
    transaction.update(row, actions, open_yet, Settled("item_settled", item=item.id))


def whole(meeting_id: str) -> Minutes:
    """The meeting with its items, as it is now: one query. Raises NotFound (`no_such_meeting`)."""
    upto = MeetingItem.part.between(HEAD, f"{ITEM}~")
    rows = {row.part: row.body for row in MeetingItem.query(meeting_id, upto, consistent_read=True)}
    head = rows.pop(HEAD, None)
    if head is None or "." in meeting_id:  # a follow-up's id has a dot
        raise NotFound("no_such_meeting", meeting=meeting_id)
    items = tuple(msgspec.json.decode(body, type=Item) for body in rows.values())
    return Minutes(meeting=msgspec.json.decode(head, type=Meeting), items=items)


def page(body: Body, scope: str, *, keep: Callable[[Meeting], bool], limit: int, cursor: str | None) -> Page:
    """A body's meetings that `keep` lets through, latest first: one query, more where much is sifted out."""
    found = (row for row in _rows(_list_key(body, scope), limit, cursor) if keep(row[0]))
    kept = list(islice(found, limit + 1))
    more = cursors.sealed(kept[limit - 1][1]) if len(kept) > limit else None
    return Page(meetings=[meeting for meeting, _ in kept[:limit]], cursor=more)


def _rows(list_key: str, limit: int, cursor: str | None) -> Iterator[tuple[Meeting, Position]]:
    start = after(list_key, cursor) if cursor else None
    query = MeetingItem.by_list.query
    for row in query(list_key, scan_index_forward=False, page_size=limit + 1, last_evaluated_key=start):
        yield msgspec.json.decode(row.body, type=Meeting), (row.sort_key, row.id)


def after(list_key: str, cursor: str) -> dict[str, dict[str, str]]:
    """The place in the index that a cursor names. Raises Invalid (`bad_cursor`)."""
    sort_key, id = cursors.opened(cursor, Position)
    return {"list_key": {"S": list_key}, "sort_key": {"S": sort_key}, "id": {"S": id}, "part": {"S": HEAD}}


def _list_key(body: Body, scope: str) -> str:
    return f"{body}:{scope}"


def _json(value: Meeting | Item) -> str:
    return msgspec.json.encode(value).decode()
