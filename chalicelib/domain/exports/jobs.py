"""The job of writing one file: what was asked, how far it is, and who writes at it.

A file goes to S3 in parts, and the job is stored after each: how many rows are in the parts, and behind which report to
go on. A part ends where a row ends, so what a dying worker had not yet sent is read again, and nothing is written
twice. Every change counts up `version`, and is stored only over the version it came from: of two workers one stops.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.errors import Busy
from chalicelib.domain.exports.terms import LONGEST_KEPT, Content, ExportState
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports.model import Status

# Longer than the worker may run (15 minutes): whoever still holds a job after that is dead.
LEASE = timedelta(minutes=16)
# A message that was never sent, or got lost, is noticed by who asks for the status.
OVERDUE = timedelta(minutes=2)


# Of the last report that is in the parts: created_at as stored, and id; of the last entry its moment, and nothing.
type Cursor = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """An upload in parts: `etags` of those that are in, which hold `rows` reports and `size` bytes.

    `whole`: every row is in, the last line too. `attempt` counts uploads, since one may get lost.
    """

    attempt: int = 1
    id: str | None = None
    etags: tuple[str, ...] = ()
    cursor: Cursor | None = None
    rows: int = 0
    size: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What `requester_id` asked for as `posts`; `first` and `last` are local days. Times are UTC.
    What is not written by `give_up_at` has failed; the job itself is kept until `forget_at`, as evidence, and its file
    `kept_days` long: that stands in its key, since the bucket erases by the beginning of keys.

    `ground` is set where personal data is wanted in the clear. `held_by` writes at it until `held_until`, which
    stays as the instant when it was last let go, or sent for.
    """

    id: str
    township: str
    requester_id: str
    posts: tuple[Post, ...]
    first: str
    last: str
    villages: tuple[str, ...]
    kind: str | None
    status: Status | None
    purpose: str
    ground: str | None
    created_at: datetime
    give_up_at: datetime
    forget_at: datetime
    kept_days: int = LONGEST_KEPT
    state: ExportState = ExportState.WAITING
    upload: Upload = Upload()
    held_by: str | None = None
    held_until: datetime | None = None
    finished_at: datetime | None = None
    erase_at: datetime | None = None
    version: int = 1
    content: Content = Content.REPORTS

    @property
    def role(self) -> Role:
        """As whom it was asked for."""
        return self.posts[0].role

    @property
    def key(self) -> str:
        """Where its file lies. Another attempt lies elsewhere, so that no half of an older one is taken for it."""
        return self._key(self.upload.attempt)

    @property
    def keys(self) -> tuple[str, ...]:
        """Where it may lie, by any attempt so far."""
        return tuple(self._key(attempt + 1) for attempt in range(self.upload.attempt))

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be written."""
        return self.state not in (ExportState.WAITING, ExportState.RUNNING)

    def _key(self, attempt: int) -> str:
        return f"exports/{self.kept_days}/{self.id}/{attempt}.csv"


def filename(job: Job, title: str) -> str:
    """`上报导出_2026-11-01_2026-11-30_20261201-0900.csv`: what, of which days, and when it was asked for."""
    asked_at = f"{job.created_at.astimezone(ZONE):%Y%m%d-%H%M}"
    return f"{title}_{job.first}_{job.last}_{asked_at}.csv"


def state_at(job: Job, now: datetime) -> ExportState:
    """The state as of now: a file whose time is over counts as erased, a job that nobody finished as failed."""
    if job.state is ExportState.READY and job.erase_at and now >= job.erase_at:
        return ExportState.ERASED
    return ExportState.FAILED if not job.is_over and now >= job.give_up_at else job.state


def is_forgotten(job: Job, now: datetime) -> bool:
    """Whether nobody works at it, nor seems about to."""
    idle_since = job.held_until or job.created_at
    return not job.is_over and now < job.give_up_at and now > idle_since + OVERDUE


def taken(job: Job, holder: str, now: datetime) -> Job:
    """Held by this worker. Raises Busy (`export_held`) while another may still be at it."""
    if job.held_until and now < job.held_until and job.held_by != holder:
        raise Busy("export_held", export=job.id)
    return _next(job, state=ExportState.RUNNING, held_by=holder, held_until=now + LEASE)


def begun(job: Job, upload_id: str) -> Job:
    """Its upload is open."""
    return _next(job, upload=replace(job.upload, id=upload_id))


def advanced(job: Job, etag: str, *, size: int, rows: int, cursor: Cursor | None, whole: bool) -> Job:
    """One part more: of `size` bytes, with `rows` reports up to `cursor`."""
    had = job.upload
    more = replace(
        had, etags=(*had.etags, etag), cursor=cursor, rows=had.rows + rows, size=had.size + size, whole=whole
    )
    return _next(job, upload=more)


def afresh(job: Job) -> Job:
    """From the beginning: its upload is gone, or its parts are not those that were sent."""
    return _next(job, upload=Upload(attempt=job.upload.attempt + 1))


def released(job: Job, now: datetime) -> Job:
    """Free for the next worker, who is being sent for."""
    return _next(job, held_by=None, held_until=now)


def finished(job: Job, now: datetime) -> Job:
    """The file is there, until it has been kept as long as was said."""
    erase_at = now + timedelta(days=job.kept_days)
    return _next(job, state=ExportState.READY, held_by=None, held_until=now, finished_at=now, erase_at=erase_at)


def failed(job: Job, now: datetime) -> Job:
    """Given up."""
    return _next(job, state=ExportState.FAILED, held_by=None, held_until=now, finished_at=now)


def withdrawn(job: Job, now: datetime) -> Job:
    """Taken back: whoever writes at it cannot store another part, and what there is of its file is erased."""
    return _next(job, state=ExportState.WITHDRAWN, held_by=None, held_until=now, erase_at=now)


def _next(job: Job, **changes: Any) -> Job:
    return replace(job, version=job.version + 1, **changes)
