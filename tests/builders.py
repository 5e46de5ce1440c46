"""People, places and reports that tests speak of."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.places import Crs, Point
from chalicelib.domain.reference import clocks, closing, departments, ladder, limits, numbers, routing, taxonomy
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.model import Report, Status
from chalicelib.domain.reports.stages import holder
from chalicelib.domain.reports.terms import Source
from chalicelib.services.reports.intake import Draft, Spot

DATA = Path(__file__).parent.parent / "chalicelib" / "data"
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, 09:00 in Guankou

TOWNSHIP, VILLAGE, GRID, NEXT_GRID = "350211102", "350211102202", "350211102202001", "350211102202002"


def actor(id: str, *posts: tuple[Role, str]) -> Actor:
    """Somebody with these posts."""
    return Actor(id=id, posts=tuple(Post(role, scope) for role, scope in posts))


COURIER = actor("courier", (Role.COURIER, "courier"))
COURIER2 = actor("courier2", (Role.COURIER, "courier2"))
GRID_MEMBER = actor("grid_member", (Role.GRID_MEMBER, GRID))
NEIGHBOUR = actor("neighbour", (Role.GRID_MEMBER, NEXT_GRID))
VILLAGER = actor("village", (Role.VILLAGE, VILLAGE))
CENTRE = actor("centre", (Role.CENTRE, TOWNSHIP))
COMMITTEE = actor("committee", (Role.COMMITTEE, TOWNSHIP))
WORKS = actor("works", (Role.DEPARTMENT, "D04"))
SANITATION = actor("sanitation", (Role.DEPARTMENT, "D03"))
AUDITOR = actor("auditor", (Role.AUDITOR, TOWNSHIP))
ADMIN = actor("admin", (Role.ADMIN, TOWNSHIP))
DISTRICT = actor("district", (Role.DISTRICT, "350211"))
EVERYONE = (
    COURIER,
    COURIER2,
    GRID_MEMBER,
    NEIGHBOUR,
    VILLAGER,
    CENTRE,
    COMMITTEE,
    WORKS,
    SANITATION,
    AUDITOR,
    ADMIN,
    DISTRICT,
)

IN_GRID_1 = Spot(lat=24.6085, lon=117.9795, crs=Crs.WGS84, accuracy=8.0)


def draft(**changes: Any) -> Draft:
    """A road hole in the first grid, without photos."""
    fields: dict[str, Any] = {
        "text": "路面有个大坑",
        "kind": "0303",
        "spot": IN_GRID_1,
        "observed_at": None,
        "files": (),
        "source": Source.APP,
    }
    return Draft(**(fields | changes))


def taxonomy_rules() -> Rulebook:
    """The rules as shipped, without a store."""
    read: dict[str, Any] = {
        "taxonomy": taxonomy.read,
        "limits": limits.read,
        "departments": departments.read,
        "numbers": numbers.read,
        "calendar": clocks.read,
        "ladder": ladder.read,
        "routing": routing.read,
        "closing": closing.read,
    }
    parsed: dict[str, Any] = {name: parse((DATA / f"{name}.csv").read_bytes()) for name, parse in read.items()}
    return Rulebook(**parsed, danger_words=frozenset({"着火"}), editions=dict.fromkeys(read, 1))


RULES = taxonomy_rules()


def report(status: Status = Status.SUBMITTED, *, kind: str | None = "0303", **changes: Any) -> Report:
    """A report in the first grid that got to this status by the ordinary way."""
    nature = RULES.taxonomy.nature(kind)
    place = Place(point=Point(lat=24.6085, lon=117.9795), grid=GRID, village=VILLAGE, township=TOWNSHIP)
    past = status not in (Status.SUBMITTED, Status.NEEDS_INFO, Status.WITHDRAWN, Status.INVALID)
    fields: dict[str, Any] = {
        "id": "r1",
        "reporter_id": COURIER.id,
        "nature": nature,
        "place": place,
        "status": status,
        "holder": None,
        "due_at": NOW,
        "entered_at": NOW,
        "created_at": NOW,
        "observed_at": NOW,
        "counted": status is Status.SUBMITTED,
        "department": "D04" if status in WITH_DEPARTMENT else None,
        "verified_by": GRID_MEMBER.id if past else None,
        "resolved_by": WORKS.id if status in (Status.RESOLVED, Status.CLOSED) else None,
        "origin": Post(Role.DEPARTMENT, "D04") if status in (Status.RESOLVED, Status.CLOSED) else None,
        "ended_at": NOW if status is Status.CLOSED else None,
        "version": 3,
    }
    return _timed(Report(**(fields | changes)), changes)


def _timed(made: Report, stated: dict[str, Any]) -> Report:
    """With whoever holds it, and the run and times of its stage, except what is stated."""
    made = replace(made, holder=holder(made))
    if made.status not in clockwork.STAGE_OF:
        return replace(made, due_at=None)
    run = made.run or clockwork.run(made, since=made.entered_at, rules=RULES)
    times = {name: stated[name] for name in ("due_at", "next_at") if name in stated}
    return replace(clockwork.timed(replace(made, run=run), RULES), **times)


WITH_DEPARTMENT = frozenset({Status.DISPATCHED, Status.IN_HANDLING, Status.RESOLVED, Status.CLOSED, Status.SUSPENDED})
