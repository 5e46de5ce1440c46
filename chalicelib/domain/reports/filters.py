"""Saved filters: which reports of a list somebody wants to see, under a name (docs/adr/0037).

They lie in a drawer, a person's own or that of a post, which all its holders share.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.errors import CapReached, Invalid, NotFound, StaleVersion
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reports.clockwork import undone
from chalicelib.domain.reports.model import Report, Status
from chalicelib.domain.reports.parties import helper_post
from chalicelib.domain.reports.terms import Source, Watch


class Listing(StrEnum):
    """The lists that a filter is for."""

    INBOX = "inbox"
    AREA = "area"


class Order(StrEnum):
    """The way each list can be read: an inbox by deadline, an area by when it was reported."""

    FIRST_DUE = "first_due"
    LAST_DUE = "last_due"
    NEWEST = "newest"
    OLDEST = "oldest"


class Assigned(StrEnum):
    """Who of the holder has it."""

    ME = "me"
    NOBODY = "nobody"


ORDERS = {Listing.INBOX: (Order.FIRST_DUE, Order.LAST_DUE), Listing.AREA: (Order.NEWEST, Order.OLDEST)}
REVERSE = frozenset({Order.LAST_DUE, Order.OLDEST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What all must be true of a report; what is left out, is. Of several values in a field one must be.

    `kinds` are kinds or groups of them. `post` is who holds it; in an inbox, whose inbox. `due_within_hours` counts
    what is overdue too.
    """

    statuses: tuple[Status, ...] = ()
    kinds: tuple[str, ...] = ()
    severities: tuple[int, ...] = ()
    sources: tuple[Source, ...] = ()
    watch: tuple[Watch, ...] = ()
    village: str | None = None
    grid: str | None = None
    post: str | None = None
    assignee: Assigned | None = None
    overdue: bool = False
    due_within_hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A filter as somebody wants it."""

    name: str
    listing: Listing
    order: Order
    criteria: Criteria = Criteria()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """A filter in its drawer; `post` is whose holders share it, None for a person's own."""

    id: str
    wish: Wish
    post: str | None
    version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """All filters of one owner, oldest first. `version` counts its changes."""

    owner: str
    filters: tuple[SavedFilter, ...] = field(default=())
    version: int = 0


def wish(name: str, listing: Listing, order: Order | None, criteria: Criteria) -> Wish:
    """A filter for this list, by default in its usual order. Raises Invalid (`filter_name`, `filter_order`)."""
    if not name.strip():
        raise Invalid("filter_name")
    chosen = order or ORDERS[listing][0]
    if chosen not in ORDERS[listing]:
        raise Invalid("filter_order", order=chosen, orders=", ".join(ORDERS[listing]))
    return Wish(name=name.strip(), listing=listing, order=chosen, criteria=criteria)


def added(drawer: Drawer, made: SavedFilter, *, most: int) -> Drawer:
    """With one more. Raises CapReached (`filters_per_drawer`)."""
    if len(drawer.filters) >= most:
        raise CapReached("filters_per_drawer", cap=most)
    return _next(drawer, (*drawer.filters, made))


def changed(drawer: Drawer, filter_id: str, wanted: Wish, *, version: int | None, now: datetime) -> Drawer:
    """With another filter in its place; `version` is the one that was read. Raises NotFound, StaleVersion."""
    before = _read(drawer, filter_id, version)
    after = replace(before, wish=wanted, version=before.version + 1, changed_at=now)
    return _next(drawer, tuple(after if one is before else one for one in drawer.filters))


def without(drawer: Drawer, filter_id: str, *, version: int | None) -> Drawer:
    """Without it. Raises NotFound, StaleVersion."""
    gone = _read(drawer, filter_id, version)
    return _next(drawer, tuple(one for one in drawer.filters if one is not gone))


def found(drawer: Drawer, filter_id: str) -> SavedFilter:
    """Raises NotFound (`no_such_filter`)."""
    for one in drawer.filters:
        if one.id == filter_id:
            return one
    raise NotFound("no_such_filter", filter=filter_id)


def _read(drawer: Drawer, filter_id: str, version: int | None) -> SavedFilter:
    before = found(drawer, filter_id)
    if version not in (None, before.version):
        raise StaleVersion("stale_version", version=before.version)
    return before


def _next(drawer: Drawer, filters: tuple[SavedFilter, ...]) -> Drawer:
    return replace(drawer, filters=filters, version=drawer.version + 1)


def matches(report: Report, wanted: Criteria, *, by: Actor, now: datetime) -> bool:
    """Whether the report is one of those that `by` wants to see."""
    kind = report.nature.kind or ""
    place = report.place
    return (
        _one_of(report.status, wanted.statuses)
        and (not wanted.kinds or kind in wanted.kinds or kind[:2] in wanted.kinds)
        and _one_of(report.nature.severity, wanted.severities)
        and _one_of(report.source, wanted.sources)
        and _one_of(report.watch, wanted.watch)
        and wanted.village in (None, place.village)
        and wanted.grid in (None, place.grid)
        and wanted.post in (None, _holder(report))
        and _assigned(report, wanted.assignee, by)
        and _due(report, wanted, by, now)
    )


def _holder(report: Report) -> str | None:
    """Of a reporter who is asked, nothing: who he is, the centre alone may know."""
    holder = report.holder
    return None if holder is None or holder.role is Role.COURIER else holder.key


def _one_of[Value](value: Value | None, wanted: tuple[Value, ...]) -> bool:
    return not wanted or value in wanted


def _assigned(report: Report, wanted: Assigned | None, by: Actor) -> bool:
    return wanted is None or report.assignee == (by.id if wanted is Assigned.ME else None)


def _due(report: Report, wanted: Criteria, by: Actor, now: datetime) -> bool:
    if not wanted.overdue and wanted.due_within_hours is None:
        return True
    ahead = timedelta() if wanted.overdue else timedelta(hours=wanted.due_within_hours or 0)
    due_at = due_for(report, by)
    return due_at is not None and due_at <= now + ahead


def due_for(report: Report, by: Actor) -> datetime | None:
    """The deadline that concerns him: of the part that his body owes, unless it holds the report itself."""
    if report.holder in by.posts:
        return report.due_at
    parts = [part.due_at for part in undone(report) if helper_post(part.department, report) in by.posts]
    return min(parts, default=report.due_at)
