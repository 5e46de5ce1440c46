"""A courier applies to a team; its leader or the centre decides, with a reason; until then he may take it back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import AlreadyDone, Forbidden, NotFound
from chalicelib.domain.people.model import Actor, Person, Role
from chalicelib.domain.teams import life
from chalicelib.domain.teams.model import Team, TeamApplication, TeamApplicationState, TeamRole

S = TeamApplicationState


def applied(team: Team, person: Person, roles: Collection[TeamRole], words: str, *, now: datetime) -> TeamApplication:
    """A courier's application. Raises Forbidden (`role_needed`) and what `life.member` does."""
    person.actor.require(Role.COURIER)
    life.require_active(team)
    asked = life.fitting(team, person, roles)
    return TeamApplication(
        team_id=team.id, person_id=person.id, roles=asked, words=words.strip(), state=S.WAITING, at=now
    )


def decided(
    application: TeamApplication | None, accept: bool, reason: str, *, by: Actor, now: datetime
) -> TeamApplication:
    """What was decided of it. Raises NotFound (`no_team_application`), AlreadyDone (`team_application_decided`),
    Forbidden (`own_case`), Invalid (`reason_needed`)."""
    waiting = require_waiting(application)
    if by.id == waiting.person_id:
        raise Forbidden("own_case")
    said, state = life.require_reason(reason), S.ACCEPTED if accept else S.REFUSED
    return replace(waiting, state=state, decided_by=by.id, decided_at=now, reason=said)


def withdrawn(application: TeamApplication, *, now: datetime) -> TeamApplication:
    """He took it back."""
    return replace(application, state=S.WITHDRAWN, decided_at=now)


def require_waiting(application: TeamApplication | None) -> TeamApplication:
    """Raises NotFound (`no_team_application`), AlreadyDone (`team_application_decided`)."""
    if application is None:
        raise NotFound("no_team_application")
    if application.state is not S.WAITING:
        raise AlreadyDone("team_application_decided", state=application.state)
    return application
