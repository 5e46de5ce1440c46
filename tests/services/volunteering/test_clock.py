"""What was changed or called off reaches everybody, page by page; sign-up ends; who did not come is noted."""

from typing import Any

import pytest

from chalicelib.domain.volunteering.terms import SignUpState
from chalicelib.services.volunteering import clock, slots
from tests.builders import CENTRE, COURIER, GRID_MEMBER, NOW, VILLAGER
from tests.machine import Dead, Machine, plugged_in
from tests.shop import rule
from tests.volunteers import (
    DAY,
    HOUR,
    SLOT,
    START,
    called,
    courier,
    deeds,
    fire,
    leave,
    lines,
    own,
    sign_up,
    slot,
    terms,
)

pytestmark = pytest.mark.usefixtures("rules")
S = SignUpState
LATER = terms(start=START + 5 * HOUR)


def moved(**changes: Any) -> None:
    """The village moves it by five hours."""
    slots.change(SLOT, terms(**({"start": START + 5 * HOUR} | changes)), version=None, by=VILLAGER, now=NOW)


def test_who_signed_up_follows_a_change_and_may_leave_freely_even_late() -> None:
    called()
    sign_up(by=courier())
    moved()
    fire(NOW)
    assert (own().start, own().edition, slot().following) == (START + 5 * HOUR, 2, False)
    leave(now=START + 4 * HOUR)
    assert own().state is S.CANCELLED
    assert deeds() == ["called", "signed_up", "changed", "moved", "cancelled"]


def test_whom_the_new_time_keeps_elsewhere_is_released_and_the_next_one_comes_in() -> None:
    called(terms(capacity=1), terms(start=START + 5 * HOUR))
    sign_up(by=courier(0))
    sign_up("c1.2", by=courier(0))
    sign_up(by=courier(1))
    moved(capacity=1)
    fire(NOW)
    assert own(courier(0)).state is S.RELEASED and slot().taken == ("rider-1",)
    assert next(line for line in lines() if line.deed == "released").facts["why"] == "clash"


def test_a_change_needs_the_version_that_was_read_and_who_may() -> None:
    called()
    sign_up(by=courier(0))
    sign_up(by=courier(1))
    change = slots.change
    assert rule(lambda: change(SLOT, LATER, version=7, by=VILLAGER, now=NOW)) == "stale_version"
    assert rule(lambda: change(SLOT, terms(capacity=1), version=1, by=VILLAGER, now=NOW)) == "slot_places_taken"
    assert rule(lambda: change(SLOT, LATER, version=1, by=GRID_MEMBER, now=NOW)) == "role_needed"
    assert rule(lambda: change(SLOT, LATER, version=1, by=VILLAGER, now=START)) == "slot_begun"
    change(SLOT, LATER, version=1, by=CENTRE, now=NOW)


def test_more_places_bring_in_who_waits_at_once() -> None:
    called(terms(capacity=1))
    for number in range(3):
        sign_up(by=courier(number))
    slots.change(SLOT, terms(capacity=2), version=1, by=VILLAGER, now=NOW)
    assert (slot().taken, slot().waiting) == (("rider-0", "rider-1"), ("rider-2",))


def test_all_of_a_slot_that_is_called_off_are_told_though_the_clock_dies_on_the_way() -> None:
    called(terms(capacity=6))
    riders = [courier(number) for number in range(6)]
    for who in riders:
        sign_up(by=who)
    slots.call_off(SLOT, "台风", by=VILLAGER, now=NOW)
    slots.call_off(SLOT, "再说一次", by=VILLAGER, now=NOW)
    with pytest.raises(Dead), plugged_in(Machine(dies_at=6, after=True)):
        fire(NOW)
    assert slot().following
    fire(NOW)
    assert {own(who).state for who in riders} == {S.RELEASED} and not slot().following
    assert sorted(deeds()) == ["called", "called_off"] + ["released"] * 6 + ["signed_up"] * 6
    assert rule(lambda: sign_up(by=riders[0])) == "slot_called_off"


def test_more_than_a_page_takes_another_look() -> None:
    called(terms(capacity=100))
    riders = [courier(number) for number in range(clock.PAGE + 2)]
    for who in riders:
        sign_up(by=who)
    slots.call_off(SLOT, "台风", by=VILLAGER, now=NOW)
    clock.fire(SLOT, at=NOW, now=NOW)
    assert slot().following and len(slot().taken) == 2
    clock.fire(SLOT, at=NOW, now=NOW)
    assert slot().taken == () and not slot().following


def test_whoever_called_is_told_once_where_too_few_have_signed_up() -> None:
    called(terms(least=2))
    sign_up(by=courier())
    fire(START - HOUR)
    fire(START - HOUR)
    short = [line for line in lines() if line.deed == "fell_short"]
    assert [(line.facts["caller"], line.facts["taken"], line.person_id) for line in short] == [("village", 1, None)]


def test_who_never_checked_in_is_noted_as_absent_a_day_after_the_end_and_once() -> None:
    called()
    sign_up(by=courier())
    fire(START + 2 * HOUR + DAY - HOUR)
    assert own().state is S.SIGNED_UP
    fire(START + 2 * HOUR + DAY)
    assert own(COURIER).state is S.ABSENT and deeds().count("absent") == 1
