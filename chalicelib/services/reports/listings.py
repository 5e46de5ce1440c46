"""Use cases that list reports: my own, what waits for me, an area's; and what lies nearby before one reports."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.places import Point
from chalicelib.domain.reference.calendar import local_month
from chalicelib.domain.reports import audited, lists, sight
from chalicelib.domain.reports.loads import Load, load
from chalicelib.domain.reports.model import ENDED, Report, Status
from chalicelib.domain.reports.terms import Watch
from chalicelib.services.people import looks
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import duplicates
from chalicelib.store import quotas
from chalicelib.store.reports import listings, reports
from chalicelib.store.reports.listings import Page, Sifting

COUNTED = 1000  # about a megabyte and a half
HOLDERS = frozenset(
    {Role.COURIER, Role.GRID_MEMBER, Role.VILLAGE, Role.CENTRE, Role.COMMITTEE, Role.DEPARTMENT}
)  # a courier: what he is asked about
AREA_READERS = frozenset({Role.CENTRE, Role.COMMITTEE, Role.AUDITOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """What a stranger may know of a report nearby: its kind, how far (m), how old; and its id, for joining it."""

    id: str
    kind: str
    distance_m: float
    age: timedelta


def mine(*, by: Actor, limit: int, cursor: str | None) -> Page:
    """The caller's own reports, newest first."""
    return listings.mine(by.id, limit=limit, cursor=cursor)


def inbox(*, post: str | None, by: Actor, limit: int, cursor: str | None, sifting: Sifting | None = None) -> Page:
    """What waits for the caller's posts, or one of them, by deadline. Raises Forbidden for a post he does not hold."""
    held = [p.key for p in by.posts if p.role in HOLDERS]
    if not held or (post and post not in held):
        raise Forbidden("no_such_post", post=post or "")
    return listings.inbox([post] if post else held, limit=limit, cursor=cursor, sifting=sifting)


def supervised(watch: Watch | None, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """What the committee supervises in the caller's townships, yellow and red or one of them, by deadline. An auditor's
    look is noted.

    Raises Forbidden (`role_needed`) for whoever is neither of the committee nor of the centre nor an auditor.
    """
    townships = {post.scope for post in by.posts if post.role in AREA_READERS}
    if not townships:
        raise Forbidden("role_needed", role=Role.COMMITTEE)
    looks.note_each(by, lists.watched, now=now)
    page = listings.inbox(
        sorted(map(lists.watched, townships)),
        keep=lambda report: watch in (None, report.watch) and bool(sight.viewers(by, report)),
        limit=limit,
        cursor=cursor,
    )
    return _as_read(page, by)


def waiting(*, post: str | None, by: Actor, now: datetime) -> tuple[Load, bool]:
    """How much of what waits for the caller there is, and whether that was all: of more than 1,000 the first due are
    counted. One query a post, where it is not very long. Raises Forbidden for a post he does not hold."""
    page = inbox(post=post, by=by, limit=COUNTED, cursor=None)
    return load(page.reports, by=by, now=now), page.cursor is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which reports of an area. `village` is its code, None for what lies outside all; `grid` narrows further."""

    village: str | None
    month: str | None
    grid: str | None = None
    kind: str | None = None
    status: Status | None = None


def area(
    wanted: Filter, *, by: Actor, now: datetime, limit: int, cursor: str | None, sifting: Sifting | None = None
) -> Page:
    """An area's reports of a month, newest first, as far as the caller may see them. An auditor's look is noted; what
    is confidential is in no list of an area for him, which would say where it is.

    Nothing of an answer depends on what he may not see. Raises Forbidden outside his areas.
    """
    _require_area(wanted.village, by)
    month = wanted.month or local_month(now)
    looks.note_each(
        by, lambda scope: f"reports:{wanted.village or f'{scope}:outside'}:{month}", wanted.village, now=now
    )
    page = listings.area(
        wanted.village,
        month,
        kind=wanted.kind,
        status=wanted.status,
        keep=lambda report: _matches(report, wanted) and _is_listed(report, by),
        limit=limit,
        cursor=cursor,
        sifting=sifting,
    )
    return _as_read(page, by)


def _is_listed(report: Report, by: Actor) -> bool:
    seen_as = sight.viewers(by, report)
    return bool(seen_as) and not audited.hides(report, seen_as)


def _as_read(page: Page, by: Actor) -> Page:
    return replace(page, reports=[audited.as_read(report, by) for report in page.reports])


def _require_area(village: str | None, by: Actor) -> None:
    whole_township = any(p.role in AREA_READERS and (village or p.scope).startswith(p.scope) for p in by.posts)
    own = {post.scope[:12] for post in by.posts if post.role in (Role.VILLAGE, Role.GRID_MEMBER)}
    if not whole_township and village not in own:
        raise Forbidden("not_your_area", area=village or "")


def _matches(report: Report, wanted: Filter) -> bool:
    return wanted.grid in (None, report.place.grid) and wanted.status in (None, report.status)


def nearby(point: Point, kind: str, *, by: Actor, now: datetime) -> list[Nearby]:
    """Open reports of this kind within 50 m and 72 h, nearest first: a hint before one reports the same again.

    Confidential kinds never appear. Raises Invalid (`unknown_kind`) and TooManyRequests beyond the look-ups of an hour.
    """
    rules = rulebook.in_force(now=now)
    confidential = rules.taxonomy.kind(kind).confidential
    quotas.take_look_up(by.id, cap=rules.numbers.count("look_ups_per_hour"), now=now)
    if confidential:
        return []
    near = duplicates.close_by(point, kind, since=now - rules.numbers.hours("nearby_hours"), numbers=rules.numbers)
    found = [
        Nearby(id=report.id, kind=kind, distance_m=near[report.id], age=now - report.created_at)
        for report in reports.several(list(near))
        if report.status not in ENDED and report.nature.kind == kind and not report.nature.confidential
    ]
    return sorted(found, key=lambda n: n.distance_m)[: rules.numbers.count("nearby_most")]
