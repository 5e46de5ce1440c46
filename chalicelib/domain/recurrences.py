"""The same kind of matter at the same place soon after it was closed: a recurrence, counted against that closing.

DOMAIN §2 Duplicates. Confidential kinds have no place that anybody else's report could be laid beside.
"""

from datetime import timedelta

from chalicelib.domain.events import Event
from chalicelib.domain.places import distance
from chalicelib.domain.reports.model import Report, Status

NEVER = frozenset({Status.INVALID, Status.DUPLICATE, Status.WITHDRAWN})  # there was nothing, or it is told already


def concerns(event: Event) -> bool:
    """Whether something may have come back, or may from now on."""
    return closes(event) or names_kind(event)


def closes(event: Event) -> bool:
    """Whether the matter was ended here, and openly."""
    after, was = event.standing, event.was
    is_new = was is None or was.status is not Status.CLOSED
    return after.status is Status.CLOSED and is_new and after.kind is not None and not after.confidential


def names_kind(event: Event) -> bool:
    """Whether it was said here what kind of matter it is: on intake, at verification, or otherwise than before."""
    after, was = event.standing, event.was
    return after.kind is not None and not after.confidential and after.kind != (was.kind if was else None)


def repeats(report: Report, closed: Report, *, metres: float, within: timedelta) -> bool:
    """Whether a report came in on what had been closed: the same kind, near, and soon enough after the end."""
    here, there, ended = report.place.point, closed.place.point, closed.ended_at
    if here is None or there is None or ended is None or closed.status is not Status.CLOSED or report.status in NEVER:
        return False
    same = report.nature.kind == closed.nature.kind and not (report.nature.confidential or closed.nature.confidential)
    soon = timedelta(0) < report.created_at - ended <= within
    return same and soon and report.id != closed.id and distance(here, there) <= metres
