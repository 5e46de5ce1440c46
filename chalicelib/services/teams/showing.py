"""Use cases of looking: which teams there are, who is in one, who wants to be, what I am in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.people.model import CLOSED, Actor
from chalicelib.domain.teams import powers
from chalicelib.domain.teams.kinds import TeamKind, named
from chalicelib.domain.teams.model import Member, Team, TeamApplication
from chalicelib.services.reference import areas
from chalicelib.services.teams import steps
from chalicelib.store.people import people
from chalicelib.store.teams import teams as store


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A team with its kind. `members` with their names, where he who looks may know them; `own`: his membership."""

    team: Team
    kind: TeamKind
    members: tuple[tuple[Member, str], ...] = ()
    own: Member | None = None
    application: TeamApplication | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some teams, and where the next ones begin; None at the end."""

    teams: list[Shown]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Some who want to be in a team, with their names, and where the next ones begin; None at the end."""

    applications: list[tuple[TeamApplication, str]]
    cursor: str | None


def listing(kind: str | None, *, now: datetime, limit: int, cursor: str | None) -> Page:
    """The township's teams of a kind, or all: one query. For everybody with an account: who would join must know
    what there is. Raises Invalid (`bad_cursor`)."""
    found = store.page(areas.township(now=now), kind, limit=limit, cursor=cursor)
    return Page(teams=[_shown(team, now) for team in found.teams], cursor=found.cursor)


def show(team_id: str, *, by: Actor, now: datetime) -> Shown:
    """A team; its members to those who may know them: a read, a query, a batch of names. Raises NotFound."""
    team = store.get(team_id)
    members = store.members(team_id)
    own = next((one for one in members if one.person_id == by.id), None)
    knows = powers.knows_members(team, by, is_member=own is not None)
    return Shown(
        team=team,
        kind=named(steps.team_kinds(now), team.charter.kind),
        members=tuple(_named(members)) if knows else (),
        own=own,
        application=store.application(team_id, by.id) if own is None else None,
    )


def mine(*, by: Actor, now: datetime) -> list[Shown]:
    """What I am in, and what I applied to: a query and a batch."""
    found = store.of_person(by.id)
    own = {one.team_id: one for one in found.members}
    asked = {one.team_id: one for one in found.applications}
    teams, known = store.several([*own, *asked]), steps.team_kinds(now)
    return [
        Shown(team=team, kind=named(known, team.charter.kind), own=own.get(id), application=asked.get(id))
        for id, team in sorted(teams.items())
    ]


def applications(team_id: str, *, by: Actor, limit: int, cursor: str | None) -> Asking:
    """Who wants to be in it, for its leader and the centre: a read, a query, a batch of names.

    Raises NotFound, Forbidden (`team_not_yours`), Invalid (`bad_cursor`).
    """
    powers.decides_as(store.get(team_id), by)
    found, more = store.applications(team_id, limit=limit, cursor=cursor)
    names = _names(one.person_id for one in found)
    return Asking(applications=[(one, names[one.person_id]) for one in found if one.person_id in names], cursor=more)


def _shown(team: Team, now: datetime) -> Shown:
    return Shown(team=team, kind=named(steps.team_kinds(now), team.charter.kind))


def _named(members: Iterable[Member]) -> list[tuple[Member, str]]:
    """Those who are still here, with their names."""
    held = list(members)
    names = _names(one.person_id for one in held)
    return [(one, names[one.person_id]) for one in held if one.person_id in names]


def _names(ids: Iterable[str]) -> dict[str, str]:
    return {person.id: person.name for person in people.several(list(ids)) if person.state not in CLOSED}
