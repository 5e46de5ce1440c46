"""The worker's use case: write a file in parts, as far as time allows, and go on where the last one stopped.

What a crash leaves behind, call by call:

- after opening an upload: one more that nobody completes; the bucket forgets it after two days;
- after sending a part, before the job says so: the same part is sent again, over it;
- after completing, before the job says so: completing again finds it done;
- a store that is too busy: another worker goes on in a minute;
- a job that was withdrawn: its worker notices when it stores the next part, and erases; one that died, when its message
  comes back;
- after letting go of the job, before sending for the next: the message that was being handled comes back.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.exports import covers, jobs, rows
from chalicelib.domain.exports.covers import Cover, Shown
from chalicelib.domain.exports.jobs import Job
from chalicelib.domain.exports.rows import NOBODY, Entry, Person, Words
from chalicelib.domain.exports.terms import Content, ExportState
from chalicelib.domain.reference.calendar import instants, months
from chalicelib.domain.reference.departments import Departments
from chalicelib.domain.reference.taxonomy import Taxonomy
from chalicelib.domain.reports.model import Report
from chalicelib.gateways import multiparts
from chalicelib.services.exports import ledger
from chalicelib.services.exports.exports import CONTENT_TYPE, RETENTION, save, send_for
from chalicelib.services.exports.labels import labels
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.exports import exports as store
from chalicelib.store.exports import extracts
from chalicelib.store.exports.extracts import Extract, Place
from chalicelib.store.people import people
from chalicelib.store.reference import reference
from chalicelib.store.reports import reports

BATCH = 100  # texts and people are read so many at a time
AT_ONCE = timedelta()
SOON = timedelta(minutes=1)  # what is too busy now

type Clock = Callable[[], datetime]
type Covered = tuple[Report, Cover]


@dataclass(slots=True)
class Part:
    """What is to be sent next: bytes, how many rows they hold, and which was the last."""

    cursor: Place | None
    data: bytearray = field(default_factory=bytearray)
    rows: int = 0

    def add(self, more: "Part") -> None:
        """What follows upon it."""
        self.data += more.data
        self.rows += more.rows
        self.cursor = more.cursor


def write(export_id: str, *, holder: str, clock: Clock, may_go_on: Callable[[], bool]) -> None:
    """Write at a file until it is whole or `may_go_on` says no, then send for the next worker; erase a withdrawn one.

    `holder` names this worker. Raises Busy (`export_held`) while another is at it, StaleVersion if one took it over.
    """
    job = store.get(export_id)
    try:
        if job.is_over:
            _erase_withdrawn(job)
        elif clock() >= job.give_up_at:
            _give_up(job, clock())
        else:
            _go_on(job, holder, clock, may_go_on)
    except StaleVersion:
        if not _erase_withdrawn(store.get(export_id)):
            raise


def _erase_withdrawn(job: Job) -> bool:
    """Let go of a withdrawn job's parts and erase its file, whichever there is; whether it was withdrawn."""
    if job.state is not ExportState.WITHDRAWN:
        return False
    if job.upload.id:
        multiparts.abandon(job.key, job.upload.id)
    for key in job.keys:
        multiparts.erase(key)
    return True


def _go_on(job: Job, holder: str, clock: Clock, may_go_on: Callable[[], bool]) -> None:
    job, delay = _tried(_saved(jobs.taken(job, holder, clock())), clock, may_go_on)
    if not job.is_over:
        _saved(jobs.released(job, clock()))
        send_for(job.id, delay=delay)


def _tried(job: Job, clock: Clock, may_go_on: Callable[[], bool]) -> tuple[Job, timedelta]:
    """The job as far as this worker brought it, and how long the next one had better wait."""
    try:
        reached = _whole(_begun(job), _words(clock()), may_go_on)
        return (_completed(reached, clock()) if reached.upload.whole else reached), AT_ONCE
    except multiparts.Lost:
        return _restarted(_own(job)), AT_ONCE
    except Busy:
        return _own(job), SOON


def _give_up(job: Job, now: datetime) -> None:
    if job.upload.id:
        multiparts.abandon(job.key, job.upload.id)
    _saved(jobs.failed(job, now))


def _own(job: Job) -> Job:
    """The job as it is stored now. Raises StaleVersion if another worker has taken it over."""
    stored = store.get(job.id)
    if stored.held_by != job.held_by:
        raise StaleVersion("changed_meanwhile")
    return stored


