"""A call, what it may say, how a slot of it changes, and that it is called off."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.volunteering.attendance import Scan, SignUp
from chalicelib.domain.volunteering.model import MOST_MEDIATORS, Call, Hand, Matter, Said, Slot, Terms
from chalicelib.domain.volunteering.terms import Deed, SignUpState, SlotState, VolunteerKind
from chalicelib.domain.volunteering.turns import Turn, turn

LONGEST = timedelta(hours=24)
AHEAD = timedelta(days=366)


def slots_of(call: Call, each: Sequence[Terms], *, mediators: Sequence[str], now: datetime) -> list[Turn]:
    """The slots of a new call, each with its first line.

    Raises Invalid (`slot_times`, `slot_place_needed`, `slot_capacity`, `mediators_needed`, `mediators_only`).
    """
    require_team(call, mediators)
    hand = Hand(id=call.by, role=call.as_role)
    made = []
    for id, terms in zip(call.slot_ids, each, strict=True):
        require_sound(call.matter, terms, now)
        slot = Slot(id=id, township=call.township, matter=call.matter, terms=terms, by=call.by, as_role=call.as_role)
        facts = {"start": terms.start.isoformat(), "capacity": terms.capacity}
        begun = turn(slot).did(Deed.CALLED, hand, at=now, facts={} if slot.is_confidential else facts)
        made.append(begun)
    return made


def require_team(call: Call, mediators: Collection[str]) -> None:
    """A mediation has mediators and one slot, and nobody mediates what he opened; nothing else has any.

    Raises Invalid (`mediators_needed`, `mediators_only`).
    """
    if call.matter.kind is not VolunteerKind.MEDIATION:
        if mediators:
            raise Invalid("mediators_only")
        return
    team = set(mediators)
    if not 1 <= len(team) <= MOST_MEDIATORS or len(team) < len(mediators) or call.by in team or call.slots != 1:
        raise Invalid("mediators_needed", most=MOST_MEDIATORS)


def require_sound(matter: Matter, terms: Terms, now: datetime) -> None:
    """Raises Invalid (`slot_times`, `slot_place_needed`, `slot_capacity`)."""
    in_order = now < terms.start < terms.end <= terms.start + LONGEST and now <= terms.closes_at <= terms.start
    if not in_order or terms.start > now + AHEAD:
        raise Invalid("slot_times")
    mediation = matter.kind is VolunteerKind.MEDIATION
    if not terms.place.zh.strip() or (terms.place.point is None and not mediation):
        raise Invalid("slot_place_needed")
    if terms.route and matter.kind is not VolunteerKind.PATROL:
        raise Invalid("slot_route")
    alone = matter.kind is VolunteerKind.MUTUAL_AID  # a resident knows who comes
    if terms.least > terms.capacity or (alone and terms.capacity != 1):
        raise Invalid("slot_capacity")


def appointed(slot: Slot, courier_id: str, *, now: datetime) -> SignUp:
    """The place of somebody who is appointed, or signs up: as it begins."""
    return SignUp(
        slot_id=slot.id,
        courier_id=courier_id,
        township=slot.township,
        kind=slot.matter.kind,
        village=slot.matter.village,
        zh="" if slot.is_confidential else slot.matter.zh,  # it is kept longer than the mediation is
        en="" if slot.is_confidential else slot.matter.en,
        start=slot.terms.start,
        end=slot.terms.end,
        state=SignUpState.SIGNED_UP,
        at=now,
        edition=slot.edition,
        version=1,
    )


def changed(slot: Slot, terms: Terms, hand: Hand, *, now: datetime) -> Turn:
    """The slot at another time or place, or for another number of people.

    A new time or place concerns everybody who has a place: he is told, and may leave freely (`following`). Raises
    Conflict (`slot_called_off`, `slot_begun`, `slot_places_taken`) and what `require_sound` does.
    """
    require_open(slot)
    if now >= slot.terms.start:
        raise Conflict("slot_begun")
    if terms == slot.terms:
        return turn(slot)
    require_sound(slot.matter, terms, now)
    if terms.capacity < len(slot.taken):
        raise Conflict("slot_places_taken", taken=len(slot.taken))
    concerns = _is_elsewhere(slot.terms, terms)
    people = bool(slot.taken or slot.waiting)
    return (
        turn(slot)
        .holding(
            terms=terms,
            edition=slot.edition + concerns,
            following=slot.following or (concerns and people),
            closing_seen=False,
            edits=slot.edits + 1,
        )
        .did(Deed.CHANGED, hand, at=now, facts={"concerns": concerns, "people": len(slot.taken) + len(slot.waiting)})
    )


def _is_elsewhere(one: Terms, other: Terms) -> bool:
    return (one.start, one.end, one.place, one.route) != (other.start, other.end, other.place, other.route)


def called_off(slot: Slot, reason: str, hand: Hand, *, now: datetime) -> Turn:
    """The slot that does not take place; twice is once. Raises Invalid (`reason_needed`), Conflict (`slot_over`)."""
    if slot.state is SlotState.CALLED_OFF:
        return turn(slot)
    if not reason.strip():
        raise Invalid("reason_needed")
    if now >= slot.terms.end:
        raise Conflict("slot_over")
    said = Said(by=hand.id, at=now, reason=reason.strip())
    people = len(slot.taken) + len(slot.waiting)
    return (
        turn(slot)
        .holding(state=SlotState.CALLED_OFF, called_off=said, following=people > 0, edits=slot.edits + 1)
        .did(Deed.CALLED_OFF, hand, at=now, facts={"people": people})
    )


def require_open(slot: Slot) -> None:
    """Raises Conflict (`slot_called_off`)."""
    if slot.state is SlotState.CALLED_OFF:
        raise Conflict("slot_called_off")


def stripped(sign_up: SignUp) -> SignUp:
    """The sign-up without words and places: what its courier leaves behind when he is forgotten."""
    return replace(
        sign_up,
        disputed=replace(sign_up.disputed, reason="") if sign_up.disputed else None,
        ended=replace(sign_up.ended, reason="") if sign_up.ended else None,
        check_in=_bare(sign_up.check_in),
        check_out=_bare(sign_up.check_out),
        passings=(),
        version=sign_up.version + 1,
    )


def _bare(scan: Scan | None) -> Scan | None:
    return replace(scan, metres=None, reason="") if scan else None
