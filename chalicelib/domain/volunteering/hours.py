"""Minutes: what the codes say, who confirms them, what the courier disputes, what the centre decides (DOMAIN §5)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.volunteering.attendance import Hours, SignUp
from chalicelib.domain.volunteering.model import Hand, Said, Slot
from chalicelib.domain.volunteering.presence import doubts
from chalicelib.domain.volunteering.signing import COURIER
from chalicelib.domain.volunteering.terms import COUNTED, Deed, SignUpState
from chalicelib.domain.volunteering.turns import Turn, turn

S = SignUpState
TOLERANCE, DISPUTE = "slot_tolerance_minutes", "slot_dispute_days"
MINUTE = timedelta(minutes=1)
CONFIRMABLE = frozenset({S.SIGNED_UP, S.CHECKED_IN, S.CHECKED_OUT, S.ABSENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What somebody says of hours: so many minutes, or as the codes say (None); that he vouches for who was there."""

    minutes: int | None = None
    reason: str = ""
    vouches: bool = False


def measured(slot: Slot, sign_up: SignUp, numbers: Numbers) -> int | None:
    """Whole minutes from check-in to check-out, as far as they lie within the slot and some tolerance around it; never
    more than the slot is long. None where one of the two is missing."""
    if sign_up.check_in is None or sign_up.check_out is None:
        return None
    slack = numbers.minutes(TOLERANCE)
    first, last = slot.terms.start - slack, slot.terms.end + slack
    begun, ended = max(sign_up.check_in.at, first), min(sign_up.check_out.at, last)
    return min(max((ended - begun) // MINUTE, 0), slot.length)


def confirmed(slot: Slot, sign_up: SignUp, word: Word, hand: Hand, *, now: datetime, numbers: Numbers) -> Turn:
    """Somebody confirms the hours of one who came, also of one who could not check in or out; again is once.

    Raises Conflict (`hours_confirmed`, `slot_not_over`, `presence_doubtful`, `slot_called_off`), Invalid
    (`minutes_needed`, `minutes_too_many`, `reason_needed`), Forbidden (`own_hours`).
    """
    if hand.id == sign_up.courier_id:
        raise Forbidden("own_hours")
    by_codes = measured(slot, sign_up, numbers)
    minutes = by_codes if word.minutes is None else word.minutes
    if sign_up.state in COUNTED:
        if sign_up.hours and sign_up.hours.by == hand.id and minutes == sign_up.hours.minutes:
            return turn(slot)
        raise Conflict("hours_confirmed")
    if sign_up.state not in CONFIRMABLE:
        raise Conflict("not_signed_up", state=sign_up.state)
    if now < slot.terms.end and sign_up.state is not S.CHECKED_OUT:
        raise Conflict("slot_not_over")
    if minutes is None:
        raise Invalid("minutes_needed")
    _require_sound(minutes, slot)
    if minutes != by_codes and not word.reason.strip():
        raise Invalid("reason_needed")
    if doubts(sign_up) and not word.vouches:
        raise Conflict("presence_doubtful")
    said = Hours(minutes=minutes, by=hand.id, at=now, reason=word.reason.strip())
    after = replace(sign_up, state=S.CONFIRMED, hours=said, version=sign_up.version + 1)
    facts = {"minutes": minutes, "start": slot.terms.start.isoformat()}
    return turn(slot).of(after).did(Deed.CONFIRMED, hand, at=now, person_id=sign_up.courier_id, facts=facts)


def disputed(slot: Slot, sign_up: SignUp, reason: str, *, now: datetime, numbers: Numbers) -> Turn:
    """The courier does not agree with what was confirmed, or that he was absent; once, within days.

    Raises Conflict (`nothing_to_dispute`, `dispute_too_late`), Invalid (`reason_needed`).
    """
    if sign_up.state is S.DISPUTED:
        return turn(slot)
    confirmed_at = sign_up.hours.at if sign_up.hours else None
    since = sign_up.absent_at if sign_up.state is S.ABSENT else confirmed_at
    if sign_up.state not in (S.ABSENT, S.CONFIRMED) or since is None or slot.is_confidential:
        raise Conflict("nothing_to_dispute", state=sign_up.state)
    if now > since + numbers.days(DISPUTE):
        raise Conflict("dispute_too_late", days=numbers.count(DISPUTE))
    if not reason.strip():
        raise Invalid("reason_needed")
    said = Said(by=sign_up.courier_id, at=now, reason=reason.strip())
    after = replace(sign_up, state=S.DISPUTED, disputed=said, version=sign_up.version + 1)
    hand = Hand(id=sign_up.courier_id, role=COURIER)
    return turn(slot).of(after).did(Deed.DISPUTED, hand, at=now, person_id=sign_up.courier_id)


def settled(slot: Slot, sign_up: SignUp, minutes: int, reason: str, hand: Hand, *, now: datetime) -> Turn:
    """The centre decides a dispute: another than who confirmed, and not the courier himself; that is the last word.

    Raises Forbidden (`own_hours`, `confirmed_it_himself`), Conflict (`not_disputed`), Invalid (`minutes_too_many`,
    `reason_needed`).
    """
    if hand.id == sign_up.courier_id:
        raise Forbidden("own_hours")
    if sign_up.hours and hand.id == sign_up.hours.by:
        raise Forbidden("confirmed_it_himself")
    if sign_up.state is S.SETTLED and sign_up.settled and (sign_up.settled.by, sign_up.minutes) == (hand.id, minutes):
        return turn(slot)
    if sign_up.state is not S.DISPUTED:
        raise Conflict("not_disputed", state=sign_up.state)
    _require_sound(minutes, slot)
    if not reason.strip():
        raise Invalid("reason_needed")
    said = Hours(minutes=minutes, by=hand.id, at=now, reason=reason.strip())
    after = replace(sign_up, state=S.SETTLED, settled=said, version=sign_up.version + 1)
    facts = {"minutes": minutes, "was": sign_up.minutes, "start": slot.terms.start.isoformat()}
    return turn(slot).of(after).did(Deed.SETTLED, hand, at=now, person_id=sign_up.courier_id, facts=facts)


def _require_sound(minutes: int, slot: Slot) -> None:
    if not 0 <= minutes <= slot.length:
        raise Invalid("minutes_too_many", most=slot.length)
