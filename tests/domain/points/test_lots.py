"""What expires when, what is spent first, and what a debt does to it."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Conflict
from chalicelib.domain.points import lots as rules
from chalicelib.domain.reference.calendar import ZONE

LOTS = st.dictionaries(st.sampled_from(["2026", "2027", "2028"]), st.integers(-50, 100))


def test_what_is_earned_in_a_year_expires_with_the_next_one() -> None:
    assert rules.lot_of("2026-11-23") == "2027"
    assert not rules.is_over("2027", datetime(2027, 12, 31, 23, 59, tzinfo=ZONE))
    assert rules.is_over("2027", datetime(2028, 1, 1, tzinfo=ZONE))
    assert rules.days_left("2027", datetime(2027, 12, 25, 9, tzinfo=ZONE)) == 7


def test_the_oldest_are_spent_first() -> None:
    assert rules.take({"2028": 10, "2027": 4}, 6) == {"2027": 4, "2028": 2}
    with pytest.raises(Conflict, match="not_enough_points"):
        rules.take({"2027": 4}, 5)


def test_a_debt_claims_the_oldest_points_first() -> None:
    assert rules.take({"2027": 5, "2028": -3}, 2) == {"2027": 2}
    assert rules.take({"2026": 5, "2027": -3, "2028": 4}, 6) == {"2026": 2, "2028": 4}
    with pytest.raises(Conflict):
        rules.take({"2027": 5, "2028": -3}, 3)


@given(LOTS, st.integers(1, 200))
def test_taking_leaves_no_lot_below_what_it_held_and_takes_exactly_as_much(lots: dict[str, int], points: int) -> None:
    if points > sum(lots.values()):
        with pytest.raises(Conflict):
            rules.take(lots, points)
        return
    taken = rules.take(lots, points)
    assert sum(taken.values()) == points
    assert all(0 < taken[lot] <= lots[lot] for lot in taken)


@given(LOTS)
def test_expiry_empties_the_lot_and_takes_what_could_have_been_spent_out_of_it(lots: dict[str, int]) -> None:
    change = rules.expired(lots, "2026")
    after = {lot: points + change.get(lot, 0) for lot, points in lots.items()}
    before = sum(lots.values())
    free = rules.take(lots, before).get("2026", 0) if before > 0 else 0
    assert after.get("2026", 0) <= 0
    assert free == 0 or sum(after.values()) == before - free
    assert sum(after.values()) == before or sum(after.values()) >= 0


def test_a_debt_is_paid_by_what_expires_and_younger_points_stay() -> None:
    assert rules.expired({"2026": 10, "2027": -4, "2028": 3}, "2026") == {"2026": -10, "2027": 4}
    assert rules.expired({"2026": 10, "2027": -15}, "2026") == {"2026": -10, "2027": 10}
    assert rules.expired({"2026": -3, "2027": 15}, "2026") == {}


@given(LOTS)
def test_what_is_over_is_not_there_to_be_spent(lots: dict[str, int]) -> None:
    left = rules.unexpired(lots, datetime(2027, 6, 1, tzinfo=ZONE))
    assert left.get("2026", 0) <= 0 and left.keys() == lots.keys()
    assert rules.unexpired(lots, datetime(2026, 12, 31, 23, tzinfo=ZONE)) == lots
    assert sum(left.values()) <= sum(lots.values())


def test_what_is_over_is_looked_at_for_three_years_more() -> None:
    now = datetime(2028, 1, 1, tzinfo=ZONE)
    assert rules.over(now) == ["2025", "2026", "2027"]
    assert rules.near(now) == ["2025", "2026", "2027", "2028", "2029"]
