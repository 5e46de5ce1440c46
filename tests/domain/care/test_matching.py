"""Who is asked, in which order, and who never is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.care.matching import Bar, Candidate, Ring, Wanted, bar, ranked
from chalicelib.domain.care.terms import Service

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)  # a Monday, 09:00 local
NOON = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # 11:30 local
WANTED = Wanted(service=Service.MEAL, start=NOON, end=NOON + timedelta(hours=1), widest=Ring.VILLAGE)
ALL_DAY = (time(8), time(20))
GOOD = Candidate(
    id="a", ring=Ring.GRID, trained=frozenset(Service), insured_until=date(2026, 12, 31), free={0: (ALL_DAY,)}
)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, None),
        ({"ring": None}, Bar.NOT_HERE),
        ({"ring": Ring.NEXT}, Bar.NOT_HERE),
        ({"trained": frozenset({Service.VISIT})}, Bar.NOT_TRAINED),
        ({"insured_until": None}, Bar.NOT_INSURED),
        ({"insured_until": date(2026, 11, 22)}, Bar.NOT_INSURED),
        ({"insured_until": date(2026, 11, 23)}, None),
        ({"free": {}}, Bar.NOT_FREE),
        ({"free": {0: ((time(8), time(12)),)}}, Bar.NOT_FREE),
        ({"free": {0: ((time(11, 30), time(12, 30)),)}}, None),
        ({"quiet": ((time(12), time(13)),)}, Bar.QUIET),
        ({"quiet": ((time(12, 30), time(13)),)}, None),
        ({"open_runs": 4}, Bar.FULL),
        ({"paused_until": NOW + timedelta(days=1)}, Bar.PAUSED),
        ({"paused_until": NOW}, None),
    ],
)
def test_who_does_not_fit_is_never_asked(changes: dict[str, object], why: Bar | None) -> None:
    one = replace(GOOD, **changes)  # type: ignore[arg-type]  # fields by name
    assert bar(one, WANTED, now=NOW) is why
    assert [choice.candidate for choice in ranked([one], WANTED, now=NOW)] == ([] if why else [one])


def test_nobody_is_asked_twice_who_has_said_no() -> None:
    assert bar(GOOD, replace(WANTED, declined=frozenset({"a"})), now=NOW) is Bar.DECLINED


def test_a_knock_takes_no_training_and_a_township_may_do_without_insurance() -> None:
    bare = replace(GOOD, trained=frozenset(), insured_until=None)
    knock = replace(WANTED, service=Service.VISIT, insurance_needed=False)
    assert bar(bare, knock, now=NOW) is None


def test_who_was_there_before_comes_first_then_the_nearest_then_who_carried_least() -> None:
    couriers = [
        replace(GOOD, id="far", ring=Ring.VILLAGE),
        replace(GOOD, id="busy", recent_runs=3),
        replace(GOOD, id="sure", recent_runs=1, trust=90),
        replace(GOOD, id="new", recent_runs=1, trust=50),
        replace(GOOD, id="known", ring=Ring.VILLAGE, recent_runs=9, served=2),
    ]
    found = ranked(couriers, WANTED, now=NOW)
    assert [choice.candidate.id for choice in found] == ["known", "sure", "new", "busy", "far"]
    assert found[0].reasons == ("served_before", "ring_village")
    assert found[-1].reasons == ("ring_village", "few_runs")


@given(st.lists(st.builds(replace, st.just(GOOD), id=st.text("abc", min_size=1), recent_runs=st.integers(0, 3))))
def test_the_order_does_not_hang_on_the_order_they_come_in(couriers: list[Candidate]) -> None:
    one, other = (ranked(them, WANTED, now=NOW) for them in (couriers, couriers[::-1]))
    assert [(choice.candidate.id, choice.candidate.recent_runs) for choice in one] == [
        (choice.candidate.id, choice.candidate.recent_runs) for choice in other
    ]
