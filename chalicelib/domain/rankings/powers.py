"""Who reads which board, and whether he reads names. No employer has access: there is no such role."""

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.membership import Membership
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.domain.people.sight import Sight
from chalicelib.domain.rankings.ranking import VILLAGE_DIGITS, Scope

NAMED = frozenset({Role.CENTRE, Role.ADMIN})
CORRECTORS = NAMED | {Role.COMMITTEE, Role.AUDITOR}
LOCAL = frozenset({Role.VILLAGE, Role.GRID_MEMBER})


def is_courier(by: Actor) -> bool:
    """Whether he is ranked himself, and reads the boards that he is on."""
    return by.holds(Role.COURIER, by.id) and not by.is_staff


def sight(by: Actor, scope: Scope, township: str, own: Membership | None) -> Sight:
    """With names or without; `own`: the courier's own. Raises Forbidden (`ranking_not_yours`).

    Centre and admin, who know who is a courier, read every board with names. Everybody else reads without: who verifies
    a report and sees whose score rose would know who reported it. Committee and auditor read every board, villages and
    grid members those of their own area, couriers those they are on, the district and local staff that of the township.
    """
    if any(by.holds(role, township) for role in NAMED):
        return Sight.FULL
    whole = scope.employer is None and len(scope.area) < VILLAGE_DIGITS
    reads = any(by.holds(role, township) for role in CORRECTORS) or _is_local(by, scope)
    reads = reads or (is_courier(by) and (whole or (own is not None and scope.holds(own))))
    if reads or (whole and _is_here(by, township)):
        return Sight.MASKED
    raise Forbidden("ranking_not_yours")


def require_corrector(by: Actor, township: str) -> Sight:
    """Who reads what is different since; committee and auditor without names. Raises Forbidden."""
    require_any(by, CORRECTORS, township)
    return Sight.FULL if any(by.holds(role, township) for role in NAMED) else Sight.MASKED


def _is_local(by: Actor, scope: Scope) -> bool:
    wide = scope.employer is None and len(scope.area) >= VILLAGE_DIGITS
    return wide and any(post.role in LOCAL and scope.area.startswith(post.scope) for post in by.posts)


def _is_here(by: Actor, township: str) -> bool:
    inside = any(post.role in LOCAL and post.scope.startswith(township) for post in by.posts)
    return inside or any(post.role is Role.DISTRICT and township.startswith(post.scope) for post in by.posts)
