"""Somebody is found for a visit: by where he carries, one after the other; and somebody is alarmed where nobody is."""

from datetime import date, time, timedelta

import pytest

from chalicelib.domain.care.offering import DeclineReason
from chalicelib.domain.care.terms import Service, VisitState
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.people.actions import PersonAction
from chalicelib.services.care import allocating, offers, quiet, seeking
from chalicelib.services.reference import rulebook
from chalicelib.store.care import carriers, visits
from tests.bench.calls import counted
from tests.builders import CENTRE, GRID, NEXT_GRID, NOW, VILLAGE, VILLAGER
from tests.care_desk import accept, actor, asked, carries, deeds, tick, waiting
from tests.caring import EVE, HOUR, MONDAY, NOON, visit
from tests.known import act

S = VisitState
ID = "p1.20261123"
MINUTE = timedelta(minutes=1)
BESIDE, FAR = "350211102004", "350211102999"
GET, QUERY, BATCH, WRITE = "GetItem", "Query", "BatchGetItem", "TransactWriteItems"
pytestmark = pytest.mark.usefixtures("rules")


def decline(courier_id: str) -> None:
    offers.decline(ID, DeclineReason.NO_TIME, key=None, by=actor(courier_id), now=EVE)


def test_who_covers_the_grid_is_asked_and_told_why_and_until_when() -> None:
    carries("c1", grids=(GRID,))
    carries("c2", grids=(NEXT_GRID,))
    waiting()
    tick(EVE)
    found = visits.get(ID)
    assert (found.state, found.courier_id, found.asked_until) == (S.OFFERED, "c1", EVE + 15 * MINUTE)
    assert found.reasons == ("ring_grid", "few_runs")
    assert [one.id for one in offers.mine(limit=9, cursor=None, by=actor("c1"), now=EVE).visits] == [ID]
    assert offers.mine(limit=9, cursor=None, by=actor("c2"), now=EVE).visits == []


def test_one_visit_takes_so_many_calls_however_many_couriers_there_are() -> None:
    for n in range(12):
        carries(f"c{n}")
        carries(f"d{n}", (FAR,))
    waiting()
    rulebook.in_force(now=EVE)
    quiet.peaks("", now=EVE)
    with counted() as calls:
        seeking.seek(ID, now=EVE)
    # the visit; grid, whole village; who was there; books; trust; then the visit and his book, and all in one
    assert calls.names == [GET, QUERY, QUERY, QUERY, BATCH, BATCH, GET, GET, WRITE]


def test_who_declines_is_not_asked_again_and_the_next_is() -> None:
    carries("c1")
    carries("c2")
    waiting()
    tick(EVE)
    first = asked()
    assert first
    decline(first)
    decline(first)
    tick(EVE)
    second = asked()
    assert {first, second} == {"c1", "c2"}
    assert second
    decline(second)
    tick(EVE)
    assert (visits.get(ID).state, asked(), deeds()[-1]) == (S.PLANNED, None, "sought")
    for hours in range(1, 26):
        tick(EVE + hours * HOUR)
    assert set(deeds()) == {"planned", "offered", "declined", "sought", "alarmed", "missed"}
    assert deeds().count("offered") == 2


def test_who_is_silent_is_asked_again_when_all_others_were() -> None:
    carries("c1")
    waiting()
    tick(EVE)
    tick(EVE + 14 * MINUTE)
    assert asked() == "c1"
    tick(EVE + 15 * MINUTE, times=2)
    assert (asked(), deeds()[-2:]) == (None, ["lapsed", "sought"])
    seek_at = visits.get(ID).seek_at
    assert seek_at
    tick(seek_at)
    assert asked() == "c1"


def test_the_ring_widens_to_the_village_at_once_and_beside_it_when_the_window_is_near() -> None:
    carries("c1", grids=(NEXT_GRID,))
    carries("c2", (BESIDE,))
    carries("c3", (FAR,))
    early = EVE - 20 * HOUR
    waiting(visit(seek_at=early), at=early)
    seeking.seek(ID, now=early)
    assert asked() == "c1"
    offers.decline(ID, DeclineReason.TOO_FAR, key=None, by=actor("c1"), now=early)
    seeking.seek(ID, now=early)
    assert asked() is None
    tick(EVE)
    assert (asked(), visits.get(ID).reasons[0]) == ("c2", "ring_next")


