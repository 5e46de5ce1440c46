"""Cancelling: what was redeemed and not fetched yet is given back, points into their own lots."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.domain.prizes.model import Stock
from chalicelib.domain.prizes.redemptions import RedemptionState
from chalicelib.services.prizes import redeeming, unclaimed
from chalicelib.store.notifications import inbox
from chalicelib.store.points import wallets
from tests.builders import COURIER, NOW, VILLAGER
from tests.shop import balance, film, left, paid, redeem, rule, shelved, umbrella

pytestmark = pytest.mark.usefixtures("rules")
DAY = timedelta(days=1)


def told(who: str = COURIER.id) -> list[str]:
    return [one.template for one in reversed(inbox.page(who, limit=50, before=None, now=NOW))]


def test_cancelled_points_go_back_into_the_lots_they_came_from() -> None:
    shelved(offer=umbrella(price=25))
    paid(points=20, at=NOW - timedelta(days=365))
    paid(points=20)
    redeem()
    lots = wallets.holding("courier:courier", ("2026", "2027")).lots
    assert lots == {"2026": 0, "2027": 15}
    after = redeeming.cancel("x1", reason="", by=COURIER, now=NOW + DAY)
    assert wallets.holding("courier:courier", ("2026", "2027")).lots == {"2026": 20, "2027": 20}
    assert (after.state, left()) == (RedemptionState.CANCELLED, Stock(free=5))
    assert redeeming.cancel("x1", reason="", by=COURIER, now=NOW + DAY) == after
    assert balance() == 40


def test_a_service_is_cancelled_until_its_deadline_and_by_the_counter_with_a_reason() -> None:
    shelved(offer=film())
    redeem(by=paid())
    assert rule(lambda: redeeming.cancel("x1", reason="", by=COURIER, now=NOW + 2 * DAY + DAY / 24)) == (
        "too_late_to_cancel"
    )
    assert rule(lambda: redeeming.cancel("x1", reason=" ", by=VILLAGER, now=NOW)) == "reason_needed"
    after = redeeming.cancel("x1", reason="场地停电", by=VILLAGER, now=NOW + 2 * DAY + DAY / 24)
    assert (after.ended_by, after.reason, balance()) == ("village", "场地停电", 100)
    assert told()[-1] == "prize_cancelled"


def test_who_was_wrongly_said_to_have_missed_it_gets_his_points_back_by_staff_within_days() -> None:
    shelved(offer=film())
    over = redeem(by=paid()).until
    assert rule(lambda: redeeming.cancel("x1", reason="", by=COURIER, now=over)) == "redemption_over"
    unclaimed.fire("x1", now=over)
    assert (balance(), left()) == (90, Stock(free=4, handed=1))
    assert rule(lambda: redeeming.cancel("x1", reason="登记有误", by=COURIER, now=over)) == "redemption_over"
    assert rule(lambda: redeeming.cancel("x1", reason="", by=VILLAGER, now=over)) == "reason_needed"
    late = over + 3 * DAY + DAY / 24
    assert rule(lambda: redeeming.cancel("x1", reason="登记有误", by=VILLAGER, now=late)) == "redemption_over"
    after = redeeming.cancel("x1", reason="登记有误", by=VILLAGER, now=over + 3 * DAY)
    assert (after.state, balance(), left()) == (RedemptionState.CANCELLED, 100, Stock(free=5))
    assert told()[-1] == "prize_cancelled"


def test_what_is_over_is_said_to_be_over_before_the_clock_has_looked() -> None:
    shelved()
    over = redeem(by=paid()).until
    with pytest.raises(Conflict) as refusal:
        redeeming.cancel("x1", reason="", by=COURIER, now=over)
    assert refusal.value.facts == {"state": RedemptionState.RETURNED}
