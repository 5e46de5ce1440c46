"""Closings on a real store, what is heard of them, and the courier who looks again."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.events import Event
from chalicelib.domain.rechecks.tasks import Finding, TaskState
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Report
from chalicelib.services.rechecks import closings, rechecks
from chalicelib.services.reports import reports as use_cases
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.quotas import RECHECKS_WINDOW, QuotaItem
from chalicelib.store.reports import rechecks as store
from chalicelib.store.reports import reports
from tests.builders import COURIER2, GRID_MEMBER, NOW
from tests.rechecking import HOUR, resolved

A = Action
LONG_AGO = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


def save(held: Report) -> Report:
    """A report in the store."""
    made, transaction = replace(held, version=1), Transaction()
    reports.put(made, transaction=transaction)
    transaction.commit()
    return made


def act(action: Action, by: Any, now: datetime = NOW, **fields: Any) -> Event:
    """Somebody does it; the line that says so."""
    use_cases.act("r1", Command(action=action, **fields), version=None, key=None, by=by, now=now)
    return history.of("r1")[-1]


def closed(now: datetime = NOW) -> Event:
    """What the department resolved without a photo is confirmed; the line that says so."""
    save(replace(resolved(), after_photos=()))
    return act(A.CONFIRM, GRID_MEMBER, now)


def hear(*lines: Event, now: datetime = NOW + HOUR) -> None:
    """What the queue brings, in this order."""
    for line in lines:
        closings.follow(line, now=now)


def looked(finding: Finding, now: datetime = NOW + 2 * HOUR) -> Event:
    """The second courier goes there and answers."""
    rechecks.accept("r1", key=None, by=COURIER2, now=now - HOUR)
    rechecks.answer("r1", finding, [], key=None, by=COURIER2, now=now)
    return history.of("r1")[-1]


def state() -> TaskState | None:
    """Where the task stands, if there is one."""
    task = store.find("r1")
    return task.state if task else None


def accepted_by(person: str) -> int:
    """How many tasks count as accepted by him."""
    return sum(int(item.used) for item in QuotaItem.query(person, QuotaItem.window == RECHECKS_WINDOW))
