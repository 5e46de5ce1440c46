"""Use cases on monthly statements: read one's own, and have it as a workbook that can be printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.points import statements as rules
from chalicelib.domain.points import transfers
from chalicelib.domain.points.sheets import sheets
from chalicelib.domain.points.statements import Statement
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.queues import Queue
from chalicelib.gateways import files, lean_queues, multiparts, workbooks
from chalicelib.services.exports.labels import both
from chalicelib.services.reference import rulebook
from chalicelib.store import quotas
from chalicelib.store.base import Transaction
from chalicelib.store.points import ledger
from chalicelib.store.points import statements as store
from chalicelib.store.points.statements import File

PAGE = 1000  # entries, about a megabyte
PATIENCE = timedelta(minutes=15)  # as long as its worker may take
KEPT = timedelta(days=1)  # as the bucket keeps what begins with `exports/1/`


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """Where the file is to be had, under which name, until when."""

    url: str
    filename: str
    expires_at: datetime


def statement(courier_id: str, month: str, *, now: datetime) -> Statement:
    """A courier's local month, also the running one: a query for each page of his entries up to its end.

    Raises Invalid (`no_such_month`).
    """
    _, end = rules.span(month, now)
    return rules.stated(courier_id, month, _until(courier_id, end), now=now)


def ask(file_id: str, courier_id: str, month: str, *, now: datetime) -> File:
    """Have the statement written as a file: one transaction and a message to the worker. While one is being written
    it is that one, for some minutes: then it is taken for lost, and another is begun.

    Raises Invalid (`no_such_month`), TooManyRequests (`exports_per_day`), Busy.
    """
    rules.span(month, now)
    file = store.get(courier_id, month)
    if file and not file.ready_at and now < file.asked_at + PATIENCE:
        return file
    file = File(id=file_id, courier_id=courier_id, month=month, asked_at=now)
    cap = rulebook.in_force(now=now).numbers.count("exports_per_day")
    transaction = Transaction()
    store.put(file, transaction)
    quotas.take_export(courier_id, cap=cap, now=now, transaction=transaction)
    transaction.commit()
    message = {"statement": {"courier_id": courier_id, "month": month}}
    lean_queues.send(Queue.EXPORTS, msgspec.json.encode(message).decode())
    return file


def write(courier_id: str, month: str, *, now: datetime) -> None:
    """Write the file that was asked for last, if it is not there: the worker. Twice makes the same."""
    file = store.get(courier_id, month)
    if file is None or file.ready_at:
        return
    pages = sheets(statement(courier_id, month, now=now), both())
    multiparts.keep(_key(file), workbooks.written(pages), workbooks.CONTENT_TYPE)
    store.written(file, at=now)


def fetch(courier_id: str, month: str, *, now: datetime) -> Fetch:
    """A short-lived address of the file. Raises NotFound (`no_statement_file`) where none was asked for or it is
    erased, Conflict (`file_not_there`) before it is written."""
    file = store.get(courier_id, month)
    if file is None or (file.ready_at and now >= file.ready_at + KEPT):
        raise NotFound("no_statement_file", month=month)
    if file.ready_at is None:
        raise Conflict("file_not_there", document=month)
    life = rulebook.in_force(now=now).numbers.minutes("export_link_minutes")
    filename, plain = f"{both()['statement.title'][0]}_{month}.xlsx", f"fenjian-points-{month}.xlsx"
    url = files.download(_key(file), content_type=workbooks.CONTENT_TYPE, filename=filename, plain=plain, life=life)
    return Fetch(url=url, filename=filename, expires_at=now + life)


def _until(courier_id: str, end: datetime) -> Iterator[Transfer]:
    account, before = transfers.account(courier_id), None
    while True:
        found = ledger.timeline(account, start=None, end=end, before=before, limit=PAGE)
        yield from (entry for _, entry in found)
        if len(found) < PAGE:
            return
        before = found[-1][0]


def _key(file: File) -> str:
    return f"exports/{KEPT.days}/statements/{file.courier_id}/{file.month}/{file.id}.xlsx"
