"""A courier redeems: points, stock, limit and code in one transaction, and the refusal says which of them it was."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.prizes.model import Period, PrizeState, Stock
from chalicelib.domain.prizes.movements import summed
from chalicelib.services.prizes import redeeming
from chalicelib.store.notifications import inbox
from chalicelib.store.points import ledger
from chalicelib.store.prizes import prizes
from chalicelib.store.prizes import redemptions as store
from tests.builders import CENTRE, COURIER, COURIER2, GRID_MEMBER, NOW, VILLAGER
from tests.shop import balance, courier, film, held, left, paid, redeem, rule, shelved, umbrella

pytestmark = pytest.mark.usefixtures("rules")
DAY = timedelta(days=1)


def told(who: str = COURIER.id) -> list[str]:
    return [one.template for one in reversed(inbox.page(who, limit=50, before=None, now=NOW))]


def test_redeeming_takes_points_and_one_of_the_stock_and_gives_a_code_for_seven_days() -> None:
    shelved()
    paid(points=30)
    made = redeem()
    assert (balance(), left()) == (20, Stock(free=4, reserved=1))
    assert made == store.get("x1") == store.of_code(made.code)
    assert (made.until, made.remind_at) == (NOW + 7 * DAY, NOW + 6 * DAY)
    assert summed(prizes.movements("p1", limit=50, cursor=None)[0]) == left()


def test_the_entry_says_what_it_was_for_and_from_which_lot() -> None:
    shelved()
    paid(points=30)
    redeem()
    entry = ledger.several("courier:courier", ["x1#redeem"])["x1#redeem"]
    assert (entry.earned, entry.kind, entry.lots) == (-10, Kind.REDEEM, {"2027": -10})
    assert (entry.zh, entry.en) == ("兑换“雨伞”：10分。", "Redeemed Umbrella: 10 points.")
    assert held().honour == 0


def test_he_is_told_where_to_fetch_it_and_never_the_code() -> None:
    shelved()
    made = redeem(by=paid())
    message = inbox.page(COURIER.id, limit=1, before=None, now=NOW)[0]
    assert told() == ["prize_redeemed"] and "党群服务中心" in message.zh and "2026-11-30 09:00" in message.zh
    assert made.code not in message.zh + message.en


def test_a_booking_is_the_same_with_places_for_a_stock() -> None:
    shelved(offer=film(), pieces=1)
    made = redeem(by=paid())
    assert left() == Stock(reserved=1) and told() == ["prize_booked"]
    assert made.schedule and made.until == made.schedule.ends_at
    assert made.remind_at == made.schedule.begins_at - DAY
    assert rule(lambda: redeem("x2", by=paid(COURIER2))) == "out_of_stock"


def test_a_service_that_has_begun_cannot_be_booked() -> None:
    shelved(offer=film())
    assert rule(lambda: redeem(by=paid(), now=NOW + 3 * DAY)) == "prize_not_open"


def test_limits_are_by_local_day_and_month_and_come_back_with_a_cancelling() -> None:
    shelved(offer=umbrella(limits={Period.DAY: 1, Period.MONTH: 2}), pieces=9)
    paid()
    redeem("x1")
    redeem("x2", now=NOW + DAY)
    assert rule(lambda: redeem("x3", now=NOW + 2 * DAY)) == "prize_limit_reached"
    redeeming.cancel("x1", reason="", by=COURIER, now=NOW + DAY)
    redeem("x3", now=NOW + 2 * DAY)
    redeem("x4", now=NOW + 8 * DAY)


def test_a_price_that_changed_since_he_saw_it_is_not_paid_unseen() -> None:
    shelved()
    paid()
    with pytest.raises(Conflict) as refusal:
        redeem(agreed=5)
    assert (refusal.value.rule, refusal.value.facts) == ("price_changed", {"price": 10})
    redeem(agreed=10)


def test_what_costs_nothing_makes_no_entry_but_takes_a_wallet_in_order() -> None:
    shelved(offer=umbrella(price=0))
    redeem("x1", by=courier(1))
    assert balance(courier(1)) == 0 and not ledger.several("courier:rider-1", ["x1#redeem"])
    paid(COURIER, -5)
    assert rule(lambda: redeem("x2")) == "not_enough_points"
    redeeming.cancel("x1", reason="", by=courier(1), now=NOW)
    assert left().free == 5


def test_the_same_key_redeems_once() -> None:
    shelved()
    paid()
    key = Key(caller_id=COURIER.id, key="k", fingerprint="f")
    first = redeem("x1", key=key)
    assert redeem("x2", key=key) == first
    assert (balance(), left().reserved) == (90, 1)


def test_a_code_that_is_somebody_elses_is_drawn_again() -> None:
    shelved()
    paid()
    first = redeem("x1")
    drawn = iter([first.code, first.code, "NEWCODE1"])
    assert redeem("x2", new_code=lambda: next(drawn)).code == "NEWCODE1"


def test_only_couriers_redeem_and_a_draft_is_known_to_nobody_of_them() -> None:
    shelved(offer=umbrella(state=PrizeState.DRAFT))
    paid()
    with pytest.raises(Forbidden, match="couriers_redeem"):
        redeem(by=CENTRE)
    with pytest.raises(NotFound, match="no_such_prize"):
        redeem()


def test_somebody_elses_is_not_his_to_cancel_or_see() -> None:
    shelved()
    redeem(by=paid())
    for stranger in (COURIER2, GRID_MEMBER):
        with pytest.raises(NotFound):
            redeeming.cancel("x1", reason="x", by=stranger, now=NOW)
        with pytest.raises(NotFound):
            redeeming.view("x1", by=stranger)
    with pytest.raises(NotFound):
        redeeming.own_code("x1", by=CENTRE)
    assert redeeming.own_code("x1", by=COURIER) == redeeming.view("x1", by=VILLAGER).code


def test_his_own_are_listed_newest_first() -> None:
    shelved()
    paid()
    for number in range(3):
        redeem(f"x{number}", now=NOW + timedelta(minutes=number))
    page = redeeming.own(COURIER.id, limit=2, cursor=None)
    rest = redeeming.own(COURIER.id, limit=2, cursor=page.cursor)
    assert [one.id for one in page.redemptions + rest.redemptions] == ["x2", "x1", "x0"] and rest.cursor is None
