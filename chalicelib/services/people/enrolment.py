"""The use case by which staff come in: the admin enrols them."""

from datetime import datetime

from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.enrolment import ENROLLERS, Newcomer, enrol
from chalicelib.domain.people.model import Actor, Person, require_any
from chalicelib.services.people import access, person_actions
from chalicelib.services.reference import areas
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.people import people


def admit(newcomer: Newcomer, *, key: Key | None, by: Actor, now: datetime) -> Person:
    """Make somebody of the staff known, who may sign in from now on: one transaction with the line in the access log.

    The number of who left is his still, until he is forgotten: he is approved anew and appointed again, so that one
    person stays one. Raises Forbidden (`role_needed`, `not_your_area`, `couriers_apply`), Invalid, KeyReused, and
    Conflict (`phone_taken`, `identity_taken`).
    """
    require_any(by, ENROLLERS, areas.township(now=now))

    def do() -> Person:
        person = enrol(newcomer, now=now, places=person_actions.places(now=now))
        transaction, told = Transaction(), dict[str, object](posts=[post.key for post in person.posts])
        people.add(person, transaction)
        access.record(by, What.ENROLLED_PERSON, person.id, now=now, details=told, transaction=transaction)
        if key:
            idempotency.claim(key, person.id, now=now, transaction=transaction)
        transaction.commit()
        return person

    return once(key, do, people.get)
