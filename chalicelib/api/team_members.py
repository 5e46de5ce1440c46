"""Who is in a team, over HTTP: apply, decide, appoint, leave, end a membership."""

from chalicelib.api import team_shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Paging
from chalicelib.api.team_shapes import (
    Appointment,
    JoinTeam,
    TeamApplicationPage,
    TeamDecision,
    TeamReason,
    TeamView,
)

api = Api(__name__)


@api.route("/teams/{team_id}/applications", methods=["POST"], authorizer=authorize)
def apply_to_team(ask: Ask, team_id: str, body: JoinTeam) -> TeamView:
    """Apply to be let in, as a courier; its leader or the centre decides."""
    from chalicelib.services.teams import joining

    joining.apply(team_id, body.roles, body.words, key=ask.key, by=ask.actor, now=ask.now)
    return _view(ask, team_id)


@api.route("/teams/{team_id}/applications", methods=["GET"], authorizer=authorize)
def list_team_applications(ask: Ask, team_id: str, query: Paging) -> TeamApplicationPage:
    """Who wants to be in it, for its leader and the centre."""
    from chalicelib.services.teams import showing

    page = showing.applications(team_id, by=ask.actor, limit=query.limit, cursor=query.cursor)
    found = [team_shapes.application(one, name) for one, name in page.applications]
    return TeamApplicationPage(applications=found, cursor=page.cursor)


@api.route("/teams/{team_id}/applications/{person_id}/decision", methods=["POST"], authorizer=authorize)
def decide_on_team_application(ask: Ask, team_id: str, person_id: str, body: TeamDecision) -> TeamView:
    """Let somebody in or not, with a reason: as its leader or as the centre."""
    from chalicelib.services.teams import joining

    joining.decide(team_id, person_id, body.accept, body.reason, key=ask.key, by=ask.actor, now=ask.now)
    return _view(ask, team_id)


@api.route("/teams/{team_id}/members", methods=["POST"], authorizer=authorize)
def appoint_to_team(ask: Ask, team_id: str, body: Appointment) -> TeamView:
    """Appoint somebody, for the centre. He is told, and may leave at any time."""
    from chalicelib.services.teams import joining

    joining.appoint(team_id, body.person, body.roles, key=ask.key, by=ask.actor, now=ask.now)
    return _view(ask, team_id)


@api.route("/teams/{team_id}/members/{person_id}/removal", methods=["POST"], authorizer=authorize)
def remove_from_team(ask: Ask, team_id: str, person_id: str, body: TeamReason) -> TeamView:
    """End a membership, for the centre: he reads the reason."""
    from chalicelib.services.teams import joining

    joining.remove(team_id, person_id, body.reason, key=ask.key, by=ask.actor, now=ask.now)
    return _view(ask, team_id)


@api.route("/teams/{team_id}/departure", methods=["POST"], authorizer=authorize)
def leave_team(ask: Ask, team_id: str) -> TeamView:
    """Be in it no more, or take back your application. Twice is once."""
    from chalicelib.services.teams import joining

    joining.leave(team_id, by=ask.actor, now=ask.now)
    return _view(ask, team_id)


def _view(ask: Ask, team_id: str) -> TeamView:
    from chalicelib.services.teams import showing

    return team_shapes.view(showing.show(team_id, by=ask.actor, now=ask.now))
