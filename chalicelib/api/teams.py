"""Teams over HTTP: which there are, founding, changing, dissolving them, who leads, and what lies in their area."""

from typing import Annotated

from msgspec import Meta

from chalicelib.api import team_shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.shapes import Paging
from chalicelib.api.team_shapes import (
    ChangedTeam,
    MyTeams,
    NewTeam,
    OpenMatterView,
    TeamGround,
    TeamLeader,
    TeamPage,
    TeamReason,
    TeamView,
)

api = Api(__name__)


class TeamsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which kind: `area`, or a row of the table `team_kinds`; without one, all."""

    kind: Annotated[str, Meta(pattern=r"^[a-z_]{1,40}$")] | None = None


@api.route("/teams", methods=["POST"], status=201, authorizer=authorize)
def found_team(ask: Ask, body: NewTeam) -> TeamView:
    """Found a team, for the centre. An area has one area team."""
    from chalicelib.services.teams import founding, showing

    team = founding.found(new_id(ask.now), team_shapes.charter(body), key=ask.key, by=ask.actor, now=ask.now)
    return team_shapes.view(showing.show(team.id, by=ask.actor, now=ask.now))


@api.route("/teams", methods=["GET"], authorizer=authorize)
def list_teams(ask: Ask, query: TeamsQuery) -> TeamPage:
    """Which teams there are, by kind: for everybody, so that who would join knows."""
    from chalicelib.services.teams import showing

    page = showing.listing(query.kind, now=ask.now, limit=query.limit, cursor=query.cursor)
    return TeamPage(teams=[team_shapes.card(one) for one in page.teams], cursor=page.cursor)


@api.route("/teams/{team_id}", methods=["GET"], authorizer=authorize)
def get_team(ask: Ask, team_id: str) -> TeamView:
    """A team; who is in it is for its members, the centre and the committee."""
    from chalicelib.services.teams import showing

    return team_shapes.view(showing.show(team_id, by=ask.actor, now=ask.now))


@api.route("/teams/{team_id}", methods=["PUT"], authorizer=authorize)
def change_team(ask: Ask, team_id: str, body: ChangedTeam) -> TeamView:
    """Give it another name, area or size, for the centre. Send the version you read as If-Match."""
    from chalicelib.services.teams import founding, showing

    founding.change(team_id, team_shapes.charter(body), version=ask.version, by=ask.actor, now=ask.now)
    return team_shapes.view(showing.show(team_id, by=ask.actor, now=ask.now))


@api.route("/teams/{team_id}/dissolution", methods=["POST"], authorizer=authorize)
def dissolve_team(ask: Ask, team_id: str, body: TeamReason) -> TeamView:
    """Dissolve it, for the centre: every membership ends. Send the version you read as If-Match."""
    from chalicelib.services.teams import founding, showing

    founding.dissolve(team_id, body.reason, version=ask.version, key=ask.key, by=ask.actor, now=ask.now)
    return team_shapes.view(showing.show(team_id, by=ask.actor, now=ask.now))


@api.route("/teams/{team_id}/leader", methods=["PUT"], authorizer=authorize)
def name_team_leader(ask: Ask, team_id: str, body: TeamLeader) -> TeamView:
    """Name one of its members to lead it, for the centre."""
    from chalicelib.services.teams import founding, showing

    founding.lead(team_id, body.person, version=ask.version, by=ask.actor, now=ask.now)
    return team_shapes.view(showing.show(team_id, by=ask.actor, now=ask.now))


@api.route("/teams/{team_id}/ground", methods=["GET"], authorizer=authorize)
def get_team_ground(ask: Ask, team_id: str) -> TeamGround:
    """What is open in the team's area, for its members, the centre and the committee: of what is not yours to see only
    the kind, the grid, where it stands and since when; nothing confidential."""
    from chalicelib.services.teams import ground

    seen = ground.view(team_id, by=ask.actor, now=ask.now)
    matters = [
        OpenMatterView(
            id=one.id, kind=one.kind, grid=one.grid, status=one.status, hours=int(one.open_for.total_seconds() // 3600)
        )
        for one in seen.open
    ]
    return TeamGround(team=seen.team.id, grids=seen.team.charter.grids, open=matters, whole=seen.whole)


@api.route("/me/teams", methods=["GET"], authorizer=authorize)
def list_my_teams(ask: Ask) -> MyTeams:
    """The teams you are in or applied to."""
    from chalicelib.services.teams import showing

    return MyTeams(teams=[team_shapes.view(one) for one in showing.mine(by=ask.actor, now=ask.now)])
