"""Who leaves Fenjian is in no team any more, and who is forgotten leaves nothing of what he wrote to one."""

from datetime import datetime

from chalicelib.domain.people.model import CLOSED, Person
from chalicelib.services.teams import joining
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.teams import due
from chalicelib.store.teams import teams as store

SYSTEM = "system"


def follow(after: Person, *, now: datetime, transaction: Transaction) -> None:
    """Have his memberships ended, with the transaction that closes his account; nothing while he stays."""
    if after.state in CLOSED:
        due.put(after.id, at=now, transaction=transaction)


def fire(person_id: str, *, now: datetime) -> None:
    """End his memberships and let go of what he applied for, if he has left: a read, a query, two calls for each team.

    Who came back meanwhile keeps what is left of them. Told twice it is once.
    """
    person = people.find(person_id)
    if person is None or person.state in CLOSED:
        end_all(person_id, now=now)
    due.done(person_id)


def end_all(person_id: str, *, now: datetime) -> None:
    """End each of his memberships, and erase what he wrote to teams: a query, and two calls for each."""
    found = store.of_person(person_id)
    for one in found.members:
        joining.end(one.team_id, person_id, by=SYSTEM, as_role=SYSTEM, now=now)
    for asked in found.applications:
        store.forget_application(asked.team_id, person_id)
