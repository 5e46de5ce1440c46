"""Redeeming, cancelling, handing over, the clock, stock-taking: in any order, told twice, broken off, it adds up."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import DomainError
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.points import audit
from chalicelib.domain.points.transfers import account
from chalicelib.domain.prizes.activities import Guests
from chalicelib.domain.prizes.codes import ALPHABET
from chalicelib.domain.prizes.model import Period
from chalicelib.domain.prizes.movements import Cause, Movement, summed
from chalicelib.domain.prizes.redemptions import Redemption, RedemptionState
from chalicelib.services.points import auditing
from chalicelib.services.prizes import counter, families, redeeming, stock, unclaimed
from chalicelib.services.prizes.stock import Told
from chalicelib.store import history
from chalicelib.store.points import ledger
from chalicelib.store.prizes import prizes
from chalicelib.store.prizes import redemptions as store
from tests.builders import CENTRE, NOW, VILLAGER, actor
from tests.machine import Dead, Machine, plugged_in
from tests.shop import balance, brings, courier, film, held, outing, paid, redeem, shelved, umbrella

pytestmark = pytest.mark.usefixtures("rules")
STEPS = (
    *("redeem", "redeem", "redeem", "cancel", "confirm", "confirm", "clock", "clock", "take_stock", "wait"),
    *("family", "family", "withdraw"),
)
EARNED, COST_OF_ONE, MOST = 45, 10, 3
LIVES = count(100)
S = RedemptionState


class Shop:
    """Three couriers, umbrellas and a film: what is asked of the product, and what must hold."""

    def __init__(self, random: Random) -> None:
        self.random, life = random, next(LIVES)
        self.life, self.now, self.made = life, NOW, count()
        self.couriers = [paid(courier(10 * life + number), EARNED) for number in range(3)]
        limits = {Period.DAY: 2, Period.EVER: MOST}
        self.prizes = [
            shelved(f"goods-{life}", umbrella(limits=limits), pieces=3),
            shelved(f"film-{life}", film(limits=limits), pieces=2),
            shelved(f"outing-{life}", replace(outing(), price=COST_OF_ONE, limits=limits), pieces=5),
        ]

    def asked(self, do: Callable[[], object]) -> None:
        """Once, perhaps with a death at one of its calls, and then again, perhaps twice."""
        dies = self.random.choice((None, 0, 1, 2, 3))
        with suppress(Dead, DomainError), plugged_in(Machine(dies_at=dies, after=self.random.random() < 0.5)):
            do()
        for _ in range(self.random.choice((1, 2))):
            with suppress(DomainError):
                do()

    def some(self) -> Redemption | None:
        """One of what was redeemed, open or not."""
        known = [one for who in self.couriers for one in store.of_courier(who.id, limit=50, cursor=None).redemptions]
        return store.get(self.random.choice(known).id) if known else None

    def redeem(self) -> None:
        who, prize = self.random.choice(self.couriers), self.random.choice(self.prizes)
        id, now = f"{self.life}-{next(self.made)}", self.now
        key = Key(caller_id=who.id, key=id, fingerprint="f")
        guests = self.guests() if prize.startswith("outing") else brings()
        self.asked(lambda: redeem(id, prize, by=who, now=now, key=key, new_code=self.code, guests=guests))

    def guests(self) -> Guests:
        """Some family members, whose guardian mostly agrees."""
        adults, children, agrees = (self.random.choice((0, 0, 1, 2)) for _ in range(3))
        return brings(adults, children, consent=min(agrees + 1, 1))

    def family(self) -> None:
        if one := self.some():
            guests, whose = self.guests(), courier_of(one)
            self.asked(lambda: families.change(one.id, guests, version=None, by=whose, now=self.now))

    def withdraw(self) -> None:
        if one := self.some():
            self.asked(lambda: families.withdraw(one.id, by=courier_of(one), now=self.now))

    def code(self) -> str:
        """Drawn from so few that one which is somebody's is often drawn."""
        return f"{self.life:06d}{self.random.choice(ALPHABET)}{self.random.choice('0123')}"

    def cancel(self) -> None:
        if one := self.some():
            by = self.random.choice([one_ for one_ in self.couriers if one_.id == one.courier_id] + [VILLAGER])
            self.asked(lambda: redeeming.cancel(one.id, reason="退", by=by, now=self.now))

    def confirm(self) -> None:
        if one := self.some():
            ago = timedelta(hours=self.random.choice((0, 0, 1, 30, 60)))
            by = self.random.choice((VILLAGER, CENTRE))
            self.asked(lambda: counter.confirm(one.code, handed_at=self.now - ago, by=by, now=self.now))

    def clock(self) -> None:
        if one := self.some():
            self.asked(lambda: unclaimed.fire(one.id, now=self.now))

    def take_stock(self) -> None:
        told = Told(id=f"{self.life}-{next(self.made)}", reason="盘点", key=None, by=CENTRE, now=self.now)
        prize, shelf = self.random.choice(self.prizes), self.random.randrange(5)
        with suppress(DomainError):
            stock.count(prize, shelf, told)

    def wait(self) -> None:
        self.now += timedelta(hours=self.random.choice((1, 5, 26, 70)))

    def holds(self) -> None:
        for prize in self.prizes:
            self.adds_up(prize)
        for who in self.couriers:
            self.is_right(who)

    def adds_up(self, prize: str) -> None:
        """The stock is what its movements make it, and only people's counts change how much there is in all."""
        held, lines = prizes.get(prize).stock, prizes.movements(prize, limit=1000, cursor=None)[0]
        assert summed(lines) == held and min(held.free, held.reserved, held.handed) >= 0
        assert held.total == sum(one.free for one in lines if one.cause in (Cause.PURCHASED, Cause.COUNTED)) + sum(
            one.handed for one in lines if one.cause is Cause.OVERDRAWN
        )
        states = {state: store.of_prize(prize, state, limit=100, cursor=None).redemptions for state in S}
        assert held.reserved == sum(one.places for one in states[S.RESERVED])
        assert held.handed == sum(one.places for one in (*states[S.HANDED], *states[S.MISSED]))
        for one in (one for some in states.values() for one in some):
            self.is_told(one)
        assert _handed_once(lines)

    def is_told(self, one: Redemption) -> None:
        """Followers hear of an activity once who came and once who stayed away, and never both of one booking."""
        deeds = [line.deed for line in history.happenings(f"activity:{one.id}")]
        assert deeds[:1] == (["booked"] if one.activity else [])
        assert deeds.count("attended") == (one.activity is not None and one.state is S.HANDED)
        assert deeds.count("absent") == one.settled and not {"attended", "absent"} <= set(deeds)
        assert (one.consent > 0) is (one.family.children > 0)

    def is_right(self, who: Any) -> None:
        """He has paid for what he has or had, his books are right, and only what prevailed passed a limit."""
        mine = store.of_courier(who.id, limit=100, cursor=None).redemptions
        cost = sum(one.price for one in mine if one.state in (S.RESERVED, S.HANDED, S.MISSED))
        assert balance(who) == EARNED - cost
        entries = ledger.all_of(account(who.id))
        assert audit.misfit(entries, auditing._stored(account(who.id), entries)) is None
        assert audit.sums(entries, held(who)).total == 0
        late = sum(one.state is S.HANDED and one.ended_at is not None for one in mine)
        assert balance(who) >= -COST_OF_ONE * late
        for prize in self.prizes:
            had = [one for one in mine if one.prize_id == prize and one.state not in (S.CANCELLED, S.RETURNED)]
            assert len(had) <= MOST + late
            assert prizes.with_taken(prize, who.id)[1].within(Period.EVER, "") == len(had)
        assert all(store.of_code(one.code) == store.get(one.id) for one in mine)


def courier_of(one: Redemption) -> Actor:
    """Whose it is."""
    return actor(one.courier_id, (Role.COURIER, one.courier_id))


def _handed_once(lines: list[Movement]) -> bool:
    handed = [one.about for one in lines if one.cause in (Cause.HANDED, Cause.OVERDRAWN)]
    return len(handed) == len(set(handed))


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(STEPS), min_size=8, max_size=30))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_happens_in_whatever_order_nothing_is_lost_or_doubled(random: Any, steps: list[str]) -> None:
    shop = Shop(random)
    for step in steps:
        getattr(shop, step)()
    shop.holds()
