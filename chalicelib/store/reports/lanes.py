"""Table `reports`, part `lane`: a copy of each of couriers' own needs, in a list of its own.

| access                                    | by                                                   |
|-------------------------------------------|------------------------------------------------------|
| open by deadline, then ended, latest first | `by_holder`: `lane:<township>`, due_key (listings.py) |

Nobody's post is called so: it is in no inbox. Who asked for it, the copy does not say.
"""

from dataclasses import replace

import msgspec

from chalicelib.domain.reports import riders
from chalicelib.domain.reports.model import Report
from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import NEVER, ReportItem

PART = "lane"
ENDED, LATEST = "~", 9_999_999_999  # sorts behind whatever is open, the latest first


def enter(report: Report, transaction: Transaction, *, before: Report | None = None) -> None:
    """Keep the lane's copy of the report with the change that makes it so, if it is one of its matters, or was."""
    if riders.in_lane(report):
        transaction.put(_copy(report))
    elif before and riders.in_lane(before):
        transaction.delete(ReportItem(report.id, PART))


def key(township: str) -> str:
    """Stands for a holder."""
    return f"lane:{township}"


def _copy(report: Report) -> ReportItem:
    ended = report.ended_at and f"{ENDED}{LATEST - int(report.ended_at.timestamp())}"
    return ReportItem(
        id=report.id,
        part=PART,
        body=msgspec.json.encode(replace(report, reporter_id="", filed_by=None)).decode(),
        holder=key(report.place.township),
        due_key=ended or (report.due_at.isoformat() if report.due_at else NEVER),
    )
