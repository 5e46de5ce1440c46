"""The exports queue: a file is written, as far as the function's time goes."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from chalice.app import SQSEvent, SQSRecord
from msgspec import Struct

from chalicelib.services.documents import files as monthly_files
from chalicelib.services.exports import writing as export_writing
from chalicelib.services.points import statements
from chalicelib.services.volunteering import files as hours_files
from chalicelib.workers.batch import Failures, each

# A batch of rows and a part take seconds; the rest is for a slow store.
RESERVE_MS = 60_000


class StatementOf(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose points, of which month."""

    courier_id: str
    month: str


class HoursOf(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose hours, of which period."""

    courier_id: str
    period: str


class Job(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which file: an export's, a monthly report's, or that of a statement of points or hours."""

    id: str = ""
    monthly: str = ""
    statement: StatementOf | None = None
    hours: HoursOf | None = None

    def __post_init__(self) -> None:
        if sum(map(bool, (self.id, self.monthly, self.statement, self.hours))) != 1:
            raise ValueError("one of them")


def write(batch: SQSEvent) -> Failures:
    """Write at every file the batch tells of: one, as the queue is set up."""
    lambda_call: Any = batch.context  # Chalice says it is a dict; Lambda hands over its own object

    def time_left() -> bool:
        return bool(lambda_call.get_remaining_time_in_millis() > RESERVE_MS)

    def handle(record: SQSRecord) -> None:
        job = msgspec.json.decode(record.body, type=Job)
        if job.monthly:
            monthly_files.write(job.monthly, now=_now())
            return
        if job.statement:
            statements.write(job.statement.courier_id, job.statement.month, now=_now())
            return
        if job.hours:
            hours_files.write(job.hours.courier_id, job.hours.period, now=_now())
            return
        export_writing.write(job.id, holder=lambda_call.aws_request_id, clock=_now, may_go_on=time_left)

    return each(batch, handle, name=lambda record: record.to_dict()["messageId"])


def _now() -> datetime:
    return datetime.now(UTC)
