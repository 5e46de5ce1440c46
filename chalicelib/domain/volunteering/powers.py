"""Who does what with volunteering (DOMAIN §1, §5): villages and the centre call, couriers come, villages confirm.

A mediation is its team's alone: the couriers who mediate and who opened it. To everybody else there is none.
"""

from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.volunteering.model import Hand, Matter, Slot
from chalicelib.domain.volunteering.terms import VolunteerKind

R = Role
OF_VILLAGE_ALONE = frozenset({VolunteerKind.MUTUAL_AID, VolunteerKind.MEDIATION})


def caller(by: Actor, matter: Matter, township: str) -> Hand:
    """As what somebody calls: a resident's ask and a mediation are the village's, the rest the centre's as well.

    Raises Forbidden (`role_needed`, `not_your_area`).
    """
    if by.holds(R.VILLAGE, matter.village):
        return Hand(id=by.id, role=R.VILLAGE)
    if matter.kind not in OF_VILLAGE_ALONE and by.holds(R.CENTRE, township):
        return Hand(id=by.id, role=R.CENTRE)
    if not any(by.holds(role) for role in (R.VILLAGE, R.CENTRE)):
        raise Forbidden("role_needed", role=R.VILLAGE)
    raise Forbidden("not_your_area", area=matter.village)


def editor(by: Actor, slot: Slot) -> Hand:
    """As what somebody changes it or calls it off: as he could have called. Raises NotFound, Forbidden."""
    require_sight(by, slot)
    if slot.is_confidential and by.id != slot.by:
        raise Forbidden("not_your_slot")
    return caller(by, slot.matter, slot.township)


def require_sight(by: Actor, slot: Slot) -> None:
    """Raises NotFound (`no_such_slot`) to all but the team of what is confidential."""
    if slot.is_confidential and by.id not in (slot.by, *slot.taken):
        raise NotFound("no_such_slot", slot=slot.id)


def is_staff(by: Actor, slot: Slot) -> bool:
    """Whether somebody runs it: the village's staff, its grid members, the centre; of what is confidential, who opened
    it."""
    if slot.is_confidential:
        return by.id == slot.by
    return by.holds(R.CENTRE, slot.township) or confirmer(by, slot) is not None


def staff(by: Actor, slot: Slot) -> Hand:
    """As what he runs it. Raises NotFound, Forbidden (`role_needed`, `not_your_area`)."""
    require_sight(by, slot)
    if found := confirmer(by, slot):
        return found
    if by.holds(R.CENTRE, slot.township) and not slot.is_confidential:
        return Hand(id=by.id, role=R.CENTRE)
    if any(by.holds(role) for role in (R.VILLAGE, R.GRID_MEMBER, R.CENTRE)):
        raise Forbidden("not_your_area", area=slot.matter.village)
    raise Forbidden("role_needed", role=R.VILLAGE)


def confirmer(by: Actor, slot: Slot) -> Hand | None:
    """As what somebody confirms hours: as the village's staff, or a grid member there."""
    if slot.is_confidential and by.id != slot.by:
        return None
    roles = (post.role for post in by.posts if post.village == slot.matter.village)
    return next((Hand(id=by.id, role=role) for role in roles), None)


def require_confirmer(by: Actor, slot: Slot, courier_id: str) -> Hand:
    """As what he confirms somebody's hours, never his own.

    Raises NotFound, Forbidden (`role_needed`, `not_your_area`, `own_hours`).
    """
    require_sight(by, slot)
    if by.id == courier_id:
        raise Forbidden("own_hours")
    if found := confirmer(by, slot):
        return found
    if not any(by.holds(role) for role in (R.VILLAGE, R.GRID_MEMBER)):
        raise Forbidden("role_needed", role=R.VILLAGE)
    raise Forbidden("not_your_area", area=slot.matter.village)


def require_arbiter(by: Actor, township: str) -> Hand:
    """Who decides disputes. Raises Forbidden (`role_needed`, `not_your_area`)."""
    by.require(R.CENTRE)
    if not by.holds(R.CENTRE, township):
        raise Forbidden("not_your_area", area=township)
    return Hand(id=by.id, role=R.CENTRE)


def require_courier(by: Actor) -> None:
    """Raises Forbidden (`couriers_volunteer`)."""
    if not by.holds(R.COURIER):
        raise Forbidden("couriers_volunteer")


def lists(by: Actor, village: str, township: str) -> bool:
    """Whether somebody sees what a village has to confirm."""
    here = any(post.village == village for post in by.posts)
    return here or by.holds(R.CENTRE, township)
