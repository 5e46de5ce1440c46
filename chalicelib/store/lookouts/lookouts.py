"""Table `lookouts`: look-outs (`head`), their words, who was asked, what was answered.

| access                               | by                                                         |
|--------------------------------------|------------------------------------------------------------|
| a look-out with its words            | id, `head` and `words`: one batch                          |
| what was answered (`answers`)        | id, part `answer#<person>`                                 |
| who was asked, page by page (same)   | id, part `asked#<village>#<from behind whom>`              |
| what a post has asked, newest first  | index `by_post`: post, asked_at                            |
| what is open in a township           | index `by_open`: open_in, until (sparse)                   |
| what is over and not erased yet      | index `by_end`: ending, ended_at (sparse)                  |
| what somebody has answered           | index `by_person`: person_id, id                           |

The words lie apart, for they go earlier; what is over leaves the list of what is open with the same write.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection

from chalicelib.config import settings
from chalicelib.domain.errors import Conflict, NotFound, StaleVersion
from chalicelib.domain.lookouts.model import Lookout, LookoutState, Words
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

HEAD, WORDS = "head", "words"
OVER = "over"

type Key = Annotated[str, Meta(min_length=1, max_length=300)]


class ByPost(GlobalSecondaryIndex["LookoutItem"]):
    """What a post has asked."""

    class Meta:
        index_name = "by_post"
        projection = IncludeProjection(["body"])

    post = UnicodeAttribute(hash_key=True)
    asked_at = UnicodeAttribute(range_key=True)


class ByOpen(GlobalSecondaryIndex["LookoutItem"]):
    """What is open in a township."""

    class Meta:
        index_name = "by_open"
        projection = IncludeProjection(["body"])

    open_in = UnicodeAttribute(hash_key=True)
    until = UnicodeAttribute(range_key=True)


class ByEnd(GlobalSecondaryIndex["LookoutItem"]):
    """What is over, and since when."""

    class Meta:
        index_name = "by_end"
        projection = KeysOnlyProjection()

    ending = UnicodeAttribute(hash_key=True)
    ended_at = UnicodeAttribute(range_key=True)


class ByPerson(GlobalSecondaryIndex["LookoutItem"]):
    """What somebody has answered."""

    class Meta:
        index_name = "by_person"
        projection = IncludeProjection(["body"])

    person_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class LookoutItem(Table):
    """A look-out, its words, an answer, or the ids of a page of couriers who were asked (`body`, JSON)."""

    class Meta:
        table_name = settings().table("lookouts")

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute()
    version = NumberAttribute(null=True)
    post = UnicodeAttribute(null=True)
    asked_at = UnicodeAttribute(null=True)
    open_in = UnicodeAttribute(null=True)
    until = UnicodeAttribute(null=True)
    ending = UnicodeAttribute(null=True)
    ended_at = UnicodeAttribute(null=True)
    person_id = UnicodeAttribute(null=True)
    by_post = ByPost()
    by_open = ByOpen()
    by_end = ByEnd()
    by_person = ByPerson()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some look-outs, newest first, and where the next ones begin; None at the end."""

    lookouts: list[Lookout]
    cursor: str | None


def put(lookout: Lookout, transaction: Transaction) -> None:
    """Store the look-out over the version it came from; the transaction raises StaleVersion if that is past."""
    item = LookoutItem(lookout.id, HEAD, body=_json(lookout), version=lookout.version)
    item.post, item.asked_at = lookout.post, f"{_instant(lookout.asked_at)}#{lookout.id}"
    if lookout.state is LookoutState.OPEN:
        item.open_in, item.until = lookout.township, _instant(lookout.until)
    elif not lookout.erased:
        item.ending, item.ended_at = OVER, _instant(lookout.ended_at or lookout.until)
    first = LookoutItem.id.does_not_exist() if lookout.version == 1 else LookoutItem.version == lookout.version - 1
    transaction.put(item, first, StaleVersion("changed_meanwhile"))


def say(lookout_id: str, words: Words, transaction: Transaction) -> None:
    """Store what couriers read, apart from the look-out, for it goes earlier."""
    transaction.put(LookoutItem(lookout_id, WORDS, body=_json(words)))


def find(lookout_id: str) -> Lookout | None:
    """The look-out as it is now, if there is one."""
    try:
        return _lookout(LookoutItem.get(lookout_id, HEAD, consistent_read=True))
    except LookoutItem.DoesNotExist:
        return None


def get(lookout_id: str) -> Lookout:
    """Raises NotFound (`no_such_lookout`)."""
    if found := find(lookout_id):
        return found
    raise NotFound("no_such_lookout", lookout=lookout_id)


def words(ids: Iterable[str]) -> dict[str, Words]:
    """What couriers read of each: one call for a hundred."""
    keys = [(id, WORDS) for id in ids]
    found = LookoutItem.batch_get(keys, consistent_read=True) if keys else ()
    return {item.id: msgspec.json.decode(item.body, type=Words) for item in found}


def of_post(post: str, *, limit: int, cursor: str | None) -> Page:
    """What a post has asked, newest first: one query."""
    before = cursors.opened(cursor, Key) if cursor else "~"
    query = LookoutItem.by_post.query(post, ByPost.asked_at < before, scan_index_forward=False, limit=limit + 1)
    found = list(query)
    more = cursors.sealed(found[limit - 1].asked_at) if len(found) > limit else None
    return Page(lookouts=[_lookout(item) for item in found[:limit]], cursor=more)


def open_in(township: str, now: datetime) -> list[Lookout]:
    """What is open in a township now, what ends first in front: one query."""
    return [_lookout(item) for item in LookoutItem.by_open.query(township, ByOpen.until > _instant(now))]


def over_before(at: datetime, *, limit: int) -> list[str]:
    """What was over by then and is not erased yet, longest ago first: one query."""
    return [item.id for item in LookoutItem.by_end.query(OVER, ByEnd.ended_at <= _instant(at), limit=limit)]


def require_open(lookout: Lookout, now: datetime, transaction: Transaction) -> None:
    """Only while it is open; the transaction raises Conflict (`lookout_over`)."""
    still = LookoutItem.open_in.exists() & (LookoutItem.until > _instant(now))
    transaction.check(LookoutItem, lookout.id, HEAD, condition=still, refusal=Conflict("lookout_over"))


def _lookout(item: LookoutItem) -> Lookout:
    return msgspec.json.decode(item.body, type=Lookout)


def _json(value: Lookout | Words) -> str:
    return msgspec.json.encode(value).decode()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
