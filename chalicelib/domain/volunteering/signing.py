"""Who gets a place, who waits, who leaves, and who comes in his stead (DOMAIN §5).

The waiting list is kept in the order in which people came. A place that becomes free goes to the first of them who has
time then; who has none stays where he stands, and is looked at again as soon as he has.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import CapReached, Conflict, Forbidden
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.volunteering import books
from chalicelib.domain.volunteering.attendance import Book, SignUp, Volunteer
from chalicelib.domain.volunteering.calling import appointed, require_open
from chalicelib.domain.volunteering.model import CLOCK, Hand, Said, Slot
from chalicelib.domain.volunteering.terms import HELD, Deed, OpenTo, SignUpState
from chalicelib.domain.volunteering.turns import Turn, turn, when

S = SignUpState
LATE_HOURS, WAITING_MOST = "slot_late_cancel_hours", "slot_waiting_most"
COURIER = "courier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Somebody's sign-up and his book, as they were read."""

    sign_up: SignUp
    book: Book


def require_fitting(slot: Slot, who: Volunteer) -> None:
    """Raises Forbidden (`couriers_volunteer`, `courier_paused`, `slot_not_your_village`), Conflict
    (`slot_skills_missing`)."""
    if not who.is_courier:
        raise Forbidden("couriers_volunteer")
    if who.paused:
        raise Forbidden("courier_paused")
    if slot.matter.open_to is OpenTo.VILLAGE and slot.matter.village not in who.villages:
        raise Forbidden("slot_not_your_village", village=slot.matter.village)
    if missing := [skill for skill in slot.matter.skills if skill not in who.skills]:
        raise Conflict("slot_skills_missing", skills="、".join(missing))


def signed_up(
    slot: Slot, who: Volunteer, sign_up: SignUp | None, book: Book, *, now: datetime, numbers: Numbers
) -> Turn:
    """Somebody has a place, or waits for one; again is once.

    Raises what `require_fitting` does, Conflict (`slot_called_off`, `slot_closed`, `slot_clash`, `slot_full`),
    CapReached (`late_cancels_reached`, `slot_waiting_full`, `promises_reached`).
    """
    if sign_up and (sign_up.state in HELD or sign_up.state is S.WAITING):
        return turn(slot)
    require_open(slot)
    if now >= slot.terms.closes_at:
        raise Conflict("slot_closed")
    require_fitting(slot, who)
    books.require_reliable(book, now=now, numbers=numbers)
    books.require_free(book, books.promise(slot))
    made = replace(appointed(slot, who.id, now=now), version=(sign_up.version if sign_up else 0) + 1)
    hand = Hand(id=who.id, role=COURIER)
    if slot.has_room:
        begun = turn(slot).holding(taken=(*slot.taken, who.id)).of(made, books.held(book, slot, now=now))
        return begun.did(Deed.SIGNED_UP, hand, at=now, person_id=who.id, facts=when(slot))
    if not slot.terms.waits:
        raise Conflict("slot_full", capacity=slot.terms.capacity)
    if len(slot.waiting) >= (cap := numbers.count(WAITING_MOST)):
        raise CapReached("slot_waiting_full", cap=cap)
    begun = turn(slot).holding(waiting=(*slot.waiting, who.id))
    begun = begun.of(replace(made, state=S.WAITING), books.waiting(book, slot, now=now))
    return begun.did(Deed.WAIT_LISTED, hand, at=now, person_id=who.id, facts=when(slot))


def left(
    slot: Slot,
    held: Held,
    waiters: Mapping[str, Held],
    *,
    reason: str,
    hand: Hand,
    now: datetime,
    numbers: Numbers,
) -> Turn:
    """He does not come; his place goes to whoever waits and has time. Again is once.

    Late is who leaves within some hours of the start, unless the slot changed since he signed up. Raises Conflict
    (`slot_begun`, `not_signed_up`).
    """
    sign_up = held.sign_up
    if sign_up.state in (S.CANCELLED, S.CANCELLED_LATE, S.RELEASED):
        return turn(slot)
    if sign_up.state not in (S.WAITING, S.SIGNED_UP):
        raise Conflict("not_signed_up", state=sign_up.state)
    if now >= slot.terms.start:
        raise Conflict("slot_begun")
    late = _is_late(slot, sign_up, now, numbers)
    state, deed = (S.CANCELLED_LATE, Deed.CANCELLED_LATE) if late else (S.CANCELLED, Deed.CANCELLED)
    book = books.without(held.book, slot.id, now=now)
    book = books.late(book, now=now, numbers=numbers) if late else book
    said = Said(by=hand.id, at=now, reason=reason.strip())
    gone = out(turn(slot), replace(held, book=book), state, said, before=held.book)
    gone = gone.did(deed, hand, at=now, person_id=sign_up.courier_id, facts=when(slot))
    return promoted(gone, waiters, now=now)


def _is_late(slot: Slot, sign_up: SignUp, now: datetime, numbers: Numbers) -> bool:
    free = sign_up.free_to_leave or sign_up.edition < slot.edition or sign_up.state is S.WAITING
    return not free and now > slot.terms.start - numbers.hours(LATE_HOURS)


def out(gone: Turn, held: Held, state: SignUpState, said: Said, *, before: Book) -> Turn:
    """Without somebody; `held.book` is his book by now, `before` what it was."""
    id = held.sign_up.courier_id
    sign_up = replace(held.sign_up, state=state, ended=said, version=held.sign_up.version + 1)
    taken = tuple(one for one in gone.slot.taken if one != id)
    waiting = tuple(one for one in gone.slot.waiting if one != id)
    gone = gone.holding(taken=taken, waiting=waiting).of(sign_up, held.book)
    return replace(gone, freed=(*gone.freed, *books.freed(before, held.book)))


def promoted(begun: Turn, waiters: Mapping[str, Held], *, now: datetime) -> Turn:
    """With those who waited in the places that are free, in their order; who has no time is passed over, and waits on.

    `waiters`: those who may come in at all. Nobody is brought in once it has begun, or while he does not stand on the
    slot's present time.
    """
    if begun.slot.called_off or now >= begun.slot.terms.start:
        return begun
    for id in begun.slot.waiting:
        held = waiters.get(id)
        if begun.slot.has_room and held and _may_come(begun.slot, held):
            begun = _brought_in(begun, held, now)
    return begun


def _may_come(slot: Slot, held: Held) -> bool:
    waits = held.sign_up.state is S.WAITING and held.sign_up.edition == slot.edition
    return waits and books.clash(held.book, books.promise(slot)) is None


def _brought_in(begun: Turn, held: Held, now: datetime) -> Turn:
    slot, id = begun.slot, held.sign_up.courier_id
    sign_up = replace(held.sign_up, state=S.SIGNED_UP, free_to_leave=True, version=held.sign_up.version + 1)
    waiting = tuple(one for one in slot.waiting if one != id)
    begun = begun.holding(taken=(*slot.taken, id), waiting=waiting)
    begun = begun.of(sign_up, books.held(held.book, slot, now=now))
    return begun.did(Deed.PROMOTED, CLOCK, at=now, person_id=id, facts=when(slot))
