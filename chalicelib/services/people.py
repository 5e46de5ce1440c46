"""Use cases on people."""

from datetime import datetime

from chalicelib.domain.errors import Unauthenticated
from chalicelib.domain.people import Actor, Person
from chalicelib.store import people as store


def enrol(person: Person) -> None:
    """Make a person known, or change what is known of him."""
    store.put(person)


def profile(actor: Actor) -> Person:
    """What Fenjian knows of the caller. Raises NotFound."""
    return store.get(actor.id)


def admit(person_id: str, *, issued_at: datetime) -> Person:
    """The person behind a token. Raises Unauthenticated if he is unknown or his access was revoked after its issue."""
    person = store.find(person_id)
    if person is None or issued_at < person.valid_from:
        raise Unauthenticated("token_revoked")
    return person
