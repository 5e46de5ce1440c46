"""Who came to an activity and who stayed away, who passed its course and who organised it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.care.terms import Service
from chalicelib.domain.happenings import Happening
from chalicelib.domain.people.model import Actor
from chalicelib.domain.prizes.activities import ActivityKind, CourseResult, Family
from chalicelib.domain.prizes.model import Offer, Stock
from chalicelib.domain.prizes.redemptions import Redemption, RedemptionState
from chalicelib.services.prizes import attendance, calling_off, counter, families, redeeming, unclaimed
from chalicelib.store import history
from chalicelib.store.notifications import inbox
from chalicelib.store.prizes import prizes
from chalicelib.store.prizes import redemptions as store
from tests.builders import CENTRE, COURIER, COURIER2, NOW, VILLAGER
from tests.shop import brings, film, left, outing, redeem, rule, shelved

pytestmark = pytest.mark.usefixtures("rules")
DAY = timedelta(days=1)
BEGINS = NOW + 3 * DAY
ENDS = BEGINS + timedelta(hours=2)
FINAL = ENDS + 3 * DAY + timedelta(hours=1)


def happened(subject: str = "x1") -> list[str]:
    """What followers hear of a booking, or of an activity."""
    return [one.deed for one in history.happenings(f"activity:{subject}")]


def last(subject: str = "x1") -> Happening:
    return history.happenings(f"activity:{subject}")[-1]


def booked(offer: Offer | None = None, *, adults: int = 0, children: int = 0) -> Redemption:
    shelved(offer=offer or outing(), pieces=6)
    return redeem(guests=brings(adults, children, consent=1))


def came(code: str, family: Family | None = None, *, by: Actor = CENTRE) -> Redemption:
    return counter.confirm(code, handed_at=None, by=by, now=BEGINS, came=family)


def training(**more: object) -> Offer:
    fields = {"kind": ActivityKind.TRAINING, "trains": (Service.MEAL,), **more}
    return outing(**fields)


def test_who_shows_his_code_attends_with_all_that_he_booked_for() -> None:
    made = booked(adults=1, children=1)
    assert came(made.code).came == Family(adults=1, children=1)
    assert happened() == ["booked", "attended"] and left() == Stock(free=3, handed=3)
    told = last()
    assert (told.at, told.person_id, told.facts["family"]) == (BEGINS, COURIER.id, 2)
    assert "children" not in str(told)


def test_fewer_of_his_family_may_come_and_never_more() -> None:
    made = booked(adults=2)
    assert rule(lambda: came(made.code, Family(adults=1, children=1))) == "more_than_booked"
    came(made.code, Family(adults=1))
    assert last().facts["family"] == 1 and left() == Stock(free=3, handed=3)


def test_nobody_is_checked_in_days_before() -> None:
    made = booked()
    early = BEGINS - timedelta(hours=3)
    assert rule(lambda: counter.confirm(made.code, handed_at=None, by=CENTRE, now=early)) == "check_in_early"


def test_the_counter_checks_in_by_its_list_whoever_comes_without_a_code() -> None:
    booked(adults=1)
    for _ in range(2):
        counter.confirm_listed("x1", handed_at=None, by=VILLAGER, now=BEGINS)
    assert happened() == ["booked", "attended"]
    assert rule(lambda: counter.confirm_listed("x1", handed_at=None, by=COURIER2, now=BEGINS)) == "no_such_redemption"


def test_a_courier_who_organises_checks_in_by_code_and_only_there() -> None:
    made = booked(outing(organisers=(COURIER2.id,)))
    shelved("p2", film(price=0))
    other = redeem("x2", "p2")
    assert rule(lambda: counter.look_up(other.code, by=COURIER2, now=BEGINS)) == "role_needed"
    assert came(made.code, by=COURIER2).handed_by == COURIER2.id


def test_an_organiser_does_not_check_himself_in() -> None:
    made = booked(outing(organisers=(COURIER.id,)))
    assert rule(lambda: came(made.code, by=COURIER)) == "not_your_own_prize"


def test_who_stays_away_is_absent_once_no_counter_can_say_otherwise() -> None:
    booked(adults=1)
    unclaimed.fire("x1", now=ENDS)
    assert store.get("x1").state is RedemptionState.MISSED and happened() == ["booked"]
    unclaimed.fire("x1", now=FINAL - timedelta(hours=2))
    assert happened() == ["booked"]
    for _ in range(2):
        unclaimed.fire("x1", now=FINAL)
    assert happened() == ["booked", "absent"] and last().actor_id == "system"
    assert inbox.page(COURIER.id, limit=1, before=None, now=FINAL)[0].template == "activity_absent"


def test_an_offline_counter_that_saw_him_prevails_and_he_is_never_absent() -> None:
    made = booked()
    unclaimed.fire("x1", now=ENDS)
    counter.confirm(made.code, handed_at=BEGINS, by=CENTRE, now=ENDS + DAY)
    unclaimed.fire("x1", now=FINAL)
    assert happened() == ["booked", "attended"]


def test_absent_is_final() -> None:
    made = booked()
    for at in (ENDS, FINAL):
        unclaimed.fire("x1", now=at)
    late = ENDS + 2 * DAY
    assert rule(lambda: counter.confirm(made.code, handed_at=BEGINS, by=CENTRE, now=late)) == "redemption_over"
    assert rule(lambda: redeeming.cancel("x1", reason="误记", by=CENTRE, now=late)) == "redemption_over"


def test_who_cancels_in_time_is_not_absent() -> None:
    booked()
    redeeming.cancel("x1", reason="", by=COURIER, now=NOW)
    unclaimed.fire("x1", now=FINAL)
    assert happened() == ["booked", "cancelled"] and last().as_role == "courier"


def test_nobody_is_absent_from_what_was_called_off_even_before_it_is_given_back() -> None:
    booked()
    unclaimed.fire("x1", now=ENDS)
    calling_off.call_off("p1", reason="停电", by=CENTRE, now=ENDS + DAY)
    unclaimed.fire("x1", now=FINAL)
    calling_off.give_back("x1", now=FINAL)
    assert happened() == ["booked", "cancelled"] and happened("p1") == ["called_off"]


def test_nothing_happens_to_goods_and_to_a_service_that_is_no_activity() -> None:
    made = booked(film(price=0, activity=None))
    counter.confirm(made.code, handed_at=None, by=CENTRE, now=BEGINS)
    assert happened() == []


def test_who_attended_passes_his_course_by_the_centres_word_and_is_trained_by_it() -> None:
    made = booked(training())
    judged = CourseResult.PASSED
    assert rule(lambda: attendance.judge("x1", judged, by=CENTRE, now=ENDS)) == "not_attended"
    came(made.code)
    attendance.judge("x1", CourseResult.FAILED, by=CENTRE, now=ENDS)
    for _ in range(2):
        attendance.judge("x1", judged, by=CENTRE, now=ENDS)
    assert happened() == ["booked", "attended", "passed"] and last().facts["trains"] == ["meal"]
    assert rule(lambda: attendance.judge("x1", CourseResult.FAILED, by=CENTRE, now=ENDS)) == "course_passed"
    assert rule(lambda: attendance.judge("x1", judged, by=VILLAGER, now=ENDS)) == "role_needed"


def test_a_family_afternoon_is_passed_by_nobody() -> None:
    came(booked().code)
    assert rule(lambda: attendance.judge("x1", CourseResult.PASSED, by=CENTRE, now=ENDS)) == "no_course"


def test_the_centre_confirms_who_organised_it_once_and_after_its_end() -> None:
    booked(outing(organisers=(COURIER2.id,)))

    def confirm(courier: str, at: object = ENDS, by: Actor = CENTRE) -> None:
        attendance.confirm_organiser("p1", courier, by=by, now=at)  # type: ignore[arg-type]

    assert rule(lambda: confirm(COURIER2.id, BEGINS)) == "activity_not_over"
    assert rule(lambda: confirm(COURIER.id)) == "not_an_organiser"
    assert rule(lambda: confirm(COURIER2.id, by=replace(CENTRE, id=COURIER2.id))) == "not_your_own_prize"
    for _ in range(2):
        confirm(COURIER2.id)
    assert happened(f"p1.{COURIER2.id}") == ["organised"]


def test_a_consent_taken_back_afterwards_forgets_the_number_and_leaves_the_stock() -> None:
    came(booked(adults=1, children=2).code)
    families.withdraw("x1", by=COURIER, now=ENDS + DAY)
    kept = store.get("x1")
    assert (kept.family, kept.came, kept.places) == (Family(adults=1), Family(adults=1), 4)
    assert prizes.get("p1").stock == Stock(free=2, handed=4)
