"""What follows from a closing: a courier may be asked to look again, and what proves false is open again by itself.

Events come in any order and more than once: what is done depends on the report and the task as they stand.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from chalicelib.domain.errors import AlreadyDone, StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.rechecks import sampling, tasks
from chalicelib.domain.rechecks.sampling import Rules
from chalicelib.domain.rechecks.tasks import Task, TaskState
from chalicelib.domain.reference import closing
from chalicelib.domain.reports.decisions import reopening
from chalicelib.domain.reports.model import Report, Status
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import changes
from chalicelib.store import history, quotas
from chalicelib.store.base import Transaction
from chalicelib.store.reference import editions
from chalicelib.store.reports import merged, reports
from chalicelib.store.reports import rechecks as store

TRIES = 5


def follow(event: Event, *, now: datetime) -> None:
    """Everything that follows from a line. Raises StaleVersion where the report keeps changing: then it is told again.

    Raises NotFound for a report that is none.
    """
    if sampling.is_false(event):
        store.note_false(event.subject_id, event.number, str(event.details["resolver"]), event.at)
    if sampling.opens(event):
        _patiently(lambda: _void(event, now))
    if sampling.finds_undone(event):
        closed_at = datetime.fromisoformat(str(event.details["closed_at"]))
        _patiently(lambda: _reopen(event.subject_id, closed_at, now))
    if sampling.denies(event) or sampling.closes(event):
        _patiently(lambda: _look_again(event, now))


def _patiently(step: Callable[[], None]) -> None:
    """Each time on what somebody else has left."""
    for _ in range(TRIES - 1):
        with suppress(StaleVersion):
            return step()
    return step()


def fire(report_id: str, *, at: datetime, now: datetime) -> None:
    """A task fell due `at`: accepted and not answered it is offered anew, not accepted it is over."""
    task = store.find(report_id)
    after = tasks.lapsed(task, now) if task and task.due_at == at else None
    if task and after:
        _move(task, after, now)


def _void(event: Event, now: datetime) -> None:
    task = store.find(event.subject_id)
    after = tasks.voided(task, event.number) if task else None
    if task and after:
        _move(task, after, now)


def _move(task: Task, after: Task, now: datetime) -> None:
    """Where somebody else has moved it meanwhile, it is his turn; a task that must be void is void the next time."""
    transaction = Transaction()
    store.put(after, over=task, transaction=transaction)
    if task.state is TaskState.ACCEPTED and task.courier:
        quotas.give_back_recheck(task.courier, transaction=transaction)
    try:
        transaction.commit()
    except AlreadyDone:
        if after.state is TaskState.VOID:
            raise StaleVersion("changed_meanwhile") from None


def _reopen(report_id: str, closed_at: datetime, now: datetime) -> None:
    rules = rulebook.in_force(now=now)
    if change := reopening.by_itself(reports.get(report_id), closed_at=closed_at, now=now, rules=rules):
        changes.store(change)


def _look_again(event: Event, now: datetime) -> None:
    """Closed unchecked against the reporter's word it is open again; else a courier may be asked."""
    report = reports.get(event.subject_id)
    if reopening.denied(report) and report.ended_at:
        _reopen(report.id, report.ended_at, now)
    elif sampling.closes(event) and report.status is Status.CLOSED and report.ended_at == event.at:
        _draw(event, report, now)


def _draw(event: Event, report: Report, now: datetime) -> None:
    """By the tables of then: a line that is told again is drawn again, or again not."""
    if not sampling.may_be_looked_at(report):
        return
    rules = _rules(event.at, now)
    percent = sampling.share(report, rules=rules, false_closings=_false_closings(report, event.at, rules))
    if sampling.is_drawn(event.id, percent):
        with suppress(AlreadyDone):
            _offer(event, report, rules, now)


def _false_closings(report: Report, at: datetime, rules: Rules) -> int:
    resolver = reopening.claimed_by(report)
    if resolver is None or not rules.numbers.of("blind_false_percent"):
        return 0
    since = at - rules.numbers.days("false_closing_days")
    return store.count_false(resolver.key, since=since, until=at - timedelta(microseconds=1))


def _offer(event: Event, report: Report, rules: Rules, now: datetime) -> None:
    """Once a closing, while there is time, and never over the task of a later one."""
    lines, others = history.of(report.id), reports.several([one.id for one in merged.of(report.id)])
    task = tasks.offered(event, report, lines, others, numbers=rules.numbers)
    before = store.find(report.id)
    if now >= task.until or (before and before.number >= task.number):
        return
    transaction = Transaction()
    store.require_unmoved(report, transaction)
    store.put(task, over=before, transaction=transaction)
    transaction.commit()


def _rules(at: datetime, now: datetime) -> Rules:
    return Rules(
        closing=rulebook.parse(editions.as_of(closing.NAME, at, now=now)),
        numbers=rulebook.parse(editions.as_of("numbers", at, now=now)),
    )
