"""Use cases on meetings: call one, see it, list them. What is done to a draft, `editing` does."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.idempotency import Key
from chalicelib.domain.meetings import minutes as rules
from chalicelib.domain.meetings import powers, topics
from chalicelib.domain.meetings.model import Body, Item, Meeting, MeetingState, Plan, scope_of
from chalicelib.domain.meetings.records import Deed, Record
from chalicelib.domain.meetings.topics import Card
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports import audited, sight
from chalicelib.domain.reports.model import Report, Status
from chalicelib.services.meetings import occasions
from chalicelib.services.meetings.occasions import Occasions
from chalicelib.services.people import looks
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.meetings import meetings as store
from chalicelib.store.meetings import records
from chalicelib.store.meetings.meetings import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item as its reader sees it: with the case, or what the joint meeting sees of a report; `internal` as staff.

    `left`: the case is with the committee no longer.
    """

    item: Item
    report: Report | None = None
    internal: bool = False
    left: bool = False
    card: Card | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A meeting as its reader sees it; its own history only for those who read everything."""

    meeting: Meeting
    entries: list[Entry]
    records: list[Record]


def create(id: str, body: Body, plan: Plan, *, key: Key | None, by: Actor, now: datetime) -> Shown:
    """Call a meeting, a draft without matters yet: one transaction.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid, KeyReused.
    """
    township = areas.township(now=now)
    powers.require_pen(by, body, township)
    departments = rulebook.in_force(now=now).departments

    def do() -> Shown:
        checked = rules.planned(plan, departments=departments, now=now)
        meeting = Meeting(id=id, body=body, township=township, plan=checked, made_by=by.id, made_at=now)
        line = Record(subject=id, number=meeting.version, at=now, actor_id=by.id, deed=Deed.CREATE)
        transaction = Transaction()
        store.put(meeting, transaction)
        records.append(line, transaction)
        if key:
            idempotency.claim(key, id, now=now, transaction=transaction)
        transaction.commit()
        return Shown(meeting=meeting, entries=[], records=[line])

    return once(key, do, lambda made: view(made, by=by, now=now))


def view(meeting_id: str, *, by: Actor, now: datetime) -> Shown:
    """A meeting with its matters as they stand: a query, a batch, and a query for its history.

    A department sees what it is charged with and what it may see anyway; what is decided, once the minutes are
    published. An auditor's look is noted. Raises NotFound (`no_such_meeting`).
    """
    minutes = store.whole(meeting_id)
    meeting = minutes.meeting
    powers.require_sight(by, meeting)
    everything = powers.reads_all(by, meeting.body, meeting.township)
    looks.note(by, meeting.id, township=meeting.township, now=now)
    about = occasions.of_minutes(minutes, by=by)
    shown = [topics.covered(item) if about.hides(item.id) else item for item in minutes.items]
    entries = [_case(item, about, by) if meeting.body is Body.TOWN else _topic(item, about) for item in shown]
    if not everything:
        entries = [_masked(entry, meeting) for entry in entries if _is_own(entry, meeting, by)]
    lines = records.of(meeting_id) if everything else []
    told = [occasions.wordless(line) if about.hides(line.item) else line for line in lines]
    return Shown(meeting=meeting, entries=entries, records=told)


def _case(item: Item, about: Occasions, by: Actor) -> Entry:
    """The case, where the report's own rules let him see it."""
    report = about.reports.get(item.id)
    seen_as = sight.viewers(by, report) if report else frozenset()
    left = report is None or report.status is not Status.COORDINATING
    shown = audited.seen(report, seen_as) if report and seen_as else None
    return Entry(item=item, report=shown, internal=sight.reads_internal(seen_as), left=left)


def _topic(item: Item, about: Occasions) -> Entry:
    return Entry(item=item, card=about.card(item.report_id))


def _is_own(entry: Entry, meeting: Meeting, by: Actor) -> bool:
    """The joint meeting's departments read all of it; the town's, what is theirs."""
    own = entry.report is not None or powers.concerns(by, entry.item, meeting)
    return meeting.body is Body.JOINT or own


def _masked(entry: Entry, meeting: Meeting) -> Entry:
    if meeting.state in (MeetingState.PUBLISHING, MeetingState.PUBLISHED):
        return entry
    return replace(entry, item=replace(entry.item, decision=None))


def listing(body: Body, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """A body's meetings, latest first: one query. To a department those that it takes part in.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`bad_cursor`).
    """
    township = areas.township(now=now)
    everything = powers.reads_all(by, body, township)
    if not everything and not powers.departments(by):
        powers.require_reader(by, body, township)

    def keep(meeting: Meeting) -> bool:
        return everything or powers.takes_part(by, meeting)

    return store.page(body, scope_of(body, township), keep=keep, limit=limit, cursor=cursor)
