"""Points expire on 31 December of the year after the one they were earned in; the oldest are spent first (DOMAIN §3).

A lot is what was earned in one year, named by the year in which it expires. Taking back what was spent already leaves a
lot below nothing: a debt, which the other lots stand for. All lots together are the balance.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from chalicelib.domain.errors import Conflict
from chalicelib.domain.reference.calendar import ZONE, local_day

YEAR = slice(0, 4)  # of `2026-11-23`
LATE = 3  # years: how long after its end a lot is still looked at, for what late events put into it

type Lots = Mapping[str, int]


class Notice(StrEnum):
    """A word that points are about to expire, by the number that says how many days before."""

    FIRST = "points_notice_days"
    LAST = "points_last_notice_days"


def lot_of(day: str) -> str:
    """The lot of what is earned on a local day: the year in which it expires."""
    return f"{int(day[YEAR]) + 1:04}"


def earned_in(lot: str) -> str:
    """The year in which its points were earned."""
    return f"{int(lot) - 1:04}"


def last_day(lot: str) -> date:
    """The last local day on which it can be spent."""
    return date(int(lot), 12, 31)


def expires_at(lot: str) -> datetime:
    """The first instant at which it is gone: the new year after it, locally."""
    return datetime.combine(datetime(int(lot) + 1, 1, 1), time(), ZONE)


def is_over(lot: str, now: datetime) -> bool:
    """Whether its time has come."""
    return now >= expires_at(lot)


def may_be_over(lot: str, at: datetime) -> bool:
    """Whether it can have expired by the time that something of this moment is heard of: it is of an earlier year."""
    return lot < lot_of(local_day(at))


def days_left(lot: str, now: datetime) -> int:
    """Whole local days until it expires."""
    return (expires_at(lot).date() - now.astimezone(ZONE).date()) // timedelta(days=1)


def notice(lot: str, now: datetime, *, first: int, last: int) -> Notice | None:
    """Which notice is due, so many local days before its last day; the later one where both are."""
    left = days_left(lot, now) - 1
    if left > first or is_over(lot, now):
        return None
    return Notice.LAST if left <= last else Notice.FIRST


def take(lots: Lots, points: int) -> dict[str, int]:
    """How many points of which lot pay for something, the oldest first. Raises Conflict (`not_enough_points`)."""
    balance = sum(lots.values())
    if points > balance:
        raise Conflict("not_enough_points", balance=balance, needed=points)
    debt, taken = -sum(min(points, 0) for points in lots.values()), {}
    for lot in sorted(lots):
        covered = min(debt, max(lots[lot], 0))  # what the debt of another lot claims
        debt -= covered
        if used := min(points, max(lots[lot], 0) - covered):
            taken[lot] = used
            points -= used
    return taken


def expired(lots: Lots, lot: str) -> dict[str, int]:
    """What expiry does to each lot: this one is emptied. What it stood for of another's debt pays that, the rest is
    lost: as much as `take` would have found in it were it the oldest, so that no younger point is lost with it."""
    held = left = max(lots.get(lot, 0), 0)
    if not held:
        return {}
    change = {lot: -held}
    for other in sorted(lots):
        if left and lots[other] < 0:
            change[other] = min(left, -lots[other])
            left -= change[other]
    return change


def unexpired(lots: Lots, now: datetime) -> dict[str, int]:
    """The lots as they are once everything that is over has expired, whether or not that was done yet."""
    after = dict(lots)
    for lot in sorted(lot for lot in lots if is_over(lot, now)):
        for changed, points in expired(after, lot).items():
            after[changed] += points
    return after


def over(now: datetime) -> list[str]:
    """The lots whose time has come lately, the oldest first."""
    return [lot for lot in near(now) if is_over(lot, now)]


def near(now: datetime) -> list[str]:
    """The lots that can hold anything, the oldest first: this year's and the next one's, and those that are over."""
    year = now.astimezone(ZONE).year
    return [f"{lot:04}" for lot in range(year - LATE, year + 2)]
