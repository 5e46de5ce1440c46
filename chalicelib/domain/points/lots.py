"""Points expire on 31 December of the year after the one they were earned in; the oldest are spent first (DOMAIN §3).

A lot is what was earned in one year, named by the year in which it expires. Taking back what was spent already leaves a
lot below nothing: a debt, which the other lots stand for. All lots together are the balance.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from chalicelib.domain.errors import Conflict
from chalicelib.domain.reference.calendar import ZONE

YEAR = slice(0, 4)  # of `2026-11-23`

type Lots = Mapping[str, int]


def lot_of(day: str) -> str:
    """The lot of what is earned on a local day: the year in which it expires."""
    return f"{int(day[YEAR]) + 1:04}"


def expires_at(lot: str) -> datetime:
    """The first instant at which it is gone: the new year after it, locally."""
    return datetime.combine(datetime(int(lot) + 1, 1, 1), time(), ZONE)


def is_over(lot: str, now: datetime) -> bool:
    """Whether its time has come."""
    return now >= expires_at(lot)


def days_left(lot: str, now: datetime) -> int:
    """Whole local days until it expires."""
    return (expires_at(lot).date() - now.astimezone(ZONE).date()) // timedelta(days=1)


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
    """What expiry does to each lot: this one is emptied, and of what another owes no more is left in it.

    Together they lose what was in the lot, at most the balance, and nothing where that is below nothing.
    """
    held, balance = lots.get(lot, 0), sum(lots.values())
    gone = max(0, min(held, balance))
    if not gone:
        return {}
    change, left = {lot: -held}, held - gone
    for other in sorted(lots):
        if left and lots[other] < 0:
            paid = min(left, -lots[other])
            change[other], left = paid, left - paid
    return change
