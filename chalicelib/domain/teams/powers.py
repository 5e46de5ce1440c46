"""Who may do what with a team: the centre founds, its leader and the centre let in, everybody knows that it is there.

Who is in it is for its members, the centre and the committee. Nothing of it says for whom somebody delivers.
"""

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.domain.teams.model import Team

READERS = (Role.CENTRE, Role.COMMITTEE)


def require_founder(by: Actor, township: str) -> None:
    """Raises Forbidden (`role_needed`, `not_your_area`)."""
    require_any(by, [Role.CENTRE], township)


def decides_as(team: Team, by: Actor) -> str:
    """As what somebody lets others in. Raises Forbidden (`team_not_yours`)."""
    if by.holds(Role.CENTRE, team.township):
        return Role.CENTRE
    if team.leader == by.id:
        return "leader"
    raise Forbidden("team_not_yours")


def knows_members(team: Team, by: Actor, *, is_member: bool) -> bool:
    """Whether he reads who is in it."""
    return is_member or any(by.holds(role, team.township) for role in READERS)


def require_insider(team: Team, by: Actor, *, is_member: bool) -> None:
    """Who reads what lies in its area. Raises Forbidden (`team_not_yours`)."""
    if not knows_members(team, by, is_member=is_member):
        raise Forbidden("team_not_yours")
