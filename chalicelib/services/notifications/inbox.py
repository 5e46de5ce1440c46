"""Use cases on one's own inbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.notifications.inbox import Message
from chalicelib.store.notifications import inbox as store


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some messages, newest first, and the cursor of the next ones; None at the end."""

    messages: list[Message]
    cursor: str | None


def page(person_id: str, *, limit: int, cursor: str | None, now: datetime) -> Page:
    """A page of one's messages of the last 180 days: one query."""
    found = store.page(person_id, limit=limit, before=cursor, now=now)
    return Page(messages=found, cursor=found[-1].id if len(found) == limit else None)


def unread(person_id: str, *, now: datetime) -> int:
    """How many messages are unread: one query."""
    return sum(store.unread(person_id, now=now).values())


def read(person_id: str, ids: Iterable[str]) -> None:
    """Mark these messages as read. Those read before, and those that are not one's own, are passed over."""
    store.read(person_id, ids)


def read_all(person_id: str, *, up_to: str, now: datetime) -> None:
    """Mark as read what is not newer than the message `up_to`: a query for each day that holds unread messages."""
    days = [day for day in store.unread(person_id, now=now) if day <= store.day_of(up_to)]
    store.read(person_id, [id for day in days for id in store.unread_ids(person_id, day, up_to=up_to)])
