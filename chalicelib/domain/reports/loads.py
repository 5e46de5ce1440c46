"""How much waits for somebody, at one look: before he begins, and what he begins with."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reports.filters import due_for
from chalicelib.domain.reports.model import Report, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Numbers of reports. `fresh` came to this stage today, `due_today` is not overdue yet; days are local."""

    total: int
    by_status: dict[Status, int]
    fresh: int
    due_today: int
    overdue: int
    mine: int
    unassigned: int


def load(waiting: Iterable[Report], *, by: Actor, now: datetime) -> Load:
    """Counts what waits for `by`, each report by the deadline that concerns him."""
    found = list(waiting)
    today = local_day(now)
    dues = [due for one in found if (due := due_for(one, by))]
    return Load(
        total=len(found),
        by_status=dict(Counter(one.status for one in found)),
        fresh=sum(local_day(one.entered_at) == today for one in found),
        due_today=sum(due > now and local_day(due) == today for due in dues),
        overdue=sum(due <= now for due in dues),
        mine=sum(one.assignee == by.id for one in found),
        unassigned=sum(one.assignee is None for one in found),
    )
