"""Use cases of a mediation's team: what it writes down, and how it ended."""

from datetime import datetime

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.volunteering import mediation as rules
from chalicelib.domain.volunteering import powers
from chalicelib.domain.volunteering.attendance import Note
from chalicelib.domain.volunteering.terms import MediationOutcome
from chalicelib.services.reference import terms
from chalicelib.services.reports.once import once
from chalicelib.services.volunteering import keeping, slots
from chalicelib.services.volunteering.slots import Seen
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.volunteering import slots as store


def write(slot_id: str, text: str, *, key: Key | None, by: Actor, now: datetime) -> list[Note]:
    """Write something down for the team: a read, a query and a transaction.

    Raises NotFound (`no_such_slot`) to all but the team, Conflict (`no_mediation`, `notes_reached`), Invalid
    (`text_needed`), KeyReused.
    """

    def do() -> list[Note]:
        held = notes(slot_id, by=by)
        made = rules.note(store.get(slot_id), text, by=by.id, now=now, notes=len(held))
        transaction = Transaction()
        store.add_note(made, expires_at=now + terms.kept(keeping.MEDIATION, now=now), transaction=transaction)
        if key:
            idempotency.claim(key, slot_id, now=now, transaction=transaction)
        transaction.commit()
        return [*held, made]

    return once(key, do, lambda id: notes(id, by=by))


def notes(slot_id: str, *, by: Actor) -> list[Note]:
    """What the team wrote down: a read and a query. Raises NotFound to all but the team, Conflict (`no_mediation`)."""
    slot = store.get(slot_id)
    powers.require_sight(by, slot)
    rules.require_mediation(slot)
    return store.notes(slot_id)


def end(slot_id: str, outcome: MediationOutcome, minutes: int, *, by: Actor, now: datetime) -> Seen:
    """Say how it ended, for the village that opened it: two reads, one transaction. Again is once.

    Raises NotFound to all but the team, Forbidden (`not_your_slot`), Conflict (`no_mediation`, `mediation_over`,
    `slot_not_begun`, `slot_called_off`), Invalid (`minutes_too_many`), Busy.
    """

    def do() -> Seen:
        slot = store.get(slot_id)
        powers.require_sight(by, slot)
        rules.require_mediation(slot)
        if (hand := powers.confirmer(by, slot)) is None:
            raise Forbidden("not_your_slot")
        team = [held.sign_up for held in store.held(slot_id, slot.taken).values()]
        turn = rules.mediated(slot, team, outcome, minutes, hand, now=now)
        return slots.seen(keeping.commit(turn, now=now), None, by)

    return keeping.tried(do)
