"""What is kept too long is found and forgotten, kind by kind and page by page; how far it came is noted after each.

So a crash, a day without a run or the end of a function's time lose nothing: the next run goes on from there.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import batched

from chalicelib.domain import retention
from chalicelib.domain.events import Event
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.model import ENDED, Report
from chalicelib.domain.retention import Term, Way
from chalicelib.services.care import forgetting as care
from chalicelib.services.honours import forgetting
from chalicelib.services.lookouts import forgetting as look_outs
from chalicelib.services.people import access, erasure, own_data
from chalicelib.store import history
from chalicelib.store import retention as store
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.reference import editions, reference
from chalicelib.store.reports import reports

log = logging.getLogger(__name__)

NAME = "retention"
SYSTEM = Actor(id="retention", posts=())
AT_ONCE = 100
PEOPLE = 500  # in one run


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One look: with `dry` nothing is erased or noted; it stops in good order when `may_go_on` says no."""

    now: datetime
    dry: bool
    may_go_on: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a run found of a kind: how many were due and since when, how many of them failed; `whole` if it is done."""

    kind: str
    way: Way
    count: int = 0
    failed: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None
    whole: bool = True

    def with_one(self, began: datetime) -> "Tally":
        """One more that was due."""
        oldest, newest = min(self.oldest or began, began), max(self.newest or began, began)
        return replace(self, count=self.count + 1, oldest=oldest, newest=newest)


def run(*, now: datetime, dry: bool, may_go_on: Callable[[], bool]) -> list[Tally]:
    """Forget what is due of every kind, or with `dry` tell what is. Raises NotFound before any rules were published."""
    errand = Run(now=now, dry=dry, may_go_on=may_go_on)
    terms = retention.read(reference.current(NAME, now=now)[NAME].body)
    return [LOOKS[term.way](term, errand) for term in terms.values()]


def _nothing(term: Term, errand: Run) -> Tally:
    return Tally(kind=term.kind, way=term.way)


def _reports(term: Term, errand: Run) -> Tally:
    """The reports that ended from where the last run came to until the term, and those that failed before."""
    came_to = store.position(term.kind)
    since, until = came_to or editions.began(NAME, now=errand.now), term.until(errand.now)
    tally = _again(term, errand)
    for lines in batched(history.since(since, until), AT_ONCE, strict=False):
        if not errand.may_go_on():
            return replace(tally, whole=False)
        tally = _each(tally, _ended_by(lines), errand)
        came_to = _note(tally, came_to, lines[-1].at, errand)
    if until > since:
        _note(tally, came_to, until, errand)
    return tally


def _ended_by(lines: Iterable[Event]) -> list[Report]:
    """The reports that these lines ended and that have stayed ended since."""
    ends = {(line.subject_id, line.at) for line in lines if line.standing.status in ENDED}
    found = reports.several(sorted({id for id, _ in ends}))
    return [report for report in found if report.status in ENDED and (report.id, report.ended_at) in ends]


def _again(term: Term, errand: Run) -> Tally:
    """What failed before. What was reopened meanwhile is due no longer, or again another day."""
    tally = Tally(kind=term.kind, way=term.way)
    left = store.left(term.kind, limit=AT_ONCE)
    for report in reports.several(left):
        after = _each(tally, [report], errand) if _is_due(report, term, errand) else tally
        if after.failed == tally.failed and not errand.dry:
            store.settle(term.kind, report.id)
        tally = after
    return tally


def _is_due(report: Report, term: Term, errand: Run) -> bool:
    return report.ended_at is not None and report.ended_at <= term.until(errand.now)


def _each(tally: Tally, due: Iterable[Report], errand: Run) -> Tally:
    for report in due:
        forget = partial(erasure.OF_REPORTS[tally.kind], report, dry=errand.dry)
        tally = _one(tally, report.id, report.ended_at or errand.now, forget, errand)
    return tally


def _people(term: Term, errand: Run) -> Tally:
    """Whose account was closed long enough ago. Who is forgotten leaves the index, so that no position is needed."""
    tally = Tally(kind=term.kind, way=term.way)
    due = own_data.erasable(now=errand.now, limit=PEOPLE)
    for person in people.several(due):
        if not errand.may_go_on():
            return replace(tally, whole=False)
        forget = partial(own_data.erase, person.id, now=errand.now)
        tally = _one(tally, person.id, person.left_at or errand.now, (lambda: True) if errand.dry else forget, errand)
    _record(tally, errand)
    return replace(tally, whole=len(due) < PEOPLE)


def _honours(term: Term, errand: Run) -> Tally:
    """Cases whose last step was long enough ago. What is forgotten leaves the index, as people do."""
    tally = Tally(kind=term.kind, way=term.way)
    due = forgetting.due(term.kind, now=errand.now, limit=PEOPLE)
    for person_id in due:
        if not errand.may_go_on():
            return replace(tally, whole=False)
        forget = partial(forgetting.forget, person_id, now=errand.now)
        tally = _one(tally, person_id, term.until(errand.now), (lambda: True) if errand.dry else forget, errand)
    _record(tally, errand)
    return replace(tally, whole=len(due) < PEOPLE)


def _lookouts(term: Term, errand: Run) -> Tally:
    """Look-outs that were over long enough ago. What is forgotten leaves the index, as people do."""
    tally = Tally(kind=term.kind, way=term.way)
    due = look_outs.due(now=errand.now, limit=PEOPLE)
    for id in due:
        if not errand.may_go_on():
            return replace(tally, whole=False)
        forget = partial(look_outs.forget, id)
        tally = _one(tally, id, term.until(errand.now), (lambda: True) if errand.dry else forget, errand)
    _record(tally, errand)
    return replace(tally, whole=len(due) < PEOPLE)


def _care(term: Term, errand: Run) -> Tally:
    """Who is cared for no more since long enough. What is forgotten leaves its place in the index, as people do."""
    tally = Tally(kind=term.kind, way=term.way)
    due = care.due(term.kind, now=errand.now, limit=PEOPLE)
    for id in due:
        if not errand.may_go_on():
            return replace(tally, whole=False)
        forget = partial(care.forget, id, term.kind, now=errand.now)
        tally = _one(tally, id, term.until(errand.now), (lambda: True) if errand.dry else forget, errand)
    _record(tally, errand)
    return replace(tally, whole=len(due) < PEOPLE)


def _one(tally: Tally, id: str, began: datetime, forget: Callable[[], bool], errand: Run) -> Tally:
    """One thing that fails must not keep the others: it is left for the next run, which tries it first."""
    try:
        return tally.with_one(began) if forget() else tally
    except Exception:  # whatever it is: it is counted, tried again at the next run, and an alarm rings
        log.exception("retention_left: %s of %s could not be erased", tally.kind, id)
    if not errand.dry and tally.way is Way.REPORT:
        store.leave(tally.kind, id, now=errand.now)
    return replace(tally.with_one(began), failed=tally.failed + 1)


def _note(tally: Tally, before: datetime | None, to: datetime, errand: Run) -> datetime:
    """How far it came, together with what was erased on the way. Raises StaleVersion where another run was faster."""
    if not errand.dry:
        transaction = Transaction()
        store.move(tally.kind, before=before, to=to, transaction=transaction)
        _record(tally, errand, transaction)
        transaction.commit()
    return to


def _record(tally: Tally, errand: Run, transaction: Transaction | None = None) -> None:
    """One line a run and kind in the access record, written anew as the count grows."""
    if tally.count and not errand.dry:
        told: dict[str, object] = {
            "count": tally.count,
            "failed": tally.failed,
            "oldest": tally.oldest,
            "newest": tally.newest,
        }
        access.record(SYSTEM, What.RAN_RETENTION, tally.kind, now=errand.now, details=told, transaction=transaction)


LOOKS: dict[Way, Callable[[Term, Run], Tally]] = {
    Way.REPORT: _reports,
    Way.PERSON: _people,
    Way.HONOURS: _honours,
    Way.LOOKOUT: _lookouts,
    Way.CARE: _care,
    Way.EXPIRES: _nothing,
    Way.NOTHING: _nothing,
}
