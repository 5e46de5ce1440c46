"""People hear of what happened: from an event to messages in their inboxes, and from there to their phones."""

from datetime import datetime

from chalicelib.domain.events import Event
from chalicelib.domain.notifications import notices as rules
from chalicelib.domain.notifications import pushes as push_rules
from chalicelib.domain.notifications.deliveries import Channel, Delivery, DeliveryState, delivery_id
from chalicelib.domain.notifications.inbox import Message
from chalicelib.domain.notifications.notices import Heard
from chalicelib.domain.notifications.wording import facts
from chalicelib.domain.reference.clocks import Clock
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.services.notifications import digests, final, pushes
from chalicelib.services.notifications.pushes import Told
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import rulebook
from chalicelib.store.notifications import deliveries, inbox
from chalicelib.store.people import people


def tell(event: Event, *, now: datetime) -> None:
    """Tell everyone concerned, once however often it is asked. One query a pool, two transactions for 49 people."""
    rulebook_now = rulebook.in_force(now=now)
    heard = _heard(event, rulebook_now)
    if push_rules.is_for_digest(event, by_working_hours=_by_working_hours(event, rulebook_now)):
        _keep_for_digest(event, heard, rulebook_now, now)
        return
    rendered = _rendered(event, {what.template for what in heard.values()}, rulebook_now)
    told = [
        Told(message=_message(event, person, what.template, rendered), role=what.role)
        for person, what in sorted(heard.items())
    ]
    inbox.deliver(event, [one.message for one in told])
    pushes.follow(event, told)


def centre_only(event: Event, book: Rulebook) -> bool:
    """Whether the centre alone verifies this kind; a kind that the edition in force has dropped is kept to it."""
    code = event.standing.kind
    return code is not None and (code not in book.taxonomy.kinds or book.taxonomy.kinds[code].verify_by_centre)


def _heard(event: Event, book: Rulebook) -> dict[str, Heard]:
    called = rules.calls(event, centre_only=centre_only(event, book))
    pools = {post: people.holders(post) for post in {call.post for call in called}}
    called += (others := rules.instead(event, pools))
    pools |= {call.post: people.holders(call.post) for call in others if call.post not in pools}
    return rules.addressed(event, called, pools)


def _by_working_hours(event: Event, book: Rulebook) -> bool:
    limit = book.limits.by_class.get(event.standing.klass)
    return limit is not None and limit.clock is Clock.WH


def _keep_for_digest(event: Event, heard: dict[str, Heard], book: Rulebook, now: datetime) -> None:
    """It stands in tomorrow's digest instead of the inbox, and that it was not pushed is on record."""
    digests.keep(event, sorted(heard), now=now, numbers=book.numbers)
    kept = [
        Delivery(
            subject=event.subject_id,
            id=delivery_id(rules.message_id(event, what.template), Channel.PUSH, person),
            event_id=event.id,
            template=what.template,
            channel=Channel.PUSH,
            role=what.role,
            recipient=person,
            state=DeliveryState.SUPPRESSED,
            at=event.at,
            reason="digest",
        )
        for person, what in sorted(heard.items())
    ]
    deliveries.add_all(kept)


def _rendered(event: Event, templates: set[str], book: Rulebook) -> dict[str, tuple[str, str]]:
    blanks = facts(event, book, sentences())
    if templates & final.FINAL:
        blanks |= final.facts(event, book)
    return {template: sentences().render(template, blanks) for template in templates}


def _message(event: Event, person_id: str, template: str, rendered: dict[str, tuple[str, str]]) -> Message:
    zh, en = rendered[template]
    return Message(
        person_id=person_id,
        id=rules.message_id(event, template),
        template=template,
        event_id=event.id,
        report_id=event.subject_id,
        at=event.at,
        zh=zh.strip(),
        en=en.strip(),
    )
