"""Couriers' own needs, group 12 of the taxonomy: a lane of its own through the township (DOMAIN §2).

The programme is theirs: every courier may see how such matters stand, and nobody here is told who asked for what. A
confidential matter is not theirs to see: with its village and its times a colleague would know whose it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reports import audited, sight
from chalicelib.domain.reports.model import Report, Status

GROUP = "12"
TOWNS = frozenset({Role.CENTRE, Role.COMMITTEE, Role.AUDITOR, Role.ADMIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A matter of the lane. `id`, `department` and `excerpt` are None for couriers, and the text of a confidential
    matter, which they do not see at all, for whoever else has no part in it; its auditor does not read its village."""

    id: str | None
    status: Status
    kind: str | None
    village: str | None
    department: str | None
    confidential: bool
    excerpt: str | None
    due_at: datetime | None
    overdue: bool
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which of them: None for all."""

    kind: str | None = None
    status: Status | None = None
    village: str | None = None

    def holds(self, report: Report) -> bool:
        """Whether the report is asked for."""
        kind, village = report.nature.kind, report.place.village
        asked = self.status in (None, report.status) and self.village in (None, village)
        return asked and self.kind in (None, kind)


def in_lane(report: Report) -> bool:
    """Whether it is a need of couriers."""
    return (report.nature.kind or "").startswith(GROUP)


def reads_as_staff(by: Actor, township: str) -> bool:
    """Whether the caller reads the lane as staff, not as a courier. Raises Forbidden (`riders_needs_readers`)."""
    of_town = any(by.holds(role, township) for role in TOWNS)
    of_district = any(post.role is Role.DISTRICT and township.startswith(post.scope) for post in by.posts)
    if not (of_town or of_district or by.holds(Role.COURIER)):
        raise Forbidden("riders_needs_readers")
    return of_town or of_district


def shows(report: Report, *, staff: bool) -> bool:
    """Whether there is such a matter for the reader at all."""
    return staff or not report.nature.confidential


def view(by: Actor, *, staff: bool, now: datetime) -> Callable[[Report], Need]:
    """How the caller sees a matter of the lane."""

    def seen(report: Report) -> Need:
        seen_as = sight.viewers(by, report)
        shown = audited.seen(report, seen_as)
        hidden = report.nature.confidential and (not seen_as or audited.hides(report, seen_as))
        return Need(
            id=report.id if staff else None,
            status=report.status,
            kind=report.nature.kind,
            village=shown.place.village,
            department=report.department if staff else None,
            confidential=report.nature.confidential,
            excerpt=shown.excerpt if staff and not hidden else None,
            due_at=report.due_at,
            overdue=report.due_at is not None and report.due_at < now,
            created_at=report.created_at,
            ended_at=report.ended_at,
        )

    return seen
