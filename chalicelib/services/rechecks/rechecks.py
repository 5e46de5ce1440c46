"""Use cases of the courier who looks again: what he may do, to accept it, to answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain import photos as photo_rules
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import ContentType, Form, Link, Media, Photo, Purpose
from chalicelib.domain.rechecks import sampling
from chalicelib.domain.rechecks import tasks as rules
from chalicelib.domain.rechecks.tasks import Finding, Task, TaskState
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import photos as files
from chalicelib.services.reports import records
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency, quotas
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.reports import listings, photos, reports
from chalicelib.store.reports import rechecks as store
from chalicelib.store.reports.listings import TaskPage

SMALL = (photo_rules.SIZES[0],)  # enough to find it, too little to read a face


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A task as who has accepted it sees it: with small pictures of what was reported."""

    task: Task
    photos: list[Photo]
    links: list[Link]


def mine(*, by: Actor, now: datetime, limit: int, cursor: str | None) -> TaskPage:
    """What the caller has accepted, and what is open on his round, by time: a read, and a query a village and one."""
    rules.require_courier(by)
    person = people.get(by.id)
    holders = store.holders(person.id, person.villages)
    keep = lambda task: rules.is_shown(task, person, now)  # noqa: E731  # a name for it
    return listings.rechecks(holders, keep=keep, limit=limit, cursor=cursor)


def show(report_id: str, *, by: Actor, now: datetime) -> Shown:
    """A task that the caller has accepted and not yet answered. Raises NotFound for any other."""
    rules.require_courier(by)
    task = store.get(report_id)
    if task.courier != by.id or task.state is not TaskState.ACCEPTED:
        raise NotFound("no_such_recheck")
    _require_closed(task)
    return _shown(task, now)


def _require_closed(task: Task) -> None:
    """The task may not be void yet. Raises NotFound where the report is open again, closed anew, or became one that
    nobody is sent to look at."""
    report = reports.get(task.report_id)
    if _while_closed(report, task) is None or not sampling.may_be_looked_at(report):
        raise NotFound("no_such_recheck")


def accept(report_id: str, *, key: Key | None, by: Actor, now: datetime) -> Shown:
    """Take a task on, which then nobody else can: three reads, one transaction.

    Raises Forbidden, NotFound, Conflict (`recheck_taken`, `recheck_over`), CapReached, AlreadyDone, KeyReused.
    """
    rules.require_courier(by)
    return once(key, lambda: _accept(report_id, key=key, by=by, now=now), lambda id: show(id, by=by, now=now))


def _accept(report_id: str, *, key: Key | None, by: Actor, now: datetime) -> Shown:
    task, numbers = store.get(report_id), rulebook.in_force(now=now).numbers
    _require_closed(task)
    if task.courier == by.id and task.state is TaskState.ACCEPTED:
        return _shown(task, now)
    after = rules.accepted(task, people.get(by.id), now=now, numbers=numbers)
    transaction = Transaction()
    store.put(after, over=task, transaction=transaction)
    quotas.take_recheck(by.id, cap=numbers.count("rechecks_at_once"), transaction=transaction)
    if key:
        idempotency.claim(key, report_id, now=now, transaction=transaction)
    transaction.commit()
    return _shown(after, now)


def answer(
    report_id: str, said: Finding, wanted: Sequence[ContentType], *, key: Key | None, by: Actor, now: datetime
) -> list[Form]:
    """Say what he saw, and get a form for each photo of it. What follows, follows from the line of history.

    Raises NotFound, Forbidden, Conflict (`recheck_over`), Invalid (too many photos), AlreadyDone, KeyReused.
    """
    rules.require_courier(by)
    return once(
        key,
        lambda: _answer(report_id, said, wanted, key=key, by=by, now=now),
        lambda id: files.forms(_own(id, by), now=now),
    )


def _answer(
    report_id: str, said: Finding, wanted: Sequence[ContentType], *, key: Key | None, by: Actor, now: datetime
) -> list[Form]:
    task = store.get(report_id)
    after = rules.answered(task, said, by, now=now)
    declared = _declared(report_id, wanted, by, now)

    def with_it(transaction: Transaction) -> None:
        store.put(after, over=task, transaction=transaction)
        quotas.give_back_recheck(by.id, transaction=transaction)
        photos.declare(declared, transaction)
        if key:
            idempotency.claim(key, report_id, now=now, transaction=transaction)

    _note(task, said, declared, with_it, by=by, now=now)
    return files.forms(declared, now=now)


def _note(
    task: Task,
    said: Finding,
    declared: Sequence[Photo],
    with_it: Callable[[Transaction], None],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """The line of history, by whom the centre alone reads. Raises Conflict where the report is open again."""
    noted = records.note(
        task.report_id,
        Action.BLIND_RECHECK,
        now=now,
        plan=lambda report: _while_closed(report, task),
        details={
            "answer": said,
            "closed_at": task.closed_at.isoformat(),
            "photos": [photo.id for photo in declared],
        },
        actor_id=by.id,
        as_role=Party.BLIND,
        extra=with_it,
    )
    if noted is None:
        raise Conflict("recheck_over")


def _while_closed(report: Report, task: Task) -> dict[str, Any] | None:
    return {} if report.status is Status.CLOSED and report.ended_at == task.closed_at else None


def _declared(report_id: str, wanted: Sequence[ContentType], by: Actor, now: datetime) -> tuple[Photo, ...]:
    if not wanted:
        return ()
    asked = [(Purpose.RECHECK, content_type) for content_type in wanted]
    return photo_rules.declare(report_id, asked, existing=photos.of(report_id), by=by.id, now=now)


def _own(report_id: str, by: Actor) -> list[Photo]:
    return [one for one in photos.of(report_id) if one.purpose is Purpose.RECHECK and one.by == by.id]


def _shown(task: Task, now: datetime) -> Shown:
    before = [one for one in photos.of(task.report_id) if one.purpose is Purpose.BEFORE and one.media is Media.PHOTO]
    return Shown(task=task, photos=before, links=files.links(before, now=now, sizes=SMALL))
