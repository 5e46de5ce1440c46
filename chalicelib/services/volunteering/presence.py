"""Use cases of whoever comes: check in and out by the rotating code, pass the check points of a patrol."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.domain.people.model import Actor
from chalicelib.domain.places import Point
from chalicelib.domain.volunteering import powers, tokens
from chalicelib.domain.volunteering import presence as rules
from chalicelib.domain.volunteering.attendance import Passing, SignUp
from chalicelib.domain.volunteering.model import Slot
from chalicelib.domain.volunteering.presence import Whereabouts
from chalicelib.domain.volunteering.tokens import SLIP
from chalicelib.domain.volunteering.turns import Turn
from chalicelib.gateways import slot_keys
from chalicelib.services.volunteering import keeping, slots
from chalicelib.services.volunteering.slots import Seen
from chalicelib.store.volunteering import slots as store

LATE = "slot_scan_late_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A code that a phone read, where that was, and when, if it could not tell at once."""

    token: str
    where: Whereabouts
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A check point that a patrol passed, where the phone was, and when, if it could not tell at once."""

    number: int
    where: Whereabouts
    at: datetime | None = None
    note: str = ""


def scan(slot_id: str, reading: Reading, *, by: Actor, now: datetime) -> Seen:
    """Check in or out: one read and one transaction. Again is once, whatever is read again.

    Raises NotFound, Invalid (`slot_code_forged`, `code_of_another_slot`, `slot_place_reason_needed`), Conflict
    (`slot_code_stale`, `slot_scan_too_old`, `slot_too_far`, `not_signed_up`, `not_checked_in`, `slot_scan_out_of_time`,
    `slot_called_off`), Busy.
    """
    code = tokens.read(reading.token, slot_keys.key())
    if code.slot_id != slot_id:
        raise Invalid("code_of_another_slot")
    numbers = keeping.numbers(now)

    def turned(slot: Slot, own: SignUp) -> Turn | None:
        if rules.is_repeated(own, code.direction):
            return None
        at = tokens.moment(code, reading.at, now=now, keep=numbers.days(LATE))
        found = rules.scan(reading.where, rules.places(slot, code.direction), at=at, now=now, numbers=numbers)
        return rules.checked(slot, own, code.direction, found, numbers=numbers)

    return _each(slot_id, turned, by, now)


def passed(slot_id: str, stop: Stop, *, by: Actor, now: datetime) -> Seen:
    """Note that a patrol passed a check point: one read and one transaction. Again is once.

    Raises NotFound, Invalid (`no_such_check_point`, `slot_place_reason_needed`, `slot_scan_in_future`), Conflict
    (`slot_too_far`, `slot_scan_too_old`, `not_checked_in`, `check_point_order`, `slot_scan_out_of_time`), Busy.
    """
    numbers, at = keeping.numbers(now), stop.at or now
    if at > now + SLIP:
        raise Invalid("slot_scan_in_future")
    if at < now - numbers.days(LATE):
        raise Conflict("slot_scan_too_old", days=numbers.count(LATE))

    def turned(slot: Slot, own: SignUp) -> Turn | None:
        if any(one.number == stop.number for one in own.passings):
            return None
        found = rules.scan(stop.where, _point(slot, stop.number), at=min(at, now), now=now, numbers=numbers)
        passing = Passing(number=stop.number, scan=found, note=stop.note.strip())
        return rules.passed(slot, own, passing)

    return _each(slot_id, turned, by, now)


def _point(slot: Slot, number: int) -> list[Point]:
    if not 1 <= number <= len(slot.terms.route):
        raise Invalid("no_such_check_point", most=len(slot.terms.route))
    return [slot.terms.route[number - 1].point]


def _each(slot_id: str, turned: Callable[[Slot, SignUp], Turn | None], by: Actor, now: datetime) -> Seen:
    powers.require_courier(by)

    def do() -> Seen:
        slot, own, _ = store.with_courier(slot_id, by.id)
        powers.require_sight(by, slot)
        if own is None:
            raise NotFound("no_such_sign_up", person=by.id)
        if (turn := turned(slot, own)) is None:
            return slots.seen(slot, own, by)
        after = keeping.commit(turn, now=now)
        return slots.seen(after, turn.sign_ups[0] if turn.sign_ups else own, by)

    return keeping.tried(do)
