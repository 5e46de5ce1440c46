"""All that is planned for a beneficiary stops at once; couriers are told only that they are not needed."""

from datetime import datetime

from chalicelib.domain.care.model import Ending, clock
from chalicelib.domain.care.stops import Stop
from chalicelib.services.care import generating
from chalicelib.store.care import plans, stops
from chalicelib.store.care.plans import PlanMoved


def stop(beneficiary_id: str, *, reason: Stop, now: datetime) -> None:
    """Let every plan of somebody follow what he is by now: it ends where he is not cared for in that way any more,
    and visits on days of a pause are set aside. As often as it is asked; what was not come to is due still.

    A query, and for each plan what `generating.follow` takes. Raises Busy.
    """
    for plan in plans.of_beneficiary(beneficiary_id):
        if reason is not Stop.PAUSED:
            _end(plan.id, now)
        generating.follow(plan.id, by=clock(now), now=now)
    stops.stopped(beneficiary_id, at=now)


def fire(beneficiary_id: str, *, now: datetime) -> None:
    """The same by the clock, where whoever asked for it got no further: each plan sees for itself what is true."""
    stop(beneficiary_id, reason=Stop.PAUSED, now=now)


def _end(plan_id: str, now: datetime) -> None:
    while (plan := plans.get(plan_id)).is_active:
        try:
            generating.end(plan, Ending.STOPPED, by=clock(now), now=now)
        except PlanMoved:
            continue
