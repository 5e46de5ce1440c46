"""Use cases on hours: confirm, dispute, decide, and a courier's statement."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.errors import Conflict, Forbidden, NotFound
from chalicelib.domain.people.model import Actor
from chalicelib.domain.volunteering import hours as rules
from chalicelib.domain.volunteering import powers, statements
from chalicelib.domain.volunteering.attendance import SignUp
from chalicelib.domain.volunteering.hours import Word
from chalicelib.domain.volunteering.model import Slot
from chalicelib.domain.volunteering.statements import HoursStatement
from chalicelib.domain.volunteering.turns import Turn
from chalicelib.services.reference import areas
from chalicelib.services.volunteering import keeping, slots
from chalicelib.services.volunteering.slots import Attendance, Seen
from chalicelib.store.volunteering import lists
from chalicelib.store.volunteering import slots as store
from chalicelib.store.volunteering.lists import SignUpPage


def confirm(slot_id: str, courier_id: str, word: Word, *, by: Actor, now: datetime) -> Attendance:
    """Confirm somebody's hours: one read, one transaction. Again is once.

    Raises NotFound (`no_such_slot`, `no_such_sign_up`), Forbidden (`role_needed`, `not_your_area`, `own_hours`),
    Conflict (`hours_confirmed`, `not_signed_up`, `slot_not_over`, `presence_doubtful`, `mediation_ends_by_outcome`),
    Invalid (`minutes_needed`, `minutes_too_many`, `reason_needed`), Busy.
    """
    numbers = keeping.numbers(now)

    def turned(slot: Slot, sign_up: SignUp) -> Turn:
        hand = powers.require_confirmer(by, slot, courier_id)
        if slot.is_confidential:
            raise Conflict("mediation_ends_by_outcome")
        return rules.confirmed(slot, sign_up, word, hand, now=now, numbers=numbers)

    return _of(slot_id, courier_id, turned, by, now)


def settle(slot_id: str, courier_id: str, minutes: int, reason: str, *, by: Actor, now: datetime) -> Attendance:
    """Decide what a courier disputes, for the centre: one read, one transaction. Again is once.

    Raises NotFound, Forbidden (`role_needed`, `not_your_area`, `own_hours`, `confirmed_it_himself`), Conflict
    (`not_disputed`), Invalid (`minutes_too_many`, `reason_needed`), Busy.
    """

    def turned(slot: Slot, sign_up: SignUp) -> Turn:
        hand = powers.require_arbiter(by, slot.township)
        return rules.settled(slot, sign_up, minutes, reason, hand, now=now)

    return _of(slot_id, courier_id, turned, by, now)


def _of(slot_id: str, courier_id: str, turned: Callable[[Slot, SignUp], Turn], by: Actor, now: datetime) -> Attendance:
    def do() -> Attendance:
        slot, sign_up, _ = store.with_courier(slot_id, courier_id)
        powers.require_sight(by, slot)
        if sign_up is None:
            if not powers.is_staff(by, slot):
                raise Forbidden("not_your_area", area=slot.matter.village)
            raise NotFound("no_such_sign_up", person=courier_id)
        turn = turned(slot, sign_up)
        keeping.commit(turn, now=now)
        return slots.attendance(slot, turn.sign_ups[0] if turn.sign_ups else sign_up, {}, now=now)

    return keeping.tried(do)


def dispute(slot_id: str, reason: str, *, by: Actor, now: datetime) -> Seen:
    """Say that one's own hours, or an absence, are wrong: one read, one transaction. Again is once.

    Raises Forbidden (`couriers_volunteer`), NotFound (`no_such_sign_up`), Conflict (`nothing_to_dispute`,
    `dispute_too_late`), Invalid (`reason_needed`), Busy.
    """
    powers.require_courier(by)
    numbers = keeping.numbers(now)

    def do() -> Seen:
        slot, own, _ = store.with_courier(slot_id, by.id)
        powers.require_sight(by, slot)
        if own is None:
            raise NotFound("no_such_sign_up", person=by.id)
        turn = rules.disputed(slot, own, reason, now=now, numbers=numbers)
        after = keeping.commit(turn, now=now)
        return slots.seen(after, turn.sign_ups[0] if turn.sign_ups else own, by)

    return keeping.tried(do)


def to_confirm(village: str, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> SignUpPage:
    """Who has checked out in a village and waits to be confirmed: one query.

    Raises Forbidden (`not_your_area`), Invalid (`bad_cursor`).
    """
    if not powers.lists(by, village, areas.township(now=now)):
        raise Forbidden("not_your_area", area=village)
    return lists.to_confirm(village, limit=limit, cursor=cursor)


def disputed(*, by: Actor, now: datetime, limit: int, cursor: str | None) -> SignUpPage:
    """What couriers dispute, for the centre: one query. Raises Forbidden, Invalid (`bad_cursor`)."""
    township = areas.township(now=now)
    powers.require_arbiter(by, township)
    return lists.disputed(township, limit=limit, cursor=cursor)


def statement(courier_id: str, period: str) -> HoursStatement:
    """What of a period is confirmed, by kind: a query a megabyte. Raises Invalid (`no_such_hours_period`)."""
    start, end = statements.span(period)
    return statements.stated(period, lists.between(courier_id, start, end))
