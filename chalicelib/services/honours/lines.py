"""What every step on honours writes besides what it changes: its line, the access record, the key, a word to whom."""

from datetime import datetime

from chalicelib.domain.errors import Invalid
from chalicelib.domain.honours.model import Case
from chalicelib.domain.honours.powers import Sight, require_another, require_cases, require_committee
from chalicelib.domain.honours.records import HonourDeed, Record
from chalicelib.domain.idempotency import Key
from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import CLOSED, Actor, Person
from chalicelib.services.people import access
from chalicelib.services.reference import areas
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.honours import records
from chalicelib.store.people import people

TRIES = 24  # each that is lost means that somebody else's step was written


def committee(by: Actor, person_id: str, now: datetime) -> str:
    """The township, for one of its committee who deals with another's case.

    Raises Forbidden (`role_needed`, `not_your_area`, `own_case`).
    """
    township = areas.township(now=now)
    require_committee(by, township)
    require_another(by, person_id)
    return township


def looker(by: Actor, person_id: str, purpose: str, now: datetime) -> Sight:
    """How much somebody sees of another's case, and says what for.

    Raises Forbidden (`role_needed`, `not_your_area`, `own_case`), Invalid (`purpose_needed`).
    """
    sight = require_cases(by, areas.township(now=now))
    require_another(by, person_id)
    require_purpose(purpose)
    return sight


def require_purpose(purpose: str) -> str:
    """Raises Invalid (`purpose_needed`)."""
    if not purpose.strip():
        raise Invalid("purpose_needed")
    return purpose.strip()


def here(person_id: str) -> Person | None:
    """The person, unless he has left."""
    person = people.find(person_id)
    return None if person is None or person.state in CLOSED else person


def own(case: Case, deed: HonourDeed, transaction: Transaction, *, at: datetime) -> None:
    """The line of what somebody does to his own case."""
    line = Record(
        subject=case.person_id,
        number=case.version,
        at=at,
        actor_id=case.person_id,
        deed=deed,
        person_id=case.person_id,
    )
    records.append(line, transaction)


def step(line: Record, *, by: Actor, transaction: Transaction) -> None:
    """The line of what the committee does, and the same in the access record of whom it is about."""
    records.append(line, transaction)
    told: dict[str, object] = {"deed": line.deed, **line.details}
    subject = line.person_id or line.subject
    access.record(by, What.DEALT_WITH_HONOURS, subject, now=line.at, details=told, transaction=transaction)


def claim(key: Key | None, resource: str, *, now: datetime, transaction: Transaction) -> None:
    """Use up the key, if one was sent."""
    if key:
        idempotency.claim(key, resource, now=now, transaction=transaction)


TEMPLATES = frozenset({"honours_listed", "honours_declined", "sentinel_named"})  # what `tell` tells


def tell(person_id: str, template: str, of: str, *, at: datetime, transaction: Transaction) -> None:
    """Put a sentence into somebody's inbox with what makes it true."""
    from chalicelib.services.notifications.wording import sentences
    from chalicelib.store.notifications import inbox

    words = sentences().render(template, {})
    inbox.add(unprompted(person_id, template, of, words, at=at), transaction)
