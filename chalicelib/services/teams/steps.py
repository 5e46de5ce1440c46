"""One step on a team: its next version, the line of what happened and what goes with it, in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.happenings import Thing, happened
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.teams import kinds
from chalicelib.domain.teams.kinds import TeamKind
from chalicelib.domain.teams.model import Team, TeamDeed
from chalicelib.services.reports.once import once
from chalicelib.store import history, idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition
from chalicelib.store.teams import teams as store

TRIES = 24  # each that is lost means that somebody else's step was written


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step makes of the team, by whom as what; `person_id`: whom it concerns."""

    after: Team
    deed: TeamDeed
    as_role: str = Role.CENTRE
    person_id: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


type Run = Callable[[Team, Transaction], Step]


def step(team_id: str, run: Run, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Team:
    """Decide on the team as it stands and store it: a read and a transaction, again where somebody was faster.

    Raises NotFound (`no_such_team`), StaleVersion where the `version` that was read is past, KeyReused, Busy, and what
    `run` refuses.
    """

    def do() -> Team:
        for _ in range(TRIES):
            team = store.get(team_id)
            if version not in (None, team.version):
                raise StaleVersion("stale_version", version=team.version)
            transaction = Transaction()
            made = run(team, transaction)
            try:
                commit(made, transaction, key=key, by=by.id, now=now)
            except StaleVersion:
                continue
            return made.after
        raise Busy("store_contention")

    return once(key, do, store.get)


def until_gone(team_id: str, person_id: str, run: Run, *, by: str, now: datetime) -> Team:
    """The same for somebody who is in the team, until he is in it no more. Raises NotFound, Busy."""
    for _ in range(TRIES):
        team, transaction = store.get(team_id), Transaction()
        try:
            commit(made := run(team, transaction), transaction, key=None, by=by, now=now)
        except StaleVersion:
            if store.member(team_id, person_id) is None:
                return store.get(team_id)
            continue
        return made.after
    raise Busy("store_contention")


def commit(made: Step, transaction: Transaction, *, key: Key | None, by: str, now: datetime) -> None:
    """Store the team with the line of what happened to it."""
    team = made.after
    store.put(team, transaction)
    line = happened(
        Thing.TEAM,
        team.id,
        number=team.version,
        deed=made.deed,
        at=now,
        actor_id=by,
        as_role=made.as_role,
        township=team.township,
        village=team.villages[0] if len(team.villages) == 1 else None,
        person_id=made.person_id,
        facts={"kind": team.charter.kind, "zh": team.charter.zh, "en": team.charter.en, **made.facts},
    )
    history.append(line, transaction)
    if key:
        idempotency.claim(key, team.id, now=now, transaction=transaction)
    transaction.commit()


def team_kinds(now: datetime) -> dict[str, TeamKind]:
    """The kinds of N teams by the edition in force."""
    return _read(reference.current(kinds.TABLE, now=now)[kinds.TABLE])


@lru_cache(maxsize=2)
def _read(edition: Edition) -> dict[str, TeamKind]:
    return kinds.read(edition.body)
