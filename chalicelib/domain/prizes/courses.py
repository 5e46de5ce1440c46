"""What becomes of an activity afterwards: who came, who passed its course, who organised it, who stayed away."""

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.errors import Conflict, Forbidden
from chalicelib.domain.people.model import Actor
from chalicelib.domain.prizes.activities import ActivityKind, CourseResult
from chalicelib.domain.prizes.ending import LATE
from chalicelib.domain.prizes.model import Prize
from chalicelib.domain.prizes.redemptions import Redemption, RedemptionState
from chalicelib.domain.reference.numbers import Numbers

S = RedemptionState
SLACK = timedelta(hours=1)  # behind the last moment at which a counter may still say that somebody was there


def settles_at(redemption: Redemption, numbers: Numbers) -> datetime:
    """From when on nobody can say any more that he was there after all: then his absence counts."""
    return redemption.until + numbers.days(LATE) + SLACK


def is_to_settle(redemption: Redemption) -> bool:
    """Whether it is yet to be settled that he was absent."""
    return redemption.activity is not None and redemption.state is S.MISSED and not redemption.settled


def settled(redemption: Redemption) -> Redemption:
    """The booking once his absence is final."""
    return replace(redemption, settled=True, version=redemption.version + 1)


def judged(redemption: Redemption, result: CourseResult, *, by: Actor) -> Redemption:
    """The booking with what became of his course; the same where that was told before. Who failed may pass later.

    Raises Conflict (`no_course`, `not_attended`, `course_passed`), Forbidden (`not_your_own_prize`).
    """
    if by.id == redemption.courier_id:
        raise Forbidden("not_your_own_prize")
    if redemption.activity is not ActivityKind.TRAINING:
        raise Conflict("no_course")
    if redemption.state is not S.HANDED:
        raise Conflict("not_attended")
    if redemption.course is CourseResult.PASSED and result is not CourseResult.PASSED:
        raise Conflict("course_passed")
    if redemption.course is result:
        return redemption
    return replace(redemption, course=result, version=redemption.version + 1)


def require_organised(prize: Prize, courier_id: str, *, by: Actor, now: datetime) -> None:
    """Whether the centre may confirm that a courier organised it: it took place, he was named, and is not who confirms.

    Raises Forbidden (`not_your_own_prize`), Conflict (`no_activity`, `prize_called_off`, `activity_not_over`,
    `not_an_organiser`).
    """
    if by.id == courier_id:
        raise Forbidden("not_your_own_prize")
    activity, times = prize.offer.activity, prize.offer.schedule
    if activity is None or times is None:
        raise Conflict("no_activity")
    if prize.called_off:
        raise Conflict("prize_called_off")
    if now < times.ends_at:
        raise Conflict("activity_not_over", until=times.ends_at)
    if courier_id not in activity.organisers:
        raise Conflict("not_an_organiser", person=courier_id)
