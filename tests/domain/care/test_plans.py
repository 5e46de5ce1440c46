"""A plan is made, changed, paused, resumed and ended."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.care import plans
from chalicelib.domain.care.model import Ending, Pause, Plan, PlanState
from chalicelib.domain.care.plans import For, Wish
from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid, NotFound
from tests.builders import CENTRE, COURIER, GRID, NOW, TOWNSHIP, VILLAGE, VILLAGER
from tests.caring import MONDAY, plan

DAY = timedelta(days=1)
MEAL = Wish(
    rule="FREQ=DAILY", starts_on=MONDAY, window_start=time(11, 30), window_end=time(12, 30), items=1, seal=" 食堂 "
)


def made(service: Service = Service.MEAL, **changes: Any) -> Plan:
    whom = For(beneficiary_id="b1", township=TOWNSHIP, village=VILLAGE, grid=GRID, service=service)
    return plans.made("p1", whom, replace(MEAL, **changes), now=NOW)


def test_a_plan_is_made_as_wished() -> None:
    assert made() == replace(plan(), made_at=NOW)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"starts_on": MONDAY - DAY}, "plan_dates"),
        ({"starts_on": MONDAY + 367 * DAY}, "plan_dates"),
        ({"ends_on": MONDAY - DAY}, "plan_dates"),
        ({"window_end": time(11, 40)}, "plan_window"),
        ({"window_end": time(11, 0)}, "plan_window"),
        ({"window_end": time(15, 31)}, "plan_window"),
        ({"items": 0}, "plan_load"),
        ({"items": 21}, "plan_load"),
        ({"service": Service.MEDICINE, "seal": " "}, "plan_load"),
        ({"service": Service.VISIT}, "plan_load"),
        ({"rule": "FREQ=HOURLY"}, "rule_part"),
    ],
)
def test_what_makes_no_plan_is_refused(changes: dict[str, Any], rule: str) -> None:
    with pytest.raises(Invalid, match=rule):
        made(**changes)


def test_a_knock_carries_nothing() -> None:
    assert made(Service.VISIT, items=0, seal="").items == 0


def test_a_plan_that_began_long_ago_may_be_changed_still() -> None:
    old = plan(starts_on=MONDAY - 100 * DAY)
    wish = replace(MEAL, starts_on=old.starts_on, items=2)
    assert plans.changed(old, wish, now=NOW).items == 2


def test_what_has_ended_is_neither_changed_nor_ended_again() -> None:
    over = plans.ended(plan(), Ending.BY_HAND, now=NOW)
    assert (over.state, over.ended_at, over.version) == (PlanState.ENDED, NOW, 2)
    with pytest.raises(IllegalAction, match="plan_over"):
        plans.ended(over, Ending.BY_HAND, now=NOW)
    with pytest.raises(IllegalAction, match="plan_over"):
        plans.changed(over, MEAL, now=NOW)
    with pytest.raises(IllegalAction, match="plan_over"):
        plans.paused(over, Pause(since=MONDAY), now=NOW)
    with pytest.raises(IllegalAction, match="plan_over"):
        plans.resumed(over, MONDAY, now=NOW)


def test_a_pause_begins_today_at_the_earliest_and_does_not_end_before_it_begins() -> None:
    for since, until in ((MONDAY - DAY, None), (MONDAY + DAY, MONDAY), (MONDAY + 400 * DAY, None)):
        with pytest.raises(Invalid, match="plan_pause"):
            plans.paused(plan(), Pause(since=since, until=until), now=NOW)


def test_who_resumes_ends_the_pause_that_covers_the_day_and_no_other() -> None:
    paused = plan(pauses=(Pause(since=MONDAY, until=MONDAY + 3 * DAY), Pause(since=MONDAY + 10 * DAY)))
    after = plans.resumed(paused, MONDAY + 2 * DAY, now=NOW)
    assert after.pauses == (Pause(since=MONDAY, until=MONDAY + DAY), Pause(since=MONDAY + 10 * DAY))
    assert plans.resumed(after, MONDAY + 10 * DAY, now=NOW).pauses == after.pauses[:1]
    with pytest.raises(Conflict, match="plan_not_paused"):
        plans.resumed(after, MONDAY + 5 * DAY, now=NOW)
    with pytest.raises(Invalid, match="plan_pause"):
        plans.resumed(after, MONDAY - DAY, now=NOW)


def test_plans_are_their_own_villages_and_the_centres() -> None:
    assert plans.require_staff(VILLAGER, TOWNSHIP, VILLAGE) == "village"
    assert plans.require_staff(CENTRE, TOWNSHIP, VILLAGE) == "centre"
    with pytest.raises(NotFound):
        plans.require_staff(VILLAGER, TOWNSHIP, "350211102203")
    with pytest.raises(Forbidden):
        plans.require_staff(COURIER, TOWNSHIP, VILLAGE)


days = st.integers(0, 30).map(lambda n: MONDAY + n * DAY)


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    since = draw(days)
    return Pause(since=since, until=draw(st.none() | st.integers(0, 9).map(lambda n: since + n * DAY)))


@given(st.lists(pauses(), max_size=12))
def test_merged_pauses_cover_the_same_days_and_none_touches_another(some: list[Pause]) -> None:
    merged = plans.merged(some)
    for day in (MONDAY + n * DAY for n in range(-1, 45)):
        assert any(one.covers(day) for one in merged) == any(one.covers(day) for one in some)
    for earlier, later in pairwise(merged):
        assert earlier.until is not None
        assert later.since > earlier.until + DAY


@given(st.lists(pauses(), max_size=8), days)
def test_after_a_resumption_that_day_is_free_and_days_before_are_as_they_were(some: list[Pause], day: date) -> None:
    merged = plans.merged(some)
    before = plan(pauses=merged)
    if not any(one.covers(day) for one in merged):
        return
    after = plans.resumed(before, day, now=NOW).pauses
    assert not any(one.covers(day) for one in after)
    for other in (MONDAY + n * DAY for n in range((day - MONDAY).days)):
        assert any(one.covers(other) for one in after) == any(one.covers(other) for one in merged)
