"""A courier's statement of hours as a workbook: asked for, written by the exports' worker, fetched by a short link.

It goes the way of a monthly statement of points, beside which it is noted (`store/points/statements`).
"""

from datetime import datetime

import msgspec

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.queues import Queue
from chalicelib.domain.volunteering import statements as rules
from chalicelib.domain.volunteering.sheets import sheets
from chalicelib.gateways import files, lean_queues, multiparts, workbooks
from chalicelib.services.exports.labels import both
from chalicelib.services.points.statements import KEPT, PATIENCE, Fetch
from chalicelib.services.reference import rulebook
from chalicelib.services.volunteering import hours
from chalicelib.store import quotas
from chalicelib.store.base import Transaction
from chalicelib.store.points import statements as store
from chalicelib.store.points.statements import File

NAME = "hours-"  # a month's statement of points begins with its year


def ask(file_id: str, courier_id: str, period: str, *, now: datetime) -> File:
    """Have the statement written as a file: a read, a transaction and a message to the worker. While one is being
    written it is that one, for some minutes.

    Raises Invalid (`no_such_hours_period`), TooManyRequests (`exports_per_day`), Busy.
    """
    rules.span(period)
    file = store.get(courier_id, f"{NAME}{period}")
    if file and not file.ready_at and now < file.asked_at + PATIENCE:
        return file
    file = File(id=file_id, courier_id=courier_id, month=f"{NAME}{period}", asked_at=now)
    cap = rulebook.in_force(now=now).numbers.count("exports_per_day")
    transaction = Transaction()
    store.put(file, transaction)
    quotas.take_export(courier_id, cap=cap, now=now, transaction=transaction)
    transaction.commit()
    message = {"hours": {"courier_id": courier_id, "period": period}}
    lean_queues.send(Queue.EXPORTS, msgspec.json.encode(message).decode())
    return file


def write(courier_id: str, period: str, *, now: datetime) -> None:
    """Write the file that was asked for last, if it is not there: the worker. Twice makes the same."""
    file = store.get(courier_id, f"{NAME}{period}")
    if file is None or file.ready_at:
        return
    pages = sheets(hours.statement(courier_id, period), courier_id, both())
    multiparts.keep(_key(file), workbooks.written(pages), workbooks.CONTENT_TYPE)
    store.written(file, at=now)


def fetch(courier_id: str, period: str, *, now: datetime) -> Fetch:
    """A short-lived address of the file. Raises NotFound (`no_statement_file`) where none was asked for or it is
    erased, Conflict (`file_not_there`) before it is written."""
    file = store.get(courier_id, f"{NAME}{period}")
    if file is None or (file.ready_at and now >= file.ready_at + KEPT):
        raise NotFound("no_statement_file", month=period)
    if file.ready_at is None:
        raise Conflict("file_not_there", document=period)
    life = rulebook.in_force(now=now).numbers.minutes("export_link_minutes")
    filename, plain = f"{both()['hours.file'][0]}_{period}.xlsx", f"fenjian-hours-{period}.xlsx"
    url = files.download(_key(file), content_type=workbooks.CONTENT_TYPE, filename=filename, plain=plain, life=life)
    return Fetch(url=url, filename=filename, expires_at=now + life)


def _key(file: File) -> str:
    return f"exports/{KEPT.days}/statements/{file.courier_id}/{file.month}/{file.id}.xlsx"
