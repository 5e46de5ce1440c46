"""Many open reports in the store, quickly: written past the product, as they would stand there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.reports.model import Report

SPREAD = timedelta(days=30)


def fill(model: Report, *, first: int, count: int, next_at: datetime) -> None:
    """Copies of `model`, numbered from `first`; each falls due a millisecond after the one before it."""
    from chalicelib.store.reports import reports

    with reports.ReportItem.batch_write() as batch:
        for copy in _copies(model, first, count, next_at):
            batch.save(reports._item(copy))


def _copies(model: Report, first: int, count: int, next_at: datetime) -> Iterator[Report]:
    for number in range(first, first + count):
        at = next_at + timedelta(milliseconds=number)
        yield replace(model, id=f"crowd-{number:07}", next_at=at, due_at=at)
