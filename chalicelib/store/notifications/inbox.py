"""Table `inbox`: what each person was told in the app, and how much of it is unread, day by day. Both expire together.

| access                          | by                                                       |
|---------------------------------|----------------------------------------------------------|
| a page, newest first            | person_id, id between the oldest kept and the cursor     |
| what is unread of some days     | the same                                                 |
| some messages                   | batch by person_id and id                                |
| how much is unread              | person_id, id begins with `unread#`                      |

A message's id begins with the UTC instant of its event, a counter's is `unread#<UTC day>`: digits sort before letters.
The counter of a day changes only in the transaction that writes or reads its messages, each under a condition of its
own: so it is right under duplicates, in any order and at any concurrency, is never negative, and lapses with them.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import batched

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone, Busy
from chalicelib.domain.happenings import Line
from chalicelib.domain.notifications.inbox import Message
from chalicelib.store.base import Table, Transaction
from chalicelib.store.figures import marks
from chalicelib.store.figures.marks import Followed

KEPT = timedelta(days=180)
COUNTER = "unread#"
FOLLOWER = "notices"
AT_ONCE = 49  # messages with a counter each and the mark: a transaction takes 100 items
TRIES = 5
LONGEST_ID = 256
MESSAGE_ID = re.compile(r"\d{8}T\d{12}#[!-~]{1,200}")


class InboxItem(Table):
    """A message (`unread` 1 or 0), or a day's counter of unread ones."""

    class Meta:
        table_name = settings().table("inbox")

    person_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    unread = NumberAttribute()
    expires_at = NumberAttribute()
    template = UnicodeAttribute(null=True)
    event_id = UnicodeAttribute(null=True)
    report_id = UnicodeAttribute(null=True)
    at = UTCDateTimeAttribute(null=True)
    zh = UnicodeAttribute(null=True)
    en = UnicodeAttribute(null=True)


class MessageThere(AlreadyDone):
    """Raised when the message stands in the inbox already."""


class ReadMeanwhile(AlreadyDone):
    """Raised when a message was read since it was looked at."""


def deliver(event: Line, messages: Sequence[Message]) -> None:
    """Put the event's messages into their inboxes, once however often it is asked: one transaction for 49 people."""
    for number, part in enumerate(batched(messages, AT_ONCE, strict=False)):
        _deliver(event, number, part)


def _deliver(event: Line, number: int, messages: Iterable[Message]) -> None:
    try:
        _put(event, number, messages)
    except Followed:
        return
    except MessageThere:  # who holds a post changed between two tellings, and with it who is in which part
        _put(event, number, _missing(messages))


def leave(message: Message) -> None:
    """Put one message that no event brings into its inbox, once however often it is asked."""
    transaction = Transaction()
    add(message, transaction)
    with suppress(MessageThere):
        transaction.commit()


def _put(event: Line, number: int, messages: Iterable[Message]) -> None:
    transaction = Transaction()
    marks.put(event, f"{FOLLOWER}{number}", transaction)
    for message in messages:
        add(message, transaction)
    transaction.commit()


def add(message: Message, transaction: Transaction) -> None:
    """Put a message into its inbox with the transaction that makes it true; it raises MessageThere where it stands.

    That says only that somebody did the same meanwhile: where another condition fails as well, it says what is to be
    done.
    """
    there = MessageThere("message_there", message=message.id)
    transaction.put(_item(message), InboxItem.id.does_not_exist(), there, yields=True)
    _count(message.person_id, day_of(message.id), 1, transaction)


def _missing(messages: Iterable[Message]) -> list[Message]:
    wanted = list(messages)
    known = there((message.person_id, message.id) for message in wanted)
    return [message for message in wanted if (message.person_id, message.id) not in known]


