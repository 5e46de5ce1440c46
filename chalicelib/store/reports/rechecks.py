"""Blind re-checks: part `recheck` of table `reports`, one a report; and `false#<number>`, each closing found false.

| access                          | by                                                                |
|---------------------------------|-------------------------------------------------------------------|
| a report's task                 | id, `recheck`                                                     |
| open ones of a village, by time | `by_holder`: `recheck:<village>`, due_key (see `listings`)        |
| those a courier has accepted    | `by_holder`: `rechecker:<courier>`, due_key                       |
| what is due (see `due`)         | index `due`                                                       |
| a body's false closings         | `by_holder`: `false_closing:<post>`, due_key: the instant, counted |
"""

from datetime import UTC, datetime

import msgspec

from chalicelib.domain.errors import AlreadyDone, NotFound, StaleVersion
from chalicelib.domain.rechecks.tasks import Task, TaskState
from chalicelib.domain.reports.model import Report
from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import HEAD, ByHolder, ReportItem, due_shard

RECHECK, FALSE = "recheck", "false#"

_decode = msgspec.json.Decoder(Task).decode


def find(report_id: str) -> Task | None:
    """The report's task as it stands now, if there was one."""
    try:
        return _decode(ReportItem.get(report_id, RECHECK, consistent_read=True).body)
    except ReportItem.DoesNotExist:
        return None


def get(report_id: str) -> Task:
    """Raises NotFound (`no_such_recheck`)."""
    if task := find(report_id):
        return task
    raise NotFound("no_such_recheck")


def put(task: Task, *, over: Task | None, transaction: Transaction) -> None:
    """Store the task over what was read. The transaction raises AlreadyDone where that has changed since."""
    unchanged = ReportItem.body == _encoded(over) if over else ReportItem.id.does_not_exist()
    transaction.put(_item(task), unchanged, AlreadyDone("recheck_moved_on"))


def require_unmoved(report: Report, transaction: Transaction) -> None:
    """Make the transaction depend on the report as it was read. Raises StaleVersion."""
    same = ReportItem.version == report.version
    refusal = StaleVersion("changed_meanwhile")
    transaction.check(ReportItem, report.id, HEAD, condition=same, refusal=refusal)


def holders(person_id: str, villages: tuple[str, ...]) -> list[str]:
    """Under which holders a courier's own tasks lie, and those open to him."""
    return [_of_courier(person_id), *(_of_village(village) for village in villages)]


def note_false(report_id: str, number: int, resolver: str, at: datetime) -> None:
    """Remember that a closing by this post was false: line `number` says so. Told twice it is noted once."""
    ReportItem(
        id=report_id,
        part=f"{FALSE}{number:06}",
        body=msgspec.json.encode({"resolver": resolver, "at": at}).decode(),
        holder=_of_false(resolver),
        due_key=_instant(at),
    ).save()


def count_false(resolver: str, *, since: datetime, until: datetime) -> int:
    """How many closings by this post turned out to be false from `since` until before `until`: one query."""
    span = ByHolder.due_key.between(_instant(since), _instant(until))
    return ReportItem.by_holder.count(_of_false(resolver), span)


def _of_courier(person_id: str) -> str:
    return f"rechecker:{person_id}"


def _of_village(village: str) -> str:
    return f"recheck:{village}"


def _of_false(resolver: str) -> str:
    return f"false_closing:{resolver}"


def _holder(task: Task) -> str | None:
    if task.state is TaskState.ACCEPTED and task.courier:
        return _of_courier(task.courier)
    return _of_village(task.place.village or "") if task.state is TaskState.OPEN else None


def _item(task: Task) -> ReportItem:
    holder = _holder(task)
    return ReportItem(
        id=task.report_id,
        part=RECHECK,
        body=_encoded(task),
        holder=holder,
        due_key=task.due_at.isoformat() if task.due_at and holder else None,
        due_shard=due_shard(task.report_id) if task.due_at else None,
        next_at=task.due_at,
    )


def _encoded(task: Task) -> str:
    return msgspec.json.encode(task).decode()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
