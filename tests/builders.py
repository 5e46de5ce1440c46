"""People, places and reports that tests speak of."""

from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.people import Actor, Post, Role
from chalicelib.domain.places import Crs
from chalicelib.domain.reports.model import Source
from chalicelib.services.intake import Draft, Spot

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
