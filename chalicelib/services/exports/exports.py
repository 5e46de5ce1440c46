"""Use cases on exports: ask for a file, see how far it is, fetch it, take it back, and who took what."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from chalicelib.domain.errors import Busy, Conflict, Forbidden, NotFound, StaleVersion
from chalicelib.domain.exports import asking, jobs
from chalicelib.domain.exports.asking import Terms, Township, Wish
from chalicelib.domain.exports.jobs import Job
from chalicelib.domain.exports.terms import LONGEST_KEPT, ExportState
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.queues import Queue
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.gateways import files, lean_queues
from chalicelib.services.exports.labels import labels
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook, terms
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency, quotas
from chalicelib.store.base import Transaction
from chalicelib.store.exports import exports as store
from chalicelib.store.exports.exports import Page
from chalicelib.store.reference import reference

CONTENT_TYPE = "text/csv; charset=utf-8"
DECIDED = timedelta(minutes=1)  # longer than a request lives: by then it has stored what it decided, or never will
TRIES = 5  # between the parts of a file lie seconds
RETENTION, FILE_TERM, RECORD_TERM = terms.TABLE, "export_file", access.TERM


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """Where the file is to be had, under which name, until when."""

    url: str
    filename: str
    expires_at: datetime


def ask(export_id: str, wish: Wish, *, key: Key | None, by: Actor, now: datetime) -> Job:
    """Ask for a file, and note who asked, what for: one transaction, then a message to the worker.

    Sent again with its key, the message is sent again too: the first one may have got lost, and two do no harm.
    Raises Forbidden, Invalid, TooManyRequests, KeyReused and Busy.
    """
    job = once(
        key,
        lambda: _asked(export_id, wish, key=key, by=by, now=now),
        store.get,
    )
    if not job.is_over:
        send_for(job.id)
    return job


def _asked(export_id: str, wish: Wish, *, key: Key | None, by: Actor, now: datetime) -> Job:
    reference.current(*rulebook.READERS, areas.NAME, RETENTION, now=now)  # all of it in one read on a cold start
    rules = rulebook.in_force(now=now)
    if wish.kind:
        rules.taxonomy.kind(wish.kind)
    job = asking.asked(export_id, wish, by=by, township=_township(now), terms=_terms(rules.numbers, now), now=now)
    transaction = Transaction()
    store.put(job, transaction)
    if key:
        idempotency.claim(key, job.id, now=now, transaction=transaction)
    quotas.take_export(by.id, cap=rules.numbers.count("exports_per_day"), now=now, transaction=transaction)
    access.record(by, What.EXPORTED, job.id, purpose=job.purpose, now=now, details=_told(job), transaction=transaction)
    transaction.commit()
    return job


def view(export_id: str, *, by: Actor, now: datetime) -> Job:
    """How far it is; one that everybody forgot is sent for again. Raises NotFound to all but requester and auditor."""
    job = store.get(export_id)
    if job.requester_id != by.id and not by.holds(Role.AUDITOR, job.township):
        raise NotFound("no_such_export", export=export_id)
    return _remembered(job, now) if jobs.is_forgotten(job, now) else job


def _remembered(job: Job, now: datetime) -> Job:
    released = jobs.released(job, now)
    try:
        save(released)
    except StaleVersion:  # somebody is at it after all
        return job
    send_for(job.id)
    return released


def fetch(job: Job, *, by: Actor, now: datetime) -> Fetch:
    """A short-lived address of the file, and a note of who got it.

    Raises NotFound to all but the requester, Forbidden (`role_lost`) once he no longer holds the posts he asked as,
    and Conflict (`export_not_there`) before it is ready and after it is erased.
    """
    if job.requester_id != by.id:
        raise NotFound("no_such_export", export=job.id)
    if not set(job.posts) <= set(by.posts):
        raise Forbidden("role_lost", role=job.role)
    if (state := jobs.state_at(job, now)) is not ExportState.READY:
        raise Conflict("export_not_there", state=state)
    life = rulebook.in_force(now=now).numbers.minutes("export_link_minutes")
    access.record(by, What.FETCHED_EXPORT, job.id, purpose=job.purpose, now=now, details=_told(job))
    filename = jobs.filename(job, labels()[f"export.title.{job.content}"])
    plain = f"fenjian-{job.first}-{job.last}.csv"
    url = files.download(job.key, content_type=CONTENT_TYPE, filename=filename, plain=plain, life=life)
    return Fetch(url=url, filename=filename, expires_at=now + life)


def withdraw(export_id: str, *, by: Actor, now: datetime) -> None:
    """Take an export back, and note who did: nothing more of it is written, and the worker erases what there is.

    The worker is sent for before that is stored, to come when it is: then no crash leaves a file that nobody erases.
    Again is once. Raises NotFound to all but the requester and the township's admin, Busy.
    """
    if _withdrawable(export_id, by).state is ExportState.WITHDRAWN:
        send_for(export_id)
        return
    send_for(export_id, delay=DECIDED)
    for _ in range(TRIES):
        with suppress(StaleVersion):  # the worker has just stored a part
            _withdrawn(_withdrawable(export_id, by), by=by, now=now)
            break
    else:
        raise Busy("export_held", export=export_id)
    with suppress(Busy):  # it will come anyway, only later
        send_for(export_id)


def _withdrawable(export_id: str, by: Actor) -> Job:
    job = store.get(export_id)
    if job.requester_id != by.id and not by.holds(Role.ADMIN, job.township):
        raise NotFound("no_such_export", export=export_id)
    return job


def _withdrawn(job: Job, *, by: Actor, now: datetime) -> None:
    if job.state is ExportState.WITHDRAWN:
        return
    transaction = Transaction()
    store.put(jobs.withdrawn(job, now), transaction)
    access.record(
        by, What.WITHDREW_EXPORT, job.id, purpose=job.purpose, now=now, details=_told(job), transaction=transaction
    )
    transaction.commit()


def listing(*, by: Actor, limit: int, cursor: str | None, now: datetime) -> Page:
    """The caller's own exports, newest first; to an auditor everybody's in his township, and his look is noted."""
    township = next((post.scope for post in by.posts if post.role is Role.AUDITOR), None)
    if township is None:
        return store.of(by.id, limit=limit, cursor=cursor)
    access.record(by, What.READ_ACCESS_LOG, f"exports:{township}", now=now)
    return store.within(township, limit=limit, cursor=cursor)


def send_for(export_id: str, *, delay: timedelta = timedelta()) -> None:
    """Send the worker for it, at once or after a while. Raises Busy."""
    lean_queues.send(Queue.EXPORTS, msgspec.json.encode({"id": export_id}).decode(), delay=delay)


def save(job: Job) -> None:
    """Store the job. Raises StaleVersion where it changed meanwhile, Busy."""
    transaction = Transaction()
    store.put(job, transaction)
    transaction.commit()


def _township(now: datetime) -> Township:
    found, _ = areas.listing(now=now)
    return Township(code=found.township, villages=tuple(village.code for village in found.villages))


def _terms(numbers: Numbers, now: datetime) -> Terms:
    return Terms(
        longest=numbers.count("export_days"),
        writing=numbers.hours("export_hours"),
        kept_days=min(terms.kept(FILE_TERM, now=now).days, LONGEST_KEPT),
        remembered=terms.kept(RECORD_TERM, now=now),
    )


def _told(job: Job) -> dict[str, object]:
    """What the log says of it: which reports, and whether with people in the clear."""
    return {
        "first": job.first,
        "last": job.last,
        "villages": list(job.villages),
        "kind": job.kind,
        "status": job.status,
        "ground": job.ground,
        "content": job.content,
    }
