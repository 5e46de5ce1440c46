"""How a redemption ends: handed over, cancelled, or its time is over. What happened at the counter prevails (ADR 0042).

A counter may be offline: its word comes days later. What was handed over while its code was good is handed over, even
where the record says meanwhile that it was cancelled or came back; that is taken back then. So nothing is ever both.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.prizes.activities import EARLY, Family
from chalicelib.domain.prizes.model import CalledOff
from chalicelib.domain.prizes.redemptions import GIVEN_BACK, Redemption, RedemptionState
from chalicelib.domain.reference.numbers import Numbers

S = RedemptionState
LATE = "hand_over_late_days"
SLIP = timedelta(minutes=5)  # by which the clock of a counter may be wrong


def handed(
    redemption: Redemption,
    *,
    by: str,
    handed_at: datetime | None,
    now: datetime,
    numbers: Numbers,
    came: Family | None = None,
) -> Redemption:
    """The redemption once it was handed over; `handed_at` as the counter says, None for now. Of an activity, who `came`
    along, None for all that were to.

    Raises Invalid (`handed_in_future`, `handed_long_ago`, `more_than_booked`), Conflict (`code_not_good_then`,
    `redemption_over`, `check_in_early`).
    """
    at = _plausible(redemption, handed_at or now, now, numbers)
    _require_good(redemption, at, numbers)
    if not (came or redemption.family).within(redemption.family):
        raise Invalid("more_than_booked", adults=redemption.family.adults, children=redemption.family.children)
    return replace(
        redemption,
        state=S.HANDED,
        came=came or redemption.family,
        handed_at=at,
        handed_by=by,
        confirmed_at=now,
        version=redemption.version + 1,
    )


def _require_good(redemption: Redemption, at: datetime, numbers: Numbers) -> None:
    times = redemption.schedule
    if at > redemption.until:
        raise Conflict("code_not_good_then", until=redemption.until)
    ended = redemption.ended_at and at > redemption.ended_at and redemption.state is not S.MISSED
    if ended or redemption.settled:
        raise Conflict("redemption_over", state=redemption.state)
    if redemption.activity and times and at < times.begins_at - numbers.minutes(EARLY):
        raise Conflict("check_in_early", begins=times.begins_at)


def _plausible(redemption: Redemption, at: datetime, now: datetime, numbers: Numbers) -> datetime:
    """The instant as the counter's clock says, put right by minutes."""
    if at > now + SLIP:
        raise Invalid("handed_in_future")
    if at < now - numbers.days(LATE) or at < redemption.at - SLIP:
        raise Invalid("handed_long_ago", days=int(numbers.of(LATE)))
    return min(max(at, redemption.at), now)


def cancelled(
    redemption: Redemption, *, by: str, reason: str, own: bool, now: datetime, numbers: Numbers
) -> Redemption:
    """The redemption given back before it was fetched; `own`: by the courier, else by the counter, who says why, and
    may do so for days after a service that he is said to have missed (`hand_over_late_days`).

    Raises Conflict (`redemption_over`, `too_late_to_cancel`), Invalid (`reason_needed`).
    """
    seen = timed_out(redemption, now) if redemption.is_open and now >= redemption.until else redemption
    late = seen.state is S.MISSED and not (own or seen.settled) and now <= seen.until + numbers.days(LATE)
    if not (seen.is_open or late):
        raise Conflict("redemption_over", state=seen.state)
    times = redemption.schedule
    if own and times and now > times.cancel_until:
        raise Conflict("too_late_to_cancel", until=times.cancel_until)
    if not own and not reason.strip():
        raise Invalid("reason_needed")
    return _ended(redemption, S.CANCELLED, now, by=by, reason=reason.strip())


def called_off(redemption: Redemption, said: CalledOff, now: datetime) -> Redemption | None:
    """The redemption of what was called off; None where nothing is to be given back: it was handed over, or came back.

    A place that he is said to have missed comes back as well: nothing took place.
    """
    if redemption.state not in (S.RESERVED, S.MISSED):
        return None
    return _ended(redemption, S.CANCELLED, now, by=said.by, reason=said.reason)


def timed_out(redemption: Redemption, now: datetime) -> Redemption:
    """The redemption once its time is over: goods come back, a place that nobody took was there for him."""
    return _ended(redemption, S.MISSED if redemption.schedule else S.RETURNED, now)


def _ended(
    redemption: Redemption, state: RedemptionState, now: datetime, *, by: str = "", reason: str = ""
) -> Redemption:
    version = redemption.version + 1
    return replace(redemption, state=state, ended_at=now, ended_by=by, reason=reason, version=version)


def gives_back(before: Redemption, after: Redemption) -> bool:
    """Whether points and stock come back."""
    return before.state not in GIVEN_BACK and after.state in GIVEN_BACK


def takes_again(before: Redemption, after: Redemption) -> bool:
    """Whether what came back is taken again: it had been handed over before."""
    return before.state in GIVEN_BACK and after.state is S.HANDED
