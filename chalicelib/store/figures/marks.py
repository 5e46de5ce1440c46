"""Table `marks`: which events a follower has dealt with, where that cannot be seen from what it wrote. Marks expire.

| access                          | by                               |
|---------------------------------|----------------------------------|
| has it been dealt with (a condition only) | id: `<event id>#<follower>` |
| was it done, where no event names it      | id                          |
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone
from chalicelib.domain.happenings import Line
from chalicelib.store.base import Table, Transaction

KEPT = timedelta(days=400)  # longer than `replay` reaches back, or an event would count twice


class MarkItem(Table):
    """An event that was dealt with."""

    class Meta:
        table_name = settings().table("marks")

    id = UnicodeAttribute(hash_key=True)
    expires_at = NumberAttribute()


class Followed(AlreadyDone):
    """Raised when the follower has dealt with the event before."""


def put(event: Line, follower: str, transaction: Transaction) -> None:
    """Mark the event together with what follows from it. The transaction raises Followed if it was marked before."""
    item = MarkItem(f"{event.id}#{follower}", expires_at=int((event.at + KEPT).timestamp()))
    transaction.put(item, MarkItem.id.does_not_exist(), Followed("event_followed", event=event.id, follower=follower))


def is_set(id: str) -> bool:
    """Whether something that no event names was done."""
    return id in which([id])


def which(ids: Iterable[str]) -> frozenset[str]:
    """Those of these things that were done: one call for a hundred."""
    wanted = list(ids)
    return frozenset(item.id for item in MarkItem.batch_get(wanted, consistent_read=True)) if wanted else frozenset()


def set_once(id: str, *, at: datetime) -> None:
    """Remember that it was done; once more changes nothing."""
    MarkItem(id, expires_at=int((at + KEPT).timestamp())).save()