def there(keys: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of these messages (person, id) that stand in their inboxes: one call for a hundred."""
    wanted, named = list(keys), ["person_id", "id"]
    found = InboxItem.batch_get(wanted, consistent_read=True, attributes_to_get=named) if wanted else ()
    return frozenset((item.person_id, item.id) for item in found)


def page(person_id: str, *, limit: int, before: str | None, now: datetime) -> list[Message]:
    """Up to `limit` messages older than the one with id `before`, newest first: one query."""
    oldest, newest = _oldest(now), min((before or COUNTER)[:LONGEST_ID], COUNTER)
    if newest <= oldest:
        return []
    found = InboxItem.query(person_id, InboxItem.id.between(oldest, newest), scan_index_forward=False, limit=limit + 1)
    return [_message(item) for item in found if item.id < newest][:limit]


def several(person_id: str, ids: Iterable[str]) -> list[Message]:
    """Those of a person's messages that are there, oldest first: one call for a hundred."""
    found = InboxItem.batch_get([(person_id, id) for id in sorted(ids)], consistent_read=True)
    return [_message(item) for item in sorted(found, key=lambda item: item.id)]


def unread(person_id: str, *, now: datetime) -> dict[str, int]:
    """How many messages of each UTC day (`20261123`) are unread: one query of small counters."""
    first = f"{COUNTER}{_oldest(now)}"
    found = InboxItem.query(person_id, InboxItem.id.between(first, f"{COUNTER}~"), consistent_read=True)
    return {item.id.removeprefix(COUNTER): int(item.unread) for item in found if item.unread}


def unread_ids(person_id: str, day: str, *, up_to: str) -> list[str]:
    """Ids of a day's unread messages up to that id: one query."""
    found = InboxItem.query(person_id, InboxItem.id.between(day, f"{day}~"), consistent_read=True)
    return [item.id for item in found if item.unread and item.id <= up_to]


def read(person_id: str, ids: Iterable[str]) -> None:
    """Mark those of the messages that are there and unread, and pass over the rest. Raises Busy under contention."""
    keys = sorted({id for id in ids if MESSAGE_ID.fullmatch(id)})
    for part in batched(keys, AT_ONCE, strict=False):
        _read(person_id, part)


def _read(person_id: str, ids: Sequence[str]) -> None:
    for _ in range(TRIES):
        found = InboxItem.batch_get([(person_id, id) for id in ids], consistent_read=True)
        pending = [item.id for item in found if item.unread]
        if not pending:
            return
        try:
            _mark_read(person_id, pending)
        except ReadMeanwhile:
            continue
        return
    raise Busy("inbox_contention")


def _mark_read(person_id: str, ids: list[str]) -> None:
    transaction = Transaction()
    meanwhile = ReadMeanwhile("read_meanwhile")
    for id in ids:
        transaction.update(InboxItem(person_id, id), [InboxItem.unread.set(0)], InboxItem.unread == 1, meanwhile)
    for day in sorted({day_of(id) for id in ids}):
        _count(person_id, day, -sum(day_of(id) == day for id in ids), transaction)
    transaction.commit()


def _count(person_id: str, day: str, more: int, transaction: Transaction) -> None:
    counter = InboxItem(person_id, f"{COUNTER}{day}")
    transaction.update(counter, [InboxItem.unread.add(more), InboxItem.expires_at.set(_expiry(day))])


def day_of(message_id: str) -> str:
    """The UTC day a message's id begins with."""
    return message_id[:8]


def _expiry(day: str) -> int:
    """A day's messages and its counter lapse in the same second."""
    return int((datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC) + KEPT + timedelta(days=1)).timestamp())


def _oldest(now: datetime) -> str:
    """What begins with an earlier day has lapsed, though it may take two days to go."""
    return f"{now.astimezone(UTC) - KEPT:%Y%m%d}"


def _item(message: Message) -> InboxItem:
    return InboxItem(
        person_id=message.person_id,
        id=message.id,
        unread=int(message.unread),
        expires_at=_expiry(day_of(message.id)),
        template=message.template,
        event_id=message.event_id,
        report_id=message.report_id,
        at=message.at,
        zh=message.zh,
        en=message.en,
    )


def _message(item: InboxItem) -> Message:
    return Message(
        person_id=item.person_id,
        id=item.id,
        template=item.template,
        event_id=item.event_id,
        report_id=item.report_id,
        at=item.at,
        zh=item.zh,
        en=item.en,
        unread=bool(item.unread),
    )
