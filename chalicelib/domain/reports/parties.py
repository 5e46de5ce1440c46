"""Who a person is to a report, and what each party may do with it (DOMAIN §1, §2)."""

from enum import StrEnum

from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reference.taxonomy import VILLAGE
from chalicelib.domain.reports.model import Report


class Party(StrEnum):
    """What a person is to one report."""

    REPORTER = "reporter"
    FILER = "filer"  # staff who filed it for someone
    GRID = "grid_member"  # of the report's grid
    NEIGHBOUR = "neighbour"  # grid member of another grid of the same village
    VILLAGE = "village"
    CENTRE = "centre"
    COMMITTEE = "committee"
    LEAD = "department"
    CO_HANDLER = "co_handler"
    AUDITOR = "auditor"
    TIMER = "timer"  # the clock itself
    BLIND = "blind_rechecker"  # a courier who looks again, and is not told who closed it


P = Party
OWN = frozenset({P.REPORTER, P.FILER})  # whose report it is
ABOVE = {  # who may say who of a pool does it: those above the pool's post
    Role.GRID_MEMBER: (Role.VILLAGE, Role.CENTRE),
    Role.VILLAGE: (Role.CENTRE,),
    Role.DEPARTMENT: (Role.CENTRE,),
    Role.CENTRE: (Role.COMMITTEE,),
    Role.COMMITTEE: (),
    Role.COURIER: (Role.CENTRE,),
}


def parties(actor: Actor, report: Report) -> frozenset[Party]:
    """What `actor` is to `report`; empty for a stranger."""
    place = report.place
    is_it = {
        P.REPORTER: actor.id == report.reporter_id and report.filed_by is None,
        P.FILER: actor.id == report.filed_by,
        P.GRID: place.grid is not None and actor.holds(Role.GRID_MEMBER, place.grid),
        P.NEIGHBOUR: _is_neighbour(actor, report),
        P.VILLAGE: place.village is not None and actor.holds(Role.VILLAGE, place.village),
        P.CENTRE: actor.holds(Role.CENTRE, place.township),
        P.COMMITTEE: actor.holds(Role.COMMITTEE, place.township),
        P.LEAD: report.department is not None and actor.holds(Role.DEPARTMENT, report.department),
        P.CO_HANDLER: any(helps(actor, code, report) for code in report.co_handlers),
        P.AUDITOR: actor.holds(Role.AUDITOR, place.township),
    }
    return frozenset(party for party, true in is_it.items() if true)


def helps(actor: Actor, code: str, report: Report) -> bool:
    """Whether the actor belongs to the body that `code` names among the co-handlers."""
    post = helper_post(code, report)
    return bool(post.scope) and actor.holds(post.role, post.scope)


def helper_post(code: str, report: Report) -> Post:
    """The post whose people do a co-handler's part."""
    return Post(Role.VILLAGE, report.place.village or "") if code == VILLAGE else Post(Role.DEPARTMENT, code)


def in_pool(actor: Actor, report: Report) -> bool:
    """Whether the actor belongs to the pool that holds the report."""
    post = report.holder
    return post is not None and actor.holds(post.role, post.scope)


def above_pool(actor: Actor, report: Report) -> bool:
    """Whether the actor holds a post above the pool's."""
    if report.holder is None:
        return False
    scopes = {Role.VILLAGE: report.place.village}
    roles = ABOVE.get(report.holder.role, ())
    return any(actor.holds(role, scopes.get(role, report.place.township) or "") for role in roles)


def _is_neighbour(actor: Actor, report: Report) -> bool:
    grids = [post.scope for post in actor.posts if post.role is Role.GRID_MEMBER]
    village = report.place.village
    return village is not None and any(g.startswith(village) and g != report.place.grid for g in grids)


def resolved_by_grid(report: Report) -> bool:
    """Whether a grid member solved it on the spot: then a neighbour re-checks."""
    return report.origin is not None and report.origin.role is Role.GRID_MEMBER


def rechecked_next_door(report: Report) -> bool:
    """Whether members of neighbouring grids re-check: where the own one solved it, or has nobody else to look."""
    post = report.recheck_by
    given = post is not None and post.role is Role.GRID_MEMBER and post.scope != report.place.grid
    return given or resolved_by_grid(report)
