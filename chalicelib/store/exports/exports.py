"""Table `exports`: the jobs that write files, each one document beside its keys; kept as long as the access log.

| access                              | by                                             |
|-------------------------------------|------------------------------------------------|
| one job, consistent                 | id                                             |
| somebody's, newest first            | `by_requester`: requester_id, id, then batch   |
| a township's, newest first (auditor)| `by_township`: township, id, then batch        |

Ids sort by time (UUID 7). Indexes hold keys only: a job is rewritten after each part of its file.
"""

from dataclasses import dataclass

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.config import settings
from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.exports.jobs import Job
from chalicelib.store.base import Table, Transaction


class ByRequester(GlobalSecondaryIndex["JobItem"]):
    """Who asked."""

    class Meta:
        index_name = "by_requester"
        projection = KeysOnlyProjection()

    requester_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class ByTownship(GlobalSecondaryIndex["JobItem"]):
    """Whose data."""

    class Meta:
        index_name = "by_township"
        projection = KeysOnlyProjection()

    township = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class JobItem(Table):
    """A job (`body`, JSON) with its version."""

    class Meta:
        table_name = settings().table("exports")

    id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    body = UnicodeAttribute()
    requester_id = UnicodeAttribute()
    township = UnicodeAttribute()
    expires_at = NumberAttribute()
    by_requester = ByRequester()
    by_township = ByTownship()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some jobs, newest first, and the cursor of the next ones; None at the end."""

    jobs: list[Job]
    cursor: str | None


def get(export_id: str) -> Job:
    """The job as it is now. Raises NotFound."""
    try:
        return _job(JobItem.get(export_id, consistent_read=True))
    except JobItem.DoesNotExist as error:
        raise NotFound("no_such_export", export=export_id) from error


def put(job: Job, transaction: Transaction) -> None:
    """Store the job over the version it came from; the transaction raises StaleVersion if that is past."""
    transaction.put(_item(job), _fresh(job), StaleVersion("changed_meanwhile"))


def of(requester_id: str, *, limit: int, cursor: str | None) -> Page:
    """What somebody asked for: a query and a batch."""
    before = ByRequester.id < cursor if cursor else None
    found = JobItem.by_requester.query(requester_id, before, limit=limit + 1, scan_index_forward=False)
    return _page([item.id for item in found], limit)


def within(township: str, *, limit: int, cursor: str | None) -> Page:
    """What anybody asked for of a township's: a query and a batch."""
    before = ByTownship.id < cursor if cursor else None
    found = JobItem.by_township.query(township, before, limit=limit + 1, scan_index_forward=False)
    return _page([item.id for item in found], limit)


def _page(ids: list[str], limit: int) -> Page:
    shown = ids[:limit]
    jobs = [_job(item) for item in JobItem.batch_get(shown)] if shown else []
    return Page(jobs=sorted(jobs, key=lambda job: job.id, reverse=True), cursor=shown[-1] if len(ids) > limit else None)


def _fresh(job: Job) -> Condition:
    condition: Condition = JobItem.id.does_not_exist() if job.version == 1 else JobItem.version == job.version - 1
    return condition


def _item(job: Job) -> JobItem:
    return JobItem(
        id=job.id,
        version=job.version,
        body=msgspec.json.encode(job).decode(),
        requester_id=job.requester_id,
        township=job.township,
        expires_at=int(job.forget_at.timestamp()),
    )


def _job(item: JobItem) -> Job:
    return msgspec.json.decode(item.body, type=Job)
