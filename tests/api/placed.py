"""A report in the store, just as a row of the table speaks of it."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from chalicelib.domain.reports.model import Report

OF_NATURE = {"klass", "severity", "confidential", "verify_by_centre"}


def stored(model: Report, changes: dict[str, Any]) -> str:
    """A report like the model, but for these changes."""
    from chalicelib.store.base import Transaction
    from chalicelib.store.reports import reports

    of_nature = {key: changes[key] for key in changes.keys() & OF_NATURE}
    place = replace(model.place, grid=None, village=None) if changes.get("outside") else model.place
    rest = {key: value for key, value in changes.items() if key not in of_nature and key != "outside"}
    nature = replace(model.nature, **of_nature)
    report = replace(model, id=str(uuid4()), nature=nature, place=place, counted=False, **rest)
    transaction = Transaction()
    reports.put(report, transaction=transaction)
    transaction.commit()
    return report.id
