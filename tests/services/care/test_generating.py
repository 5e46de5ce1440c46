"""Visits are made ahead, follow their plan, and end with it: interrupted anywhere, and whoever else is at work."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import count

import pytest

from chalicelib.domain.care.beneficiaries import Beneficiary
from chalicelib.domain.care.model import Ending, Pause, PlanState
from chalicelib.domain.care.stops import Stop
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.errors import Busy, Conflict, Forbidden, NotFound, StaleVersion
from chalicelib.services.care import generating, planning, stopping
from chalicelib.services.reference import rulebook
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries, plans, visits
from tests.bench.calls import counted
from tests.builders import CENTRE, COURIER, VILLAGE, VILLAGER
from tests.care_desk import MEAL, accept, cared_for, carries, deeds, planned, tick
from tests.caring import EVE, MONDAY, NOON

S = VisitState
DAY = timedelta(days=1)
WEEK = [MONDAY + n * DAY for n in range(8)]
GET, BATCH, WRITE = "GetItem", "BatchGetItem", "TransactWriteItems"
SUNDAY = EVE  # Sunday 11:30 in Xiamen
pytestmark = pytest.mark.usefixtures("rules")


def states(plan_id: str = "p1", days: list[date] = WEEK) -> dict[date, VisitState]:
    found = visits.several(f"{plan_id}.{day:%Y%m%d}" for day in days)
    return {day: found[id].state for day in days if (id := f"{plan_id}.{day:%Y%m%d}") in found}


def open_days() -> list[date]:
    return [day for day, state in states().items() if state in (S.PLANNED, S.OFFERED, S.ACCEPTED)]


def test_a_plan_has_visits_for_seven_days_at_once_and_one_more_each_night() -> None:
    cared_for()
    made = planned()
    assert open_days() == WEEK[:7]
    assert made.generated_until == MONDAY + 6 * DAY
    assert [one.deed for one in history.happenings("plan:p1")] == ["made"]
    tick(SUNDAY + DAY)
    assert open_days() == WEEK
    tick(SUNDAY + DAY, times=2)
    assert open_days() == WEEK
    assert plans.get("p1").version == 1


def test_a_night_takes_a_read_of_the_plan_of_who_is_cared_for_of_the_visits_and_a_transaction() -> None:
    cared_for()
    planned()
    rulebook.in_force(now=SUNDAY + DAY)
    with counted() as calls:
        generating.fire("p1", now=SUNDAY + DAY)
    assert calls.names == [GET, GET, BATCH, WRITE]


@contextmanager
def crashing(patch: pytest.MonkeyPatch, nth: int) -> Iterator[None]:
    """The nth transaction does not come to an end, nor does any behind it."""
    numbers, real = count(1), Transaction.commit

    def commit(transaction: Transaction) -> None:
        if next(numbers) >= nth:
            raise Busy("store_unreachable")
        real(transaction)

    with patch.context() as broken:
        broken.setattr(Transaction, "commit", commit)
        yield


@pytest.mark.parametrize("failing", range(1, 7))
def test_interrupted_anywhere_all_is_there_a_minute_later(failing: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cared_for()
    planned(now=SUNDAY)
    wish = replace(MEAL, window_start=time(17, 0), window_end=time(18, 0))
    with crashing(monkeypatch, failing), pytest.raises(Busy):
        planning.change("p1", wish, version=1, by=VILLAGER, now=SUNDAY)
    tick(SUNDAY + timedelta(minutes=1))
    if failing == 1:
        assert plans.get("p1").version == 1
        return
    assert {one.start for one in visits.several(f"p1.{day:%Y%m%d}" for day in WEEK[:7]).values()} == {
        NOON + timedelta(hours=5.5) + n * DAY for n in range(7)
    }
    assert [one.deed for one in history.happenings("plan:p1")] == ["made", "changed"]


def test_generated_by_many_at_once_each_visit_is_there_once() -> None:
    cared_for()
    planned()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: generating.fire("p1", now=SUNDAY + 3 * DAY), range(6)))
    assert all(deeds(f"p1.{day:%Y%m%d}") == ["planned"] for day in WEEK)
    assert len(open_days()) == len(WEEK)


def test_an_edit_and_a_night_at_once_leave_what_the_edit_says() -> None:
    cared_for()
    planned()
    wish = replace(MEAL, items=3)

    def edit() -> None:
        planning.change("p1", wish, version=1, by=VILLAGER, now=SUNDAY)

    with ThreadPoolExecutor(5) as pool:
        doing = [pool.submit(edit), *(pool.submit(generating.fire, "p1", now=SUNDAY) for _ in range(4))]
        for one in doing:
            one.result()
    assert {one.items for one in visits.several(f"p1.{day:%Y%m%d}" for day in WEEK[:7]).values()} == {3}


def test_a_pause_sets_visits_aside_and_a_resumption_wants_them_again() -> None:
    cared_for()
    planned()
    planning.pause("p1", Pause(since=WEEK[1], until=WEEK[3]), version=1, key=None, by=VILLAGER, now=SUNDAY)
    assert open_days() == [WEEK[0], *WEEK[4:7]]
    planning.resume("p1", WEEK[2], version=2, key=None, by=VILLAGER, now=SUNDAY)
    assert open_days() == [WEEK[0], *WEEK[2:7]]
    assert deeds("p1.20261125") == ["planned", "called_off", "planned"]


def test_who_read_an_older_plan_changes_nothing() -> None:
    cared_for()
    planned()
    planning.pause("p1", Pause(since=WEEK[6]), version=None, key=None, by=CENTRE, now=SUNDAY)
    with pytest.raises(StaleVersion):
        planning.change("p1", MEAL, version=1, by=VILLAGER, now=SUNDAY)


def test_a_plan_whose_days_are_over_ends_by_itself_and_is_looked_at_no_more() -> None:
    cared_for()
    planned(rule="")
    assert open_days() == [MONDAY]
    tick(NOON + DAY)
    ended = plans.get("p1")
    assert (ended.state, ended.ending) == (PlanState.ENDED, Ending.OVER)
    before = len(history.happenings("plan:p1"))
    tick(NOON + 9 * DAY)
    assert len(history.happenings("plan:p1")) == before


def test_whose_consent_is_taken_back_is_visited_no_more_whoever_has_it() -> None:
    cared_for()
    carries("c1")
    planned()
    tick(NOON - DAY)
    accept("c1")
    withdrawn = replace(beneficiaries.get("b1"), consented=frozenset(), version=2)
    put(withdrawn)
    stopping.stop("b1", reason=Stop.WITHDRAWN, now=SUNDAY)
    stopping.stop("b1", reason=Stop.WITHDRAWN, now=SUNDAY)
    assert plans.get("p1").ending is Ending.STOPPED
    assert set(states().values()) == {S.CANCELLED}
    assert deeds()[-1] == "called_off"


def test_a_night_finds_who_does_not_stand_for_it_any_more() -> None:
    cared_for()
    planned()
    put(replace(beneficiaries.get("b1"), consented=frozenset(), version=2))
    tick(SUNDAY + DAY)
    assert set(states(days=WEEK[2:7]).values()) == {S.CANCELLED}


def put(one: Beneficiary) -> None:
    transaction = Transaction()
    beneficiaries.put(one, transaction)
    transaction.commit()


def test_no_plan_is_made_for_who_is_not_cared_for_in_that_way() -> None:
    cared_for(consented=frozenset())
    with pytest.raises(Conflict, match="care_stopped"):
        planned()


def test_plans_are_made_and_seen_by_staff_of_the_place_alone() -> None:
    cared_for()
    with pytest.raises(Forbidden):
        planned(by=COURIER)
    planned(by=CENTRE)
    with pytest.raises(Forbidden):
        planning.view("p1", by=COURIER)
    with pytest.raises(NotFound):
        planning.view("p2", by=VILLAGER)
    assert [one.id for one in planning.of_beneficiary("b1", by=VILLAGER)] == ["p1"]
    page = planning.of_village(VILLAGE, limit=5, cursor=None, by=VILLAGER)
    assert ([one.id for one in page.plans], page.cursor) == (["p1"], None)


def test_whoever_ends_a_plan_takes_its_visits_off_for_good() -> None:
    cared_for()
    planned()
    planning.end("p1", version=1, key=None, by=VILLAGER, now=SUNDAY)
    assert set(states().values()) == {S.CANCELLED}
    tick(SUNDAY + DAY)
    assert set(states().values()) == {S.CANCELLED}


def test_who_acts_is_named_in_what_happened() -> None:
    cared_for()
    planned()
    line = history.happenings("visit:p1.20261123")[0]
    assert (line.actor_id, line.as_role, line.facts["plan"]) == (VILLAGER.id, "village", "p1")
