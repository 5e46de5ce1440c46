"""Calls about blind re-checks: who may make them, and one of each operation that succeeds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.rechecks.tasks import Task, TaskState
from chalicelib.domain.reports.model import Status
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import COURIER, COURIER2, VILLAGE

type Call = Callable[[Client, Actor | None, str], Answer]

NOW = datetime.now(UTC)
CLOSED: dict[str, Any] = {
    "status": Status.CLOSED,
    "holder": None,
    "due_at": None,
    "ended_at": NOW,
    "origin": Post(Role.VILLAGE, VILLAGE),
    "resolved_by": "village",
}


def offered(report_id: str, *, to: Actor | None = None) -> None:
    """The second courier's round leads there, and the closing is to be looked at once more, by him where it says so."""
    from chalicelib.store.base import Transaction
    from chalicelib.store.people import people
    from chalicelib.store.reports import rechecks, reports

    people.put(replace(people.get(COURIER2.id), villages=(VILLAGE,)))
    people.put(replace(people.get(COURIER.id), villages=(VILLAGE,)))
    report, until, transaction = reports.get(report_id), NOW + timedelta(days=3), Transaction()
    task = Task(
        report_id=report_id,
        number=report.version,
        closed_at=report.ended_at or NOW,
        kind="0201",
        place=report.place,
        until=until,
        due_at=until,
        barred=(COURIER.id,),
    )
    mine = replace(task, state=TaskState.ACCEPTED, courier=to.id) if to else task
    rechecks.put(mine, over=rechecks.find(report_id), transaction=transaction)
    transaction.commit()


def listed(api: Client, by: Actor | None, id: str) -> Answer:
    offered(id)
    return api.get("/rechecks", by=by)


def looked_at(api: Client, by: Actor | None, id: str) -> Answer:
    offered(id, to=COURIER2)
    return api.get(f"/rechecks/{id}", by=by)


def accepted(api: Client, by: Actor | None, id: str) -> Answer:
    from chalicelib.store.quotas import QuotaItem

    for item in QuotaItem.query(COURIER2.id):
        item.delete()
    offered(id)
    return api.post(f"/rechecks/{id}/acceptance", {}, by=by)


def answered(api: Client, by: Actor | None, id: str) -> Answer:
    offered(id, to=COURIER2)
    return api.post(f"/rechecks/{id}/answer", {"answer": "solved", "photos": ["image/jpeg"]}, by=by)


SITUATIONS: dict[str, tuple[Call, dict[str, Any] | None]] = {
    "GET /rechecks": (listed, CLOSED),
    "GET /rechecks/{report_id}": (looked_at, CLOSED),
    "POST /rechecks/{report_id}/acceptance": (accepted, CLOSED),
    "POST /rechecks/{report_id}/answer": (answered, CLOSED),
}


def closed(id: str) -> str:
    """Another report like this one, which is closed."""
    from chalicelib.store.base import Transaction
    from chalicelib.store.reports import reports

    made = replace(reports.get(id), id=str(uuid4()), counted=False, version=1, **CLOSED)
    transaction = Transaction()
    reports.put(made, transaction=transaction)
    transaction.commit()
    return made.id


CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "list_rechecks": lambda api, id: listed(api, COURIER2, closed(id)),
    "get_recheck": lambda api, id: looked_at(api, COURIER2, closed(id)),
    "accept_recheck": lambda api, id: accepted(api, COURIER2, closed(id)),
    "answer_recheck": lambda api, id: answered(api, COURIER2, closed(id)),
}
