"""Index `due` of table `reports`: everything that is yet to fall due, of any part of a report, in shards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pynamodb.attributes import UTCDateTimeAttribute

from chalicelib.store.reports.reports import DueIndex, ReportItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Part `part` of a report falls due at `at` (UTC): its head, or what else has a time of its own."""

    id: str
    part: str
    at: datetime


def fallen(shard: int, now: datetime) -> Iterator[Due]:
    """What of a shard has fallen due, oldest first, page by page: one query a megabyte of keys."""
    found = ReportItem.due.query(shard, DueIndex.next_at <= now)
    return (Due(id=item.id, part=item.part, at=item.next_at) for item in found)


def open_ids(shard: int, after: Due | None, *, limit: int) -> tuple[list[Due], bool]:
    """A page of the shard's reports that anything is yet to fall due of, and whether there is more."""
    found = ReportItem.due.query(shard, limit=limit, last_evaluated_key=_key(shard, after) if after else None)
    page = [Due(id=item.id, part=item.part, at=item.next_at) for item in found]
    return page, found.last_evaluated_key is not None


def _key(shard: int, last: Due) -> dict[str, dict[str, str]]:
    at = UTCDateTimeAttribute().serialize(last.at)
    return {"due_shard": {"N": str(shard)}, "next_at": {"S": at}, "id": {"S": last.id}, "part": {"S": last.part}}
