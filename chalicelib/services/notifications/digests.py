"""The day's digest: the early reminders of what is counted in working hours, as one message (DOMAIN §2)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from chalicelib.domain.events import Event
from chalicelib.domain.notifications.inbox import Message, stamp
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.notifications.wording import matter
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports.model import Report
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import rulebook
from chalicelib.store.notifications import inbox, pushes
from chalicelib.store.reports import reports

HOUR, DIGEST = "digest_hour", "digest"
CAUGHT_UP = 7  # days that a digest may be late
NAMED = 5  # matters; the rest is counted


def keep(event: Event, people: Iterable[str], *, now: datetime, numbers: Numbers) -> None:
    """Let the next digest of these people speak of the event's report."""
    local = now.astimezone(ZONE)
    day = local.date() + timedelta(days=local.hour >= numbers.count(HOUR))
    for person in people:
        pushes.add_to_digest(day, person, f"{event.standing.status}#{event.subject_id}")


def send(*, now: datetime) -> int:
    """Put into the inboxes what has come together for this morning, and for mornings that were missed; how many."""
    book, local = rulebook.in_force(now=now), now.astimezone(ZONE)
    last = local.date() - timedelta(days=local.hour < book.numbers.count(HOUR))
    days = [last - timedelta(days=number) for number in reversed(range(CAUGHT_UP))]
    return sum(_send(day, book) for day in days)


def _send(day: date, book: Rulebook) -> int:
    waiting = pushes.digests(day)
    for person, entries in waiting.items():
        if still := _still_so(entries):
            inbox.leave(_message(day, person, still, book))
        pushes.digest_made(day, person)
    return len(waiting)


def _still_so(entries: list[str]) -> list[Report]:
    """The reports that stand where they stood when they were to be reminded of."""
    stood = {report_id: status for status, _, report_id in (entry.partition("#") for entry in entries)}
    still = [one for one in reports.several(sorted(stood)) if one.status == stood[one.id]]
    return sorted(still, key=lambda one: (str(one.due_at), one.id))


def _message(day: date, person: str, reminded: list[Report], book: Rulebook) -> Message:
    names = [
        matter(one.nature.kind, confidential=one.nature.confidential, rules=book, messages=sentences())
        for one in reminded[:NAMED]
    ]
    matters = ("、".join(zh for zh, _ in names), "; ".join(en for _, en in names))
    zh, en = sentences().render(DIGEST, {"count": same(len(reminded)), "matters": matters})
    id, at = f"{DIGEST}#{day.isoformat()}", datetime.combine(day, time(book.numbers.count(HOUR)), ZONE)
    return Message(
        person_id=person,
        id=f"{stamp(at)}#{id}",
        template=DIGEST,
        event_id=id,
        report_id="",
        at=at,
        zh=zh,
        en=en,
    )
