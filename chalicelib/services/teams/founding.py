"""Use cases of the centre on a team: found it, change it, name who leads it, dissolve it."""

from datetime import datetime

from chalicelib.domain.errors import Conflict
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.teams import life, powers
from chalicelib.domain.teams.model import Charter, Team, TeamDeed
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.services.teams import steps, telling
from chalicelib.services.teams.steps import Step
from chalicelib.services.teams.telling import Told
from chalicelib.store.base import Transaction
from chalicelib.store.teams import teams as store


def found(id: str, charter: Charter, *, key: Key | None, by: Actor, now: datetime) -> Team:
    """A new team: one transaction, with its grids where it is an area team.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`team_kind`, `team_name`, `team_grids`, `unknown_area`,
    `team_most`), Conflict (`area_has_team`), KeyReused.
    """
    township = areas.township(now=now)
    powers.require_founder(by, township)

    def do() -> Team:
        known, numbers = steps.team_kinds(now), rulebook.in_force(now=now).numbers
        grids = _grids(now)
        team = life.founded(id, charter, township=township, grids=grids, kinds=known, numbers=numbers, now=now)
        transaction = Transaction()
        if team.is_area:
            store.hold(team, team.charter.grids, transaction)
        steps.commit(Step(after=team, deed=TeamDeed.FOUNDED), transaction, key=key, by=by.id, now=now)
        return team

    return once(key, do, store.get)


def change(team_id: str, charter: Charter, *, version: int | None, by: Actor, now: datetime) -> Team:
    """Another name, area or size: a read and a transaction.

    Raises Forbidden, NotFound, StaleVersion, AlreadyDone (`team_unchanged`), Conflict (`team_dissolved`,
    `team_larger`, `area_has_team`) and Invalid as `found` does.
    """
    powers.require_founder(by, areas.township(now=now))
    numbers, grids = rulebook.in_force(now=now).numbers, _grids(now)

    def run(team: Team, transaction: Transaction) -> Step:
        after = life.changed(team, charter, grids=grids, numbers=numbers)
        if team.is_area:
            before, held = set(team.charter.grids), set(after.charter.grids)
            store.hold(after, sorted(held - before), transaction)
            store.release(team, sorted(before - held), transaction)
        return Step(after=after, deed=TeamDeed.CHANGED)

    return steps.step(team_id, run, version=version, key=None, by=by, now=now)


def lead(team_id: str, person_id: str, *, version: int | None, by: Actor, now: datetime) -> Team:
    """Name one of its members to lead it: two reads and a transaction.

    Raises Forbidden, NotFound, StaleVersion, Conflict (`team_dissolved`, `not_in_team`), AlreadyDone (`team_led`).
    """
    powers.require_founder(by, areas.township(now=now))

    def run(team: Team, transaction: Transaction) -> Step:
        after = life.led(team, person_id)
        if store.member(team_id, person_id) is None:
            raise Conflict("not_in_team", person=person_id)
        telling.tell(after, Told.LED, person_id, transaction, now=now)
        return Step(after=after, deed=TeamDeed.LED, person_id=person_id)

    return steps.step(team_id, run, version=version, key=None, by=by, now=now)


def dissolve(team_id: str, reason: str, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Team:
    """The team ends with all its memberships, and its grids are free: two reads, a transaction.

    Raises Forbidden, NotFound, StaleVersion, Conflict (`team_dissolved`), Invalid (`reason_needed`), KeyReused.
    """
    powers.require_founder(by, areas.township(now=now))

    def run(team: Team, transaction: Transaction) -> Step:
        after = life.dissolved(team, reason, now=now)
        ended = [one.person_id for one in store.members(team_id)]
        for person_id in ended:
            store.leave(team_id, person_id, transaction)
        if team.is_area:
            store.release(team, team.charter.grids, transaction)
        return Step(after=after, deed=TeamDeed.DISSOLVED, as_role=Role.CENTRE, facts={"members": ended})

    return steps.step(team_id, run, version=version, key=key, by=by, now=now)


def _grids(now: datetime) -> frozenset[str]:
    return frozenset(area.code for area in areas.listing(now=now)[0].grids)
