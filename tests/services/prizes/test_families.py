"""A courier brings his family to an activity: its members take places, children only by a guardian's consent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.prizes.activities import Family
from chalicelib.domain.prizes.model import Stock
from chalicelib.domain.prizes.movements import summed
from chalicelib.domain.prizes.redemptions import RedemptionState
from chalicelib.services.prizes import calling_off, families, redeeming
from chalicelib.store.prizes import consents, prizes
from chalicelib.store.prizes import redemptions as store
from tests.builders import CENTRE, COURIER, COURIER2, NOW
from tests.shop import brings, courier, film, left, outing, paid, redeem, rule, shelved

pytestmark = pytest.mark.usefixtures("rules")
DAY = timedelta(days=1)


@pytest.fixture
def afternoon() -> str:
    """Six places."""
    return shelved(offer=outing(), pieces=6)


def change(adults: int = 0, children: int = 0, *, consent: int = 0, **more: object) -> Family:
    asked: dict[str, object] = {"version": None, "by": COURIER, "now": NOW} | more
    return families.change("x1", brings(adults, children, consent=consent), **asked).family  # type: ignore[arg-type]


def agreed() -> list[tuple[int, int, bool]]:
    """The wording, how many children, and whether it was taken back."""
    found, _ = consents.of_courier(COURIER.id, limit=50, cursor=None)
    return [(one.wording, one.children, one.withdrawn_at is not None) for one in found]


def test_family_members_take_places_with_their_courier_in_one_write(afternoon: str) -> None:
    made = redeem(guests=brings(1, 1, consent=1))
    assert (made.places, made.price) == (3, 0) and left() == Stock(free=3, reserved=3)
    assert summed(prizes.movements(afternoon, limit=50, cursor=None)[0]) == left()


def test_children_take_a_guardians_consent_to_the_wording_in_force(afternoon: str) -> None:
    assert rule(lambda: redeem(guests=brings(0, 1))) == "guardian_consent_needed"
    assert rule(lambda: redeem(guests=brings(0, 1, consent=9))) == "consent_outdated"
    assert left() == Stock(free=6) and agreed() == []
    redeem(guests=brings(0, 1, consent=1))
    assert agreed() == [(1, 1, False)]


def test_who_comes_alone_agrees_to_nothing(afternoon: str) -> None:
    redeem(guests=brings(2, consent=1))
    assert agreed() == []


def test_no_booking_brings_more_than_it_may_and_goods_and_films_bring_nobody(afternoon: str) -> None:
    assert rule(lambda: redeem(guests=brings(4))) == "family_most"
    shelved("p2", film(price=0))
    assert rule(lambda: redeem("x2", "p2", guests=brings(1))) == "no_family_places"


def test_a_family_that_does_not_fit_books_nothing(afternoon: str) -> None:
    redeem("x0", by=COURIER2, guests=brings(3))
    assert rule(lambda: redeem(guests=brings(2))) == "not_enough_places"
    assert left() == Stock(free=2, reserved=4)


def test_of_many_families_at_once_no_more_get_in_than_there_are_places(afternoon: str) -> None:
    def book(number: int) -> int:
        try:
            return redeem(f"y{number}", by=courier(number), guests=brings(1)).places
        except DomainError:
            return 0

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(book, range(6))) == 6
    assert left() == Stock(reserved=6)


def test_more_and_fewer_come_along_and_places_go_with_them(afternoon: str) -> None:
    redeem(guests=brings(1))
    assert change(1, 2, consent=1) == Family(adults=1, children=2) and left() == Stock(free=2, reserved=4)
    assert change(1, 1) == Family(adults=1, children=1) and left() == Stock(free=3, reserved=3)
    assert change() == Family() and left() == Stock(free=5, reserved=1)
    assert summed(prizes.movements(afternoon, limit=50, cursor=None)[0]) == left()
    assert agreed() == [(1, 2, True)]


def test_a_child_more_is_agreed_to_anew_and_an_adult_for_a_child_is_not(afternoon: str) -> None:
    redeem(guests=brings(0, 1, consent=1))
    assert rule(lambda: change(0, 2)) == "guardian_consent_needed"
    change(2, 1)
    change(0, 2, consent=1)
    assert sorted(agreed()) == [(1, 1, True), (1, 2, False)]


def test_after_registration_fewer_come_and_no_more_and_once_it_has_begun_nothing_changes(afternoon: str) -> None:
    redeem(guests=brings(2))
    late = NOW + 2.5 * DAY
    assert rule(lambda: change(3, now=late)) == "prize_not_open"
    change(1, now=late)
    assert left() == Stock(free=4, reserved=2)
    assert rule(lambda: change(now=NOW + 3 * DAY)) == "activity_begun"


def test_what_was_changed_meanwhile_is_not_written_over_and_nobody_elses_is_changed(afternoon: str) -> None:
    redeem(guests=brings(2))
    change(1)
    assert rule(lambda: change(3, version=1)) == "stale_version"
    assert rule(lambda: change(3, by=COURIER2)) == "no_such_redemption"


def test_a_consent_taken_back_returns_the_childrens_places_at_once_and_twice_is_once(afternoon: str) -> None:
    redeem(guests=brings(1, 2, consent=1))
    for _ in range(2):
        families.withdraw("x1", by=COURIER, now=NOW + 2.9 * DAY)
    assert store.get("x1").family == Family(adults=1) and left() == Stock(free=4, reserved=2)
    assert agreed() == [(1, 2, True)]


def test_the_same_again_writes_nothing(afternoon: str) -> None:
    redeem(guests=brings(1))
    change(1)
    assert store.get("x1").version == 1


def test_cancelling_gives_all_places_back(afternoon: str) -> None:
    redeem(guests=brings(1, 1, consent=1))
    redeeming.cancel("x1", reason="", by=COURIER, now=NOW)
    assert left() == Stock(free=6)


def test_what_is_called_off_gives_points_back_once_whoever_comes_along() -> None:
    from dataclasses import replace

    shelved(offer=replace(outing(), price=10), pieces=6)
    redeem(by=paid(), guests=brings(2))
    calling_off.call_off("p1", reason="停电", by=CENTRE, now=NOW)
    for _ in range(2):
        calling_off.give_back("x1", now=NOW)
    assert (store.get("x1").state, left()) == (RedemptionState.CANCELLED, Stock(free=6))
