"""Use cases on pushes: what stands in the inbox is also pushed, merged and at the right time."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.errors import Busy
from chalicelib.domain.happenings import Line
from chalicelib.domain.notifications import pushes as rules
from chalicelib.domain.notifications.deliveries import Channel, Delivery, DeliveryState, delivery_id
from chalicelib.domain.notifications.inbox import Message
from chalicelib.domain.notifications.pushes import Outbox, Sending
from chalicelib.domain.people.model import Actor
from chalicelib.gateways.channels import GATEWAYS
from chalicelib.services.notifications import outbox, peaks
from chalicelib.services.notifications.outbox import Push, Send
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import rulebook
from chalicelib.store.notifications import deliveries, inbox
from chalicelib.store.notifications import pushes as store
from chalicelib.store.notifications.pushes import Overtaken, Waiting

PUSH = Channel.PUSH
TRIES = 6
MOVING_STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message in somebody's inbox, and as whom he hears it."""

    message: Message
    role: str


def follow(event: Line, told: Sequence[Told]) -> None:
    """Push what was told, once however often it is asked: danger to life at once, the rest when its time comes.

    Raises Busy where the queue takes nothing.
    """
    if not GATEWAYS[PUSH].is_configured():
        deliveries.add_all(_delivery(one, DeliveryState.NO_CHANNEL) for one in told)
        return
    urgent = [one for one in told if rules.is_urgent(event, one.message.person_id)]
    merged = [one for one in told if one not in urgent]
    deliveries.add_all(_delivery(one, DeliveryState.QUEUED) for one in urgent)
    store.collect(Waiting(delivery=_delivery(one, DeliveryState.QUEUED), message_id=one.message.id) for one in merged)
    outbox.put([_errand(one) for one in urgent] + [Push(person=one.message.person_id) for one in merged])


def collect(told: Iterable[Told]) -> None:
    """Push what no event brings, when its time comes: merged with the rest, never at night or while he wants quiet.

    Raises Busy where the queue takes nothing.
    """
    some = list(told)
    if not GATEWAYS[PUSH].is_configured():
        deliveries.add_all(_delivery(one, DeliveryState.NO_CHANNEL) for one in some)
        return
    store.collect(Waiting(delivery=_delivery(one, DeliveryState.QUEUED), message_id=one.message.id) for one in some)
    outbox.put([Push(person=one.message.person_id) for one in some])


def push(errand: Push, *, now: datetime) -> None:
    """Push to somebody what waits for him, if it is time; else see that somebody looks again when it is.

    Raises Busy where the channel does not take it: the same push is tried again, and nothing overtakes it.
    """
    for _ in range(TRIES):
        waits = store.outbox(errand.person)
        if waits.sending:
            _send(waits.person_id, waits.sending)
        elif not waits.pending or _pushed_or_waiting(waits, errand, now):
            return
    raise Busy("outbox_contention")


def keep_quiet(until: datetime | None, *, by: Actor, now: datetime) -> None:
    """Nothing but danger to life is pushed to the caller until then; None ends it. Raises Invalid."""
    rules.require_quiet(until, now=now, numbers=rulebook.in_force(now=now).numbers)
    store.keep_quiet(by.id, until)


def keep_moving(*, by: Actor, now: datetime) -> datetime:
    """The caller rides: nothing but what weighs too much to wait is pushed to him until the answered instant, unless he
    says so again. One write, which changes something once a minute at most."""
    until = rules.moving_until(now=now, numbers=rulebook.in_force(now=now).numbers)
    store.keep_moving(by.id, until, unless_behind=until - MOVING_STEP)
    return until


def stand_still(*, by: Actor) -> None:
    """The caller rides no longer: one write."""
    store.stand_still(by.id)


def _pushed_or_waiting(waits: Outbox, errand: Push, now: datetime) -> bool:
    """Whether what waits is out, or somebody looks again in time; else it has changed meanwhile."""
    book = rulebook.in_force(now=now)
    at = rules.push_at(waits, now=now, calendar=book.calendar, numbers=book.numbers)
    at = at if at > now else peaks.over_at(waits.person_id, now=now)
    if at <= now:
        with suppress(Overtaken):
            store.begin(waits, rules.begun(waits), now=now)
        return False
    if errand.wake == waits.wake_at or waits.wake_at is None or waits.wake_at < now:
        outbox.put([Push(person=waits.person_id, wake=at)], delay=at - now)
        with suppress(Overtaken):  # then two look again, and the second finds nothing to do
            store.wake(waits, at)
    return True


def _send(person_id: str, sending: Sending) -> None:
    messages = inbox.several(person_id, sending.messages)
    keys = [(_subject(one), delivery_id(one.id, PUSH, person_id)) for one in messages]
    if messages:
        zh, _ = rules.text([(one.zh, one.en) for one in messages], sentences())
        try:
            GATEWAYS[PUSH].send(person_id, zh, id=sending.id)
        except Busy as error:
            deliveries.mark(keys, DeliveryState.FAILED, reason=error.rule)
            raise
        deliveries.mark(keys, DeliveryState.SENT if len(keys) == 1 else DeliveryState.MERGED, reason=sending.id)
    with suppress(Overtaken):
        store.finish(person_id, sending)


def _delivery(told: Told, state: DeliveryState) -> Delivery:
    message = told.message
    return Delivery(
        subject=_subject(message),
        id=delivery_id(message.id, PUSH, message.person_id),
        event_id=message.event_id,
        template=message.template,
        channel=PUSH,
        role=told.role,
        recipient=message.person_id,
        state=state,
        at=message.at,
    )


def _errand(told: Told) -> Send:
    message = told.message
    id = delivery_id(message.id, PUSH, message.person_id)
    return Send(subject=_subject(message), id=id, channel=PUSH, to=message.person_id, text=message.zh)


def _subject(message: Message) -> str:
    """What the delivery is filed under: the report, or what else the message is about."""
    return message.report_id or message.event_id
