"""The morning's digest: one message for everybody for whom something waits, on working days (DOMAIN §2).

It costs a query a post for who holds it, and one for what waits for it, whoever else holds it. What broke off goes on
in the next hour where it stopped: whose message stands in his inbox has been told. A morning that was missed is made
up for on the same day, as things stand by then; one of yesterday is not sent any more: the next one says it all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial

from chalicelib.domain.events import Event
from chalicelib.domain.notifications import digests as rules
from chalicelib.domain.notifications.digests import Digest, Morning, Waiting
from chalicelib.domain.notifications.inbox import Message, unprompted
from chalicelib.domain.notifications.messages import Both, listed, same
from chalicelib.domain.notifications.wording import matter, moment
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports.model import Status
from chalicelib.services.attempts import Attempts
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.figures import marks
from chalicelib.store.notifications import inbox, pushes
from chalicelib.store.people import people
from chalicelib.store.reports import listings

HOUR, DIGEST, TOO_MANY = "digest_hour", "digest", "digest_too_many"
BACK = 14  # days: longer than any holiday, and as far as a missed morning is made up for
ASKED = f"{Status.NEEDS_INFO}#"  # begins the reminder of what lies with its reporter
MOST = 1000  # matters of one post that are looked at, the most urgent first

type Reminders = dict[str, dict[date, list[str]]]  # of each person, what to remind him of, by the day it was kept for


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the digests of a morning are made from. `inbox` reads what waits for a post, each once."""

    morning: Morning
    book: Rulebook
    reminders: Reminders
    inbox: Callable[[str], list[Waiting]]


def keep(event: Event, persons: Iterable[str], *, now: datetime, numbers: Numbers) -> None:
    """Let the next digest of these people speak of the event's report."""
    local = now.astimezone(ZONE)
    day = local.date() + timedelta(days=local.hour >= numbers.count(HOUR))
    for person in persons:
        pushes.add_to_digest(day, person, f"{event.standing.status}#{event.subject_id}")


def send(*, now: datetime) -> int:
    """Put this morning's digests into the inboxes, once it is time and until it is done; how many were put now."""
    book, local = rulebook.in_force(now=now), now.astimezone(ZONE)
    day, mark = local.date(), _mark(local.date())
    if local.hour < book.numbers.count(HOUR) or not book.calendar.is_workday(day) or marks.is_set(mark):
        return 0
    desk = _desk(day, book, now)
    told = _tell(desk)
    for person, kept in desk.reminders.items():
        for one in kept:
            pushes.digest_made(one, person)
    marks.set_once(mark, at=now)
    return told


def _mark(day: date) -> str:
    return f"{DIGEST}#{day.isoformat()}"


def _desk(day: date, book: Rulebook, now: datetime) -> Desk:
    before = rules.previous_workdays(day, book.calendar, within=BACK)
    made = marks.which(_mark(one) for one in before)
    last = next((one for one in before if _mark(one) in made), None)
    since = _at(last or (before[0] if before else day), book)
    return Desk(
        morning=Morning(day=day, since=since, now=now),
        book=book,
        reminders=_reminders(last or day - timedelta(days=BACK), day),
        inbox=cache(_waiting),
    )


def _at(day: date, book: Rulebook) -> datetime:
    return datetime.combine(day, time(book.numbers.count(HOUR)), ZONE)


def _reminders(first: date, last: date) -> Reminders:
    """What was kept for any of these days: for weekends and holidays, and for mornings that were missed."""
    found: Reminders = {}
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        for person, entries in pushes.digests(day).items():
            found.setdefault(person, {})[day] = entries
    return found


def _waiting(post_key: str) -> list[Waiting]:
    page = listings.inbox([post_key], limit=MOST, cursor=None)
    return [rules.waiting(report, post_key) for report in page.reports]


def _tell(desk: Desk) -> int:
    """A message for everybody who has none yet; those who share a post one after the other, so that it is read once.

    One that fails keeps nobody else from his: raises ExceptionGroup at the end, and the next hour goes on with it.
    """
    held = _posts_held(desk)
    at = _at(desk.morning.day, desk.book)
    ids = {person: unprompted(person, DIGEST, desk.morning.day.isoformat(), ("", ""), at=at).id for person in held}
    done = inbox.there(ids.items())
    attempts, told = Attempts(DIGEST), 0
    for person, own in sorted(held.items(), key=lambda one: (one[1], one[0])):
        if (person, ids[person]) not in done:
            told += bool(attempts.make(f"digest of {person}", partial(_leave, person, own, desk, at)))
    attempts.done()
    return told


def _leave(person: str, own: list[str], desk: Desk, at: datetime) -> bool:
    message = _message(person, own, desk, at)
    if message:
        inbox.leave(message)
    return message is not None


def _posts_held(desk: Desk) -> Mapping[str, list[str]]:
    """The posts with an inbox of everybody who holds one; his own of a courier who is to be reminded of a question."""
    posts = rules.posts(areas.listing(now=desk.morning.now)[0], desk.book.departments)
    held: dict[str, list[str]] = {}
    for post in posts:
        for person in people.holders(post.key):
            held.setdefault(person, []).append(post.key)
    for person in desk.reminders:
        if any(entry.startswith(ASKED) for entry in _reminded(person, desk)):
            held.setdefault(person, []).append(Post(Role.COURIER, person).key)
    return held


def _reminded(person: str, desk: Desk) -> list[str]:
    return [entry for entries in desk.reminders.get(person, {}).values() for entry in entries]


def _message(person: str, own: list[str], desk: Desk, at: datetime) -> Message | None:
    matters = [one for post in own for one in desk.inbox(post)]
    made = rules.digest(person, matters, _reminded(person, desk), desk.morning)
    if made is None:
        return None
    zh, en = _words(made, desk)
    if any(len(desk.inbox(post)) >= MOST for post in own):
        more = sentences().render(TOO_MANY, {"most": same(MOST)})
        zh, en = zh + more[0], f"{en} {more[1]}"
    return unprompted(person, DIGEST, desk.morning.day.isoformat(), (zh, en), at=at)


def _words(made: Digest, desk: Desk) -> Both:
    counts = ("new", "today", "overdue", "suspended", "parts", "half")
    facts = {name: same(getattr(made, name)) for name in counts}
    return sentences().render(DIGEST, facts | {"matters": listed(_named(one, desk) for one in made.named)})


def _named(one: Waiting, desk: Desk) -> Both:
    """`道路坑洞（2026-11-23 17:00，逾期）`"""
    zh, en = matter(one.kind, confidential=one.confidential, rules=desk.book, messages=sentences())
    due = moment(one.due_at, sentences())
    late = sentences().templates["word_late"] if rules.is_overdue(one, desk.morning) else ("", "")
    return f"{zh}（{due[0]}{late[0]}）", f"{en} ({due[1]}{late[1]})"
