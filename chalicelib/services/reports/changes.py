"""A change of a report is stored: its new state, its line of history and whatever else must happen with it, at once."""

from chalicelib.domain.events import event
from chalicelib.domain.reports.model import Change
from chalicelib.services.reports import findable
from chalicelib.store import history, quotas
from chalicelib.store.base import Transaction
from chalicelib.store.reports import lanes, merged, reports


def store(change: Change, transaction: Transaction | None = None) -> None:
    """Commit the change with what the transaction holds already. Raises StaleVersion and what it refuses."""
    transaction = transaction or Transaction()
    add(change, transaction)
    transaction.commit()


def add(change: Change, transaction: Transaction) -> None:
    """Let the transaction make the change."""
    report = change.report
    reports.put(report, before=change.before, transaction=transaction)
    history.append(event(change), transaction)
    if change.before and change.before.counted and not report.counted:
        quotas.give_back_waiting(report.reporter_id, transaction=transaction)
    merged.move(report, before=change.before, at=change.at, transaction=transaction)
    findable.enter(report, transaction, before=change.before)
    lanes.enter(report, transaction, before=change.before)
