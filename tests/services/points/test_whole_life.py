"""Reports found true and false, prizes, expiry, appeals, told twice, late and broken off between any two calls: after
each step the books are right, by an oracle that knows nothing of how they are kept."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import DomainError
from chalicelib.domain.events import Event
from chalicelib.domain.people.model import Actor
from chalicelib.domain.points import audit, scores
from chalicelib.domain.points import lots as lot_rules
from chalicelib.domain.points.appeals import Decision
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer, account
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.points import answering, appeals, auditing, expiry, points, posting
from chalicelib.store.points import ledger, wallets
from chalicelib.store.points.wallets import Holding
from chalicelib.store.prizes import prizes
from chalicelib.store.prizes import redemptions as store
from tests.awarding import CENTRES, known
from tests.histories import happened
from tests.lines import Step, told
from tests.machine import Dead, Machine, plugged_in
from tests.naive_points import SPENDING, Naive, naive
from tests.services.prizes.test_machine import Shop

pytestmark = pytest.mark.usefixtures("rules")
TURNS: tuple[Step, ...] = (
    (Action.VERIFY, Status.WITH_CENTRE),
    (Action.REJECT, Status.INVALID),
    (Action.REJECT, Status.INVALID),
    (Action.CONFIRM, Status.CLOSED),
)
OFTEN = ("report", "report", "report", "turn", "turn", "turn", "tell", "expire", "expire", "expire")
STEPS = (*OFTEN, "redeem", "redeem", "cancel", "confirm", "clock", "wait", "appeal", "answer")
LAST = datetime(2028, 6, 1, tzinfo=ZONE)  # what is earned until then, and the lots of these years


class Life(Shop):
    """The couriers of a shop, who report and appeal while years pass; some of it is never told, or much later."""

    def __init__(self, random: Random) -> None:
        super().__init__(random)
        self.couriers = self.couriers[:2]
        known(*self.couriers)
        self.reports: list[tuple[Actor, list[Step], list[Event]]] = []
        self.appealed: list[tuple[str, Actor]] = []

    def asked(self, do: Callable[[], object]) -> None:
        """Once, perhaps with a death at one of its calls, after which the books are right as well; then again."""
        dies = self.random.choice((None, *range(8)))
        try:
            with suppress(DomainError), plugged_in(Machine(dies_at=dies, after=self.random.random() < 0.5)):
                do()
        except Dead:
            self.holds()
        for _ in range(self.random.choice((1, 2))):
            with suppress(DomainError):
                do()

    def report(self) -> None:
        """Mostly by the same courier, so that his day is full."""
        who = self.random.choice((self.couriers[0], self.couriers[0], *self.couriers[1:]))
        self.reports.append((who, [], []))
        self._goes_on(self.reports[-1], TURNS[0])
        self._tell(self.reports[-1][2][-1])

    def turn(self) -> None:
        """A verdict changes, and perhaps nobody is told yet."""
        if self.reports:
            report = self.random.choice(self.reports)
            self._goes_on(report, self.random.choice(TURNS))
            if self.random.random() < 0.7:
                self._tell(report[2][-1])

    def _goes_on(self, report: tuple[Actor, list[Step], list[Event]], step: Step) -> None:
        who, steps, lines = report
        id = f"{self.life}-r{self.reports.index(report)}"
        steps.append(step)
        line = told(*steps, subject=id, severity=3)[-1]
        first = [] if lines else [told(subject=id, severity=3)[0]]
        new = [replace(one, at=self.now, reporter_id=who.id) for one in (*first, line)]
        happened(new)
        lines += new

    def tell(self) -> None:
        if self.reports:
            self._tell(self.random.choice(self.random.choice(self.reports)[2]))

    def _tell(self, line: Event) -> None:
        self.asked(lambda: points.follow(line, now=self.now))

    def expire(self) -> None:
        """A year ends, perhaps, and what is over goes: nobody has less than nothing who had not before."""
        if self.random.random() < 0.5:
            self.pass_time()
        for who in self.couriers:
            before = posting.holding(who.id, now=self.now)
            for lot in lot_rules.over(self.now):
                if before.lots.get(lot, 0) > 0:
                    self.asked(lambda who=who, lot=lot: expiry.expire(who.id, lot, now=self.now))  # type: ignore[misc]
            assert posting.holding(who.id, now=self.now).wallet.balance >= min(before.wallet.balance, 0)

    def appeal(self) -> None:
        who = self.random.choice(self.couriers)
        mine = [one for one in ledger.all_of(account(who.id)) if one.kind is Kind.EARN]
        if mine:
            entry = self.random.choice(mine[-3:]).id
            self.asked(lambda: appeals.appeal(entry, "不服", key=None, by=who, now=self.now))
            self.appealed += [(one.id, who) for one in appeals.mine(by=who, limit=50, cursor=None).appeals]

    def answer(self) -> None:
        if self.appealed:
            id, _ = self.random.choice(self.appealed)
            answer = Decision(points=self.random.choice((6, -4, None)), answer="已核")
            award, by = f"{self.life}-{next(self.made)}", self.random.choice(CENTRES[:3])
            self.asked(lambda: answering.decide(id, answer, award_id=award, key=None, by=by, now=self.now))

    def pass_time(self) -> None:
        if self.now < LAST:
            self.now += timedelta(days=self.random.choice((30, 400)))

    def is_right(self, who: Actor) -> None:
        entries = ledger.all_of(account(who.id))
        held, found = posting.holding(who.id, now=self.now), naive(entries)
        assert held.wallet.balance == found.balance == sum(held.lots.values())
        assert held.wallet.balance + found.kept_back + found.system.total() == 0
        assert held.wallet.honour == found.honour.total()
        assert audit.misfit(entries, auditing._stored(account(who.id), entries)) is None
        self._owes_only_what_was_taken_back(held, entries)
        self._lost_nothing_twice(held, entries)
        self._ranks(who, found)
        self._had_what_he_paid_for(who, entries)

    def _owes_only_what_was_taken_back(self, held: Holding, entries: list[Transfer]) -> None:
        back = sum(min(one.earned, 0) for one in entries if one.corrects and one.state is EntryState.POSTED)
        assert held.wallet.balance >= back

    def _lost_nothing_twice(self, held: Holding, entries: list[Transfer]) -> None:
        """A lot is short only where nothing of its expiry is left to undo."""
        for lot, points_ in held.lots.items():
            lost = -sum(one.earned for one in entries if one.id.startswith(f"expiry-{lot}-"))
            assert lost >= 0 and (points_ >= 0 or lost == 0)

    def _ranks(self, who: Actor, found: Naive) -> None:
        months = {month for month, honour in found.honour.items() if honour}
        stored = wallets.several(account(who.id), (), months | {scores.EVER})[1]
        assert {month: stored[month].honour for month in months} == {month: found.honour[month] for month in months}
        ever = stored.get(scores.EVER, scores.Score())
        assert (ever.honour, ever.solved) == found.ranked

    def _had_what_he_paid_for(self, who: Actor, entries: list[Transfer]) -> None:
        mine = store.of_courier(who.id, limit=100, cursor=None).redemptions
        spent = sum(one.earned for one in entries if one.kind in SPENDING and one.kind is not Kind.EXPIRE)
        assert -spent == sum(one.price for one in mine if one.state in ("reserved", "handed", "missed"))
        assert len({one.code for one in mine}) == len(mine)

    def is_ranked(self) -> None:
        """In the order of all, as ranking reads it."""
        ours = {one.id for one in self.couriers}
        read = {one.courier_id: one.score for one in wallets.scores(scores.EVER) if one.courier_id in ours}
        anew = {who: naive(ledger.all_of(account(who))).ranked for who in ours}
        assert {who: (one.honour, one.solved) for who, one in read.items() if one.honour or one.solved} == {
            who: ranked for who, ranked in anew.items() if any(ranked)
        }


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(STEPS), min_size=12, max_size=24))
@settings(
    max_examples=8,
    phases=(Phase.reuse, Phase.generate),  # a life is too long to be told shorter
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_happens_the_books_are_right_after_each_step(random: Any, steps: list[str]) -> None:
    life = Life(random)
    for step in steps:
        getattr(life, step)()
        life.holds()
    life.is_ranked()
    assert prizes.get(life.prizes[0]).stock.free >= 0
