"""Use cases on one report: act on it, see it. What must follow from an act, follows from its history."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.idempotency import Key
from chalicelib.domain.notifications.deliveries import Sent
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import Photo
from chalicelib.domain.reference.calendar import today
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import acts, audited, powers, sight, suggestions
from chalicelib.domain.reports.commands import Around, Command
from chalicelib.domain.reports.decisions import sorting
from chalicelib.domain.reports.decisions.conditions import Needs, needs
from chalicelib.domain.reports.life import REMARKS
from chalicelib.domain.reports.lists import Merged
from chalicelib.domain.reports.model import OPEN, Action, Change, Report, Status
from chalicelib.domain.reports.parties import OWN, Party
from chalicelib.domain.reports.suggestions import Suggestion
from chalicelib.services.notifications import deliveries
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports import changes, meanwhile, recheckers
from chalicelib.services.reports.once import once
from chalicelib.store import history, idempotency, quotas
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.reports import merged, photos, reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A report as it stands, and what its viewer may do with it; `internal`: he sees it as staff do. `suggestion` is
    for who orders. `needs`: what closing it takes, for staff while it is open."""

    report: Report
    open_actions: list[Action]
    internal: bool
    suggestion: Suggestion | None
    needs: Needs | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Everything of a report that its viewer may see. `reporter` is his name, where the viewer may know it; `sent` is
    what was sent about it, for staff; `final`: the centre's next order cannot be returned;
    `merged`: who reported the same."""

    seen: Seen
    text: str
    history: list[Event]
    photos: list[Photo]
    reporter: str | None
    sent: list[Sent]
    final: bool
    merged: list[Merged]


def act(report_id: str, command: Command, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Seen:
    """Do something to a report: one read, one transaction.

    `version` is what the actor had read; None for whatever there is. Raises NotFound where he may not even see it,
    StaleVersion with what was done meanwhile, Forbidden, IllegalAction, what the decision refuses, and KeyReused.
    """
    read: list[Report] = []

    def do() -> Seen:
        read.append(reports.get(report_id))
        return act_on(read[0], command, version=version, key=key, by=by, now=now)

    def again(done: str) -> Seen:
        return done_before(reports.get(done), by=by, now=now)

    try:
        return once(key, do, again)
    except StaleVersion as error:
        raise meanwhile.told(error, read[0], version=version, by=by) from error


def act_on(
    report: Report,
    command: Command,
    *,
    version: int | None,
    key: Key | None,
    by: Actor,
    now: datetime,
    around: Callable[[], Around] | None = None,
) -> Seen:
    """Do something to a report that was just read: one transaction. What the command names beyond it is read where
    `around` does not know it. Raises what `act` does."""
    powers.require_part(by, command.action, report)
    if version is not None and version != report.version:
        raise StaleVersion("stale_version", version=report.version)
    rules = rulebook.in_force(now=now)
    known = around() if around else _around(command, by, now=now)
    known = replace(known, recheckers=recheckers.pools(report, command, by=by, now=now))
    change = acts.act(report, command, by=by, now=now, rules=rules, around=known)
    _store(change, command, key=key, numbers=rules.numbers)
    return _as_seen(change.report, by=by, now=now, rules=rules)


def done_before(report: Report, *, by: Actor, now: datetime) -> Seen:
    """A report that was just read, for who has acted on it and asks again: as he sees it, with what is open to him.

    Out of his sight by now, perhaps by just that act, it is done all the same: he is told no more than that (a query).
    """
    if sight.viewers(by, report):
        return _as_seen(report, by=by, now=now, rules=rulebook.in_force(now=now))
    own = [line for line in history.of(report.id) if line.actor_id == by.id]
    if not own:
        raise NotFound("no_such_report", report=report.id)
    left = sight.withheld(report, own[-1])
    return Seen(report=left, open_actions=[], internal=False, suggestion=None, needs=None)


def _around(command: Command, by: Actor, *, now: datetime) -> Around:
    """What the command names beyond the report: read only where it names something. Raises NotFound, Invalid."""
    grid, village = areas.named(command.grid, command.village, now=now)
    main = _seen(command.main, by) if command.main else None
    person = people.get(command.person) if command.person else None
    return Around(person=person, grid=grid, village=village, main=main)


def _store(change: Change, command: Command, *, key: Key | None, numbers: Numbers) -> None:
    transaction = Transaction()
    _require_photos(change, command, transaction)
    if key:
        idempotency.claim(key, change.report.id, now=change.at, transaction=transaction)
    if change.action is Action.MERGE and change.report.main:
        reports.require_open(change.report.main, transaction=transaction)
    if change.action in REMARKS and change.as_role == Party.REPORTER:
        cap = numbers.count("remarks_per_hour")
        quotas.take_remark(change.actor_id, cap=cap, now=change.at, transaction=transaction)
    changes.store(change, transaction)


def _require_photos(change: Change, command: Command, transaction: Transaction) -> None:
    """Photos of a result may be on their way when it is stated; when it is re-checked they must be there."""
    report, before = change.report, change.before
    if command.after_photos and before:
        photos.require_after(
            report.id, command.after_photos, since=before.entered_at, now=change.at, transaction=transaction
        )
    elif change.action is Action.CONFIRM and report.status is Status.CLOSED and before and before.ended_at is None:
        photos.require_shown(report.id, report.after_photos, transaction=transaction)


def view(report_id: str, *, by: Actor, now: datetime) -> Whole:
    """A report with its text, history and photos. Raises NotFound where there is nothing to see.

    Whoever of the staff sees the reporter's name, or reads as an auditor, is noted; the latter reads less (`audited`).
    """
    parts = reports.parts_of(report_id)
    report, text = reports.opened(parts)
    seen_as = sight.require_sight(by, report)
    lines = [line for line in history.of(report_id) if sight.reads_internal(seen_as) or not line.internal]
    known = people.find(report.reporter_id) if sight.knows_reporter(seen_as) else None
    _note(report, seen_as, by=by, now=now)
    rules = rulebook.in_force(now=now)
    seen = _as_seen(report, by=by, now=now, rules=rules)
    return Whole(
        seen=seen,
        text=audited.text(report, text, seen_as),
        history=[audited.line(report, line, seen_as) for line in lines],
        photos=_photos(report, seen_as),
        reporter=known.name if known else None,
        sent=deliveries.of(report_id) if seen.internal else [],
        final=sorting.is_final(report, rules),
        merged=merged.among(parts),
    )


def _photos(report: Report, seen_as: frozenset[Party]) -> list[Photo]:
    if audited.hides(report, seen_as):
        return []
    return [photo for photo in photos.of(report.id) if sight.shows(photo.purpose, seen_as)]


def _note(report: Report, seen_as: frozenset[Party], *, by: Actor, now: datetime) -> None:
    if sight.knows_reporter(seen_as) and not seen_as & OWN:
        access.record(by, What.SAW_REPORTER, report.reporter_id, now=now, details={"report": report.id})
    elif sight.audits(seen_as):
        access.record(by, What.READ_HISTORY, report.id, now=now)


def _seen(report_id: str, by: Actor) -> Report:
    report = reports.get(report_id)
    sight.require_sight(by, report)
    return report


def _as_seen(report: Report, *, by: Actor, now: datetime, rules: Rulebook) -> Seen:
    seen_as = sight.viewers(by, report)
    internal = sight.reads_internal(seen_as)
    return Seen(
        report=audited.seen(report, seen_as),
        open_actions=acts.open_actions(report, by=by, now=now, rules=rules),
        internal=internal,
        suggestion=suggestions.shown(report, rules, day=today(now), seen_as=seen_as),
        needs=needs(report, rules) if internal and report.status in OPEN else None,
    )
