"""Table `teams`: teams (`head`), who is in them, who wants to be, and which area has a team.

| access                              | by                                                       |
|-------------------------------------|----------------------------------------------------------|
| a team                              | id, `head`                                               |
| who is in it                        | id, part `member#<person>`                               |
| who wants to be                     | id, part `application#<person>`                          |
| a township's teams, of a kind       | index `by_list`: list_key `<township>`, sort_key `<kind>#<id>` |
| what somebody is in, or applied to  | index `by_person`: person_id, id                         |
| the area team of a grid             | id `grid:<grid>`, `area`                                 |

A grid's item is written where there is none: so an area has one area team, whoever founds at once. Whatever happens to
a team goes over the version of its head, so that nobody is let in beyond its size. What was decided of an application
expires when the retention table says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone, Conflict, NotFound, StaleVersion
from chalicelib.domain.teams.model import Member, Team, TeamApplication, TeamState
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

HEAD, MEMBER, APPLICATION, GRID, AREA = "head", "member#", "application#", "grid:", "area"


type Key = Annotated[str, Meta(min_length=1, max_length=300)]


class ByList(GlobalSecondaryIndex["TeamItem"]):
    """A township's teams."""

    class Meta:
        index_name = "by_list"
        projection = IncludeProjection(["body"])

    list_key = UnicodeAttribute(hash_key=True)
    sort_key = UnicodeAttribute(range_key=True)


class ByPerson(GlobalSecondaryIndex["TeamItem"]):
    """Somebody's memberships and applications."""

    class Meta:
        index_name = "by_person"
        projection = IncludeProjection(["body"])

    person_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class TeamItem(Table):
    """A team, a membership or an application (`body`, JSON); or whose a grid is (`team_id`)."""

    class Meta:
        table_name = settings().table("teams")

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    waiting = NumberAttribute(null=True)
    team_id = UnicodeAttribute(null=True)
    list_key = UnicodeAttribute(null=True)
    sort_key = UnicodeAttribute(null=True)
    person_id = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    by_list = ByList()
    by_person = ByPerson()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some teams, and where the next ones begin; None at the end."""

    teams: list[Team]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What somebody is in, and what he applied to."""

    members: list[Member]
    applications: list[TeamApplication]


def get(team_id: str) -> Team:
    """The team as it is now. Raises NotFound (`no_such_team`)."""
    try:
        return _team(TeamItem.get(team_id, HEAD, consistent_read=True))
    except TeamItem.DoesNotExist as error:
        raise NotFound("no_such_team", team=team_id) from error


def several(ids: Iterable[str]) -> dict[str, Team]:
    """Those of the teams that there are: one call for a hundred."""
    keys = [(id, HEAD) for id in dict.fromkeys(ids)]
    return {item.id: _team(item) for item in TeamItem.batch_get(keys, consistent_read=True)} if keys else {}


def put(team: Team, transaction: Transaction) -> None:
    """Store the team over the version it came from; the transaction raises StaleVersion if that is past."""
    item = TeamItem(team.id, HEAD, body=_json(team), version=team.version)
    if team.state is TeamState.ACTIVE:
        item.list_key, item.sort_key = team.township, f"{team.charter.kind}#{team.id}"
    first = TeamItem.id.does_not_exist() if team.version == 1 else TeamItem.version == team.version - 1
    transaction.put(item, first, StaleVersion("changed_meanwhile"))


def hold(team: Team, grids: Iterable[str], transaction: Transaction) -> None:
    """Make it the area team of these grids; the transaction raises Conflict (`area_has_team`) where one has another."""
    for grid in grids:
        free = TeamItem.id.does_not_exist()
        transaction.put(TeamItem(f"{GRID}{grid}", AREA, team_id=team.id), free, Conflict("area_has_team", area=grid))


def release(team: Team, grids: Iterable[str], transaction: Transaction) -> None:
    """These grids have no area team any more; the transaction raises StaleVersion where they have another."""
    own, changed = TeamItem.team_id == team.id, StaleVersion("changed_meanwhile")
    for grid in grids:
        transaction.delete(TeamItem(f"{GRID}{grid}", AREA), own, changed)


def of_grids(grids: Iterable[str]) -> dict[str, str]:
    """Which of the grids has which area team: one call for a hundred."""
    keys = [(f"{GRID}{grid}", AREA) for grid in dict.fromkeys(grids)]
    found = TeamItem.batch_get(keys) if keys else ()
    return {item.id.removeprefix(GRID): str(item.team_id) for item in found}


