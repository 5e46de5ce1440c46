"""Limits, steps and ends of a redemption, without a store."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from chalicelib.domain.errors import CapReached, Conflict, Invalid
from chalicelib.domain.prizes import ending, movements
from chalicelib.domain.prizes.model import Period, Prize, Stock
from chalicelib.domain.prizes.movements import STEPS
from chalicelib.domain.prizes.redemptions import (
    GIVEN_BACK,
    Redemption,
    RedemptionState,
    Taken,
    redeemed,
    require_redeemable,
)
from tests.builders import NOW, RULES, TOWNSHIP
from tests.shop import film, umbrella

S = RedemptionState
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PRIZE = Prize(id="p1", township=TOWNSHIP, offer=umbrella(), made_by="centre", made_at=NOW, stock=Stock(free=1))


def one(prize: Prize = PRIZE) -> Redemption:
    return redeemed(prize, id="x1", code="00000000", courier_id="courier", now=NOW, numbers=RULES.numbers)


@pytest.mark.parametrize(
    ("days", "limits", "refused"),
    [
        ({}, {Period.DAY: 1}, None),
        ({"2026-11-23": 1}, {Period.DAY: 1}, Period.DAY),
        ({"2026-11-22": 5}, {Period.DAY: 1}, None),
        ({"2026-11-01": 1, "2026-11-22": 1}, {Period.MONTH: 2}, Period.MONTH),
        ({"2026-10-31": 9}, {Period.MONTH: 1}, None),
        ({"2025-01-01": 1}, {Period.EVER: 1}, Period.EVER),
        ({"2025-01-01": 9}, {}, None),
    ],
)
def test_a_limit_counts_in_its_period(
    days: Mapping[str, int], limits: Mapping[Period, int], refused: Period | None
) -> None:
    prize = replace(PRIZE, offer=umbrella(limits=limits))
    try:
        require_redeemable(prize, Taken(days=days), agreed=None, now=NOW)
    except CapReached as refusal:
        assert refusal.facts["period"] is refused
    else:
        assert refused is None


def test_what_is_taken_and_given_back_leaves_nothing() -> None:
    taken = Taken().changed("2026-11-23", 1).changed("2026-11-22", 1).changed("2026-11-23", -1)
    assert (taken.days, taken.version) == ({"2026-11-22": 1}, 3)


@pytest.mark.parametrize(("before", "after"), list(product([None, *S], S)))
def test_each_step_there_is_moves_pieces_and_makes_none(before: S | None, after: S) -> None:
    step = STEPS.get((before, after))
    ends = before is S.RESERVED and after is not S.RESERVED
    prevails = after is S.HANDED and before in (S.CANCELLED, S.RETURNED, S.MISSED)
    made_up_for = (before, after) == (S.MISSED, S.CANCELLED)  # nothing took place, or he was there and was not noted
    assert (step is not None) is (ends or prevails or made_up_for or (before is None and after is S.RESERVED))
    assert sum(step or ()) == 0


def test_only_what_was_promised_to_somebody_else_since_makes_one_too_many() -> None:
    before = replace(one(), state=S.RETURNED)
    moved = movements.step(before, replace(before, state=S.HANDED), by="village", at=NOW, gone=True)
    assert (moved.cause, moved.free, moved.handed, moved.grows) == (movements.Cause.OVERDRAWN, 0, 1, 1)


@pytest.mark.parametrize("state", sorted(GIVEN_BACK))
def test_the_counter_prevails_over_what_came_after_and_not_over_what_came_before(state: S) -> None:
    ended = replace(one(), state=state, ended_at=NOW + DAY)
    now = NOW + 2 * DAY
    handed = ending.handed(ended, by="village", handed_at=NOW + DAY, now=now, numbers=RULES.numbers)
    assert ending.takes_again(ended, handed) and handed.confirmed_at == now
    with pytest.raises(Conflict, match="redemption_over"):
        ending.handed(ended, by="village", handed_at=NOW + DAY + HOUR, now=now, numbers=RULES.numbers)


def test_goods_come_back_when_their_time_is_over_and_places_do_not() -> None:
    goods, place = one(), one(replace(PRIZE, offer=film()))
    assert ending.timed_out(goods, goods.until).state is S.RETURNED
    assert ending.timed_out(place, place.until).state is S.MISSED
    assert ending.gives_back(goods, ending.timed_out(goods, goods.until))
    assert not ending.gives_back(place, ending.timed_out(place, place.until))


def test_what_is_over_by_the_clock_is_not_cancelled_before_the_clock_looks() -> None:
    with pytest.raises(Conflict, match="redemption_over"):
        ending.cancelled(one(), by="courier", reason="", own=True, now=one().until, numbers=RULES.numbers)


def test_stock_taking_is_of_what_lies_there() -> None:
    stock = Stock(free=3, reserved=2, handed=7)
    assert movements.counted("m", 4, stock, reason="少一件", by="centre", at=NOW).free == -1
    assert movements.counted("m", 9, stock, reason="多四件", by="centre", at=NOW).free == 4
    with pytest.raises(Conflict, match="stock_is_reserved"):
        movements.counted("m", 1, stock, reason="少", by="centre", at=NOW)
    with pytest.raises(Invalid, match="count_needed"):
        movements.purchased("m", 0, umbrella().purchase, reason="", by="centre", at=NOW)
