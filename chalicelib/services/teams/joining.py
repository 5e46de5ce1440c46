"""Use cases of coming in and going out: a courier applies, leader or centre decides; the centre appoints; one leaves.

Who is appointed is asked by being told: he may leave at any time, with one tap and without a reason.
"""

from collections.abc import Collection
from datetime import datetime

from chalicelib.domain.errors import NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.teams import applying, life, powers
from chalicelib.domain.teams.model import Team, TeamApplicationState, TeamDeed, TeamRole
from chalicelib.services.reference import areas, terms
from chalicelib.services.teams import steps, telling
from chalicelib.services.teams.steps import Step
from chalicelib.services.teams.telling import Told
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.teams import teams as store

TERM = "team_application"  # in `data/retention.csv`


def apply(team_id: str, roles: Collection[TeamRole], words: str, *, key: Key | None, by: Actor, now: datetime) -> Team:
    """A courier asks to be let in: two reads and a transaction.

    Raises Forbidden (`role_needed`), NotFound, Invalid (`team_roles`), Conflict (`team_dissolved`,
    `person_not_active`, `round_elsewhere`, `grid_elsewhere`), AlreadyDone (`team_applied`, `team_member`), KeyReused.
    """
    by.require(Role.COURIER)

    def run(team: Team, transaction: Transaction) -> Step:
        made = applying.applied(team, people.get(by.id), roles, words, now=now)
        store.apply(made, transaction)
        after = life.touched(team)
        if team.leader:
            telling.tell(after, Told.APPLIED, team.leader, transaction, now=now)
        return Step(after=after, deed=TeamDeed.APPLIED, as_role=Role.COURIER, person_id=by.id)

    return steps.step(team_id, run, version=None, key=key, by=by, now=now)


def decide(
    team_id: str, person_id: str, accept: bool, reason: str, *, key: Key | None, by: Actor, now: datetime
) -> Team:
    """Let him in or not, as its leader or as the centre: three reads and a transaction.

    Raises Forbidden (`team_not_yours`, `own_case`), NotFound (`no_such_team`, `no_team_application`), AlreadyDone
    (`team_application_decided`, `team_member`), Invalid (`reason_needed`), CapReached (`team_full`), Conflict
    (`team_dissolved`, `person_not_active`, `round_elsewhere`, `grid_elsewhere`), KeyReused.
    """

    def run(team: Team, transaction: Transaction) -> Step:
        role = powers.decides_as(team, by)
        asked = store.application(team_id, person_id)
        settled = applying.decided(asked, accept, reason, by=by, now=now)
        store.settle(settled, until=now + terms.kept(TERM, now=now), transaction=transaction)
        if accept:
            entered = life.member(team, people.get(person_id), settled.roles, by=by.id, now=now)
            store.join(entered, transaction)
        after = life.joined(team) if accept else life.touched(team)
        deed, told = (TeamDeed.ACCEPTED, Told.ACCEPTED) if accept else (TeamDeed.REFUSED, Told.REFUSED)
        telling.tell(after, told, person_id, transaction, reason=settled.reason, now=now)
        return Step(after=after, deed=deed, as_role=role, person_id=person_id)

    return steps.step(team_id, run, version=None, key=key, by=by, now=now)


def appoint(
    team_id: str, person_id: str, roles: Collection[TeamRole], *, key: Key | None, by: Actor, now: datetime
) -> Team:
    """The centre lets somebody in, who may leave at any time: two reads and a transaction.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound (`no_such_team`, `no_such_person`), AlreadyDone
    (`team_member`), CapReached (`team_full`), Invalid and Conflict as `apply` does, KeyReused.
    """
    powers.require_founder(by, areas.township(now=now))

    def run(team: Team, transaction: Transaction) -> Step:
        entered = life.member(team, people.get(person_id), roles, by=by.id, now=now)
        store.join(entered, transaction)
        after = life.joined(team)
        telling.tell(after, Told.APPOINTED, person_id, transaction, now=now)
        return Step(after=after, deed=TeamDeed.APPOINTED, person_id=person_id)

    return steps.step(team_id, run, version=None, key=key, by=by, now=now)


def leave(team_id: str, *, by: Actor, now: datetime) -> Team:
    """Be in it no more, or take back one's application: two or three reads and a transaction. Twice is once.

    Raises NotFound (`no_such_team`) also where one has nothing to do with it.
    """
    if store.member(team_id, by.id) is None:
        return _take_back(team_id, by=by, now=now)
    return end(team_id, by.id, by=by.id, as_role="member", now=now)


def remove(team_id: str, person_id: str, reason: str, *, key: Key | None, by: Actor, now: datetime) -> Team:
    """The centre ends a membership, and says why: two reads and a transaction.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound (`no_such_team`, `not_in_team`), Invalid
    (`reason_needed`), KeyReused.
    """
    powers.require_founder(by, areas.township(now=now))
    said = life.require_reason(reason)

    def run(team: Team, transaction: Transaction) -> Step:
        if store.member(team_id, person_id) is None:
            raise NotFound("not_in_team", person=person_id)
        store.leave(team_id, person_id, transaction)
        after = life.left(team, person_id)
        telling.tell(after, Told.REMOVED, person_id, transaction, reason=said, now=now)
        return Step(after=after, deed=TeamDeed.LEFT, person_id=person_id)

    return steps.step(team_id, run, version=None, key=key, by=by, now=now)


def end(team_id: str, person_id: str, *, by: str, as_role: str, now: datetime) -> Team:
    """End a membership if there is one: a read and a transaction, and a read where somebody was faster."""

    def run(team: Team, transaction: Transaction) -> Step:
        store.leave(team_id, person_id, transaction)
        return Step(after=life.left(team, person_id), deed=TeamDeed.LEFT, as_role=as_role, person_id=person_id)

    return steps.until_gone(team_id, person_id, run, by=by, now=now)


def _take_back(team_id: str, *, by: Actor, now: datetime) -> Team:
    asked = store.application(team_id, by.id)
    if asked is None:
        raise NotFound("no_such_team", team=team_id)
    if asked.state is TeamApplicationState.WAITING:
        transaction = Transaction()
        until = now + terms.kept(TERM, now=now)
        store.settle(applying.withdrawn(asked, now=now), until=until, transaction=transaction)
        transaction.commit()
    return store.get(team_id)
