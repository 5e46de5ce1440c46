"""Offers, whatever the order of answers and time-outs: never two who have it, never one who declined is asked, always
somebody alarmed before the window or a courier who has it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.domain.care import matching, offering, vigil
from chalicelib.domain.care.clock import Due, fallen
from chalicelib.domain.care.matching import Candidate, Choice, Ring, Wanted
from chalicelib.domain.care.model import Step, clock
from chalicelib.domain.care.offering import DeclineReason
from chalicelib.domain.care.terms import Service, VisitState
from chalicelib.domain.errors import DomainError
from tests.care_desk import ALL, ALWAYS
from tests.caring import EVE, HOUR, NOON, NUMBERS, by, visit

S = VisitState
MINUTE = timedelta(minutes=1)
NOBODY_HAS = (S.PLANNED, S.OFFERED)
couriers = st.sampled_from(["c0", "c1", "c2", "c3"])


class Offers(RuleBasedStateMachine):
    """A visit from the eve to the end of its window: answers come whenever, the clock comes every now and then, and
    each of its messages perhaps twice, perhaps an old one once more."""

    @initialize(there=st.integers(0, 4), before=st.integers(2, 47))
    def begin(self, there: int, before: int) -> None:
        self.now = NOON - before * HOUR
        self.visit = visit(seek_at=self.now)
        self.known = [self.candidate(n) for n in range(there)]
        self.declined: set[str] = set()
        self.tick()

    def candidate(self, n: int) -> Candidate:
        far = (NOON + timedelta(days=9)).date()
        return Candidate(id=f"c{n}", ring=tuple(Ring)[n % 3], trained=ALL, insured_until=far, free=ALWAYS)

    def store(self, step: Step | None) -> None:
        if step is None:
            return
        assert step.before == self.visit
        assert step.after.version == self.visit.version + 1
        if step.deed == "offered":
            assert step.person_id not in self.declined
        if step.deed in ("accepted", "assigned"):
            assert self.visit.holder is None
        self.visit = step.after

    def answer(self, step: Any) -> None:
        try:
            self.store(step(self.visit))
        except DomainError:
            return

    @rule(who=couriers)
    def accept(self, who: str) -> None:
        self.answer(lambda one: offering.accepted(one, by(who, self.now)))

    @rule(who=couriers)
    def decline(self, who: str) -> None:
        was_asked = self.visit.state is S.OFFERED and self.visit.courier_id == who
        self.answer(lambda one: offering.declined(one, DeclineReason.OTHER, by(who, self.now)))
        if was_asked and who in self.visit.decliners:
            self.declined.add(who)

    @rule(who=couriers)
    def release(self, who: str) -> None:
        if self.visit.state is S.ACCEPTED and self.visit.courier_id == who:
            self.store(offering.released(self.visit, by(who, self.now)))

    @rule(who=couriers)
    def assign(self, who: str) -> None:
        self.answer(lambda one: offering.assigned(one, who, by("centre", self.now)))

    @rule(minutes=st.integers(1, 40), times=st.integers(1, 2))
    def wait(self, minutes: int, times: int) -> None:
        self.now += minutes * MINUTE
        for _ in range(times):
            self.tick()

    @rule(hours=st.integers(1, 20))
    def wait_long(self, hours: int) -> None:
        """The clock comes all the while."""
        for _ in range(hours * 2):
            self.now += HOUR / 2
            self.tick()

    def tick(self) -> None:
        for _ in range(12):
            what = fallen(self.visit, NUMBERS, self.now)
            if what is None:
                return
            self.store(self.fired(what))
        raise AssertionError("the clock does not come to rest")

    def fired(self, what: Due) -> Step:
        one, who = self.visit, clock(self.now)
        if what is Due.SEEK:
            choice = self.best()
            return offering.offered(one, choice, who, NUMBERS) if choice else offering.found_nobody(one, who, NUMBERS)
        return RULES[what](one, who)

    def best(self) -> Choice | None:
        widest = offering.widest(self.visit.start, self.now, NUMBERS)
        passed = frozenset({*self.visit.decliners, *self.visit.silent})
        wanted = Wanted(service=Service.MEAL, start=NOON, end=NOON + HOUR, widest=widest, declined=passed)
        return next(iter(matching.ranked(self.known, wanted, now=self.now)), None)

    @invariant()
    def before_its_window_somebody_has_it_or_the_centre_knows(self) -> None:
        in_vain = self.visit.state in NOBODY_HAS and self.now >= NOON
        assert not in_vain or self.visit.alarmed_at is not None or self.just_released()

    def just_released(self) -> bool:
        """The clock has not come since."""
        return fallen(self.visit, NUMBERS, self.now) is not None

    @invariant()
    def an_offer_is_one_persons_and_ends(self) -> None:
        if self.visit.state is S.OFFERED:
            assert self.visit.courier_id not in self.visit.decliners
            assert self.visit.asked_until is not None
            assert self.visit.asked_until <= self.visit.end

    @invariant()
    def whatever_is_open_is_looked_at_again(self) -> None:
        if self.visit.state in NOBODY_HAS:
            assert fallen(self.visit, NUMBERS, self.visit.end) is Due.MISS


RULES = {
    Due.MISS: offering.missed,
    Due.LAPSE: offering.lapsed,
    Due.ALARM: offering.alarmed,
    Due.ASK: vigil.asked,
    Due.NO_SHOW: vigil.no_show,
}
TestOffers = Offers.TestCase
TestOffers.settings = settings(deadline=None, max_examples=80, stateful_step_count=30)


def test_nobody_is_asked_at_night_unless_there_is_no_morning_left() -> None:
    night = EVE + 11 * HOUR  # 22:30
    assert offering.by_day(night, NOON, NUMBERS) == EVE + 20.5 * HOUR  # at eight
    assert offering.by_day(night, EVE + 21 * HOUR, NUMBERS) == night
    assert offering.by_day(EVE, NOON, NUMBERS) == EVE


def test_somebody_is_looked_for_two_days_before() -> None:
    assert offering.first_seek(NOON + 144 * HOUR, EVE, NUMBERS) == NOON + 96 * HOUR
    assert offering.first_seek(NOON, EVE, NUMBERS) == EVE


def test_one_looks_the_rarer_the_more_time_there_is_and_once_it_may_be_wider() -> None:
    early = NOON - 40 * HOUR
    again = offering.found_nobody(visit(seek_at=early), clock(early), NUMBERS).after.seek_at
    assert again == NOON - 27.5 * HOUR  # a quarter of what is left, and by then it is night: in the morning
    nearer = NOON - 26 * HOUR
    assert offering.found_nobody(visit(seek_at=nearer), clock(nearer), NUMBERS).after.seek_at == NOON - 24 * HOUR
    last = NOON - HOUR
    assert offering.found_nobody(visit(seek_at=last), clock(last), NUMBERS).after.seek_at == last + HOUR / 2


@pytest.mark.parametrize("left", [0, 1, 14, 30])
def test_an_offer_does_not_last_longer_than_the_window(left: int) -> None:
    now: datetime = NOON + HOUR - left * MINUTE
    choice = Choice(candidate=Candidate(id="c1", ring=Ring.GRID), reasons=())
    until = offering.offered(visit(), choice, clock(now), NUMBERS).after.asked_until
    assert until == min(now + 15 * MINUTE, NOON + HOUR)


def test_who_is_given_another_time_is_not_told_of_a_move_that_there_is_not() -> None:
    with pytest.raises(DomainError, match="no_move_asked"):
        offering.moved(visit(state=S.ACCEPTED, courier_id="c1"), by("c1"))
