"""What may be done to a team, and what becomes of it: founded, changed, led, joined, left, dissolved.

An area has one area team, and somebody may be in several teams. Who is in it may leave at any time; who leads it and
leaves, leads it no more. Each function answers the team in its next version.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import AlreadyDone, CapReached, Conflict, Invalid
from chalicelib.domain.people.model import Person, PersonState, Post, Role
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.teams.kinds import AREA
from chalicelib.domain.teams.model import OF_AREA, OF_KIND, Charter, Member, Team, TeamRole, TeamState

MOST, GRIDS = "team_most", 20  # a team with its area is dissolved in one transaction of 100 items


def founded(
    id: str, charter: Charter, *, township: str, grids: Collection[str], kinds: Collection[str], numbers: Numbers,
    now: datetime,
) -> Team:  # fmt: skip
    """A new team without members. Raises Invalid (`team_name`, `team_kind`, `team_grids`, `unknown_area`,
    `team_most`)."""
    if charter.kind not in (AREA, *kinds):
        raise Invalid("team_kind", kind=charter.kind)
    checked = _checked(charter, grids, numbers)
    return Team(id=id, township=township, charter=checked, state=TeamState.ACTIVE, size=0, leader=None, founded_at=now)


def changed(team: Team, charter: Charter, *, grids: Collection[str], numbers: Numbers) -> Team:
    """The team under another name, with another area or room for more. What kind it is does not change.

    Raises Conflict (`team_dissolved`, `team_larger`), AlreadyDone (`nothing_changes`) and what `founded` does.
    """
    require_active(team)
    checked = _checked(replace(charter, kind=team.charter.kind), grids, numbers)
    if checked == team.charter:
        raise AlreadyDone("team_unchanged")
    if checked.most < team.size:
        raise Conflict("team_larger", size=team.size)
    return replace(team, charter=checked, version=team.version + 1)


def dissolved(team: Team, reason: str, *, now: datetime) -> Team:
    """The team has ended, and with it every membership. Raises Conflict (`team_dissolved`), Invalid
    (`reason_needed`)."""
    require_active(team)
    said = require_reason(reason)
    return replace(
        team, state=TeamState.DISSOLVED, size=0, leader=None, ended_at=now, reason=said, version=team.version + 1
    )


def touched(team: Team) -> Team:
    """Something of it happened that changes nothing else: somebody applied, or was refused."""
    return replace(team, version=team.version + 1)


def joined(team: Team) -> Team:
    """One more is in it. Raises Conflict (`team_dissolved`), CapReached (`team_full`)."""
    require_active(team)
    if team.size >= team.charter.most:
        raise CapReached("team_full", most=team.charter.most)
    return replace(team, size=team.size + 1, version=team.version + 1)


def left(team: Team, person_id: str) -> Team:
    """One is in it no more."""
    leader = None if team.leader == person_id else team.leader
    return replace(team, size=max(0, team.size - 1), leader=leader, version=team.version + 1)


def led(team: Team, person_id: str) -> Team:
    """Somebody leads it from now on. Raises Conflict (`team_dissolved`), AlreadyDone (`team_led`)."""
    require_active(team)
    if team.leader == person_id:
        raise AlreadyDone("team_led")
    return replace(team, leader=person_id, version=team.version + 1)


def member(team: Team, person: Person, roles: Collection[TeamRole], *, by: str, now: datetime) -> Member:
    """The membership of somebody who may be it in these roles.

    Raises Invalid (`team_roles`), Conflict (`person_not_active`, `round_elsewhere`, `grid_elsewhere`).
    """
    asked = fitting(team, person, roles)
    return Member(team_id=team.id, person_id=person.id, roles=asked, since=now, by=by)


def fitting(team: Team, person: Person, roles: Collection[TeamRole]) -> tuple[TeamRole, ...]:
    """The roles in their order, if somebody may have them: of an area team couriers whose round leads there, and the
    members of its grids. Raises what `member` does."""
    asked = tuple(role for role in TeamRole if role in roles)
    if not asked or set(asked) - (OF_AREA if team.is_area else OF_KIND):
        raise Invalid("team_roles", kind=team.charter.kind)
    if person.state is not PersonState.ACTIVE:
        raise Conflict("person_not_active", person=person.id)
    if TeamRole.GRID_MEMBER in asked and not _keeps_a_grid(team, person):
        raise Conflict("grid_elsewhere", person=person.id)
    if {TeamRole.SENTINEL, TeamRole.ENVOY} & set(asked) and not set(person.round) & set(team.villages):
        raise Conflict("round_elsewhere", person=person.id)
    return asked


def require_active(team: Team) -> None:
    """Raises Conflict (`team_dissolved`)."""
    if team.state is TeamState.DISSOLVED:
        raise Conflict("team_dissolved")


def require_reason(reason: str) -> str:
    """Raises Invalid (`reason_needed`)."""
    if not reason.strip():
        raise Invalid("reason_needed")
    return reason.strip()


def _keeps_a_grid(team: Team, person: Person) -> bool:
    return any(Post(Role.GRID_MEMBER, grid) in person.posts for grid in team.charter.grids)


def _checked(charter: Charter, grids: Collection[str], numbers: Numbers) -> Charter:
    zh, en, most = charter.zh.strip(), charter.en.strip(), numbers.count(MOST)
    if not zh or not en:
        raise Invalid("team_name")
    if len(charter.grids) > GRIDS or (charter.kind == AREA and not charter.grids):
        raise Invalid("team_grids", most=GRIDS)
    if unknown := sorted(set(charter.grids).difference(grids)):
        raise Invalid("unknown_area", area=", ".join(unknown))
    if not 1 <= charter.most <= most:
        raise Invalid("team_most", most=most)
    return replace(charter, zh=zh, en=en, grids=tuple(sorted(set(charter.grids))))
