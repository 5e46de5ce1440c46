"""Who is on duty in tests, by phone, and an alarm's clock, history and outbox worked by hand."""

from datetime import datetime, timedelta

from chalicelib.domain.duty.rosters import Duty, Roster, Shift
from chalicelib.domain.events import Event
from chalicelib.domain.people.model import Person, Role
from chalicelib.domain.people.model import Post as Office
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.services.duty import alarms
from chalicelib.services.reports import intake
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.duty import alarms as store
from chalicelib.store.duty import rosters
from chalicelib.store.people import people
from tests.builders import CENTRE, COMMITTEE, COURIER, NOW, RULES, TOWNSHIP, VILLAGE, VILLAGER, draft
from tests.outbox import Post

VILLAGE_POST, CENTRE_POST = f"village:{VILLAGE}", f"centre:{TOWNSHIP}"
PHONES = {"village#main": "1001", "village#deputy": "1002", "centre#main": "1003", "centre#deputy": "1004"}
# A danger to life that the centre alone verifies.
SECRET = next(kind.code for kind in RULES.taxonomy.kinds.values() if kind.klass == "E" and kind.verify_by_centre)


def enrol_staff() -> None:
    """Two of the committee, one each of centre and village, with phones; and everyone on duty today."""
    offices = {COMMITTEE.id: (Role.COMMITTEE, TOWNSHIP), "second": (Role.COMMITTEE, TOWNSHIP)}
    offices |= {CENTRE.id: (Role.CENTRE, TOWNSHIP), VILLAGER.id: (Role.VILLAGE, VILLAGE)}
    for number, (id, (role, scope)) in enumerate(offices.items()):
        people.put(Person(id=id, name=id, phone=f"200{number}", posts=(Office(role, scope),), valid_from=NOW))
    on_duty("village")
    on_duty("centre")


def on_duty(place: str, *, at: datetime = NOW, main: bool = True, deputy: bool = True) -> None:
    """These slots of `village` or `centre` are filled, that day and the next."""
    duties = {slot: Duty(name=f"{place} {slot}", phone=PHONES[f"{place}#{slot}"]) for slot in ("main", "deputy")}
    shift = Shift(main=duties["main"] if main else None, deputy=duties["deputy"] if deputy else None)
    post, today = VILLAGE_POST if place == "village" else CENTRE_POST, at.astimezone(ZONE).date()
    transaction = Transaction()
    for day in (today, today + timedelta(days=1)):
        known = rosters.of(post, day, day)
        rosters.put(
            Roster(post=post, day=day, shifts=(shift,), version=sum(one.version for one in known) + 1), transaction
        )
    transaction.commit()


def file(id: str = "e1", kind: str = "0106") -> Event:
    """A danger to life comes in; its first line."""
    intake.accept(id, draft(kind=kind), key=None, by=COURIER, now=NOW)
    return history.of(id)[0]


def raised(post: Post, id: str = "e1", kind: str = "0106") -> None:
    """A danger to life comes in, and the first are called."""
    file(id, kind)
    step(post, id, NOW)


def follow(id: str, now: datetime, *, times: int = 1) -> None:
    """What the queue brings of a report's history: everything, as often as asked."""
    for _ in range(times):
        for line in history.of(id):
            alarms.follow(line, now=now)


def step(post: Post, id: str, now: datetime) -> list[str]:
    """The alarm's clock, its history and the outbox, all at once; the phones that were called just now."""
    before = len(post.sent)
    alarm = store.find(id)
    if alarm and alarm.next_at:
        alarms.fire(id, at=alarm.next_at, now=now)
    follow(id, now)
    follow(id, now)
    post.work(now)
    return [to for _, to, _, _ in post.sent[before:]]


def sms(post: Post, phone: str) -> str:
    """The last SMS to a phone."""
    return next(text for _, to, text, _ in reversed(post.sent) if to == phone)


def link(post: Post, phone: str) -> str:
    """The token in the last SMS to a phone."""
    return sms(post, phone).rpartition("/v1/alarms/")[2]
