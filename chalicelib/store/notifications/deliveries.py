"""Table `deliveries`: what was sent to whom about a thing, and the links in what was sent. Both expire.

| access                                  | by                    |
|-----------------------------------------|-----------------------|
| everything that was sent about a thing  | subject               |
| one delivery                            | subject, id           |
| what a link opens                       | `link#<token>`, `link`|
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import batched

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone
from chalicelib.domain.notifications.deliveries import Channel, Delivery, DeliveryState
from chalicelib.store.base import Table, Transaction

KEPT = timedelta(days=180)  # as long as the message stands in the inbox
AT_ONCE = 100  # a transaction takes no more
LINK = "link"


class DeliveryItem(Table):
    """A delivery, or (`link#…`) what a link opens: a report's alarm, for one who was called."""

    class Meta:
        table_name = settings().table("deliveries")

    subject = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    expires_at = NumberAttribute()
    report_id = UnicodeAttribute(null=True)
    event_id = UnicodeAttribute(null=True)
    template = UnicodeAttribute(null=True)
    channel = UnicodeAttribute(null=True)
    role = UnicodeAttribute(null=True)
    recipient = UnicodeAttribute(null=True)
    state = UnicodeAttribute(null=True)
    at = UTCDateTimeAttribute(null=True)
    attempts = NumberAttribute(null=True)
    reason = UnicodeAttribute(null=True)


class DeliveryThere(AlreadyDone):
    """Raised when a delivery is on record already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What the bearer of a token may answer: a report's alarm, as the one who was called by this key `at` that time."""

    report_id: str
    called: str
    at: datetime


def of(subject: str) -> list[Delivery]:
    """Everything that was sent about it, oldest first: one query."""
    return [_delivery(item) for item in DeliveryItem.query(subject)]


def find(subject: str, id: str) -> Delivery | None:
    """One delivery as it stands now."""
    try:
        return _delivery(DeliveryItem.get(subject, id, consistent_read=True))
    except DeliveryItem.DoesNotExist:
        return None


def add(delivery: Delivery, transaction: Transaction) -> None:
    """Put it on record with whatever must happen with it. The transaction raises DeliveryThere if it is."""
    there = DeliveryThere("delivery_there", delivery=delivery.id)
    transaction.put(_item(delivery), DeliveryItem.id.does_not_exist(), there)


def add_all(deliveries: Iterable[Delivery]) -> None:
    """Put those on record that are not yet: one transaction for a hundred new ones."""
    for part in batched(deliveries, AT_ONCE, strict=False):
        try:
            _add(part)
        except DeliveryThere:
            for delivery in part:
                _add_if_new(delivery)


def _add(deliveries: Sequence[Delivery]) -> None:
    transaction = Transaction()
    for delivery in deliveries:
        add(delivery, transaction)
    transaction.commit()


def _add_if_new(delivery: Delivery) -> None:
    try:
        _add([delivery])
    except DeliveryThere:
        return


def mark(keys: Iterable[tuple[str, str]], state: DeliveryState, *, reason: str = "", tried: bool = True) -> None:
    """Say what became of these deliveries (subject, id); `tried`: it was an attempt to send."""
    change: list[Action] = [DeliveryItem.state.set(state), DeliveryItem.reason.set(reason)]
    if tried:
        change.append(DeliveryItem.attempts.add(1))
    for part in batched(keys, AT_ONCE, strict=False):
        transaction = Transaction()
        for subject, id in part:
            transaction.update(DeliveryItem(subject, id), change, DeliveryItem.subject.exists())
        transaction.commit()


def put_link(token: str, link: Link, *, until: datetime, transaction: Transaction) -> None:
    """Let the token open the link until then."""
    item = DeliveryItem(
        subject=f"{LINK}#{token}",
        id=LINK,
        report_id=link.report_id,
        recipient=link.called,
        at=link.at,
        expires_at=int(until.timestamp()),
    )
    transaction.put(item)


def link(token: str, *, now: datetime) -> Link | None:
    """What the token opens, if it is one and has not lapsed."""
    try:
        item = DeliveryItem.get(f"{LINK}#{token}", LINK, consistent_read=True)
    except DeliveryItem.DoesNotExist:
        return None
    known = Link(report_id=item.report_id, called=item.recipient, at=item.at)
    return known if item.expires_at > now.timestamp() else None


def _item(delivery: Delivery) -> DeliveryItem:
    return DeliveryItem(
        subject=delivery.subject,
        id=delivery.id,
        expires_at=int((delivery.at.astimezone(UTC) + KEPT).timestamp()),
        event_id=delivery.event_id,
        template=delivery.template,
        channel=delivery.channel,
        role=delivery.role,
        recipient=delivery.recipient,
        state=delivery.state,
        at=delivery.at,
        attempts=delivery.attempts,
        reason=delivery.reason,
    )


def _delivery(item: DeliveryItem) -> Delivery:
    return Delivery(
        subject=item.subject,
        id=item.id,
        event_id=item.event_id,
        template=item.template,
        channel=Channel(item.channel),
        role=item.role,
        recipient=item.recipient,
        state=DeliveryState(item.state),
        at=item.at,
        attempts=int(item.attempts),
        reason=item.reason,
    )
