"""A turn is stored: slot, sign-ups, books and lines in one transaction; who is overtaken looks again."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.people.model import CLOSED, Person, PersonState
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.volunteering import following
from chalicelib.domain.volunteering.attendance import Volunteer
from chalicelib.domain.volunteering.model import Slot
from chalicelib.domain.volunteering.signing import Held
from chalicelib.domain.volunteering.turns import Turn
from chalicelib.services.reference import rulebook, terms
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.volunteering import due
from chalicelib.store.volunteering import slots as store

TRIES = 60  # each that is lost means that somebody else was served: so many may press at once
HOURS, MEDIATION = "volunteer_hours", "mediation"  # in `data/retention.csv`


def tried[T](attempt: Callable[[], T]) -> T:
    """What the attempt gives. Raises Busy (`slot_contention`) under contention that does not end."""
    for _ in range(TRIES):
        try:
            return attempt()
        except StaleVersion as refusal:
            if refusal.rule != "changed_meanwhile":
                raise
    raise Busy("slot_contention")


def commit(turn: Turn, *, now: datetime, transaction: Transaction | None = None, timed: bool = False) -> Slot:
    """Store a turn, nothing where nothing happens; `timed`: when the clock looks at the slot next changes with it."""
    if turn.is_empty:
        return turn.slot
    transaction = transaction or Transaction()
    add(turn, transaction, now=now)
    if timed:
        time(turn.slot, transaction, now=now)
    transaction.commit()
    return replace(turn.slot, revision=turn.before.revision + 1)


def add(turn: Turn, transaction: Transaction, *, now: datetime) -> None:
    """The same within a transaction of the caller's."""
    end = turn.slot.terms.end
    slot_until = end + terms.kept(MEDIATION if turn.slot.is_confidential else HOURS, now=now)
    store.write(turn, transaction, slot_until=slot_until, hours_until=end + terms.kept(HOURS, now=now))
    for slot_id in turn.freed:
        due.put(slot_id, due.ROOM, at=now, transaction=transaction)


def time(slot: Slot, transaction: Transaction, *, now: datetime) -> None:
    """When the clock looks at it next."""
    at = following.next_at(slot, numbers(now), now=now)
    if at:
        due.put(slot.id, due.PART, at=at, transaction=transaction)
    else:
        due.remove(slot.id, due.PART, transaction)


def waiters(slot: Slot) -> dict[str, Held]:
    """Those who wait and may come in: who are couriers and not paused. Two batches; nothing where nobody waits."""
    if not slot.waiting:
        return {}
    able = {one.id for one in map(volunteer, people.several(slot.waiting)) if one.is_courier and not one.paused}
    return {id: held for id, held in store.held(slot.id, _in_order(slot, able)).items() if id in able}


def _in_order(slot: Slot, able: Iterable[str]) -> list[str]:
    known = set(able)
    return [id for id in slot.waiting if id in known]


def volunteer(person: Person) -> Volunteer:
    """The person as far as volunteering goes."""
    return Volunteer(
        id=person.id,
        villages=frozenset(person.villages),
        skills=frozenset(person.skills),
        is_courier=person.own_post in person.posts and person.state not in CLOSED,
        paused=person.state is PersonState.PAUSED,
    )


def numbers(now: datetime) -> Numbers:
    """The numbers in force."""
    return rulebook.in_force(now=now).numbers
