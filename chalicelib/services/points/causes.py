"""What an entry follows from, where that says who undoes it."""

from chalicelib.domain.events import Event
from chalicelib.domain.points import adjusting
from chalicelib.domain.points.transfers import Transfer
from chalicelib.store import history


def require_no_findings(entry: Transfer) -> None:
    """Raises Conflict (`entry_of_finding`) for what a finding of fraud took: one read, where a line took it."""
    adjusting.require_no_findings(entry, _line(entry) if entry.corrects and entry.report_id else None)


def _line(entry: Transfer) -> Event | None:
    """The line of history that the entry follows from; None where people or a clock made it."""
    report, _, number = entry.event_id.partition("#")
    lines = history.page(report, after=int(number) - 1, limit=1) if number.isdecimal() else []
    return lines[0] if lines and lines[0].id == entry.event_id else None
