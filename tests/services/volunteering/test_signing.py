"""Couriers sign up, wait, leave and come in: refusals by name, one transaction each, nobody in two places at once."""

import pytest

from chalicelib.domain.people.model import PersonState
from chalicelib.domain.volunteering.terms import OpenTo, SignUpState
from chalicelib.services.volunteering import clock, signing
from tests.builders import CENTRE, COURIER, NOW, VILLAGER
from tests.shop import rule
from tests.volunteers import DAY, HOUR, SLOT, START, called, courier, deeds, leave, matter, own, sign_up, slot, terms

pytestmark = pytest.mark.usefixtures("rules")
S = SignUpState


def test_who_signs_up_has_a_place_and_again_is_once() -> None:
    called()
    courier()
    assert sign_up().own == sign_up().own
    assert slot().taken == ("courier",) and own().state is S.SIGNED_UP
    assert deeds() == ["called", "signed_up"]


def test_who_comes_too_late_waits_in_order_and_the_first_comes_in_when_a_place_is_free() -> None:
    called(terms(capacity=1))
    for number in range(3):
        sign_up(by=courier(number))
    assert (slot().taken, slot().waiting) == (("rider-0",), ("rider-1", "rider-2"))
    leave(by=courier(0))
    assert (slot().taken, slot().waiting) == (("rider-1",), ("rider-2",))
    assert deeds()[-2:] == ["cancelled", "promoted"]


def test_who_has_no_time_any_more_is_passed_over_and_waits_on() -> None:
    called(terms(capacity=1), terms(start=START + HOUR))
    for number in range(3):
        sign_up(by=courier(number))
    sign_up("c1.2", by=courier(1))
    leave(by=courier(0))
    assert (slot().taken, slot().waiting) == (("rider-2",), ("rider-1",))


def test_who_was_passed_over_comes_in_once_he_has_time() -> None:
    called(terms(capacity=1), terms(start=START + HOUR))
    sign_up(by=courier(0))
    sign_up(by=courier(1))
    sign_up("c1.2", by=courier(1))
    leave(by=courier(0))
    assert slot().taken == ()
    leave("c1.2", by=courier(1))
    clock.fill(SLOT, at=NOW, now=NOW)
    assert slot().taken == ("rider-1",)


def test_a_free_place_goes_to_who_waits_before_it_goes_to_who_comes() -> None:
    called(terms(capacity=1), terms(start=START + HOUR))
    sign_up(by=courier(0))
    sign_up(by=courier(1))
    sign_up("c1.2", by=courier(1))
    leave(by=courier(0))
    leave("c1.2", by=courier(1))
    sign_up(by=courier(2))
    assert (slot().taken, slot().waiting) == (("rider-1",), ("rider-2",))


def test_each_refusal_has_its_name() -> None:
    called(terms(capacity=1, waits=False), terms(start=START + HOUR), terms(start=START + 9 * HOUR, capacity=1))
    sign_up(by=courier(0))
    assert rule(lambda: sign_up(by=courier(1))) == "slot_full"
    assert rule(lambda: sign_up("c1.2", by=courier(0))) == "slot_clash"
    assert rule(lambda: sign_up("c1.3", by=courier(1), now=START + 8 * HOUR)) == "slot_closed"
    assert rule(lambda: sign_up("c1.3", by=courier(2, villages=()))) == "slot_not_your_village"
    assert rule(lambda: sign_up("c1.3", by=courier(3, state=PersonState.PAUSED))) == "courier_paused"
    assert rule(lambda: sign_up("c1.3", by=VILLAGER)) == "couriers_volunteer"
    assert rule(lambda: sign_up("c9.1", by=courier(1))) == "no_such_slot"


def test_skills_are_needed_where_the_call_says_so_and_a_township_may_be_open_to_all() -> None:
    called(id="c1", of=matter(skills=("急救",)))
    called(id="c2", of=matter(open_to=OpenTo.TOWNSHIP), by=CENTRE)
    assert rule(lambda: sign_up(by=courier())) == "slot_skills_missing"
    assert sign_up(by=courier(1, skills=("急救", "驾驶"))).own
    assert sign_up("c2.1", by=courier(2, villages=())).own


def test_leaving_late_counts_and_too_often_keeps_one_from_signing_up() -> None:
    for number in range(4):
        called(terms(start=START + number * DAY), id=f"c{number}")
    courier()
    for number in range(3):
        sign_up(f"c{number}.1")
        leave(f"c{number}.1", now=START + number * DAY - HOUR)
    assert own(COURIER, "c1.1").state is S.CANCELLED_LATE
    assert rule(lambda: sign_up("c3.1", now=START + 2 * DAY)) == "late_cancels_reached"


def test_who_waits_leaves_whenever_he_likes() -> None:
    called(terms(capacity=1))
    sign_up(by=courier(0))
    sign_up(by=courier())
    leave(now=START - HOUR)
    assert own().state is S.CANCELLED and slot().waiting == ()


def test_once_it_has_begun_nobody_leaves() -> None:
    called()
    sign_up(by=courier())
    assert rule(lambda: leave(now=START)) == "slot_begun"


def test_who_left_may_come_again_and_is_the_last_then() -> None:
    called(terms(capacity=1))
    sign_up(by=courier(0))
    sign_up(by=courier(1))
    leave(by=courier(0))
    sign_up(by=courier(0))
    assert (slot().taken, slot().waiting) == (("rider-1",), ("rider-0",))


def test_who_is_no_courier_any_more_gives_back_what_he_promised() -> None:
    called(terms(capacity=1))
    gone, waits = courier(0), courier(1)
    sign_up(by=gone)
    sign_up(by=waits)
    courier(0, posts=())
    clock.release(gone.id, at=NOW, now=NOW)
    assert slot().taken == ("rider-1",) and own(gone).state is S.RELEASED
    assert signing.own(gone.id, limit=9, cursor=None).sign_ups[0].state is S.RELEASED


def test_two_slots_of_one_courier_may_touch() -> None:
    called(terms(), terms(start=START + 2 * HOUR))
    who = courier(2)
    assert sign_up(by=who).own and sign_up("c1.2", by=who).own
