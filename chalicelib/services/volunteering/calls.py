"""Use cases of whoever calls: a call with its slots, and reading it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.volunteering import books, calling, powers
from chalicelib.domain.volunteering.model import Call, Hand, Matter, Slot, Terms
from chalicelib.domain.volunteering.signing import require_fitting
from chalicelib.domain.volunteering.terms import Deed
from chalicelib.domain.volunteering.turns import Turn, when
from chalicelib.services.reference import areas, terms
from chalicelib.services.reports.once import once
from chalicelib.services.volunteering import keeping
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.volunteering import slots as store


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is called for, when, and for a mediation who mediates."""

    matter: Matter
    each: Sequence[Terms]
    mediators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A call with its slots as they stand."""

    call: Call
    slots: list[Slot]


def make(id: str, wish: Wish, *, key: Key | None, by: Actor, now: datetime) -> Called:
    """Call for volunteers: one transaction; for a mediation a read of its mediators and of their books before it.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`unknown_area`, `slot_times`, `slot_place_needed`,
    `slot_route`, `slot_capacity`, `mediators_needed`, `mediators_only`), Conflict (`slot_clash`), KeyReused, Busy.
    """
    township = areas.township(now=now)
    hand = powers.caller(by, wish.matter, township)
    if wish.matter.village not in {area.code for area in areas.listing(now=now)[0].villages}:
        raise Invalid("unknown_area", area=wish.matter.village)
    call = Call(id=id, township=township, matter=wish.matter, slots=len(wish.each), by=by.id, as_role=hand.role, at=now)

    def do() -> Called:
        turns = calling.slots_of(call, wish.each, mediators=wish.mediators, now=now)
        turns = [_appointed(one, wish.mediators, now) for one in turns]
        transaction = Transaction()
        kept = terms.kept(keeping.MEDIATION if wish.mediators else keeping.HOURS, now=now)
        store.put_call(call, expires_at=max(one.end for one in wish.each) + kept, transaction=transaction)
        for one in turns:
            keeping.add(one, transaction, now=now)
            keeping.time(one.slot, transaction, now=now)
        if key:
            idempotency.claim(key, id, now=now, transaction=transaction)
        transaction.commit()
        return Called(call=call, slots=[one.slot for one in turns])

    return once(key, lambda: keeping.tried(do), lambda made: view(made, by=by))


def _appointed(begun: Turn, mediators: Sequence[str], now: datetime) -> Turn:
    """With the mediators in their places: those who may, and are free then."""
    known = {one.id: keeping.volunteer(one) for one in people.several(mediators)} if mediators else {}
    held = store.books(mediators)
    for id in mediators:
        if id not in known:
            raise NotFound("no_such_person", person=id)
        require_fitting(begun.slot, known[id])
        book = books.held(held[id], begun.slot, now=now)
        begun = begun.of(calling.appointed(begun.slot, id, now=now), book)
        begun = begun.holding(taken=(*begun.slot.taken, id))
        hand = Hand(id=begun.slot.by, role=begun.slot.as_role)
        begun = begun.did(Deed.APPOINTED, hand, at=now, person_id=id, facts=when(begun.slot))
    return begun


def view(call_id: str, *, by: Actor) -> Called:
    """A call with its slots: a read and a batch. Raises NotFound (`no_such_call`), also to who may not know of it."""
    call = store.call(call_id)
    slots = store.several(call.slot_ids)
    try:
        for slot in slots:
            powers.require_sight(by, slot)
    except NotFound:
        raise NotFound("no_such_call", call=call_id) from None
    return Called(call=call, slots=slots)
