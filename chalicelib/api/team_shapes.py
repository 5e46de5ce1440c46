"""The shapes of teams over HTTP."""

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct

from chalicelib.api.shapes import Instant, NeededText, Text
from chalicelib.domain.reports.model import Status
from chalicelib.domain.teams.model import Charter, Member, TeamApplication, TeamApplicationState, TeamRole, TeamState

if TYPE_CHECKING:
    from chalicelib.domain.teams.model import Team
    from chalicelib.services.teams.showing import Shown

TeamName = Annotated[str, Meta(min_length=1, max_length=60)]
GridCode = Annotated[str, Meta(pattern=r"^\d{15}$")]
Grids = Annotated[tuple[GridCode, ...], Meta(max_length=20)]
Size = Annotated[int, Meta(ge=1, le=1000)]
Roles = Annotated[tuple[TeamRole, ...], Meta(min_length=1, max_length=4)]


class NewTeam(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A team of a `kind`: `area` for the team of an area (its `grids`), else a row of the table `team_kinds`. At most
    so many may be in it (`most`)."""

    kind: Annotated[str, Meta(pattern=r"^[a-z_]{1,40}$")]
    name: TeamName
    name_en: TeamName
    grids: Grids = ()
    most: Size = 20


class ChangedTeam(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it anew but the kind."""

    name: TeamName
    name_en: TeamName
    grids: Grids = ()
    most: Size


class TeamReason(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why."""

    reason: NeededText


class TeamLeader(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which of its members leads it."""

    person: Annotated[str, Meta(min_length=1, max_length=100)]


class JoinTeam(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As what you want to be in it, and why."""

    roles: Roles
    words: Text = ""


class Appointment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is to be in it, as what."""

    person: Annotated[str, Meta(min_length=1, max_length=100)]
    roles: Roles


class TeamDecision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let in or not, and why: he reads the reason."""

    accept: bool
    reason: NeededText


class MemberView(Struct, frozen=True, kw_only=True):
    """Who is in it, as what, since when."""

    person: str
    name: str
    roles: tuple[TeamRole, ...]
    since: Instant


class OwnMembership(Struct, frozen=True, kw_only=True):
    """A team you are in, as what, since when."""

    team: str
    roles: tuple[TeamRole, ...]
    since: Instant


class TeamApplicationView(Struct, frozen=True, kw_only=True):
    """Who wants to be in it, as what and why; what was decided, and the reason. `name` is empty in one's own."""

    team: str
    person: str
    name: str
    roles: tuple[TeamRole, ...]
    words: str
    state: TeamApplicationState
    at: Instant
    decided_at: Instant | None
    reason: str


class TeamCard(Struct, frozen=True, kw_only=True):
    """A team: of which kind, which grids are its area, how many are in it and may be."""

    id: str
    kind: str
    kind_name: str
    kind_name_en: str
    name: str
    name_en: str
    grids: tuple[str, ...]
    villages: tuple[str, ...]
    size: int
    most: int
    has_leader: bool
    state: TeamState
    version: int


class TeamView(TeamCard, frozen=True, kw_only=True):
    """A team with its `members` and its `leader`, for who is in it, the centre and the committee; to others both are
    empty. `roles`: as what you are in it; `application`: what you applied for."""

    founded_at: Instant
    ended_at: Instant | None
    reason: str
    leader: str | None
    members: list[MemberView]
    roles: tuple[TeamRole, ...]
    application: TeamApplicationView | None


class TeamPage(Struct, frozen=True, kw_only=True):
    """Some teams, by kind; `cursor` asks for the next ones, null at the end."""

    teams: list[TeamCard]
    cursor: str | None


class MyTeams(Struct, frozen=True, kw_only=True):
    """What you are in or applied to."""

    teams: list[TeamView]


class TeamApplicationPage(Struct, frozen=True, kw_only=True):
    """Some who want to be in it; `cursor` asks for the next ones, null at the end."""

    applications: list[TeamApplicationView]
    cursor: str | None


class OpenMatterView(Struct, frozen=True, kw_only=True):
    """An open report of the team's area: its kind, its grid, where it stands and for how many hours it has been open.
    `id` only where the report is yours to see."""

    id: str | None
    kind: str | None
    grid: str
    status: Status
    hours: int


class TeamGround(Struct, frozen=True, kw_only=True):
    """What is open in a team's grids of what was filed this month and the last, newest first; `whole`: all of it."""

    team: str
    grids: tuple[str, ...]
    open: list[OpenMatterView]
    whole: bool


def charter(body: NewTeam | ChangedTeam, kind: str = "") -> Charter:
    """What the centre says of a team."""
    kind = body.kind if isinstance(body, NewTeam) else kind
    return Charter(kind=kind, zh=body.name, en=body.name_en, grids=body.grids, most=body.most)


def card(shown: "Shown") -> TeamCard:
    """A team in a list."""
    return TeamCard(**_fields(shown.team, shown))


def view(shown: "Shown") -> TeamView:
    """A team as who looks may know it."""
    team = shown.team
    return TeamView(
        **_fields(team, shown),
        founded_at=team.founded_at,
        ended_at=team.ended_at,
        reason=team.reason,
        leader=team.leader if shown.members or shown.own else None,
        members=[
            MemberView(person=one.person_id, name=name, roles=one.roles, since=one.since) for one, name in shown.members
        ],
        roles=shown.own.roles if shown.own else (),
        application=application(shown.application) if shown.application else None,
    )


def application(one: TeamApplication, name: str = "") -> TeamApplicationView:
    """An application, with the name of who applied where it is another's."""
    return TeamApplicationView(
        team=one.team_id,
        person=one.person_id,
        name=name,
        roles=one.roles,
        words=one.words,
        state=one.state,
        at=one.at,
        decided_at=one.decided_at,
        reason=one.reason,
    )


def membership(one: Member) -> OwnMembership:
    """One's own membership, in a copy of one's data."""
    return OwnMembership(team=one.team_id, roles=one.roles, since=one.since)


def _fields(team: "Team", shown: "Shown") -> dict[str, Any]:
    said = team.charter
    return {
        "id": team.id,
        "kind": said.kind,
        "kind_name": shown.kind.zh,
        "kind_name_en": shown.kind.en,
        "name": said.zh,
        "name_en": said.en,
        "grids": said.grids,
        "villages": team.villages,
        "size": team.size,
        "most": said.most,
        "has_leader": team.leader is not None,
        "state": team.state,
        "version": team.version,
    }
