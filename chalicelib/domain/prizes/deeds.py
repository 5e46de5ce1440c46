"""What happens to an activity and to its bookings, for points, figures and whoever else follows (DOMAIN §3: P41–P44,
P94). Goods and other services have no happenings: their ledger and their movements tell it all."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.happenings import Happening, Thing, happened
from chalicelib.domain.people.model import Role
from chalicelib.domain.prizes.model import Prize
from chalicelib.domain.prizes.redemptions import Redemption, RedemptionState

SYSTEM = "system"
S = RedemptionState


class Deed(StrEnum):
    """What was done: to a booking, or (`organised`, `called_off`) to the activity itself."""

    BOOKED = "booked"
    FAMILY_CHANGED = "family_changed"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    ABSENT = "absent"
    PASSED = "passed"
    ORGANISED = "organised"
    CALLED_OFF = "called_off"


# Whom it concerns earns these, or loses them; each family member who came earns him FAMILY.
EARNS: Mapping[str, tuple[str, ...]] = {
    Deed.ATTENDED: ("P41",),
    Deed.ORGANISED: ("P43",),
    Deed.PASSED: ("P44",),
    Deed.ABSENT: ("P94",),
}
FAMILY = "P42"
OF_STATE = {S.RESERVED: Deed.BOOKED, S.HANDED: Deed.ATTENDED, S.CANCELLED: Deed.CANCELLED}


def of_booking(booking: Redemption, deed: Deed, *, by: str, at: datetime, **facts: object) -> Happening:
    """What happened to a booking; `by` is empty for the clock. Family members are one number, never children."""
    family = booking.came if booking.state is S.HANDED else booking.family
    return happened(
        Thing.ACTIVITY,
        booking.id,
        number=booking.version,
        deed=deed,
        at=at,
        actor_id=by or SYSTEM,
        as_role=_role(by, booking.courier_id),
        township=booking.township,
        village=booking.pick_up.village,
        person_id=booking.courier_id,
        facts={"activity": booking.prize_id, "kind": booking.activity, "family": family.size, **facts},
    )


def organised(prize: Prize, courier_id: str, *, by: str, at: datetime) -> Happening:
    """A courier helped to run it: once for each of them."""
    id, person = f"{prize.id}.{courier_id}", courier_id
    return _of(prize, id, Deed.ORGANISED, number=1, by=by, at=at, person_id=person)


def called_off(prize: Prize, *, by: str, at: datetime) -> Happening:
    """It does not take place."""
    return _of(prize, prize.id, Deed.CALLED_OFF, number=prize.version, by=by, at=at, person_id=None)


def _of(prize: Prize, id: str, deed: Deed, *, number: int, by: str, at: datetime, person_id: str | None) -> Happening:
    kind = prize.offer.activity.kind if prize.offer.activity else None
    return happened(
        Thing.ACTIVITY,
        id,
        number=number,
        deed=deed,
        at=at,
        actor_id=by,
        as_role=Role.CENTRE,
        township=prize.township,
        village=prize.offer.pick_up.village,
        person_id=person_id,
        facts={"activity": prize.id, "kind": kind},
    )


def _role(by: str, courier_id: str) -> str:
    if not by:
        return SYSTEM
    return Role.COURIER if by == courier_id else "counter"


def earned(happening: Happening) -> tuple[tuple[str, int], ...]:
    """What rules of points a happening of an activity falls under, each with how many times (DOMAIN §3)."""
    family = happening.facts.get("family")
    rules = dict.fromkeys(EARNS.get(happening.deed, ()), 1)
    if happening.deed == Deed.ATTENDED and isinstance(family, int) and family:
        rules[FAMILY] = family
    return tuple(rules.items())
