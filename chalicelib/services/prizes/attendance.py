"""Use cases after an activity: what became of a course, and who helped to run it. Who came is said at the counter."""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.errors import AlreadyDone
from chalicelib.domain.people.model import Actor
from chalicelib.domain.prizes import courses, powers
from chalicelib.domain.prizes.activities import CourseResult
from chalicelib.domain.prizes.deeds import Deed
from chalicelib.domain.prizes.redemptions import Redemption
from chalicelib.services.prizes import following, telling
from chalicelib.services.prizes.telling import Told
from chalicelib.services.prizes.trying import tried
from chalicelib.services.reference import areas
from chalicelib.store.base import Transaction
from chalicelib.store.prizes import prizes
from chalicelib.store.prizes import redemptions as store


def judge(redemption_id: str, result: CourseResult, *, by: Actor, now: datetime) -> Redemption:
    """Record what became of somebody's course, for the centre: two reads and a transaction. Twice is once.

    Who passes is trained for what the activity says: it stands with the happening `passed`. Raises Forbidden
    (`role_needed`, `not_your_area`, `not_your_own_prize`), NotFound, Conflict (see `courses.judged`), Busy.
    """
    powers.require_keeper(by, areas.township(now=now))

    def do() -> Redemption:
        before = store.get(redemption_id)
        after = courses.judged(before, result, by=by)
        if after == before:
            return before
        transaction = Transaction()
        store.change(after, transaction)
        passed = result is CourseResult.PASSED
        if passed:
            activity = prizes.get(after.prize_id).offer.activity
            trains = list(activity.trains) if activity else []
            following.note(after, Deed.PASSED, by=by.id, at=now, transaction=transaction, trains=trains)
        telling.tell(after, Told.PASSED if passed else Told.FAILED, now=now, transaction=transaction)
        transaction.commit()
        return after

    return tried(do)


def confirm_organiser(prize_id: str, courier_id: str, *, by: Actor, now: datetime) -> None:
    """Confirm that a courier helped to run an activity, for the centre: a read and a transaction. Twice is once.

    Raises Forbidden (`role_needed`, `not_your_area`, `not_your_own_prize`), NotFound, Conflict (see
    `courses.require_organised`).
    """
    powers.require_keeper(by, areas.township(now=now))
    prize = prizes.get(prize_id)
    courses.require_organised(prize, courier_id, by=by, now=now)
    transaction = Transaction()
    prizes.organised(prize_id, courier_id, by=by.id, at=now, transaction=transaction)
    following.note_organised(prize, courier_id, by=by.id, at=now, transaction=transaction)
    with suppress(AlreadyDone):
        transaction.commit()
