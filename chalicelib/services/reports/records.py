"""Lines that nobody's action writes: the system notes something in a report's history, by the report's own version."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.figures import bodies
from chalicelib.domain.reports.model import Action, Change, Report
from chalicelib.domain.reports.parties import Party
from chalicelib.services.reports import changes
from chalicelib.store.base import Transaction
from chalicelib.store.reports import reports

TRIES = 5

type Plan = Callable[[Report], dict[str, Any] | None]
type Details = dict[str, object] | Callable[[Report], dict[str, object]]


def note(
    report_id: str,
    action: Action,
    *,
    now: datetime,
    plan: Plan = lambda _: {},
    details: Details,
    actor_id: str = "",
    as_role: str = Party.TIMER,
    extra: Callable[[Transaction], None] = lambda _: None,
    internal: bool = True,
    text: str = "",
) -> Report | None:
    """Add a line; `plan` says what changes in the report as it stands, or None where there is nothing left to note.

    `details` may be worked out from the report as it stands, too.
    `extra` adds writes to the same transaction. Whoever else changes the report meanwhile, it is tried again on what
    he left. Raises NotFound, Busy, and what the extra writes refuse.
    """
    line = partial(Change, action=action, actor_id=actor_id, as_role=as_role, at=now, internal=internal, note=text)
    for _ in range(TRIES):
        before = reports.get(report_id)
        if (planned := plan(before)) is None:
            return None
        after = replace(before, version=before.version + 1, **planned)
        with suppress(StaleVersion):
            told = details(before) if callable(details) else details
            _store(line(report=after, before=before, details=told), extra)
            return after
    raise Busy("store_contention")


def _store(change: Change, extra: Callable[[Transaction], None]) -> None:
    transaction = Transaction()
    extra(transaction)
    changes.store(change, transaction)


def link_recurrence(report_id: str, *, closed: Report, now: datetime) -> bool:
    """Link a report to the closed one that it repeats, once; whether it was done now. It counts against who closed."""

    def plan(report: Report) -> dict[str, Any] | None:
        return None if report.recurrence_of else {"recurrence_of": closed.id}

    details: dict[str, object] = {"recurrence_of": closed.id} | bodies.closing(closed)
    linked = note(report_id, Action.LINK_RECURRENCE, now=now, plan=plan, details=details)
    return linked is not None
