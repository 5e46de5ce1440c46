"""A team, who is in it, who wants to be."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.people.model import VILLAGE_DIGITS
from chalicelib.domain.teams.kinds import AREA


class TeamState(StrEnum):
    """Whether there is still such a team."""

    ACTIVE = "active"
    DISSOLVED = "dissolved"


class TeamRole(StrEnum):
    """As what somebody is in it: the two courier roles and the grid member of an area, or a member of an N team."""

    SENTINEL = "sentinel"  # 民情前哨员
    ENVOY = "envoy"  # 公益使者
    GRID_MEMBER = "grid_member"
    MEMBER = "member"


class TeamApplicationState(StrEnum):
    """What became of an application."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class TeamDeed(StrEnum):
    """What happens to a team."""

    FOUNDED = "founded"
    CHANGED = "changed"
    DISSOLVED = "dissolved"
    APPLIED = "applied"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    APPOINTED = "appointed"
    LEFT = "left"
    LED = "led"


OF_AREA = frozenset({TeamRole.SENTINEL, TeamRole.ENVOY, TeamRole.GRID_MEMBER})
OF_KIND = frozenset({TeamRole.MEMBER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """What the centre says of a team: `kind` is AREA or a row of `team_kinds`; `most`: how many may be in it.

    `grids`: its area. An N team may go without.
    """

    kind: str
    zh: str
    en: str
    grids: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team as it stands. `size`: how many are in it; `leader`: who of them leads, None while nobody does.

    Whatever happens to it, an application too, is its next `version`.
    """

    id: str
    township: str
    charter: Charter
    state: TeamState
    size: int
    leader: str | None
    founded_at: datetime
    ended_at: datetime | None = None
    reason: str = ""
    version: int = 1

    @property
    def is_area(self) -> bool:
        """Whether it is the area team of its grids."""
        return self.charter.kind == AREA

    @property
    def villages(self) -> tuple[str, ...]:
        """The villages that its grids lie in."""
        return tuple(dict.fromkeys(grid[:VILLAGE_DIGITS] for grid in self.charter.grids))


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who is in it, as what, since when; `by` let him in."""

    team_id: str
    person_id: str
    roles: tuple[TeamRole, ...]
    since: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamApplication:
    """Who wants to be in it, as what and why; what was decided by whom, with which reason."""

    team_id: str
    person_id: str
    roles: tuple[TeamRole, ...]
    words: str
    state: TeamApplicationState
    at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""
