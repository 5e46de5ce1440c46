"""What the clock does: those who signed up follow a change, sign-up ends, and who did not come is noted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.volunteering import books
from chalicelib.domain.volunteering.attendance import SignUp
from chalicelib.domain.volunteering.model import CLOCK, Said, Slot
from chalicelib.domain.volunteering.signing import Held, out, promoted
from chalicelib.domain.volunteering.terms import Deed, SignUpState, SlotState
from chalicelib.domain.volunteering.turns import Turn, turn, when

S = SignUpState
ABSENT = "slot_absent_hours"
CALLED_OFF, CLASH, GONE = "called_off", "clash", "gone"


def next_at(slot: Slot, numbers: Numbers, *, now: datetime) -> datetime | None:
    """When the clock looks at it next; None where there is nothing more to do."""
    if slot.following:
        return now
    if slot.state is SlotState.CALLED_OFF:
        return None
    if slot.terms.least > 1 and not slot.closing_seen:
        return slot.terms.closes_at
    absences = not slot.absences_seen and not slot.is_confidential
    return slot.terms.end + numbers.hours(ABSENT) if absences else None


def behind(slot: Slot, sign_up: SignUp) -> bool:
    """Whether somebody does not stand where the slot does."""
    if sign_up.state not in (S.WAITING, S.SIGNED_UP):
        return False
    return slot.state is SlotState.CALLED_OFF or sign_up.edition < slot.edition


def followed(slot: Slot, held: Held, waiters: Mapping[str, Held], *, now: datetime) -> Turn:
    """One of those who signed up follows: he is released from what was called off, and from what lies now where he has
    another place; else he stands at the new time, and may leave freely."""
    sign_up = held.sign_up
    if not behind(slot, sign_up):
        return turn(slot)
    book = books.without(held.book, slot.id, now=now)
    if slot.state is SlotState.CALLED_OFF:
        return _released(slot, replace(held, book=book), CALLED_OFF, now, before=held)
    if sign_up.state is S.SIGNED_UP and books.clash(book, books.promise(slot)):
        return promoted(_released(slot, replace(held, book=book), CLASH, now, before=held), waiters, now=now)
    add = books.waiting if sign_up.state is S.WAITING else books.held
    book = replace(add(book, slot, now=now), version=held.book.version + 1)
    after = replace(
        sign_up,
        start=slot.terms.start,
        end=slot.terms.end,
        edition=slot.edition,
        free_to_leave=True,
        version=sign_up.version + 1,
    )
    moved = turn(slot).of(after, book).did(Deed.MOVED, CLOCK, at=now, person_id=sign_up.courier_id, facts=when(slot))
    return replace(moved, freed=books.freed(held.book, book))


def gone(slot: Slot, held: Held, waiters: Mapping[str, Held], *, now: datetime) -> Turn:
    """Somebody is no courier any more: his place is free. Nothing of what has begun changes."""
    if held.sign_up.state not in (S.WAITING, S.SIGNED_UP) or now >= slot.terms.start:
        return turn(slot)
    book = books.without(held.book, slot.id, now=now)
    return promoted(_released(slot, replace(held, book=book), GONE, now, before=held), waiters, now=now)


def _released(slot: Slot, held: Held, why: str, now: datetime, *, before: Held) -> Turn:
    released = out(turn(slot), held, S.RELEASED, Said(by=CLOCK.id, at=now, reason=why), before=before.book)
    id = held.sign_up.courier_id
    return released.did(Deed.RELEASED, CLOCK, at=now, person_id=id, facts={"why": why, **_when_of(held.sign_up)})


def closed(slot: Slot, *, now: datetime) -> Turn:
    """Sign-up is over; where there are too few, whoever called is told."""
    seen = turn(slot).holding(closing_seen=True)
    if len(slot.taken) >= slot.terms.least:
        return seen
    facts: dict[str, object] = {"caller": slot.by, "taken": len(slot.taken), "least": slot.terms.least, **when(slot)}
    return seen.did(Deed.FELL_SHORT, CLOCK, at=now, facts=facts)


def absent(slot: Slot, sign_up: SignUp, *, now: datetime) -> Turn:
    """He had a place and never checked in; once."""
    if sign_up.state is not S.SIGNED_UP:
        return turn(slot)
    after = replace(sign_up, state=S.ABSENT, absent_at=now, version=sign_up.version + 1)
    return turn(slot).of(after).did(Deed.ABSENT, CLOCK, at=now, person_id=sign_up.courier_id, facts=when(slot))


def _when_of(sign_up: SignUp) -> dict[str, object]:
    return {"start": sign_up.start.isoformat(), "end": sign_up.end.isoformat()}
