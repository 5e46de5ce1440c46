"""A redemption: points for a code, a code for a prize. What may be redeemed, and by whom no more (DOMAIN §3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.errors import CapReached, Conflict
from chalicelib.domain.prizes.activities import ALONE, ActivityKind, CourseResult, Family, Guests
from chalicelib.domain.prizes.model import Period, PickUp, Prize, Schedule, is_offered
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reference.numbers import Numbers

MONTH = slice(0, 7)  # of `2026-11-23`
PICK_UP, REMINDER = "pick_up_days", "pick_up_reminder_hours"
NOBODY = Guests()


class RedemptionState(StrEnum):
    """`reserved` until it ends. Of those that ended, points and stock are back where it was cancelled or returned."""

    RESERVED = "reserved"
    HANDED = "handed"
    CANCELLED = "cancelled"
    RETURNED = "returned"  # goods that nobody fetched in time
    MISSED = "missed"  # a service that he did not come to: his place is used up


GIVEN_BACK = frozenset({RedemptionState.CANCELLED, RedemptionState.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemption:
    """One of a prize for one courier. Instants are UTC.

    `until`: goods can be fetched, or the service ends. `handed_at` is when it was handed over, `confirmed_at` when that
    was recorded; `ended_at` when it was cancelled, returned or missed, `ended_by` empty for the clock.

    Of an `activity`: `places` are what it takes of the stock, `family` who was to come along, `came` who did, `consent`
    the version of the redemption with which a guardian agreed that children are counted, 0 if none did. `settled`: that
    he did not come is final.
    """

    id: str
    prize_id: str
    township: str
    courier_id: str
    code: str
    price: int
    zh: str
    en: str
    pick_up: PickUp
    at: datetime
    until: datetime
    remind_at: datetime
    schedule: Schedule | None = None
    state: RedemptionState = RedemptionState.RESERVED
    reminded: bool = False
    handed_at: datetime | None = None
    handed_by: str = ""
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    reason: str = ""
    activity: ActivityKind | None = None
    places: int = 1
    family: Family = ALONE
    came: Family = ALONE
    consent: int = 0
    course: CourseResult = CourseResult.NONE
    settled: bool = False
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether it is yet to be fetched."""
        return self.state is RedemptionState.RESERVED

    @property
    def day(self) -> str:
        """The local day whose limits it counts against."""
        return local_day(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How many of a prize a courier has or had, by the local day on which he redeemed them."""

    days: Mapping[str, int] = field(default_factory=dict)
    version: int = 0

    def within(self, period: Period, day: str) -> int:
        """How many in the period that the day lies in."""
        if period is Period.EVER:
            return sum(self.days.values())
        if period is Period.DAY:
            return self.days.get(day, 0)
        return sum(count for other, count in self.days.items() if other[MONTH] == day[MONTH])

    def changed(self, day: str, by: int) -> "Taken":
        """The same with more or fewer on a day."""
        days = {**self.days, day: self.days.get(day, 0) + by}
        return Taken(days={day: count for day, count in days.items() if count > 0}, version=self.version + 1)


def require_redeemable(prize: Prize, taken: Taken, *, agreed: int | None, now: datetime, places: int = 1) -> None:
    """Whether it can be redeemed once more by who has `taken` so many. `agreed`: the price that he saw, if he says so;
    `places`: what it takes of the stock.

    Raises Conflict (`prize_not_open`, `price_changed`, `out_of_stock`, `not_enough_places`), CapReached
    (`prize_limit_reached`).
    """
    offer, today = prize.offer, local_day(now)
    if not is_offered(offer, now):
        raise Conflict("prize_not_open")
    if agreed not in (None, offer.price):
        raise Conflict("price_changed", price=offer.price)
    if prize.stock.free < places:
        raise Conflict("not_enough_places" if prize.stock.free else "out_of_stock", free=prize.stock.free)
    for period, cap in offer.limits.items():
        if taken.within(period, today) >= cap:
            raise CapReached("prize_limit_reached", period=period, cap=cap)


def redeemed(
    prize: Prize, *, id: str, code: str, courier_id: str, now: datetime, numbers: Numbers, guests: Guests = NOBODY
) -> Redemption:
    """The redemption as it begins: goods wait for days, a service until it is over."""
    offer, times = prize.offer, prize.offer.schedule
    until = times.ends_at if times else now + numbers.days(PICK_UP)
    due = times.begins_at if times else until
    return Redemption(
        id=id,
        prize_id=prize.id,
        township=prize.township,
        courier_id=courier_id,
        code=code,
        price=offer.price,
        zh=offer.zh,
        en=offer.en,
        pick_up=offer.pick_up,
        at=now,
        until=until,
        remind_at=due - _ahead(numbers),
        schedule=times,
        reminded=due - _ahead(numbers) <= now,  # who redeems that late is told all of it at once
        activity=offer.activity.kind if offer.activity else None,
        places=1 + guests.family.size,
        family=guests.family,
        consent=1 if guests.family.children else 0,
    )


def _ahead(numbers: Numbers) -> timedelta:
    return numbers.hours(REMINDER)


def next_at(redemption: Redemption) -> datetime:
    """When the clock looks at it next."""
    return redemption.until if redemption.reminded else redemption.remind_at
