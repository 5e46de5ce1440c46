"""The workbook of a monthly report: written by the worker of files, fetched by a short-lived link. It is never erased.

What a crash leaves behind: a report without its file, which whoever asks for it sends for again; or a file that is not
noted, which is written once more, the same.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from chalicelib.domain.documents import monthly as rules
from chalicelib.domain.documents.monthly import Monthly
from chalicelib.domain.documents.sheets import sheets
from chalicelib.domain.errors import Conflict
from chalicelib.domain.queues import Queue
from chalicelib.gateways import files, lean_queues, multiparts, workbooks
from chalicelib.services.documents.counting import COLUMNS
from chalicelib.services.exports.labels import both
from chalicelib.services.reference import rulebook
from chalicelib.store.documents import documents as store
from chalicelib.store.documents.documents import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """Where the file is to be had, under which name, until when."""

    url: str
    filename: str
    expires_at: datetime


def send_for(id: str) -> None:
    """Send the worker for a report's file. Raises Busy."""
    lean_queues.send(Queue.EXPORTS, msgspec.json.encode({"monthly": id}).decode())


def write(id: str, *, now: datetime) -> None:
    """Write the report's file, if it is not there: the worker. What names no report is passed over."""
    township, month = rules.split(id)
    report = store.monthly(township, month)
    if report is None or store.is_filed(Kind.MONTHLY, township, month):
        return
    multiparts.keep(key(report), workbooks.written(sheets(report, COLUMNS, both())), workbooks.CONTENT_TYPE)
    store.filed(Kind.MONTHLY, township, month, at=now)


def fetch(report: Monthly, *, now: datetime) -> Fetch:
    """A short-lived address of the file. Raises Conflict (`file_not_there`) before it is written, and sends for it."""
    if not store.is_filed(Kind.MONTHLY, report.township, report.month):
        send_for(report.id)
        raise Conflict("file_not_there", document=report.id)
    life = rulebook.in_force(now=now).numbers.minutes("export_link_minutes")
    filename = f"{both()['monthly.title'][0]}_{report.month}.xlsx"
    plain = f"fenjian-monthly-{report.month}.xlsx"
    url = files.download(key(report), content_type=workbooks.CONTENT_TYPE, filename=filename, plain=plain, life=life)
    return Fetch(url=url, filename=filename, expires_at=now + life)


def key(report: Monthly) -> str:
    """Where its file lies: under a beginning of keys that no rule of the bucket erases."""
    return f"kept/monthly/{report.id}.xlsx"