def page(township: str, kind: str | None, *, limit: int, cursor: str | None) -> Page:
    """A township's teams that are not dissolved, of a kind or all: one query."""
    first = f"{kind}#" if kind else ""
    behind = cursors.opened(cursor, Key) if cursor else first or " "  # before every kind; no key is empty
    within = TeamItem.by_list.query(township, ByList.sort_key.between(behind, f"{first}~"), limit=limit + 2)
    found = [item for item in within if item.sort_key != behind][: limit + 1]
    more = cursors.sealed(found[limit - 1].sort_key) if len(found) > limit else None
    return Page(teams=[_team(item) for item in found[:limit]], cursor=more)


def join(member: Member, transaction: Transaction) -> None:
    """Let somebody in; the transaction raises AlreadyDone (`team_member`) where he is."""
    item = TeamItem(member.team_id, f"{MEMBER}{member.person_id}", body=_json(member), person_id=member.person_id)
    transaction.put(item, TeamItem.id.does_not_exist(), AlreadyDone("team_member"))


def leave(team_id: str, person_id: str, transaction: Transaction) -> None:
    """He is in it no more; the transaction raises StaleVersion where he was not."""
    gone = StaleVersion("changed_meanwhile")
    transaction.delete(TeamItem(team_id, f"{MEMBER}{person_id}"), TeamItem.id.exists(), gone)


def members(team_id: str) -> list[Member]:
    """Who is in it, by id: one query."""
    found = TeamItem.query(team_id, TeamItem.part.startswith(MEMBER), consistent_read=True)
    return [msgspec.json.decode(item.body, type=Member) for item in found]


def member(team_id: str, person_id: str) -> Member | None:
    """Somebody's membership, if he is in it."""
    try:
        found = TeamItem.get(team_id, f"{MEMBER}{person_id}", consistent_read=True)
    except TeamItem.DoesNotExist:
        return None
    return msgspec.json.decode(found.body, type=Member)


def apply(application: TeamApplication, transaction: Transaction) -> None:
    """Store an application; the transaction raises AlreadyDone (`team_applied`) while one waits, and (`team_member`)
    where he is in it."""
    member, out = f"{MEMBER}{application.person_id}", TeamItem.id.does_not_exist()
    transaction.check(TeamItem, application.team_id, member, condition=out, refusal=AlreadyDone("team_member"))
    none = TeamItem.waiting.does_not_exist()
    transaction.put(_application(application, None), none, AlreadyDone("team_applied"))


def settle(application: TeamApplication, *, until: datetime, transaction: Transaction) -> None:
    """Store what became of an application, kept until `until`; the transaction raises StaleVersion where it was
    settled meanwhile."""
    waits = TeamItem.waiting.exists()
    transaction.put(_application(application, until), waits, StaleVersion("changed_meanwhile"))


def application(team_id: str, person_id: str) -> TeamApplication | None:
    """Somebody's application, the last there was."""
    try:
        found = TeamItem.get(team_id, f"{APPLICATION}{person_id}", consistent_read=True)
    except TeamItem.DoesNotExist:
        return None
    return msgspec.json.decode(found.body, type=TeamApplication)


def applications(team_id: str, *, limit: int, cursor: str | None) -> tuple[list[TeamApplication], str | None]:
    """Who wants to be in it, or was decided on lately, by id: one query."""
    behind = f"{APPLICATION}{cursors.opened(cursor, Key)}" if cursor else APPLICATION
    parts = TeamItem.part.between(behind, f"{APPLICATION}~")
    rows = [row for row in TeamItem.query(team_id, parts, limit=limit + 2) if row.part != behind][: limit + 1]
    more = cursors.sealed(rows[limit - 1].part.removeprefix(APPLICATION)) if len(rows) > limit else None
    return [msgspec.json.decode(row.body, type=TeamApplication) for row in rows[:limit]], more


def of_person(person_id: str) -> Belongings:
    """What somebody is in, and what he applied to: one query."""
    found = list(TeamItem.by_person.query(person_id))
    entered = [msgspec.json.decode(item.body, type=Member) for item in found if item.part.startswith(MEMBER)]
    asked = [item for item in found if item.part.startswith(APPLICATION)]
    return Belongings(
        members=entered,
        applications=[msgspec.json.decode(item.body, type=TeamApplication) for item in asked],
    )


def forget_application(team_id: str, person_id: str) -> None:
    """Let go of what he wrote to a team, and of what it said of him."""
    TeamItem(team_id, f"{APPLICATION}{person_id}").delete()


def _application(application: TeamApplication, until: datetime | None) -> TeamItem:
    return TeamItem(
        application.team_id,
        f"{APPLICATION}{application.person_id}",
        body=_json(application),
        person_id=application.person_id,
        waiting=None if until else 1,
        expires_at=int(until.timestamp()) if until else None,
    )


def _team(item: TeamItem) -> Team:
    return msgspec.json.decode(item.body or "", type=Team)


def _json(value: Team | Member | TeamApplication) -> str:
    return msgspec.json.encode(value).decode()
