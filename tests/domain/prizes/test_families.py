"""Who comes along, without a store: places and stock agree however often it changes; what followers are told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import DomainError, Invalid
from chalicelib.domain.prizes import catalogue, deeds, ending, families, movements
from chalicelib.domain.prizes.activities import Activity, ActivityKind, Family
from chalicelib.domain.prizes.deeds import Deed
from chalicelib.domain.prizes.model import Offer, Prize, Stock, offered_until
from chalicelib.domain.prizes.redemptions import Redemption, RedemptionState, redeemed
from tests.builders import NOW, RULES, TOWNSHIP, VILLAGE
from tests.shop import brings, film, outing, rule, umbrella

FREE = 6
PRIZE = Prize(id="p1", township=TOWNSHIP, offer=outing(), made_by="c", made_at=NOW, stock=Stock(free=FREE))
BEGINS = NOW + timedelta(days=3)


def booking(adults: int = 0, children: int = 0) -> Redemption:
    guests = brings(adults, children, consent=1)
    return redeemed(PRIZE, id="x1", code="0", courier_id="c", now=NOW, numbers=RULES.numbers, guests=guests)


def checked(offer: Offer) -> Offer:
    return catalogue.checked(offer, villages={VILLAGE}, numbers=RULES.numbers)


counts = st.integers(0, 4)


@given(st.lists(st.tuples(counts, counts, st.booleans(), st.booleans()), max_size=12))
def test_however_it_changes_places_follow_the_family_and_the_stock_adds_up(
    changes: list[tuple[int, int, bool, bool]],
) -> None:
    one = booking()
    moved = [movements.step(None, one, by="", at=NOW)]
    for adults, children, agrees, takes_back in changes:
        stock = movements.summed(moved)
        prize = replace(PRIZE, stock=replace(stock, free=FREE + stock.free))
        guests = brings(adults, children, consent=int(agrees))
        try:
            after = families.without_children(one) if takes_back else families.changed(one, prize, guests, now=NOW)
        except DomainError:
            continue
        assert (after == one) is (after.version == one.version)
        assert after.family.size <= 3 and after.places == 1 + after.family.size
        assert (after.consent > 0) is (after.family.children > 0)
        if after != one:
            moved.append(movements.family(one, after, at=NOW))
        one = after
    total = movements.summed(moved)
    assert total.reserved == one.places and total.free == -one.places
    moved.append(movements.step(one, ending.timed_out(one, NOW), by="", at=NOW))
    assert movements.summed(moved).handed == one.places


@pytest.mark.parametrize(
    ("offer", "refused"),
    [
        (outing(organiser=" "), "activity_organiser"),
        (outing(closes_at=BEGINS + timedelta(hours=1)), "activity_times"),
        (outing(family_places=9), "family_most"),
        (outing(trains=(Service.MEAL,)), "no_training"),
        (umbrella(activity=outing().activity), "activity_is_service"),
    ],
)
def test_an_activity_that_makes_no_sense_is_not_entered(offer: Offer, refused: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked(offer)
    assert refusal.value.rule == refused
    assert checked(outing()) == outing()


def test_nobody_registers_after_it_closes() -> None:
    assert offered_until(outing()) == BEGINS - timedelta(days=1)
    assert offered_until(film()) == BEGINS


def test_while_it_is_booked_it_does_not_become_something_else() -> None:
    booked = replace(PRIZE, stock=Stock(reserved=1))
    assert rule(lambda: catalogue.edited(booked, outing(kind=ActivityKind.FILM), ())) == "prize_is_booked"
    assert isinstance(catalogue.edited(booked, outing(family_places=1), ()).offer.activity, Activity)


def test_who_is_forgotten_leaves_places_and_no_family() -> None:
    silent = families.forgotten(booking(1, 1))
    assert (silent.family, silent.came, silent.consent, silent.places) == (Family(), Family(), 0, 3)


def told(deed: Deed, one: Redemption) -> dict[str, int]:
    return dict(deeds.earned(deeds.of_booking(one, deed, by="", at=NOW)))


def test_each_who_came_earns_and_who_stayed_away_loses_and_nothing_else_does() -> None:
    there = replace(booking(2, 1), state=RedemptionState.HANDED, came=Family(adults=1, children=1))
    assert told(Deed.ATTENDED, there) == {"P41": 1, "P42": 2}
    assert told(Deed.ATTENDED, replace(there, came=Family())) == {"P41": 1}
    assert told(Deed.ABSENT, booking(2)) == {"P94": 1} and told(Deed.PASSED, there) == {"P44": 1}
    assert dict(deeds.earned(deeds.organised(PRIZE, "c", by="centre", at=NOW))) == {"P43": 1}
    for deed in (Deed.BOOKED, Deed.FAMILY_CHANGED, Deed.CANCELLED, Deed.CALLED_OFF):
        assert told(deed, there) == {}
