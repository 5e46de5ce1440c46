"""Use cases on a draft: gather matters, decide, postpone, announce, publish, cancel: one query, one transaction."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.meetings import cases, powers
from chalicelib.domain.meetings import minutes as rules
from chalicelib.domain.meetings.model import Body, Decision, Item, Meeting, MeetingState, Minutes, Plan, Verdict
from chalicelib.domain.meetings.records import Deed, Record
from chalicelib.domain.people.model import Actor
from chalicelib.domain.queues import Queue
from chalicelib.domain.reports import sight
from chalicelib.domain.timers import Errand, TimerMessage
from chalicelib.gateways import lean_queues
from chalicelib.services.meetings import meetings
from chalicelib.services.meetings.meetings import Shown
from chalicelib.services.reference import rulebook
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.meetings import agenda, due, records
from chalicelib.store.meetings import meetings as store
from chalicelib.store.reports import reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The minutes as they lie there, who works on them and when, and the transaction of what he does."""

    minutes: Minutes
    by: Actor
    now: datetime
    transaction: Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The meeting's next version, and what its history says; `follows`: something follows from it at once."""

    meeting: Meeting
    item: str = ""
    details: dict[str, object] = field(default_factory=dict)
    follows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Something to be done to a draft."""

    deed: Deed
    run: Callable[[Desk], Edited]


def act(meeting_id: str, edit: Edit, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Shown:
    """Do it to the meeting. Who publishes what is published already is answered as the first time.

    `version` is the one that was read, None for whatever there is. Raises Forbidden (`role_needed`, `not_your_area`),
    NotFound, StaleVersion, Conflict, Invalid, KeyReused, and of a case all that `decide` refuses.
    """

    def do() -> str:
        minutes = store.whole(meeting_id)
        _require(minutes.meeting, by)
        if edit.deed is Deed.PUBLISH and minutes.meeting.state in (MeetingState.PUBLISHING, MeetingState.PUBLISHED):
            return meeting_id
        if version not in (None, minutes.meeting.version):
            raise StaleVersion("stale_version", version=minutes.meeting.version)
        desk = Desk(minutes=minutes, by=by, now=now, transaction=Transaction())
        _store(edit, desk, key)
        return meeting_id

    return meetings.view(once(key, do, lambda done: done), by=by, now=now)


def _require(meeting: Meeting, by: Actor) -> None:
    powers.require_sight(by, meeting)
    powers.require_pen(by, meeting.body, meeting.township)


def _store(edit: Edit, desk: Desk, key: Key | None) -> None:
    edited, transaction = edit.run(desk), desk.transaction
    meeting = edited.meeting
    store.put(meeting, transaction)
    line = Record(
        subject=meeting.id,
        number=meeting.version,
        at=desk.now,
        actor_id=desk.by.id,
        deed=edit.deed,
        item=edited.item,
        details=edited.details,
    )
    records.append(line, transaction)
    if key:
        idempotency.claim(key, meeting.id, now=desk.now, transaction=transaction)
    if edited.follows:
        due.put(meeting.id, at=desk.now, transaction=transaction)
    transaction.commit()
    if edited.follows:
        _send_for(meeting.id, desk.now)


def _send_for(meeting_id: str, now: datetime) -> None:
    """At once, not in the next minute, when the sweep would find it."""
    message = TimerMessage(errand=Errand.FIRE, id=meeting_id, part=due.PART, at=now)
    with suppress(Busy):
        lean_queues.send(Queue.TIMERS, msgspec.json.encode(message).decode())


def change(plan: Plan) -> Edit:
    """Another title, day, place, or other guests."""

    def run(desk: Desk) -> Edited:
        departments = rulebook.in_force(now=desk.now).departments
        checked = rules.planned(plan, departments=departments, now=desk.now)
        details: dict[str, object] = {"day": checked.day.isoformat(), "title": checked.title}
        return Edited(meeting=replace(rules.edited(desk.minutes.meeting), plan=checked), details=details)

    return Edit(deed=Deed.CHANGE, run=run)


def gather(ids: Sequence[str]) -> Edit:
    """Take matters from the agenda; each is on one open meeting at most, by the condition of the write."""

    def run(desk: Desk) -> Edited:
        meeting = rules.edited(desk.minutes.meeting)
        most = rulebook.in_force(now=desk.now).numbers.count("meeting_items")
        fresh = rules.gathered(desk.minutes, ids, most=most)
        for item in _items(fresh, meeting):
            agenda.take(item.id, meeting, desk.transaction)
            store.put_item(meeting.id, item, desk.transaction)
        return Edited(meeting=meeting, details={"items": list(fresh)})

    return Edit(deed=Deed.GATHER, run=run)


def _items(ids: Sequence[str], meeting: Meeting) -> list[Item]:
    if meeting.body is Body.TOWN:
        return [Item(id=id, report_id=id) for id in ids]
    return [agenda.topic(meeting.scope, id).item for id in ids]


def drop(ids: Sequence[str]) -> Edit:
    """Give matters back to the agenda."""

    def run(desk: Desk) -> Edited:
        meeting = rules.edited(desk.minutes.meeting)
        for item in rules.dropped(desk.minutes, ids):
            agenda.release(item.id, meeting, desk.transaction)
            store.delete_item(meeting.id, item.id, desk.transaction)
        return Edited(meeting=meeting, details={"items": list(dict.fromkeys(ids))})

    return Edit(deed=Deed.DROP, run=run)


def decide(id: str, decision: Decision) -> Edit:
    """Record what was decided of a matter. Of a case it is tried out, so that the meeting hears what refuses it."""

    def run(desk: Desk) -> Edited:
        meeting = rules.edited(desk.minutes.meeting)
        item = rules.decided(desk.minutes, id, decision)
        if decision.verdict in rules.OF_CASES:
            item = _tried(item, decision, desk)
        store.put_item(meeting.id, item, desk.transaction)
        return Edited(meeting=meeting, item=id, details=_told(decision))

    return Edit(deed=Deed.DECIDE, run=run)


def _tried(item: Item, decision: Decision, desk: Desk) -> Item:
    report = reports.get(item.id)
    sight.require_sight(desk.by, report)
    cases.ruled(report, decision, desk.minutes.meeting, by=desk.by, now=desk.now, rules=rulebook.in_force(now=desk.now))
    return replace(item, decision=replace(decision, entered_at=report.entered_at))


def _told(decision: Decision) -> dict[str, object]:
    told: dict[str, object] = {"verdict": decision.verdict, "text": decision.text}
    return told | ({"department": decision.department} if decision.department else {})


def postpone(id: str, text: str) -> Edit:
    """To the next meeting, and why."""
    return decide(id, Decision(verdict=Verdict.POSTPONE, text=text))


def announce() -> Edit:
    """Publish the agenda: who is invited hears of it."""

    def run(desk: Desk) -> Edited:
        return Edited(meeting=rules.announced(desk.minutes, desk.now), follows=True)

    return Edit(deed=Deed.ANNOUNCE, run=run)


def publish() -> Edit:
    """Publish the minutes: from now on they are carried out, each decision once (`publishing`)."""

    def run(desk: Desk) -> Edited:
        return Edited(meeting=rules.published(desk.minutes, by=desk.by.id, now=desk.now), follows=True)

    return Edit(deed=Deed.PUBLISH, run=run)


def cancel(reason: str) -> Edit:
    """It does not take place; its matters wait for another."""

    def run(desk: Desk) -> Edited:
        meeting = rules.cancelled(desk.minutes.meeting, reason)
        for item in desk.minutes.items:
            agenda.release(item.id, meeting, desk.transaction)
        return Edited(meeting=meeting, details={"reason": reason}, follows=meeting.announced_at is not None)

    return Edit(deed=Deed.CANCEL, run=run)
