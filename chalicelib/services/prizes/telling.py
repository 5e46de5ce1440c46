"""What a courier is told of his redemption. Never the code: what lies in an inbox may be shown on a locked screen."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.prizes.redemptions import Redemption, RedemptionState
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.services.notifications.wording import sentences
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox

S = RedemptionState


class Told(StrEnum):
    """The templates of `messages.csv`."""

    REDEEMED = "prize_redeemed"
    BOOKED = "prize_booked"
    REMINDER = "prize_reminder"
    BOOKING_REMINDER = "prize_booking_reminder"
    HANDED = "prize_handed"
    TAKEN_AGAIN = "prize_taken_again"
    CANCELLED = "prize_cancelled"
    RETURNED = "prize_returned"
    MISSED = "prize_missed"
    ABSENT = "activity_absent"
    PASSED = "course_passed"
    FAILED = "course_failed"


OF_END = {S.CANCELLED: Told.CANCELLED, S.RETURNED: Told.RETURNED, S.MISSED: Told.MISSED, S.HANDED: Told.HANDED}


def tell(redemption: Redemption, template: Told, *, now: datetime, transaction: Transaction) -> None:
    """Leave the message with the transaction that makes it true."""
    zh, en = sentences().render(template, _facts(redemption))
    of = f"{redemption.id}#{redemption.version}"
    inbox.add(unprompted(redemption.courier_id, template, of, (zh.strip(), en.strip()), at=now), transaction)


def words(redemption: Redemption, template: str) -> Both:
    """The sentence of an entry of points about it."""
    return sentences().render(template, _facts(redemption))


def _facts(redemption: Redemption) -> Mapping[str, Both]:
    times = redemption.schedule
    return {
        "name": (redemption.zh, redemption.en),
        "place": (redemption.pick_up.place, redemption.pick_up.place_en),
        "points": same(redemption.price),
        "until": _moment(redemption.until),
        "begins": _moment(times.begins_at if times else redemption.until),
        "reason": same(redemption.reason),
        **_cost(redemption.price),
    }


def _cost(price: int) -> Mapping[str, Both]:
    """What is said of the points; where it was free, that it was, and nothing of what came back."""
    points = {"points": same(price)}
    if not price:
        return {"spent": sentences().render("prize_free", points), "back": same(""), "again": same("")}
    words = {"spent": "prize_spent", "back": "prize_came_back", "again": "prize_again"}
    return {name: sentences().render(template, points) for name, template in words.items()}


def _moment(at: datetime) -> Both:
    return same(f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}")
