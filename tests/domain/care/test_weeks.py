"""Weeks of a plan: what there is equals what a plain reading of plan, pauses and calendar says, whatever was
done to them in whichever order, how often it was run, and wherever it was interrupted."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.domain.care import generating, offering
from chalicelib.domain.care.generating import Terms
from chalicelib.domain.care.matching import Candidate, Choice, Ring
from chalicelib.domain.care.model import CalledOff, Ending, Holidays, Pause, Plan, Step, Visit, clock, visit_id
from chalicelib.domain.care.plans import ended, merged
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.reference.calendar import ZONE, today
from chalicelib.domain.reference.clocks import Calendar
from chalicelib.gateways import recurrence
from tests.caring import CLERK, MONDAY, NUMBERS, by, plan

S = VisitState
DAY = timedelta(days=1)
MORNING = datetime(2026, 11, 23, 0, 10, tzinfo=UTC)  # Monday, 08:10 in Xiamen
RULES = (
    "",
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=DAILY;COUNT=5",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;BYDAY=SA,SU",
    "FREQ=MONTHLY;BYMONTHDAY=1,-1",
)
WINDOWS = ((time(11, 30), time(12, 30)), (time(11, 0), time(12, 0)), (time(17, 0), time(18, 0)))


def calendar(off: frozenset[date] = frozenset(), work: frozenset[date] = frozenset()) -> Calendar:
    days = [frozenset(day.toordinal() for day in some) for some in (off, work - off)]
    return Calendar(hours={}, announced=frozenset({2026}), off=days[0], work=days[1])


def terms(of: Plan, *, now: datetime, off: frozenset[date] = frozenset(), work: frozenset[date] = frozenset()) -> Terms:
    days = generating.horizon(of, NUMBERS, now=now)
    on_rule = recurrence.days(of.rule, of.starts_on, days[0], days[-1])
    return Terms(rule_days=frozenset(on_rule), calendar=calendar(off, work), receives=lambda _: True)


def steps(of: Plan, there: dict[str, Visit], at: Terms, now: datetime) -> list[Step]:
    """All steps that are to be taken, those that change what is there first."""
    days = generating.horizon(of, NUMBERS, now=now)
    known = [there[id] for day in days if (id := visit_id(of.id, day)) in there]
    found = [generating.followed(one, of, at, clock(now), NUMBERS) for one in known]
    born = generating.born(of, days, there, at, clock(now), NUMBERS)
    return [one for one in found if one] + born


def is_wanted(of: Plan, day: date, off: frozenset[date], work: frozenset[date]) -> bool:
    """Naively: as one would read it off a sheet of paper."""
    if not of.is_active or day < of.starts_on or (of.ends_on and day > of.ends_on):
        return False
    if day not in recurrence.days(of.rule, of.starts_on, of.starts_on, day):
        return False
    for pause in of.pauses:
        if pause.since <= day <= (pause.until or day):
            return False
    if of.holidays is Holidays.SKIP and day in off:
        return False
    is_workday = day not in off and (day.weekday() < 5 or day in work)
    return of.holidays is not Holidays.WORKDAYS or is_workday


days = st.integers(0, 21).map(lambda n: MONDAY + n * DAY)
some_days = st.frozensets(days, max_size=6)


class Weeks(RuleBasedStateMachine):
    """A plan's weeks: nights pass, people change things, couriers answer, runs break off half-way."""

    @initialize(rule=st.sampled_from(RULES), holidays=st.sampled_from(Holidays), ends=st.none() | days)
    def begin(self, rule: str, holidays: Holidays, ends: date | None) -> None:
        self.now, self.off, self.work = MORNING, frozenset[date](), frozenset[date]()
        self.plan = plan(rule=rule, holidays=holidays, ends_on=ends)
        self.there: dict[str, Visit] = {}
        self.by_hand: set[str] = set()
        self.follow()

    def follow(self, most: int | None = None) -> None:
        for step in steps(self.plan, self.there, self.terms(), self.now)[:most]:
            self.there[step.after.id] = step.after
        if most is None:
            last = generating.horizon(self.plan, NUMBERS, now=self.now)[-1]
            self.plan = replace(self.plan, generated_until=last)

    def terms(self) -> Terms:
        return terms(self.plan, now=self.now, off=self.off, work=self.work)

    @rule(nights=st.integers(1, 4))
    def sleep(self, nights: int) -> None:
        self.now += nights * DAY
        self.follow()

    @rule(since=st.integers(0, 9), length=st.none() | st.integers(0, 5), broken=st.none() | st.integers(0, 3))
    def pause(self, since: int, length: int | None, broken: int | None) -> None:
        first = today(self.now) + since * DAY
        pause = Pause(since=first, until=None if length is None else first + length * DAY)
        self.plan = replace(self.plan, pauses=merged((*self.plan.pauses, pause)))
        self.go_on(broken)

    @rule(broken=st.none() | st.integers(0, 3))
    def resume(self, broken: int | None) -> None:
        self.plan = replace(self.plan, pauses=())
        self.go_on(broken)

    @rule(window=st.sampled_from(WINDOWS), rule=st.sampled_from(RULES), broken=st.none() | st.integers(0, 3))
    def edit(self, window: tuple[time, time], rule: str, broken: int | None) -> None:
        self.plan = replace(self.plan, window_start=window[0], window_end=window[1], rule=rule)
        self.go_on(broken)

    @rule(off=some_days, work=some_days, broken=st.none() | st.integers(0, 3))
    def import_calendar(self, off: frozenset[date], work: frozenset[date], broken: int | None) -> None:
        self.off, self.work = off, work - off
        self.go_on(broken)

    @rule(day=days)
    def take(self, day: date) -> None:
        one = self.there.get(visit_id(self.plan.id, day))
        if one and one.state is S.PLANNED and one.start > self.now:
            choice = Choice(candidate=Candidate(id="c1", ring=Ring.GRID), reasons=())
            asked = offering.offered(one, choice, clock(self.now), NUMBERS)
            taken = offering.accepted(asked.after, by("c1", self.now))
            assert taken
            self.there[one.id] = taken.after

    @rule(day=days, agreed=st.booleans())
    def answer(self, day: date, agreed: bool) -> None:
        one = self.there.get(visit_id(self.plan.id, day))
        if one and one.move and one.state is S.ACCEPTED:
            step = offering.moved(one, by("c1", self.now)) if agreed else offering.not_moved(one, by("c1", self.now))
            self.there[one.id] = step.after
            self.go_on(None)

    @rule(day=days)
    def call_off_one(self, day: date) -> None:
        one = self.there.get(visit_id(self.plan.id, day))
        if one and one.state in (S.PLANNED, S.ACCEPTED):
            self.there[one.id] = generating.called_off(one, CalledOff.BY_HAND, CLERK).after
            self.by_hand.add(one.id)

    @precondition(lambda self: self.plan.is_active)
    @rule(broken=st.none() | st.integers(0, 3), really=st.integers(0, 4))
    def end(self, broken: int | None, really: int) -> None:
        if really == 0:
            self.plan = ended(self.plan, Ending.BY_HAND, now=self.now)
            self.go_on(broken)

    def go_on(self, broken: int | None) -> None:
        """Perhaps only so many steps are stored, and then all of it is run once more."""
        if broken is not None:
            self.follow(broken)
        self.follow()

    @invariant()
    def what_is_open_is_what_is_wanted(self) -> None:
        tomorrow = today(self.now) + DAY
        for day in (tomorrow + n * DAY for n in range(NUMBERS.count("care_generate_days"))):
            one = self.there.get(id := visit_id(self.plan.id, day))
            is_open = one is not None and one.state in generating.NOT_BEGUN
            assert is_open == (is_wanted(self.plan, day, self.off, self.work) and id not in self.by_hand), day

    @invariant()
    def run_again_it_does_nothing(self) -> None:
        assert steps(self.plan, self.there, self.terms(), self.now) == []

    @invariant()
    def nobody_has_one_at_another_time_than_he_agreed_to(self) -> None:
        for one in self.there.values():
            if one.state is S.ACCEPTED and one.start > self.now:
                as_planned = one.start.astimezone(ZONE).time() == self.plan.window_start
                assert as_planned or one.move is not None or one.stays is not None


TestWeeks = Weeks.TestCase
TestWeeks.settings = settings(deadline=None, max_examples=60, stateful_step_count=25)
