"""Who has to do with beneficiaries: their own village's staff, the centre that assesses, the auditor of looks.

The committee, departments, district and admin have no part in it, nor has a grid member: the fewer know, the better.
"""

from chalicelib.domain.care.beneficiaries import Beneficiary
from chalicelib.domain.care.sight import Viewer
from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.people.model import Actor, Role, require_any

OFFICE = (Role.VILLAGE, Role.CENTRE)
READERS = (Role.VILLAGE, Role.CENTRE, Role.AUDITOR)


def require_staff(by: Actor) -> None:
    """Before anything is read. Raises Forbidden (`role_needed`) unless somebody is of a village or the centre."""
    _require_role(by, OFFICE)


def require_reader(by: Actor) -> None:
    """Before anything is read: or the auditor. Raises Forbidden (`role_needed`)."""
    _require_role(by, READERS)


def require_village(by: Actor, village: str) -> None:
    """Raises Forbidden (`role_needed`, `not_your_area`) unless somebody is of that village's staff."""
    by.require(Role.VILLAGE)
    if not by.holds(Role.VILLAGE, village):
        raise Forbidden("not_your_area", area=village)


def require_centre(by: Actor, township: str) -> None:
    """Raises Forbidden (`role_needed`, `not_your_area`)."""
    require_any(by, [Role.CENTRE], township)


def role_of(by: Actor, one: Beneficiary) -> Role:
    """As whom somebody deals with this beneficiary. Raises NotFound (`no_such_beneficiary`): of elsewhere he does not
    learn that there is one."""
    if by.holds(Role.VILLAGE, one.village):
        return Role.VILLAGE
    if by.holds(Role.CENTRE, one.township):
        return Role.CENTRE
    raise NotFound("no_such_beneficiary", beneficiary=one.id)


def require_own_village(by: Actor, one: Beneficiary) -> None:
    """Raises NotFound (`no_such_beneficiary`), Forbidden (`not_your_area`): what is done at somebody's door."""
    if role_of(by, one) is not Role.VILLAGE:
        raise Forbidden("not_your_area", area=one.village)


def viewer_of(by: Actor, one: Beneficiary) -> Viewer:
    """As whom somebody looks at this beneficiary. Raises NotFound (`no_such_beneficiary`)."""
    if by.holds(Role.AUDITOR, one.township) and not any(by.holds(role) for role in OFFICE):
        return Viewer.AUDITOR
    return Viewer.VILLAGE if role_of(by, one) is Role.VILLAGE else Viewer.CENTRE


def _require_role(by: Actor, roles: tuple[Role, ...]) -> None:
    if not any(by.holds(role) for role in roles):
        raise Forbidden("role_needed", role=roles[0])
