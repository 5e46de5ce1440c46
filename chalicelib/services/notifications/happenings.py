"""People hear of what happens to things that are no reports: in their inboxes, and from there on their phones."""

from datetime import datetime

from chalicelib.domain.happenings import Happening
from chalicelib.domain.notifications import deeds as rules
from chalicelib.domain.notifications.deeds import Call
from chalicelib.domain.notifications.inbox import Message, stamp
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.reference.calendar import ZONE, local_minute
from chalicelib.services.notifications import pushes
from chalicelib.services.notifications.pushes import Told
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import areas
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people


def tell(line: Happening, *, now: datetime) -> None:
    """Tell everyone concerned, once however often it is asked. One query a post, two transactions for 49 people.

    Raises Busy.
    """
    called = rules.calls(line)
    pools = {call.post.key: people.holders(call.post.key) for call in called if call.post}
    heard = rules.addressed(line, called, pools)
    if not heard:
        return
    blanks = _blanks(line, now)
    told = [
        Told(message=_message(line, person, call, blanks), role=call.role) for person, call in sorted(heard.items())
    ]
    inbox.deliver(line, [one.message for one in told])
    pushes.follow(line, told)


def _message(line: Happening, person_id: str, call: Call, blanks: dict[str, Both]) -> Message:
    zh, en = sentences().render(call.template, blanks)
    return Message(
        person_id=person_id,
        id=f"{stamp(line.at)}#{line.id}#{call.template}",
        template=call.template,
        event_id=line.id,
        report_id="",
        at=line.at,
        zh=zh.strip(),
        en=en.strip(),
    )


def _blanks(line: Happening, now: datetime) -> dict[str, Both]:
    """`when`, `to`, `until`, `place`, `load`, `asked`, for whatever of them a sentence needs."""
    facts = line.facts
    return {
        "when": _span(facts.get("start"), facts.get("end")),
        "to": _span(facts.get("to_start"), facts.get("to_end")),
        "until": same(_minute(facts.get("until"))),
        "place": _place(line, now),
        "load": _load(facts),
        "asked": same(facts.get("asked", 0)),
    }


def _place(line: Happening, now: datetime) -> Both:
    village = next((one for one in areas.listing(now=now)[0].villages if one.code == line.village), None)
    return (village.name, village.name_en) if village else sentences().templates["word_no_place"]


def _load(facts: dict[str, object]) -> Both:
    items = facts.get("items")
    return sentences().render("load_bag", {"items": same(items)}) if items else sentences().templates["load_none"]


def _span(start: object, end: object) -> Both:
    if not isinstance(start, str) or not isinstance(end, str):
        return same("")
    return same(f"{_minute(start)}–{datetime.fromisoformat(end).astimezone(ZONE):%H:%M}")


def _minute(at: object) -> str:
    return local_minute(datetime.fromisoformat(at)) if isinstance(at, str) else ""
