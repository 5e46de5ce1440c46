"""A prize is called off: who has a code gets his points back, page by page, whatever dies or comes twice."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

import msgspec
import pytest

from chalicelib.domain.prizes.model import PrizeState, Stock
from chalicelib.domain.prizes.movements import Cause, summed
from chalicelib.domain.prizes.redemptions import RedemptionState
from chalicelib.domain.timers import Errand, TimerMessage
from chalicelib.gateways import queues
from chalicelib.services.prizes import calling_off, catalogue, counter, redeeming, unclaimed
from chalicelib.services.reports import timers
from chalicelib.store.notifications import inbox
from chalicelib.store.prizes import prizes
from chalicelib.store.prizes import redemptions as store
from chalicelib.store.prizes.due import CALLED_OFF
from chalicelib.store.reports import due
from chalicelib.store.reports.reports import DUE_SHARDS
from tests.builders import CENTRE, COURIER, NOW, VILLAGER
from tests.machine import Dead, Machine, plugged_in
from tests.shop import balance, courier, film, left, paid, redeem, rule, shelved, umbrella

pytestmark = pytest.mark.usefixtures("rules")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ENDS = NOW + 3 * DAY + timedelta(hours=2)


class Clock:
    """The sweep and its queue: what was sent is done when told to."""

    def __init__(self) -> None:
        self.sent: list[TimerMessage] = []

    def take(self, _: str, messages: Mapping[str, str], *, delay: timedelta = timedelta()) -> frozenset[str]:
        self.sent += [msgspec.json.decode(body, type=TimerMessage) for body in messages.values()]
        return frozenset()

    def tick(self, now: datetime, *, times: int = 1) -> None:
        """A minute: the prizes that fell due, and their errands, each told so many times."""
        for one in [one for shard in range(DUE_SHARDS) for one in due.fallen(shard, now) if one.part == CALLED_OFF]:
            self.run([TimerMessage(errand=Errand.FIRE, id=one.id, part=one.part, at=one.at)] * times, now)
        errands, self.sent = self.sent, []
        self.run([one for one in errands for _ in range(times)], now)

    def run(self, messages: list[TimerMessage], now: datetime) -> None:
        for message in messages:
            timers.run(message, now=now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(queues, "send", clock.take)
    return clock


def call_off(now: datetime = NOW) -> catalogue.Shown:
    return calling_off.call_off("p1", reason=" 放映机故障 ", by=CENTRE, now=now)


def told(who: str = COURIER.id) -> list[tuple[str, str]]:
    found = inbox.page(who, limit=50, before=None, now=NOW + 20 * DAY)
    return [(one.template, one.zh) for one in reversed(found)]


def waiting(now: datetime) -> list[str]:
    return [one.id for shard in range(DUE_SHARDS) for one in due.fallen(shard, now) if one.part == CALLED_OFF]


def test_everybody_who_booked_gets_his_points_back_page_by_page(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling_off, "PAGE", 4)  # two of them at a time
    shelved(offer=film())
    couriers = [paid(courier(number)) for number in range(5)]
    for number, who in enumerate(couriers):
        redeem(f"x{number}", by=who)
    shown = call_off()
    assert shown.prize.offer.state is PrizeState.CLOSED and shown.prize.called_off
    assert rule(lambda: redeem("y", by=couriers[0])) == "prize_not_open"
    for minute, reserved in enumerate((3, 1, 0)):
        clock.tick(NOW + minute * MINUTE, times=2)
        assert left().reserved == reserved
    clock.tick(NOW + 3 * MINUTE)
    assert waiting(NOW + DAY) == [] and left() == Stock(free=5)
    assert [balance(one) for one in couriers] == [100] * 5
    for who in couriers:
        assert told(who.id)[-1][0] == "prize_cancelled" and "放映机故障" in told(who.id)[-1][1]
        assert len(told(who.id)) == 2
    assert prizes.with_taken("p1", couriers[0].id)[1].days == {}
    assert summed(prizes.movements("p1", limit=100, cursor=None)[0]) == left()


@pytest.mark.parametrize("after", [False, True])
def test_a_death_at_any_call_leaves_nobody_behind_and_gives_nothing_twice(clock: Clock, after: bool) -> None:
    shelved(offer=film())
    redeem(by=paid())
    number = 0
    while died(call_off, number, after=after):
        number += 1
    assert number > 1 and prizes.get("p1").called_off
    number = 0
    while died(partial(clock.tick, NOW + number * MINUTE), number, after=after):
        number += 1
        assert (balance(), left().reserved) in ((90, 1), (100, 0))
    for more in range(2):
        clock.tick(NOW + (number + more + 1) * MINUTE)
    assert (balance(), left(), waiting(NOW + DAY)) == (100, Stock(free=5), [])
    assert [template for template, _ in told()] == ["prize_booked", "prize_cancelled"]


def died(step: Callable[[], object], number: int, *, after: bool) -> bool:
    try:
        with plugged_in(Machine(dies_at=number, after=after)):
            step()
    except Dead:
        return True
    return False


def test_a_service_that_did_not_take_place_is_called_off_days_after_and_nobody_missed_it(clock: Clock) -> None:
    shelved(offer=film())
    redeem(by=paid())
    came = redeem("x2", by=paid(courier(2)))
    counter.confirm(came.code, handed_at=None, by=VILLAGER, now=ENDS)
    unclaimed.fire("x1", now=ENDS)
    assert (balance(), store.get("x1").state) == (90, RedemptionState.MISSED)
    assert rule(lambda: call_off(ENDS + 4 * DAY)) == "prize_long_over"
    call_off(ENDS + DAY)
    for minute in range(3):
        clock.tick(ENDS + DAY + minute * MINUTE)
    assert (balance(), balance(courier(2)), left()) == (100, 90, Stock(free=4, handed=1))
    assert store.get("x2").state is RedemptionState.HANDED and waiting(ENDS + 9 * DAY) == []


def test_what_is_called_off_is_called_off_once_and_for_good(clock: Clock) -> None:
    shelved()
    first = call_off().prize
    again = calling_off.call_off("p1", reason="别的", by=CENTRE, now=NOW + DAY).prize
    assert again == first
    assert rule(lambda: catalogue.change("p1", umbrella(), None, version=None, by=CENTRE, now=NOW)) == (
        "prize_called_off"
    )
    assert rule(lambda: calling_off.call_off("p1", reason="停", by=VILLAGER, now=NOW)) == "role_needed"
    shelved("p2")
    assert rule(lambda: calling_off.call_off("p2", reason=" ", by=CENTRE, now=NOW)) == "reason_needed"
    lines = prizes.movements("p1", limit=10, cursor=None)[0]
    assert [one.cause for one in lines].count(Cause.CALLED_OFF) == 1


def test_what_was_fetched_before_the_calling_off_reached_it_stays_fetched(clock: Clock) -> None:
    shelved()
    made = redeem(by=paid())
    call_off()
    counter.confirm(made.code, handed_at=None, by=VILLAGER, now=NOW)
    for minute in range(2):
        clock.tick(NOW + minute * MINUTE)
    assert (balance(), left(), waiting(NOW + DAY)) == (90, Stock(free=4, handed=1), [])


def test_of_what_was_cancelled_meanwhile_nothing_comes_back_twice(clock: Clock) -> None:
    shelved()
    redeem(by=paid())
    call_off()
    clock.run([TimerMessage(errand=Errand.FIRE, id="p1", part=CALLED_OFF, at=NOW)], NOW)
    redeeming.cancel("x1", reason="", by=COURIER, now=NOW)
    clock.run(clock.sent, NOW)
    assert (balance(), left()) == (100, Stock(free=5))
