"""People hear of what happened: from an event to messages in their inboxes."""

from datetime import datetime

from chalicelib.domain import notices as rules
from chalicelib.domain.events import Event
from chalicelib.domain.notices import Message
from chalicelib.domain.rulebook import Rulebook
from chalicelib.domain.wording import facts
from chalicelib.services import rulebook
from chalicelib.services.wording import sentences
from chalicelib.store import inbox, people


def tell(event: Event, *, now: datetime) -> None:
    """Tell everyone concerned, once however often it is asked. One query a pool, one transaction for 49 people."""
    rulebook_now = rulebook.in_force(now=now)
    called = rules.calls(event, centre_only=_centre_only(event, rulebook_now))
    pools = {post: people.holders(post) for post in {call.post for call in called}}
    called += (others := rules.instead(event, pools))
    pools |= {call.post: people.holders(call.post) for call in others if call.post not in pools}
    heard = rules.addressed(event, called, pools)
    rendered = _rendered(event, set(heard.values()), rulebook_now)
    inbox.deliver(event, [_message(event, person, template, rendered) for person, template in sorted(heard.items())])


def _centre_only(event: Event, book: Rulebook) -> bool:
    """Whether the centre alone verifies this kind; a kind that the edition in force has dropped is kept to it."""
    code = event.standing.kind
    return code is not None and (code not in book.taxonomy.kinds or book.taxonomy.kinds[code].verify_by_centre)


def _rendered(event: Event, templates: set[str], book: Rulebook) -> dict[str, tuple[str, str]]:
    blanks = facts(event, book, sentences())
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
