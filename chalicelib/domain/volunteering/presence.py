"""Who is there, from when to when, and where a patrol passed (DOMAIN §5).

A bad GPS keeps nobody out: it leaves a doubt, and whoever confirms the hours vouches for him.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.places import Point, distance
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.volunteering.attendance import Passing, Scan, SignUp
from chalicelib.domain.volunteering.calling import require_open
from chalicelib.domain.volunteering.model import Hand, Slot
from chalicelib.domain.volunteering.signing import COURIER
from chalicelib.domain.volunteering.terms import HELD, Deed, Direction, Doubt, SignUpState
from chalicelib.domain.volunteering.turns import Turn, turn

S = SignUpState
METRES, EARLY = "slot_metres", "slot_early_minutes"
MOST_ACCURACY = 100.0  # metres of doubt that a phone may claim
NOT_YET = frozenset({S.SIGNED_UP, S.ABSENT})  # a phone that was offline may tell after he was noted as absent
COME = HELD - NOT_YET
GONE = COME - {S.CHECKED_IN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where a phone says it is, if it knows; `reason`: why that is not the place, or not known."""

    point: Point | None = None
    accuracy: float = 0.0
    reason: str = ""


def scan(where: Whereabouts, places: Iterable[Point], *, at: datetime, now: datetime, numbers: Numbers) -> Scan:
    """The scan at the nearest of these places; with a doubt where a reason is stated, else refused.

    Raises Invalid (`slot_place_reason_needed`), Conflict (`slot_too_far`).
    """
    reason, found = where.reason.strip(), list(places)
    if where.point is None or not found:
        if not reason:
            raise Invalid("slot_place_reason_needed")
        return Scan(at=at, told_at=now, doubt=Doubt.NO_PLACE, reason=reason)
    metres = round(min(distance(where.point, place) for place in found))
    most = numbers.of(METRES)
    if metres - min(where.accuracy, MOST_ACCURACY) <= most:
        return Scan(at=at, told_at=now, metres=metres)
    if not reason:
        raise Conflict("slot_too_far", metres=metres, most=round(most))
    return Scan(at=at, told_at=now, metres=metres, doubt=Doubt.FAR, reason=reason)


def places(slot: Slot, direction: Direction) -> list[Point]:
    """Where one checks in: its place; where one checks out: there, or at a check point, for a patrol ends elsewhere."""
    route = [stop.point for stop in slot.terms.route] if direction is Direction.OUT else []
    return [slot.terms.place.point, *route] if slot.terms.place.point else route


def is_repeated(sign_up: SignUp, direction: Direction) -> bool:
    """Whether he has told so before."""
    return sign_up.state in (COME if direction is Direction.IN else GONE)


def checked(slot: Slot, sign_up: SignUp, direction: Direction, found: Scan, *, numbers: Numbers) -> Turn:
    """He has come, or gone; again is once. Raises Conflict (`slot_called_off`, `not_signed_up`, `not_checked_in`,
    `slot_scan_out_of_time`)."""
    if is_repeated(sign_up, direction):
        return turn(slot)
    require_open(slot)
    wanted = NOT_YET if direction is Direction.IN else {S.CHECKED_IN}
    if sign_up.state not in wanted:
        unknown = direction is Direction.IN or sign_up.state not in NOT_YET
        raise Conflict("not_signed_up" if unknown else "not_checked_in", state=sign_up.state)
    early, ends = numbers.minutes(EARLY), slot.terms.end
    if not slot.terms.start - early <= found.at < ends + (early if direction is Direction.OUT else timedelta()):
        raise Conflict("slot_scan_out_of_time")
    hand = Hand(id=sign_up.courier_id, role=COURIER)
    facts: dict[str, object] = {"doubt": found.doubt} if found.doubt else {}
    if direction is Direction.IN:
        after = replace(sign_up, state=S.CHECKED_IN, check_in=found, version=sign_up.version + 1)
        return turn(slot).of(after).did(Deed.CHECKED_IN, hand, at=found.at, person_id=sign_up.courier_id, facts=facts)
    after = replace(sign_up, state=S.CHECKED_OUT, check_out=found, version=sign_up.version + 1)
    return turn(slot).of(after).did(Deed.CHECKED_OUT, hand, at=found.at, person_id=sign_up.courier_id, facts=facts)


def passed(slot: Slot, sign_up: SignUp, passing: Passing) -> Turn:
    """A patrol passed a check point; again is once. They are passed in their order.

    Raises Conflict (`not_checked_in`, `check_point_order`, `slot_scan_out_of_time`), Invalid (`no_such_check_point`).
    """
    if any(one.number == passing.number for one in sign_up.passings):
        return turn(slot)
    if sign_up.state is not S.CHECKED_IN or sign_up.check_in is None:
        raise Conflict("not_checked_in", state=sign_up.state)
    if not 1 <= passing.number <= len(slot.terms.route):
        raise Invalid("no_such_check_point", most=len(slot.terms.route))
    last = sign_up.passings[-1] if sign_up.passings else None
    if passing.number != (last.number if last else 0) + 1:
        raise Conflict("check_point_order", next=(last.number if last else 0) + 1)
    since = last.scan.at if last else sign_up.check_in.at
    if not since <= passing.scan.at < slot.terms.end:
        raise Conflict("slot_scan_out_of_time")
    after = replace(sign_up, passings=(*sign_up.passings, passing), version=sign_up.version + 1)
    hand = Hand(id=sign_up.courier_id, role=COURIER)
    at, who = passing.scan.at, sign_up.courier_id
    return turn(slot).of(after).did(Deed.PASSED, hand, at=at, person_id=who, facts={"number": passing.number})


def doubts(sign_up: SignUp) -> list[Doubt]:
    """Why whoever confirms must vouch for him."""
    scans = (sign_up.check_in, sign_up.check_out, *(one.scan for one in sign_up.passings))
    return [one.doubt for one in scans if one and one.doubt]
