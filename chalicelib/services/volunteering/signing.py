"""Use cases of the courier: sign up, leave, see what he has promised."""

from datetime import datetime

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import Actor
from chalicelib.domain.volunteering import powers
from chalicelib.domain.volunteering import signing as rules
from chalicelib.domain.volunteering.model import Hand, Slot
from chalicelib.domain.volunteering.signing import COURIER, Held
from chalicelib.domain.volunteering.turns import turn as turn_of
from chalicelib.services.volunteering import keeping, slots
from chalicelib.services.volunteering.slots import Seen
from chalicelib.store.people import people
from chalicelib.store.volunteering import lists
from chalicelib.store.volunteering import slots as store
from chalicelib.store.volunteering.lists import SignUpPage, SlotPage


def sign_up(slot_id: str, *, by: Actor, now: datetime) -> Seen:
    """Have a place, or wait for one: two reads and one transaction; where people wait for a place that is free, those
    come first who have time. Again is once.

    That he is free then is a condition of the write: his book is written with it. Raises NotFound, Forbidden
    (`couriers_volunteer`, `courier_paused`, `slot_not_your_village`), Conflict (`slot_called_off`, `slot_closed`,
    `slot_skills_missing`, `slot_clash`, `slot_full`), CapReached (`late_cancels_reached`, `slot_waiting_full`,
    `promises_reached`), Busy.
    """
    powers.require_courier(by)
    person = people.find(by.id)
    if person is None:
        raise Forbidden("couriers_volunteer")
    who, numbers = keeping.volunteer(person), keeping.numbers(now)

    def do() -> Seen:
        slot, own, book = store.with_courier(slot_id, by.id)
        powers.require_sight(by, slot)
        if slot.has_room and slot.waiting and fill(slot, now=now):
            slot, own, book = store.with_courier(slot_id, by.id)
        turn = rules.signed_up(slot, who, own, book, now=now, numbers=numbers)
        after = keeping.commit(turn, now=now)
        return slots.seen(after, turn.sign_ups[0] if turn.sign_ups else own, by)

    return keeping.tried(do)


def fill(slot: Slot, *, now: datetime) -> bool:
    """Bring in those who wait and have time; whether anybody came: three reads and a transaction where he did."""
    turn = rules.promoted(turn_of(slot), keeping.waiters(slot), now=now)
    keeping.commit(turn, now=now)
    return not turn.is_empty


def leave(slot_id: str, reason: str, *, by: Actor, now: datetime) -> Seen:
    """Give a place back, or wait no longer: a read and one transaction, in which the next one comes; three reads where
    people wait. Again is once.

    Raises Forbidden (`couriers_volunteer`), NotFound (`no_such_slot`), Conflict (`not_signed_up`, `slot_begun`), Busy.
    """
    powers.require_courier(by)
    numbers = keeping.numbers(now)

    def do() -> Seen:
        slot, own, book = store.with_courier(slot_id, by.id)
        powers.require_sight(by, slot)
        if own is None:
            return slots.seen(slot, None, by)
        hand, waiters = Hand(id=by.id, role=COURIER), keeping.waiters(slot)
        held = Held(sign_up=own, book=book)
        turn = rules.left(slot, held, waiters, reason=reason, hand=hand, now=now, numbers=numbers)
        after = keeping.commit(turn, now=now)
        return slots.seen(after, turn.sign_ups[0] if turn.sign_ups else own, by)

    return keeping.tried(do)


def own(courier_id: str, *, limit: int, cursor: str | None) -> SignUpPage:
    """All that he signed up for, the latest start in front: one query. Raises Invalid (`bad_cursor`)."""
    return lists.of_courier(courier_id, limit=limit, cursor=cursor)


def opened(person_id: str, *, limit: int, cursor: str | None) -> SlotPage:
    """The mediations that he opened: one query. Raises Invalid (`bad_cursor`)."""
    return lists.opened(person_id, limit=limit, cursor=cursor)
