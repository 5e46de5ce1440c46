"""Visits follow their plan: those that nobody has move, who has one is asked, what has begun is left alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.care import generating, offering
from chalicelib.domain.care.generating import Terms
from chalicelib.domain.care.model import By, CalledOff, Ending, Pause, Plan, Step, Visit, clock
from chalicelib.domain.care.plans import ended
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.clocks import Calendar
from chalicelib.gateways import recurrence
from tests.caring import CLERK, EVE, HOUR, MONDAY, NOON, NUMBERS, plan, visit

S = VisitState
CALENDAR = Calendar(hours={}, announced=frozenset({2026}), off=frozenset(), work=frozenset())
DAY = timedelta(days=1)
MORNING = datetime(2026, 11, 23, 0, 10, tzinfo=UTC)  # Monday, 08:10 in Xiamen
WINDOWS = ((time(11, 30), time(12, 30)), (time(17, 0), time(18, 0)))
days = st.integers(0, 21).map(lambda n: MONDAY + n * DAY)


def terms(of: Plan, *, now: datetime) -> Terms:
    found = generating.horizon(of, NUMBERS, now=now)
    on_rule = recurrence.days(of.rule, of.starts_on, found[0], found[-1])
    return Terms(rule_days=frozenset(on_rule), calendar=CALENDAR, receives=lambda _: True)


def followed(one: Visit, of: Plan, now: datetime = EVE) -> Step | None:
    return generating.followed(one, of, terms(of, now=now), clock(now), NUMBERS)


EVENING = plan(window_start=time(17, 0), window_end=time(18, 0))
HELD = visit(state=S.ACCEPTED, courier_id="c1", seal="食堂")


def test_a_visit_that_nobody_has_moves_with_its_plan_and_is_looked_for_anew() -> None:
    asked = visit(state=S.OFFERED, courier_id="c1", asked_until=EVE + HOUR, decliners=("c2",), silent=("c3",))
    step = followed(asked, EVENING)
    assert step
    after = step.after
    assert (after.state, after.start, after.courier_id, after.decliners, after.silent) == (
        S.PLANNED,
        NOON + 5.5 * HOUR,
        None,
        (),
        (),
    )
    assert (step.deed, step.person_id, after.seek_at) == ("moved", "c1", EVE)


def test_who_has_a_visit_is_asked_whether_it_may_move_and_keeps_it_until_he_says() -> None:
    step = followed(HELD, EVENING)
    assert step
    assert (step.after.state, step.after.start, step.deed) == (S.ACCEPTED, HELD.start, "move_asked")
    assert step.after.move
    assert (step.after.move.start, step.after.move.until) == (NOON + 5.5 * HOUR, EVE + 12 * HOUR)
    assert followed(step.after, EVENING) is None


def test_the_time_to_think_leaves_time_to_find_another() -> None:
    late = NOON - 3 * HOUR
    step = followed(HELD, EVENING, late)
    assert step
    assert step.after.move
    assert step.after.move.until == late + 1.5 * HOUR


def test_what_was_asked_is_withdrawn_where_the_plan_is_as_it_was() -> None:
    asked = followed(HELD, EVENING)
    assert asked
    back = followed(asked.after, plan())
    assert back
    assert (back.deed, back.after.move) == ("move_withdrawn", None)


def test_who_did_not_answer_is_not_asked_the_same_again() -> None:
    asked = followed(HELD, EVENING)
    assert asked
    stayed = offering.stays(asked.after, clock(EVE + 12 * HOUR)).after
    assert (stayed.start, stayed.move) == (HELD.start, None)
    assert followed(stayed, EVENING) is None
    assert followed(stayed, plan(window_start=time(16, 0), window_end=time(17, 0)))


def test_a_load_that_changes_is_asked_for_too() -> None:
    step = followed(HELD, plan(items=2))
    assert step
    assert step.after.move
    assert step.after.move.items == 2


@pytest.mark.parametrize("state", [S.PICKED_UP, S.ARRIVED, S.HANDED_OVER, S.UNANSWERED, S.DONE, S.MISSED])
def test_what_has_begun_or_ended_is_left_alone(state: VisitState) -> None:
    one = replace(HELD, state=state)
    assert followed(one, EVENING) is None
    assert followed(one, plan(pauses=(Pause(since=MONDAY),))) is None


def test_what_a_pause_takes_off_may_come_again_and_what_an_end_takes_off_may_not() -> None:
    aside = followed(HELD, plan(pauses=(Pause(since=MONDAY),)))
    assert aside
    assert (aside.after.state, aside.after.called_off, aside.person_id) == (S.SET_ASIDE, CalledOff.PAUSED, "c1")
    again = followed(aside.after, plan())
    assert again
    assert (again.after.state, again.after.courier_id, again.after.called_off) == (S.PLANNED, None, None)
    over = ended(plan(), Ending.BY_HAND, now=EVE)
    for one in (HELD, aside.after, replace(HELD, state=S.PICKED_UP)):
        step = followed(one, over)
        assert step
        assert step.after.state is S.CANCELLED


def test_a_window_that_has_begun_is_neither_born_nor_moved() -> None:
    assert generating.born(plan(), [MONDAY], {}, terms(plan(), now=NOON), clock(NOON), NUMBERS) == []
    assert followed(visit(), EVENING, NOON) is None
    earlier = plan(window_start=time(9, 0), window_end=time(10, 0))
    assert followed(visit(), earlier, NOON - HOUR) is None


@given(days, st.sampled_from(WINDOWS))
def test_a_visit_lies_in_its_day_and_is_told_by_the_township_clock(day: date, window: tuple[time, time]) -> None:
    of = plan(window_start=window[0], window_end=window[1])
    now = MORNING - DAY
    only = Terms(rule_days=frozenset([day]), calendar=CALENDAR, receives=lambda _: True)
    (born,) = generating.born(of, [day], {}, only, clock(now), NUMBERS)
    assert born.after.start.astimezone(ZONE).date() == day
    assert (born.after.start.astimezone(ZONE).time(), born.after.end.astimezone(ZONE).time()) == window


def test_who_does_a_step_is_named_in_it() -> None:
    step = generating.followed(HELD, ended(plan(), Ending.BY_HAND, now=EVE), terms(plan(), now=EVE), CLERK, NUMBERS)
    assert step
    assert step.by == By(id="clerk", role="village", at=EVE)
