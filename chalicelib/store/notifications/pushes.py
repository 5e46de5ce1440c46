"""Table `pushes`: what waits to be pushed to each person, and what waits for the digest of a day.

| access                            | by                                |
|-----------------------------------|-----------------------------------|
| what waits for one person         | owner (his id), `outbox`          |
| everyone's digest of a local day  | owner `digest#2026-11-24`         |

A message enters `pending` together with its delivery record, and so once; it leaves it in the write that begins its
push, and so goes into one push. A push that was begun is the same however often it is tried.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import batched

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone
from chalicelib.domain.notifications.deliveries import Delivery
from chalicelib.domain.notifications.pushes import Outbox, Sending
from chalicelib.store.base import Table, Transaction
from chalicelib.store.notifications import deliveries
from chalicelib.store.notifications.deliveries import DeliveryThere

OUTBOX = "outbox"
AT_ONCE = 49  # messages with their delivery records: a transaction takes 100 items
DIGEST_KEPT = timedelta(days=30)


class PushItem(Table):
    """What waits for one person, or (`digest#…`) what one person's digest of a day will speak of."""

    class Meta:
        table_name = settings().table("pushes")

    owner = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    pending = UnicodeSetAttribute(null=True)
    sending = UnicodeAttribute(null=True)
    number = NumberAttribute(null=True)
    pushed_at = UTCDateTimeAttribute(null=True)
    quiet_until = UTCDateTimeAttribute(null=True)
    moving_until = UTCDateTimeAttribute(null=True)
    wake_at = UTCDateTimeAttribute(null=True)
    entries = UnicodeSetAttribute(null=True)
    expires_at = NumberAttribute(null=True)


class Overtaken(AlreadyDone):
    """Raised when somebody else has changed what waits since it was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message that is to be pushed: its delivery record, and its id in the recipient's inbox."""

    delivery: Delivery
    message_id: str


def collect(waiting: Iterable[Waiting]) -> None:
    """Let these messages wait for their recipients' next pushes, each once however often it is asked."""
    for part in batched(waiting, AT_ONCE, strict=False):
        try:
            _collect(part)
        except DeliveryThere:
            for one in part:
                _collect_if_new(one)


def _collect(waiting: Sequence[Waiting]) -> None:
    transaction = Transaction()
    for one in waiting:
        deliveries.add(one.delivery, transaction)
        transaction.update(PushItem(one.delivery.recipient, OUTBOX), [PushItem.pending.add({one.message_id})])
    transaction.commit()


def _collect_if_new(waiting: Waiting) -> None:
    try:
        _collect([waiting])
    except DeliveryThere:
        return


def outbox(person_id: str) -> Outbox:
    """What waits for one person, as it stands now."""
    try:
        item = PushItem.get(person_id, OUTBOX, consistent_read=True)
    except PushItem.DoesNotExist:
        return Outbox(person_id=person_id)
    return Outbox(
        person_id=person_id,
        pending=frozenset(item.pending or ()),
        sending=msgspec.json.decode(item.sending, type=Sending) if item.sending else None,
        number=int(item.number or 0),
        pushed_at=item.pushed_at,
        quiet_until=item.quiet_until,
        moving_until=item.moving_until,
        wake_at=item.wake_at,
    )


def begin(outbox: Outbox, sending: Sending, *, now: datetime) -> None:
    """Take the push's messages out of what waits, and remember that it is on its way. Raises Overtaken."""
    fresh = PushItem.number == outbox.number if outbox.number else PushItem.number.does_not_exist()
    change = [
        PushItem.sending.set(msgspec.json.encode(sending).decode()),
        PushItem.number.set(outbox.number + 1),
        PushItem.pushed_at.set(now),
        PushItem.pending.delete(set(sending.messages)),
    ]
    _change(outbox.person_id, change, fresh & PushItem.sending.does_not_exist())


def finish(person_id: str, sending: Sending) -> None:
    """The push is out. Raises Overtaken where that is known."""
    change = [PushItem.sending.remove()]
    _change(person_id, change, PushItem.sending == msgspec.json.encode(sending).decode())


def wake(outbox: Outbox, at: datetime) -> None:
    """Somebody looks again at `at`. Raises Overtaken where another has promised to since."""
    unchanged = PushItem.wake_at.does_not_exist() if outbox.wake_at is None else PushItem.wake_at == outbox.wake_at
    _change(outbox.person_id, [PushItem.wake_at.set(at)], unchanged)


def keep_quiet(person_id: str, until: datetime | None) -> None:
    """Nothing but danger to life is pushed to him before then; None: as usual."""
    change = PushItem.quiet_until.set(until) if until else PushItem.quiet_until.remove()
    _change(person_id, [change], None)


def keep_moving(person_id: str, until: datetime, *, unless_behind: datetime) -> None:
    """He counts as moving until then; written only where he did not beyond `unless_behind` before."""
    stale = PushItem.moving_until.does_not_exist() | (PushItem.moving_until <= unless_behind)
    PushItem(person_id, OUTBOX).update_if(stale, [PushItem.moving_until.set(until)])


def stand_still(person_id: str) -> None:
    """He counts as moving no longer; nothing is written of who did not."""
    PushItem(person_id, OUTBOX).update_if(PushItem.moving_until.exists(), [PushItem.moving_until.remove()])


def _change(person_id: str, change: Sequence[Action], condition: Condition | None) -> None:
    if not PushItem(person_id, OUTBOX).update_if(condition, change):
        raise Overtaken("outbox_changed", person=person_id)


def add_to_digest(day: date, person_id: str, entry: str) -> None:
    """Let a person's digest of that local day speak of the entry, once however often it is asked."""
    expiry = int((datetime.combine(day, time(), UTC) + DIGEST_KEPT).timestamp())
    change: list[Action] = [PushItem.entries.add({entry}), PushItem.expires_at.set(expiry)]
    PushItem(f"digest#{day.isoformat()}", person_id).update(change)


def digests(day: date) -> dict[str, list[str]]:
    """What each person's digest of the day speaks of: one query."""
    return {item.part: sorted(item.entries or ()) for item in PushItem.query(f"digest#{day.isoformat()}")}


def digest_made(day: date, person_id: str) -> None:
    """The person's digest of the day stands in his inbox."""
    PushItem(f"digest#{day.isoformat()}", person_id).delete()