def _restarted(job: Job) -> Job:
    multiparts.abandon(job.key, job.upload.id or "")
    return _saved(jobs.afresh(job))


def _begun(job: Job) -> Job:
    if job.upload.id:
        return job
    upload_id = multiparts.begin(job.key, content_type=CONTENT_TYPE)
    try:
        return _saved(jobs.begun(job, upload_id))
    except StaleVersion:
        multiparts.abandon(job.key, upload_id)  # nobody else knows of it
        raise


def _whole(job: Job, words: Words, may_go_on: Callable[[], bool]) -> Job:
    """The job with every row in its parts; with fewer, if time ran out: what is not in a part yet is read again."""
    if job.upload.whole:
        return job
    part = Part(cursor=job.upload.cursor)
    if not job.upload.etags:
        part.data += ledger.opening(words) if job.content is Content.LEDGER else rows.opening(words)
    for more in _batches(job, words):
        if not may_go_on():
            return job
        part.add(more)
        if len(part.data) >= multiparts.SMALLEST:
            job = _sent(job, part)
            part = Part(cursor=part.cursor)
    part.data += rows.closing(job, job.upload.rows + part.rows, words)
    return _sent(job, part, whole=True)


def _reports(job: Job) -> Iterator[tuple[Place, Report]]:
    start, end = instants(job.first, job.last)
    wanted = Extract(
        villages=job.villages,
        months=months(job.first, job.last),
        start=start,
        end=end,
        kind=job.kind,
        status=job.status,
    )
    return extracts.oldest_first(wanted, job.upload.cursor)


def _batches(job: Job, words: Words) -> Iterator[Part]:
    """Rows, some at a time, lazily."""
    if job.content is Content.LEDGER:
        for batch in batched(ledger.entries(job), BATCH, strict=False):
            data = b"".join(ledger.rows(job, [entry for _, entry in batch], words))
            yield Part(cursor=batch[-1][0], data=bytearray(data), rows=len(batch))
    else:
        for found in batched(_reports(job), BATCH, strict=False):
            yield _rows(job, found, words)


def _rows(job: Job, batch: tuple[tuple[Place, Report], ...], words: Words) -> Part:
    """The rows of those reports that the job may show."""
    covered = [
        (report, cover)
        for _, report in batch
        if job.status in (None, report.status) and (cover := covers.cover(job, report))
    ]
    data = b"".join(rows.row(entry, words) for entry in _entries(covered))
    return Part(cursor=batch[-1][0], data=bytearray(data), rows=len(covered))


def _entries(covered: list[Covered]) -> Iterator[Entry]:
    """With their texts and those who reported, of whom nothing is read that is not shown."""
    texts = reports.texts([report.id for report, cover in covered if cover.text is not Shown.HIDDEN])
    shown = {report.reporter_id for report, cover in covered if cover.reporter is not Shown.HIDDEN}
    reporters = {one.id: Person(name=one.name, phone=one.phone) for one in people.several(shown)}
    for report, cover in covered:
        reporter = reporters.get(report.reporter_id, NOBODY)
        yield Entry(report=report, text=texts.get(report.id, ""), reporter=reporter, cover=cover)


def _sent(job: Job, part: Part, *, whole: bool = False) -> Job:
    upload = job.upload
    number = len(upload.etags) + 1
    etag = multiparts.send(job.key, upload.id or "", number=number, data=bytes(part.data))
    size = len(part.data)
    return _saved(jobs.advanced(job, etag, size=size, rows=part.rows, cursor=part.cursor, whole=whole))


def _completed(job: Job, now: datetime) -> Job:
    upload = job.upload
    multiparts.complete(job.key, upload.id or "", upload.etags, size=upload.size)
    return _saved(jobs.finished(job, now))


def _saved(job: Job) -> Job:
    save(job)
    return job


def _words(now: datetime) -> Words:
    reference.current(*rulebook.READERS, areas.NAME, RETENTION, now=now)  # all that is needed, in one read
    rules = rulebook.in_force(now=now)
    found, _ = areas.listing(now=now)
    return Words(
        labels=labels(),
        kinds=_kinds(rules.taxonomy),
        areas={area.code: area.name for area in (*found.villages, *found.grids)} | {found.township: found.name},
        departments=_departments(rules.departments),
    )


def _kinds(taxonomy: Taxonomy) -> dict[str, str]:
    return {code: kind.zh for code, kind in taxonomy.kinds.items()}


def _departments(departments: Departments) -> dict[str, str]:
    return {code: department.zh for code, department in departments.by_code.items()}
