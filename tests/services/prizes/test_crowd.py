"""Sixty-four at once for a stock of fifty: exactly fifty, at service level, on both stores; and a death at any call."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.prizes.model import Stock
from chalicelib.domain.prizes.movements import summed
from chalicelib.domain.prizes.redemptions import Redemption
from chalicelib.services.prizes import counter, redeeming, unclaimed
from chalicelib.store.prizes import prizes
from chalicelib.store.prizes import redemptions as store
from tests.builders import CENTRE, COURIER, NOW, VILLAGER
from tests.machine import Dead, Machine, plugged_in
from tests.shop import balance, courier, left, paid, redeem, shelved

pytestmark = pytest.mark.usefixtures("rules")
CROWD, PIECES = 64, 50


def at_once[T](call: Callable[[int], T], times: int) -> list[T | str]:
    """All of them in the same moment; a refusal is its rule."""
    gate = Barrier(times)

    def run(number: int) -> T | str:
        gate.wait()
        try:
            return call(number)
        except DomainError as refusal:
            return refusal.rule

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_of_sixty_four_redeemers_of_fifty_exactly_fifty_get_one() -> None:
    shelved(pieces=PIECES)
    couriers = [paid(courier(number)) for number in range(CROWD)]
    found = at_once(lambda number: redeem(f"x{number}", by=couriers[number]).code, CROWD)
    codes = [one for one in found if one != "out_of_stock"]
    assert len(codes) == len(set(codes)) == PIECES
    assert left() == Stock(reserved=PIECES)
    assert [balance(one) for one in couriers] == [100 if code == "out_of_stock" else 90 for code in found]
    assert summed(prizes.movements("p1", limit=100, cursor=None)[0]) == left()


def test_one_who_presses_eight_times_at_once_gets_as_many_as_his_points_pay_for() -> None:
    shelved(pieces=PIECES)
    paid(points=35)
    found = at_once(lambda number: redeem(f"x{number}").id, 8)
    assert found.count("not_enough_points") == 5 and balance() == 5 and left().reserved == 3


def test_a_hand_over_a_cancelling_and_the_clock_at_once_are_one_of_them() -> None:
    shelved(pieces=1)
    made = redeem(by=paid())
    ends: list[Callable[[], object]] = [
        lambda: counter.confirm(made.code, handed_at=made.until, by=VILLAGER, now=made.until),
        lambda: redeeming.cancel("x1", reason="", by=COURIER, now=NOW),
        lambda: unclaimed.fire("x1", now=made.until),
        lambda: counter.confirm(made.code, handed_at=made.until, by=CENTRE, now=made.until),
    ]
    at_once(lambda number: ends[number % 4](), 8)
    gone = store.get("x1").handed_at is not None
    assert (balance(), left()) == ((90, Stock(handed=1)) if gone else (100, Stock(free=1)))


def wanted(who: Actor) -> Callable[[], object]:
    key = Key(caller_id=who.id, key="k", fingerprint="f")
    return lambda: redeem("x1", by=who, key=key)


@pytest.mark.parametrize("after", [False, True])
def test_a_death_between_any_two_calls_leaves_all_of_a_step_or_nothing(after: bool) -> None:
    shelved()
    redeem_it = wanted(paid())
    steps: list[tuple[Callable[[], object], int, Stock]] = [
        (redeem_it, 90, Stock(free=4, reserved=1)),
        (lambda: unclaimed.fire("x1", now=store.get("x1").until), 100, Stock(free=5)),
        (lambda: confirmed(store.get("x1")), 90, Stock(free=4, handed=1)),
    ]
    before = (100, Stock(free=5))
    for step, points, stock in steps:
        number = 0
        while died(step, number, after=after):
            assert (balance(), left()) in (before, (points, stock)), f"dead at call {number}"
            number += 1
        assert number > 1 and (balance(), left()) == (points, stock)
        before = (points, stock)


def confirmed(made: Redemption) -> Redemption:
    """An offline counter tells that it was handed over in time."""
    return counter.confirm(made.code, handed_at=made.until, by=VILLAGER, now=made.until)


def died(step: Callable[[], object], number: int, *, after: bool) -> bool:
    """Whether it died at its so-manieth call, before or after that was done; else the step is done."""
    try:
        with plugged_in(Machine(dies_at=number, after=after)):
            step()
    except Dead:
        return True
    return False
