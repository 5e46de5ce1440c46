"""Calls about monthly and weekly reports and the auditor's views: rows of the matrix, and one of each operation."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_month
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import AUDITOR, CENTRE, COURIER, TOWNSHIP

type Call = Callable[[Client, Actor | None, str], Answer]

MONTH, WEEK = "2025-06", "2025-W26"
MONTHLY = f"{TOWNSHIP}-{MONTH}"
DAYS = {"from": "2026-11-01", "to": "2026-11-30"}


def look(path: str, **query: str) -> Call:
    """GET it."""
    return lambda api, by, _: api.send("GET", path, by=by, query=query)


def with_month(call: Call) -> Call:
    """The same, of a report that was made."""

    def made(api: Client, by: Actor | None, id: str) -> Answer:
        make_month()
        return call(api, by, id)

    return made


def make_month() -> None:
    """A monthly report with its file."""
    from chalicelib.services.documents import monthly
    from chalicelib.store.documents import documents
    from chalicelib.store.documents.documents import Kind

    now = datetime.now(UTC)
    monthly.make(MONTH, key=None, by=CENTRE, now=now)
    documents.filed(Kind.MONTHLY, TOWNSHIP, MONTH, at=now)


def with_week(call: Call) -> Call:
    """The same, of a week that was told of."""

    def made(api: Client, by: Actor | None, id: str) -> Answer:
        make_week()
        return call(api, by, id)

    return made


def make_week() -> None:
    """A weekly summary, once."""
    from chalicelib.domain.documents.weekly import Company, Weekly
    from chalicelib.store.base import Transaction
    from chalicelib.store.documents import documents
    from chalicelib.store.documents.documents import Kind

    if documents.weekly(TOWNSHIP, WEEK):
        return
    first, last = date(2025, 6, 23).isoformat(), date(2025, 6, 29).isoformat()
    companies = tuple(Company(name=name, couriers=3, filed=9, verified=8, solved=7) for name in ("圆通", ""))
    summary = Weekly(township=TOWNSHIP, week=WEEK, first=first, last=last, as_of=datetime.now(UTC), companies=companies)
    transaction = Transaction()
    documents.add(Kind.WEEKLY, WEEK, summary, transaction)
    transaction.commit()


def statement_file(api: Client) -> Answer:
    """The file of a statement that was asked for, and is noted as written."""
    from chalicelib.store.points import statements

    api.post("/points/statements/2026-02/file", {}, by=COURIER)
    if (file := statements.get(COURIER.id, "2026-02")) and not file.ready_at:
        statements.written(file, at=datetime.now(UTC))
    return api.get("/points/statements/2026-02/file", by=COURIER)


def post(path: str, **body: Any) -> Call:
    """POST it."""
    return lambda api, by, _: api.post(path, body, by=by)


# The rows of the matrix that are about these, in its order.
SITUATIONS: dict[str, tuple[Call, None]] = {
    "GET /audit/history": (look("/audit/history", day="2026-11-23"), None),
    "GET /audit/ledger": (look("/audit/ledger", **DAYS), None),
    "GET /audit/ledger/{courier_id}": (look(f"/audit/ledger/{COURIER.id}"), None),
    "GET /audit/exports": (look("/audit/exports"), None),
    "POST /monthly-reports": (post("/monthly-reports", month=MONTH), None),
    "GET /monthly-reports": (look("/monthly-reports"), None),
    "GET /monthly-reports/{report_id}": (with_month(look(f"/monthly-reports/{MONTHLY}")), None),
    "GET /monthly-reports/{report_id} its file": (with_month(look(f"/monthly-reports/{MONTHLY}", file="true")), None),
    "GET /monthly-reports/{report_id}/corrections": (
        with_month(look(f"/monthly-reports/{MONTHLY}/corrections")),
        None,
    ),
    "GET /weekly-reports": (look("/weekly-reports"), None),
    "GET /weekly-reports/{week}": (with_week(look(f"/weekly-reports/{WEEK}")), None),
    "GET /points/statements/{month}": (look("/points/statements/2026-01"), None),
    "POST /points/statements/{month}/file": (post("/points/statements/2026-01/file"), None),
    "GET /points/statements/{month}/file of one's own": (look("/points/statements/2025-01/file"), None),
}

# One call of every operation that succeeds.
CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "audit_history": lambda api, id: api.get("/audit/history", by=AUDITOR, report=id, limit=3),
    "audit_ledger": lambda api, _: api.send("GET", "/audit/ledger", by=AUDITOR, query=DAYS),
    "audit_courier_ledger": lambda api, _: api.get(f"/audit/ledger/{COURIER.id}", by=AUDITOR),
    "audit_exports": lambda api, _: api.get("/audit/exports", by=AUDITOR, limit=2),
    "make_monthly_report": lambda api, _: api.post(
        "/monthly-reports", {"month": MONTH}, by=CENTRE, idempotency_key=str(uuid4())
    ),
    "list_monthly_reports": lambda api, _: api.get("/monthly-reports", by=CENTRE, limit=1),
    "get_monthly_report": lambda api, id: with_month(look(f"/monthly-reports/{MONTHLY}", file="true"))(api, CENTRE, id),
    "get_monthly_corrections": lambda api, id: SITUATIONS["GET /monthly-reports/{report_id}/corrections"][0](
        api, CENTRE, id
    ),
    "list_weekly_reports": lambda api, _: api.get("/weekly-reports", by=CENTRE),
    "get_weekly_report": lambda api, id: SITUATIONS["GET /weekly-reports/{week}"][0](api, CENTRE, id),
    "get_statement": lambda api, _: api.get(f"/points/statements/{local_month(datetime.now(UTC))}", by=COURIER),
    "ask_statement_file": lambda api, _: api.post("/points/statements/2026-01/file", {}, by=COURIER),
    "get_statement_file": lambda api, _: statement_file(api),
}
