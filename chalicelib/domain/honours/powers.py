"""Who has to do with honours: the committee, the district that reads its lists, the auditor, and the applicant himself.

Neither the centre nor the admin: whom the Party considers is no business of who sorts reports or keeps accounts. No
employer has an account, and nothing of it names one (DOMAIN §3).
"""

from enum import StrEnum

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import Actor, Role, require_any


class Sight(StrEnum):
    """How much of another's case is seen: all of it; who is on a list; or all but who he is and what he reported."""

    FULL = "full"
    LISTS = "lists"
    MASKED = "masked"


def require_applicant(by: Actor) -> None:
    """Raises Forbidden (`role_needed`) unless a courier asks, for himself."""
    if not by.holds(Role.COURIER, by.id):
        raise Forbidden("role_needed", role=Role.COURIER)


def require_committee(by: Actor, township: str) -> None:
    """Raises Forbidden (`role_needed`, `not_your_area`)."""
    require_any(by, [Role.COMMITTEE], township)


def require_another(by: Actor, person_id: str) -> None:
    """Raises Forbidden (`own_case`): nobody weighs, names or looks into his own case as the committee."""
    if by.id == person_id:
        raise Forbidden("own_case")


def sight_of(by: Actor, township: str) -> Sight:
    """How much of others' cases somebody sees. Raises Forbidden (`role_needed`, `not_your_area`)."""
    if by.holds(Role.COMMITTEE, township):
        return Sight.FULL
    if any(post.role is Role.DISTRICT and township.startswith(post.scope) for post in by.posts):
        return Sight.LISTS
    if by.holds(Role.AUDITOR, township):
        return Sight.MASKED
    if any(by.holds(role) for role in (Role.DISTRICT, Role.AUDITOR)):
        raise Forbidden("not_your_area", area=township)
    require_committee(by, township)
    return Sight.FULL


def require_cases(by: Actor, township: str) -> Sight:
    """The sight of somebody who looks into a case. Raises Forbidden (`role_needed`, `not_your_area`)."""
    sight = sight_of(by, township)
    if sight is Sight.LISTS:
        raise Forbidden("role_needed", role=Role.COMMITTEE)
    return sight
