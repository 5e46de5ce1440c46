"""What the care relay costs: a night in which the visits of a week are made, and the search for one visit."""

import time
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from tests.bench.calls import Calls, counted
from tests.bench.points import COURIERS

PLANS, DAYS = 2_000, 7
NEAR = 170  # couriers of the visit's village: as many as a village of forty has of the district's
ROUNDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Calls of one plan's night, seconds of all; calls of one visit's search and its CPU ms; how much longer it takes
    among all couriers of the district than among those of the village alone."""

    plan: Calls
    seconds: float
    seek: Calls
    seek_ms: float
    growth: float


def measure() -> Care:
    """In the store of `setting.store`."""
    plan, seconds = _night()
    _carry(0, NEAR)
    _visit("few")
    alone = _searched("few")
    _carry(NEAR, COURIERS)
    _visit("many")
    among = _searched("many")
    return Care(plan=plan, seconds=seconds, seek=_asked("many"), seek_ms=among, growth=among / alone)


def _night() -> tuple[Calls, float]:
    """Every plan bears its week; the last one is counted. Raises AssertionError where a visit is missing."""
    from chalicelib.domain.care.model import clock
    from chalicelib.services.care import generating
    from chalicelib.store.care import visits
    from tests.caring import EVE

    _plans()
    began = time.perf_counter()
    for number in range(PLANS):
        with counted() as calls:
            generating.follow(f"bench-{number}", by=clock(EVE), now=EVE)
    seconds = time.perf_counter() - began
    born = visits.of_plan(f"bench-{PLANS - 1}", since=EVE, until=EVE + timedelta(days=DAYS + 1))
    assert len(born) == DAYS, len(born)
    return calls, seconds


def _plans() -> None:
    """As they stand before their first night."""
    from chalicelib.store.base import Transaction
    from chalicelib.store.care import plans
    from tests.care_desk import cared_for
    from tests.caring import plan

    for number in range(PLANS):
        cared_for(f"elder-{number}")
        transaction = Transaction()
        plans.add(plan(id=f"bench-{number}", beneficiary_id=f"elder-{number}"), transaction)
        transaction.commit()


def _carry(first: int, last: int) -> None:
    """Couriers, of whom the first ride through the visit's village and all others elsewhere."""
    from tests.builders import VILLAGE
    from tests.care_desk import carries

    for number in range(first, last):
        carries(f"carrier-{number}", (VILLAGE if number < NEAR else f"3502119{number % 40:05}",))


def _visit(plan_id: str) -> None:
    from tests.care_desk import waiting
    from tests.caring import EVE, visit

    waiting(visit(id=f"{plan_id}.20261123", plan_id=plan_id, seek_at=EVE))


def _searched(plan_id: str) -> float:
    """CPU ms to say who is asked."""
    from chalicelib.services.care import candidates
    from chalicelib.store.care import visits
    from tests.caring import EVE

    one, times = visits.get(f"{plan_id}.20261123"), list[float]()
    for _ in range(ROUNDS):
        began = time.process_time()
        assert candidates.best(one, now=EVE)
        times.append((time.process_time() - began) * 1000)
    return median(times)


def _asked(plan_id: str) -> Calls:
    from chalicelib.services.care import seeking
    from tests.caring import EVE

    with counted() as calls:
        seeking.seek(f"{plan_id}.20261123", now=EVE)
    return calls
