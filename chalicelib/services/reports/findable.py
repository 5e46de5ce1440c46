"""What a stranger may be shown can be found by its place: entered with the change that makes it so."""

from chalicelib.domain.reports.model import Report
from chalicelib.gateways import cells
from chalicelib.store.base import Transaction
from chalicelib.store.reports import places


def enter(report: Report, transaction: Transaction, *, before: Report | None = None) -> None:
    """Enter the report's place, if it has one and its kind is new and no secret."""
    point, nature = report.place.point, report.nature
    known = before.nature.kind if before else None
    if point and nature.kind and nature.kind != known and not nature.confidential:
        mark = places.Mark(report_id=report.id, point=point, created_at=report.created_at)
        places.enter(mark, cell=cells.cell(point), kind=nature.kind, transaction=transaction)
