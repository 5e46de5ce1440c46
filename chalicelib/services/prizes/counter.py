"""Use cases of the counter: look a code up, say that it was handed over, see who is yet to come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import NotFound, TooManyRequests
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.prizes import codes, ending, powers
from chalicelib.domain.prizes.activities import Family
from chalicelib.domain.prizes.redemptions import Redemption, RedemptionState
from chalicelib.services.people import access
from chalicelib.services.prizes import steps
from chalicelib.services.prizes.trying import tried
from chalicelib.services.reference import areas, rulebook
from chalicelib.store import quotas
from chalicelib.store.prizes import prizes
from chalicelib.store.prizes import redemptions as store
from chalicelib.store.prizes.redemptions import Page

LOOK_UPS = "code_look_ups_per_hour"
COUNTERS = (Role.CENTRE, Role.VILLAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a counter says of who stands before it, and when."""

    handed_at: datetime | None
    came: Family | None
    by: Actor
    now: datetime


def look_up(typed: str, *, by: Actor, now: datetime) -> Redemption:
    """What a code stands for: a write that counts the look, two reads.

    Raises Forbidden (`role_needed`, `not_your_own_prize`), NotFound (`no_such_code`), TooManyRequests.
    """
    _count(by, now)
    return _found(typed, by)


def confirm(
    typed: str, *, handed_at: datetime | None, by: Actor, now: datetime, came: Family | None = None
) -> Redemption:
    """It was handed over, at `handed_at` by the counter's own clock or now: one transaction. Of an activity: he is
    there, and who of his family `came`, None for all that he booked for.

    Twice is once: who and when stays what was told first.

    Raises Forbidden, NotFound, TooManyRequests, Invalid (`handed_in_future`, `handed_long_ago`, `more_than_booked`),
    Conflict (`code_not_good_then`, `redemption_over`, `check_in_early`), Busy.
    """
    _count(by, now)
    return _confirm(lambda: _found(typed, by), Seen(handed_at=handed_at, came=came, by=by, now=now))


def confirm_listed(
    redemption_id: str, *, handed_at: datetime | None, by: Actor, now: datetime, came: Family | None = None
) -> Redemption:
    """The same of one found on the counter's list, for who comes without a code. Raises as `confirm` does."""

    def find() -> Redemption:
        found = store.get(redemption_id)
        powers.require_lister(by, found)
        return found

    return _confirm(find, Seen(handed_at=handed_at, came=came, by=by, now=now))


def _confirm(find: Callable[[], Redemption], seen: Seen) -> Redemption:
    by, now = seen.by, seen.now
    numbers = rulebook.in_force(now=now).numbers

    def do() -> Redemption:
        before = find()
        if before.state is RedemptionState.HANDED:
            return before
        after = ending.handed(before, by=by.id, handed_at=seen.handed_at, now=now, numbers=numbers, came=seen.came)
        return steps.store(before, after, by=by.id, now=now)

    return tried(do)


def listing(prize_id: str, state: RedemptionState, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """Who redeemed a prize, in a state, newest first: a read and a query; the centre's look at whom is noted, the
    auditor's at the prize.

    Raises NotFound, Forbidden (`role_needed`), Invalid (`bad_cursor`).
    """
    prize = prizes.get(prize_id)
    powers.require_list(by, prize)
    found = store.of_prize(prize_id, state, limit=limit, cursor=cursor)
    if shows_whose(by, now=now):
        access.record_all(by, What.SAW_REDEMPTION, [one.courier_id for one in found.redemptions], now=now)
    elif by.holds(Role.AUDITOR, prize.township):
        access.record(by, What.READ_PRIZES, prize_id, now=now)
    return found


def shows_whose(by: Actor, *, now: datetime) -> bool:
    """Whether somebody is told whose a redemption is: the centre alone, who knows who is a courier anyway."""
    return by.holds(Role.CENTRE, areas.township(now=now))


def _count(by: Actor, now: datetime) -> None:
    if not any(by.holds(role) for role in (*COUNTERS, Role.COURIER)):
        by.require(Role.CENTRE)
    cap = rulebook.in_force(now=now).numbers.count(LOOK_UPS)
    quotas.take(by.id, "codes", cap=cap, now=now, refusal=TooManyRequests("code_look_ups_per_hour", cap=cap))


def _found(typed: str, by: Actor) -> Redemption:
    """What the code stands for, to who stands behind its counter, or is a courier who organises what was booked."""
    code = codes.normal(typed)
    found = store.of_code(code) if code else None
    if found and _organises(by, found):
        powers.require_other(by, found)
        return found
    if not any(by.holds(role) for role in COUNTERS):
        by.require(Role.CENTRE)
    if found is None:
        raise NotFound("no_such_code")
    powers.require_counter(by, found)
    return found


def _organises(by: Actor, booking: Redemption) -> bool:
    """Whether somebody is named as an organiser of what is booked: one read, for couriers and of activities alone."""
    if not (booking.activity and by.holds(Role.COURIER)):
        return False
    activity = prizes.get(booking.prize_id).offer.activity
    return activity is not None and by.id in activity.organisers
