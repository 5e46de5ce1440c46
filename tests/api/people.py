"""Two people of every role: one whose scope holds the report that tests speak of, one of elsewhere."""

from chalicelib.domain.people.model import Actor, Role
from tests.builders import (
    ADMIN,
    AUDITOR,
    CENTRE,
    COMMITTEE,
    COURIER,
    COURIER2,
    DISTRICT,
    GRID_MEMBER,
    NEIGHBOUR,
    SANITATION,
    VILLAGER,
    WORKS,
    actor,
)

ELSEWHERE = "350211103"
OTHER_VILLAGE = "350211102004"

# What the matrix calls them. `own`: the report is theirs to see by reporter, place or department.
PEOPLE: dict[str, Actor | None] = {
    "nobody": None,
    "courier": COURIER,
    "courier'": COURIER2,
    "grid": GRID_MEMBER,
    "grid~": NEIGHBOUR,
    "grid'": actor("grid_member_elsewhere", (Role.GRID_MEMBER, f"{OTHER_VILLAGE}001")),
    "village": VILLAGER,
    "village'": actor("village_elsewhere", (Role.VILLAGE, OTHER_VILLAGE)),
    "centre": CENTRE,
    "centre'": actor("centre_elsewhere", (Role.CENTRE, ELSEWHERE)),
    "committee": COMMITTEE,
    "committee'": actor("committee_elsewhere", (Role.COMMITTEE, ELSEWHERE)),
    "dept": WORKS,
    "dept'": SANITATION,
    "district": DISTRICT,
    "district'": actor("district_elsewhere", (Role.DISTRICT, "350212")),
    "auditor": AUDITOR,
    "auditor'": actor("auditor_elsewhere", (Role.AUDITOR, ELSEWHERE)),
    "admin": ADMIN,
    "admin'": actor("admin_elsewhere", (Role.ADMIN, ELSEWHERE)),
}
EVERYBODY = [person for person in PEOPLE.values() if person is not None]