def test_who_is_not_free_not_trained_not_insured_or_in_his_peak_is_not_asked() -> None:
    carries("c1", free={0: ((time(13, 0), time(20, 0)),)})
    carries("c2", trained=frozenset({Service.MEDICINE}))
    carries("c3", insured_until=MONDAY - timedelta(days=1))
    carries("c4", willing=frozenset({Service.VISIT}))
    carries("c5", employer="美团优选")
    carries("c6", insured_until=date(2026, 11, 23))
    waiting()
    tick(EVE)
    assert asked() == "c6"


def test_a_noon_of_meals_is_spread_over_couriers_and_nobody_is_asked_for_two_at_once() -> None:
    for n in range(3):
        carries(f"c{n}")
    waiting(*(visit(id=f"p{n}.20261123", plan_id=f"p{n}", seek_at=EVE) for n in range(4)))
    tick(EVE)
    found = [asked(f"p{n}.20261123") for n in range(4)]
    assert sorted(one for one in found if one) == ["c0", "c1", "c2"]


def test_who_has_been_there_is_asked_before_who_has_carried_less() -> None:
    carries("c1")
    carries("c2")
    past = visit(id="p1.20261120", start=NOON - 72 * HOUR, end=NOON - 71 * HOUR, state=S.DONE, courier_id="c2")
    waiting(past, visit(seek_at=EVE))
    tick(EVE)
    assert (asked(), visits.get(ID).reasons[0]) == ("c2", "served_before")


def test_late_answers_are_told_plainly() -> None:
    carries("c1")
    waiting()
    tick(EVE)
    with pytest.raises(NotFound):
        accept("c9")
    with pytest.raises(Conflict, match="offer_over"):
        accept("c1", now=EVE + 16 * MINUTE)
    allocating.assign(ID, carries("c2").courier_id, said_yes=True, key=None, by=CENTRE, now=EVE)
    with pytest.raises(Conflict, match="offer_taken"):
        accept("c1")
    with pytest.raises(Conflict, match="offer_taken"):
        decline("c1")
    allocating.call_off(ID, key=None, by=VILLAGER, now=EVE)
    with pytest.raises(Conflict, match="offer_not_needed"):
        accept("c1")


def test_taken_twice_is_taken_once() -> None:
    carries("c1")
    waiting()
    tick(EVE)
    assert accept("c1") == accept("c1")
    assert deeds() == ["planned", "offered", "accepted"]
    assert [one.visit_id for one in carriers.book("c1").held] == [ID]


def test_an_hour_before_its_window_the_centre_hears_that_nobody_has_it_and_then_that_it_was_missed() -> None:
    waiting()
    tick(NOON - HOUR, times=2)
    assert deeds().count("alarmed") == 1
    tick(NOON - 1 * MINUTE)
    tick(NOON + HOUR, times=2)
    assert (visits.get(ID).state, deeds()[-1], deeds().count("alarmed")) == (S.MISSED, "missed", 1)


def test_who_lets_go_late_alarms_again() -> None:
    carries("c1")
    waiting(visit(seek_at=NOON - 2 * HOUR))
    tick(NOON - 2 * HOUR)
    accept("c1", now=NOON - 2 * HOUR)
    act(PersonAction.PAUSE, "c1")
    tick(NOON - HOUR / 2)
    tick(NOON - HOUR / 2)
    assert deeds()[-3:] == ["released", "alarmed", "sought"]


def test_who_pauses_is_asked_for_nothing_more_and_what_he_has_goes_to_others() -> None:
    carries("c1")
    waiting(visit(seek_at=NOW))
    tick(NOW)
    accept("c1", now=NOW)
    carries("c2")
    act(PersonAction.PAUSE, "c1")
    tick(NOW)
    tick(NOW)
    assert asked() == "c2"
    assert carriers.book("c1").open == ()
    assert carriers.within(f"whole:{VILLAGE}")[0].courier_id == "c2"
    act(PersonAction.RESUME, "c1")
    assert len(carriers.within(f"whole:{VILLAGE}")) == 2


def test_whose_round_leads_elsewhere_is_found_there_and_his_offers_go_to_others() -> None:
    carries("c1")
    waiting(visit(seek_at=NOW))
    tick(NOW)
    act(PersonAction.CHANGE_ROUND, "c1", villages=(BESIDE,))
    tick(NOW)
    assert (asked(), deeds()[2]) == (None, "withdrawn")
    assert [one.courier_id for one in carriers.within(f"village:{BESIDE}")] == ["c1"]
    assert carriers.within(f"village:{VILLAGE}") == []
