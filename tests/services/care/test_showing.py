"""What a courier shows: the bag, the place, the card, a photo; and meals that are left before the door."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.domain.care import proofs
from chalicelib.domain.care.doorstep import Here
from chalicelib.domain.care.record import TakenOver
from chalicelib.domain.care.said import AtDoor, Deliver, StepOutcome, Telling
from chalicelib.domain.care.terms import Proof, Service, VisitState
from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.photos import ContentType
from chalicelib.services.care import evidence, running
from tests.builders import CENTRE, VILLAGE, VILLAGER
from tests.care_desk import actor, cared_for, deeds
from tests.care_run import FINE, ID, MINUTE, PEPPER, THERE, bag, now_is, secret, taken, tell
from tests.caring import EVE, HOUR, NOON

S, T = VisitState, StepOutcome
pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture(autouse=True)
def _secret() -> Iterator[None]:
    with secret():
        yield


def test_another_bag_is_not_taken_nor_one_that_lacks_something() -> None:
    taken()
    with pytest.raises(Conflict, match="bag_not_this"):
        tell(bag("p2.20261123"))
    with pytest.raises(Conflict, match="bag_count"):
        tell(bag(items=2))


def test_a_phone_far_from_the_door_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.domain.places import Point
    from chalicelib.services.care import spots

    monkeypatch.setattr(spots, "of_door", lambda _, visit_id, now: Point(lat=24.6, lon=118.0))
    taken(service=Service.VISIT, items=0)
    with pytest.raises(Invalid, match="too_far_from_door"):
        tell(AtDoor(here=Here(point=Point(lat=24.61, lon=118.0), accuracy=20)))
    assert tell(AtDoor(here=Here(point=Point(lat=24.601, lon=118.0), accuracy=20)), FINE) == [T.DONE] * 2
    assert (now_is().run.metres, now_is().run.is_far) == (111, False)


def test_a_card_is_good_until_the_village_prints_another() -> None:
    cared_for()
    taken()
    first = evidence.card("b1", by=VILLAGER)
    second = evidence.renew_card("b1", key=None, by=VILLAGER, now=NOON)
    tell(bag(), THERE)
    with pytest.raises(Conflict, match="card_not_this"):
        tell(Deliver(proof=Proof.CARD, shown=first), at=NOON + 3 * MINUTE)
    assert tell(Deliver(proof=Proof.CARD, shown=second), at=NOON + 3 * MINUTE) == [T.DONE]
    with pytest.raises(Forbidden):
        evidence.card("b1", by=CENTRE)


def photographed(id: str, *, seen: bool) -> Deliver:
    form = evidence.add_photos(id, [ContentType.JPEG], key=None, by=actor("c1"), now=NOON)[0]
    return Deliver(proof=Proof.PHOTO, shown=form.photo_id, seen=seen)


def test_a_photo_shows_it_once_it_is_declared() -> None:
    taken()
    tell(bag(), THERE)
    with pytest.raises(Conflict, match="photo_not_declared"):
        tell(Deliver(proof=Proof.PHOTO, shown="door-1"), at=NOON + 3 * MINUTE)
    assert tell(photographed(ID, seen=True), at=NOON + 3 * MINUTE) == [T.DONE]


def leave(id: str, day: int) -> VisitState:
    start = NOON + timedelta(days=day)
    taken(id, start=start, end=start + HOUR, accepted_at=EVE)
    tell(bag(id), THERE, id=id, at=start)
    tell(photographed(id, seen=False), id=id, at=start + 3 * MINUTE)
    return now_is(id).state


def test_two_meals_left_behind_in_a_row_are_the_villages_to_look_after() -> None:
    assert leave("p1.20261123", 0) is S.DONE
    assert leave("p1.20261124", 1) is S.UNANSWERED
    assert now_is("p1.20261124").run.taken_over is TakenOver.LEFT_BEHIND
    assert deeds("p1.20261124")[-1] == "left_behind"


def test_the_one_told_late_is_the_second_whichever_day_it_was() -> None:
    assert leave("p1.20261124", 1) is S.DONE
    assert leave("p1.20261123", 0) is S.UNANSWERED


def test_two_that_are_told_of_at_once_are_two_in_a_row() -> None:
    deliveries = {}
    for day, id in enumerate(("p1.20261123", "p1.20261124")):
        start = NOON + timedelta(days=day)
        taken(id, start=start, end=start + HOUR)
        tell(bag(id), THERE, id=id, at=start)
        deliveries[id] = photographed(id, seen=False)
    now = NOON + timedelta(days=1, minutes=10)

    def press(id: str) -> None:
        running.tell(id, [Telling(said=deliveries[id], at=now)], by=actor("c1"), now=now)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, deliveries))
    assert sorted(now_is(id).state for id in deliveries) == [S.DONE, S.UNANSWERED]


def test_bags_of_a_day_have_codes_for_who_seals_them() -> None:
    taken()
    taken("p2.20261123", courier="c2", plan_id="p2", service=Service.VISIT, items=0)
    found = evidence.bags("2026-11-23", VILLAGE, limit=9, cursor=None, by=VILLAGER, now=EVE)
    assert [(one.visit.id, one.code) for one in found.bags] == [(ID, proofs.bag_code(PEPPER, ID))]
