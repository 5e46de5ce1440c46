"""The clock: a day before its end it reminds, then what nobody fetched comes back; through the timers, and once."""

from datetime import datetime, timedelta

import pytest

from chalicelib.domain.prizes.model import Stock
from chalicelib.domain.prizes.redemptions import RedemptionState
from chalicelib.domain.timers import Errand, TimerMessage
from chalicelib.services.prizes import counter, redeeming
from chalicelib.services.reports import timers
from chalicelib.store.notifications import inbox
from chalicelib.store.points import ledger
from chalicelib.store.prizes import redemptions as store
from chalicelib.store.prizes.due import PART
from chalicelib.store.reports import due
from chalicelib.store.reports.reports import DUE_SHARDS
from tests.builders import COURIER, NOW, VILLAGER
from tests.shop import balance, film, left, paid, redeem, shelved, umbrella

pytestmark = pytest.mark.usefixtures("rules")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def fallen(now: datetime) -> list[tuple[str, str]]:
    return [(one.id, one.part) for shard in range(DUE_SHARDS) for one in due.fallen(shard, now)]


def tick(now: datetime, *, times: int = 1) -> None:
    """A minute's sweep, told so many times."""
    for _ in range(times):
        timers.run(TimerMessage(errand=Errand.FIRE, id="x1", part=PART, at=now), now=now)


def told() -> list[str]:
    return [one.template for one in reversed(inbox.page(COURIER.id, limit=50, before=None, now=NOW + 20 * DAY))]


def test_he_is_reminded_once_and_then_his_points_come_back_once() -> None:
    shelved()
    redeem(by=paid())
    assert fallen(NOW + 6 * DAY - HOUR) == []
    assert fallen(NOW + 6 * DAY) == [("x1", PART)]
    tick(NOW + 6 * DAY, times=3)
    assert fallen(NOW + 6 * DAY + HOUR) == [] and (balance(), left().reserved) == (90, 1)
    tick(NOW + 7 * DAY, times=3)
    assert fallen(NOW + 30 * DAY) == []
    assert told() == ["prize_redeemed", "prize_reminder", "prize_returned"]
    assert (balance(), left(), store.get("x1").state) == (100, Stock(free=5), RedemptionState.RETURNED)


def test_a_clock_that_slept_over_both_does_the_last_only() -> None:
    shelved()
    redeem(by=paid())
    tick(NOW + 9 * DAY, times=2)
    assert told() == ["prize_redeemed", "prize_returned"] and balance() == 100


def test_the_end_of_a_redemption_takes_it_off_the_clock() -> None:
    shelved()
    code = redeem(by=paid()).code
    counter.confirm(code, handed_at=None, by=VILLAGER, now=NOW)
    redeem("x2")
    redeeming.cancel("x2", reason="", by=COURIER, now=NOW)
    assert fallen(NOW + 30 * DAY) == []
    tick(NOW + 7 * DAY)
    assert sorted(told()) == ["prize_handed", "prize_redeemed", "prize_redeemed"] and left() == Stock(free=4, handed=1)


def test_a_booking_is_reminded_of_before_it_begins_and_its_place_is_used_up_after_its_end() -> None:
    shelved(offer=film())
    made = redeem(by=paid())
    assert made.schedule
    tick(made.schedule.begins_at - DAY)
    assert fallen(made.schedule.begins_at) == []
    tick(made.schedule.ends_at, times=2)
    assert told() == ["prize_booked", "prize_booking_reminder", "prize_missed"]
    assert (balance(), left()) == (90, Stock(free=4, handed=1))


def test_who_redeems_within_a_day_of_the_end_is_not_reminded() -> None:
    shelved(offer=film())
    made = redeem(by=paid(), now=NOW + 2 * DAY + HOUR)
    assert made.reminded and fallen(made.until - HOUR) == []


def test_what_is_gone_by_its_retention_is_off_the_clock() -> None:
    shelved()
    redeem(by=paid())
    store.RedemptionItem("x1").delete()
    tick(NOW + 7 * DAY)
    assert fallen(NOW + 30 * DAY) == []


def test_what_is_stored_is_kept_as_long_as_the_table_says() -> None:
    shelved()
    made = redeem(by=paid())
    for id in ("x1", f"code#{made.code}"):
        kept = datetime.fromtimestamp(int(store.RedemptionItem.get(id).expires_at), NOW.tzinfo)
        assert kept == NOW + 7 * DAY + 1095 * DAY


def said() -> list[tuple[str, str]]:
    """What he was told, oldest first."""
    return [(one.zh, one.en) for one in inbox.page(COURIER.id, limit=9, before=None, now=NOW + 9 * DAY)][::-1]


def test_what_came_back_is_said_in_points_by_message_and_entry() -> None:
    shelved()
    redeem(by=paid())
    tick(NOW + 9 * DAY, times=2)
    assert said()[0][0].startswith("您用10分兑换了“雨伞”。")
    assert said()[1] == (
        "“雨伞”逾期未领取。10分已退回。",
        "Umbrella was not fetched in time. Your 10 points came back.",
    )
    entry = ledger.several("courier:courier", ["x1#return"])["x1#return"]
    assert entry.zh == "“雨伞”逾期未领取：退回10分。"


def test_what_is_free_is_called_so_and_nothing_comes_back_of_it() -> None:
    shelved(offer=umbrella(price=0))
    redeem()
    tick(NOW + 9 * DAY, times=2)
    assert said()[0][0].startswith("您免费兑换了“雨伞”。")
    assert said()[0][1].startswith("You redeemed Umbrella free of charge. Fetch it")
    assert said()[1] == ("“雨伞”逾期未领取。", "Umbrella was not fetched in time.")
