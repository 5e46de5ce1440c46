"""Counting everything anew from history, while events go on arriving: the repair for lost events, and for new rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.services.figures import figures
from chalicelib.store import history


@dataclass(frozen=True, slots=True, kw_only=True)
class Recounted:
    """How many reports were looked at and how many were counted wrongly; `next` is where to go on, None at the end."""

    reports: int
    mended: int
    next: datetime | None


def recount(since: datetime, until: datetime, *, may_go_on: Callable[[], bool]) -> Recounted:
    """Count every report that came in with since <= at <= until, oldest first, as long as `may_go_on` says so.

    Nothing is counted twice: each report is brought to what its history says, as if an event of it had come.
    To go on, call with `next` as `since`. Raises Busy under contention that does not end.
    """
    looked = mended = 0
    for report_id, at in history.begun(since, until):
        if not may_go_on():
            return Recounted(reports=looked, mended=mended, next=at)
        looked += 1
        mended += figures.recount(report_id)
    return Recounted(reports=looked, mended=mended, next=None)
