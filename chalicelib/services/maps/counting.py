"""The map follows the history: each report counts where it stands now, however often and in whatever order it is told.

An event says only that something may have changed. What counts is the report's head, and beside the counters stands for
each report where it was counted and at which version: so a late event finds that a later version has been counted.
"""

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.maps import counting as rules
from chalicelib.domain.maps.counting import Held
from chalicelib.domain.reports.model import Report
from chalicelib.gateways import cells
from chalicelib.store.maps import cells as store
from chalicelib.store.reports import reports

TRIES = 4  # at one report at once; then the queue tries again


def follow(event: Event) -> None:
    """Count the report as it stands now. Raises Busy where others keep counting it at the same moment."""
    report = _counted(event.subject_id)
    if rules.kind_in(event.standing) and (point := report.place.point):
        store.saw(report.place.township, cells.map_cell(point), rules.day(report))


def _counted(report_id: str) -> Report:
    """The report, which by now is counted at its version or a later one."""
    for _ in range(TRIES):
        report = reports.get(report_id)
        before = store.held(report_id)
        if before and before.version >= report.version:
            return report
        try:
            store.move(report_id, before, Held(version=report.version, tile=rules.tile(report, cells.map_cell)))
            return report
        except StaleVersion:
            continue
    raise Busy("store_contention")
