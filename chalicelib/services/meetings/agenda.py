"""Use cases on agendas: which cases wait for the town's meeting; what is put before the joint meeting."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.idempotency import Key
from chalicelib.domain.meetings import powers, topics
from chalicelib.domain.meetings.model import Body, scope_of
from chalicelib.domain.meetings.records import Deed, Record
from chalicelib.domain.meetings.topics import Card, Topic
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports import audited, sight
from chalicelib.domain.reports.model import Report
from chalicelib.services.meetings import occasions
from chalicelib.services.people import looks
from chalicelib.services.reference import areas
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.meetings import agenda as store
from chalicelib.store.meetings import records
from chalicelib.store.reports import listings, reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Cases that no open meeting has, the most urgent first; and where the next page begins, None at the end."""

    reports: list[Report]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A topic, and of the report that it is about what the joint meeting may see."""

    topic: Topic
    card: Card | None


def cases(*, by: Actor, now: datetime, limit: int, cursor: str | None) -> Waiting:
    """What stands with the committee and is on no open meeting, by deadline: two queries.

    A page may hold fewer than `limit`, even none, and yet have a cursor. Raises Forbidden (`role_needed`,
    `not_your_area`).
    """
    township = areas.township(now=now)
    powers.require_reader(by, Body.TOWN, township)
    looks.note(by, store.subject(Body.TOWN, township), township=township, now=now)
    page = listings.inbox([Post(Role.COMMITTEE, township).key], limit=limit, cursor=cursor)
    gathered = store.gathered(Body.TOWN, township)
    waiting = [one for one in page.reports if one.id not in gathered and sight.viewers(by, one)]
    return Waiting(reports=[audited.as_read(one, by) for one in waiting], cursor=page.cursor)


def joint(*, by: Actor, now: datetime) -> list[Put]:
    """The joint meeting's agenda, the oldest topic first: one query and one batch. What has become confidential since
    it was put there is for who may see the report.

    Raises Forbidden (`role_needed`, `not_your_area`).
    """
    township = areas.township(now=now)
    powers.require_reader(by, Body.JOINT, township)
    scope = scope_of(Body.JOINT, township)
    looks.note(by, store.subject(Body.JOINT, scope), township=township, now=now)
    waiting = [topic for topic in store.topics(scope) if topic.meeting_id is None]
    about = occasions.of((topic.report_id for topic in waiting), by=by)
    waiting.sort(key=lambda topic: (topic.put_at, topic.id))
    return [Put(topic=topic, card=about.card(topic.report_id)) for topic in waiting if not about.hides(topic.report_id)]


def nominate(report_id: str, text: str, *, key: Key | None, by: Actor, now: datetime) -> Put:
    """Put a couriers' need before the joint meeting: one read, one transaction.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound, Invalid, Conflict, AlreadyDone (`on_agenda`),
    KeyReused.
    """
    township = _written_by(by, now)

    def do() -> Put:
        report = reports.get(report_id)
        sight.require_sight(by, report)
        topic = topics.nominated(report, text, by=by.id, now=now)
        _put(topic, township, key)
        return Put(topic=topic, card=topics.card(report))

    return once(key, do, lambda id: _again(id, township, by))


def propose(id: str, title: str, text: str, *, key: Key | None, by: Actor, now: datetime) -> Put:
    """Propose something on services for couriers: one transaction.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid, KeyReused.
    """
    township = _written_by(by, now)

    def do() -> Put:
        topic = topics.proposed(id, title, text, by=by.id, now=now)
        _put(topic, township, key)
        return Put(topic=topic, card=None)

    return once(key, do, lambda id: _again(id, township, by))


def take_off(id: str, *, by: Actor, now: datetime) -> None:
    """Take a topic off the agenda: one read, one transaction.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound (`no_such_topic`), Conflict (`item_gathered`).
    """
    scope = scope_of(Body.JOINT, _written_by(by, now))
    topic, transaction = store.topic(scope, id), Transaction()
    store.take_off(id, scope, transaction)
    records.append(_line(topic, scope, Deed.TAKE_OFF, by.id, now), transaction)
    transaction.commit()


def _written_by(by: Actor, now: datetime) -> str:
    township = areas.township(now=now)
    powers.require_pen(by, Body.JOINT, township)
    return township


def _put(topic: Topic, township: str, key: Key | None) -> None:
    scope, transaction = scope_of(Body.JOINT, township), Transaction()
    store.put_topic(topic, scope, transaction)
    records.append(_line(topic, scope, Deed.NOMINATE, topic.put_by, topic.put_at), transaction)
    if key:
        idempotency.claim(key, topic.id, now=topic.put_at, transaction=transaction)
    transaction.commit()


def _again(id: str, township: str, by: Actor) -> Put:
    topic = store.topic(scope_of(Body.JOINT, township), id)
    return Put(topic=topic, card=occasions.of([topic.report_id], by=by).card(id))


def _line(topic: Topic, scope: str, deed: Deed, by: str, at: datetime) -> Record:
    told: dict[str, object] = {"title": topic.title, "text": topic.text, "report": topic.report_id}
    return Record(subject=store.subject(Body.JOINT, scope), at=at, actor_id=by, deed=deed, item=topic.id, details=told)
