"""Calling those on duty by SMS: from a line of history to what leaves the house."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.duty.alarms import Called
from chalicelib.domain.duty.rosters import Duty, Slot, duty_days, on_duty
from chalicelib.domain.events import Event
from chalicelib.domain.notifications.deliveries import Channel, Delivery, DeliveryState, delivery_id
from chalicelib.domain.notifications.notices import message_id
from chalicelib.domain.notifications.wording import facts, place
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.gateways import links
from chalicelib.services.notifications import outbox
from chalicelib.services.notifications.outbox import Send
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.duty import alarms, rosters
from chalicelib.store.notifications import deliveries
from chalicelib.store.people import people

ORDER = "sms_order"
TEMPLATES = {Role.VILLAGE: "sms_alarm_guard"}
ALARM = "sms_alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Somebody to be sent an SMS: who was called, where to, and what fills the blank `link`."""

    called: Called
    phone: str
    template: str
    link: str = ""


def call(event: Event, *, now: datetime) -> None:
    """Send the call that a line of history is, once however often it is told; none of an alarm that is over
    by now, or that another has taken the place of.
    """
    alarm = alarms.find(event.subject_id)
    if alarm is None or not alarm.is_open or alarm.number != event.details["alarm"]:
        return
    called = [one for one in alarm.called if one.times == event.details["times"]]
    _send(event, _reached(called, event.at), rulebook.in_force(now=now), now)


def order(event: Event, department: str, *, now: datetime) -> None:
    """Tell who is on duty at the department that a danger to life was given to it; the centre's for one without."""
    posts = [Post(Role.DEPARTMENT, department).key, Post(Role.CENTRE, event.standing.township).key]
    held = _duties(posts, event.at)
    called = [Called(post=post, slot=slot) for post in posts for slot in Slot if (post, slot) in held][:1]
    reached = [Reached(called=one, phone=held[one.post, one.slot or Slot.MAIN].phone, template=ORDER) for one in called]
    _send(event, reached, rulebook.in_force(now=now), now)


def _reached(called: list[Called], at: datetime) -> list[Reached]:
    """Everyone who was called and has a phone, each phone once."""
    held = _duties({one.post for one in called}, at)
    phones = {one.id: one.phone for one in people.several([one.person for one in called if one.person])}
    found: dict[str, Reached] = {}
    for one in called:
        duty = held.get((one.post, one.slot)) if one.slot else None
        if phone := duty.phone if duty else phones.get(one.person, ""):
            template = TEMPLATES.get(Post.of(one.post).role, ALARM)
            found.setdefault(phone, Reached(called=one, phone=phone, template=template, link=links.to_alarm(one.token)))
    return list(found.values())


def _duties(posts: Iterable[str], at: datetime) -> dict[tuple[str, Slot], Duty]:
    """Who is on duty for these posts, by post and slot."""
    shifts = {post: on_duty(held, at) for post, held in rosters.several(posts, duty_days(at)).items()}
    return {
        (post, slot): duty
        for post, shift in shifts.items()
        for slot in Slot
        if shift and (duty := shift.held(slot)) is not None
    }


def _send(event: Event, reached: list[Reached], book: Rulebook, now: datetime) -> None:
    """Put it on record, then on the queue: twice is once, since what was sent is on record too."""
    sent = [_delivery(event, one) for one in reached]
    deliveries.add_all(sent)
    blanks = facts(event, book, sentences()) | {"place": place(event, areas.listing(now=now)[0], sentences())}
    texts = [sentences().render(one.template, blanks | {"link": (one.link, one.link)})[0] for one in reached]
    outbox.put(
        [
            Send(subject=delivery.subject, id=delivery.id, channel=Channel.SMS, to=one.phone, text=text)
            for one, delivery, text in zip(reached, sent, texts, strict=True)
        ]
    )


def _delivery(event: Event, reached: Reached) -> Delivery:
    return Delivery(
        subject=event.subject_id,
        id=delivery_id(message_id(event, reached.template), Channel.SMS, reached.called.key),
        event_id=event.id,
        template=reached.template,
        channel=Channel.SMS,
        role=Post.of(reached.called.post).role,
        recipient=reached.called.key,
        state=DeliveryState.QUEUED,
        at=event.at,
    )
