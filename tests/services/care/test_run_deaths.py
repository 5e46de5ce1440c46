"""A run that dies between any two calls of AWS is told again, and comes to the same end."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

import pytest

from chalicelib.domain.care.doorstep import Here
from chalicelib.domain.care.ladder import report_id
from chalicelib.domain.care.record import FoundOut, PlaceReason
from chalicelib.domain.care.said import AtDoor, Said, Telling
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.errors import DomainError
from chalicelib.domain.places import Point
from chalicelib.domain.reports.model import Action
from chalicelib.services.care import looking_after, running
from chalicelib.store import history
from chalicelib.store.care import carriers
from tests.builders import VILLAGE, VILLAGER
from tests.care_desk import actor, deeds, tick
from tests.care_run import ABNORMAL, MINUTE, RING, THERE, bag, code, now_is, secret, taken, tell
from tests.caring import HOUR, NOON
from tests.machine import Dead, Machine, plugged_in

pytestmark = pytest.mark.usefixtures("rules")
FAR = AtDoor(here=Here(point=Point(lat=24.6, lon=118.0), reason=PlaceReason.INDOORS))


@pytest.fixture(autouse=True)
def _secret() -> Iterator[None]:
    with secret():
        yield


def tellings(id: str, at: datetime) -> list[Telling]:
    said: tuple[Said, ...] = (bag(id), FAR, code(id), ABNORMAL)
    return [Telling(said=one, at=at + n * MINUTE) for n, one in enumerate(said)]


@pytest.mark.parametrize("after", [False, True])
def test_told_again_after_any_death_it_is_the_same_run_with_one_report(after: bool) -> None:
    for number in count():
        id = f"p{number}.20261123"
        taken(id, courier=f"c{number}", plan_id=f"p{number}")
        with plugged_in(Machine(now=NOON + HOUR)) as machine:
            machine.dies_at, machine.after = number, after
            try:
                running.tell(id, tellings(id, NOON), by=actor(f"c{number}"), now=NOON + HOUR)
                died = False
            except Dead:
                died = True
        running.tell(id, tellings(id, NOON), by=actor(f"c{number}"), now=NOON + HOUR)
        told = ["planned", "picked_up", "arrived", "handed_over", "done", "reported"]
        assert deeds(id) == told, f"dead at call {number}"
        assert len(history.of(report_id(id))) == 1
        assert carriers.book(f"c{number}").held == ()
        if not died:
            assert number > 12
            return
    raise AssertionError("it never comes to an end")


@pytest.mark.parametrize("after", [False, True])
def test_the_clock_that_dies_anywhere_on_the_ladder_climbs_it_once(after: bool) -> None:
    for number in count():
        id = f"p{number}.20261123"
        taken(id, courier=f"c{number}", plan_id=f"p{number}")
        tell(bag(id), THERE, RING, id=id, who=f"c{number}")
        with plugged_in(Machine(now=NOON)) as machine:
            machine.dies_at, machine.after = number, after
            try:
                for minutes in (10, 25, 40, 70):
                    tick(NOON + minutes * MINUTE)
                died = False
            except Dead:
                died = True
        for minutes in (130, 150, 170, 190):
            tick(NOON + minutes * MINUTE)
        told = deeds(id)[4:]
        assert told == ["taken_over", "ladder_1", "ladder_2", "ladder_3", "reported"], f"dead at call {number}"
        assert [one.action for one in history.of(report_id(id))].count(Action.SUBMIT) == 1
        looking_after.settle(id, FoundOut.FINE, key=None, by=VILLAGER, now=NOON + 4 * HOUR)
        assert now_is(id).state is VisitState.DONE
        assert looking_after.open_ones(VILLAGE, limit=9, cursor=None, by=VILLAGER, now=NOON).visits == []
        if not died:
            assert number > 12
            return
    raise AssertionError("it never comes to an end")


def test_a_refusal_in_the_middle_leaves_what_was_taken() -> None:
    taken("p1.20261123")
    with pytest.raises(DomainError):
        tell(code("p1.20261123"))
    assert deeds("p1.20261123") == ["planned"]
