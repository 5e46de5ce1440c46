"""Check-in and out by the rotating code, a patrol's check points, hours confirmed, disputed and decided; statements."""

from datetime import timedelta

import pytest

from chalicelib.domain.people.model import Role
from chalicelib.domain.volunteering.presence import Whereabouts
from chalicelib.domain.volunteering.terms import Direction, Doubt, SignUpState, VolunteerKind
from chalicelib.services.volunteering import hours, presence, slots
from chalicelib.services.volunteering.presence import Reading, Stop
from tests.builders import CENTRE, COURIER, GRID_MEMBER, NEIGHBOUR, NOW, TOWNSHIP, VILLAGE, VILLAGER, actor
from tests.shop import rule
from tests.volunteers import (
    DAY,
    GATE,
    HERE,
    HOUR,
    SLOT,
    START,
    called,
    confirm,
    courier,
    fire,
    lines,
    matter,
    own,
    route,
    scan,
    served,
    sign_up,
    terms,
    token,
)

pytestmark = pytest.mark.usefixtures("rules")
S, IN, OUT = SignUpState, Direction.IN, Direction.OUT
CENTRE2 = actor("centre2", (Role.CENTRE, TOWNSHIP))
AWAY = Whereabouts(point=GATE.__class__(lat=24.62, lon=117.99), accuracy=9.0)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def signed(rules: None) -> None:
    """A courier has a place in a patrol with two check points."""
    called(terms(route=route()))
    sign_up(by=courier())


def settle(minutes: int, *, by: object = CENTRE) -> None:
    hours.settle(SLOT, COURIER.id, minutes, "看了监控", by=by, now=START + 2 * DAY)  # type: ignore[arg-type]


@pytest.mark.usefixtures("signed")
def test_he_checks_in_and_out_and_again_is_once() -> None:
    scan(IN, START)
    scan(IN, START + MINUTE)
    scan(OUT, START + HOUR)
    scan(OUT, START + 2 * HOUR)
    assert own().state is S.CHECKED_OUT and [line.deed for line in lines()][-2:] == ["checked_in", "checked_out"]
    came, went = own().check_in, own().check_out
    assert came and went and (came.at, went.at) == (START, START + HOUR)


@pytest.mark.usefixtures("signed")
def test_an_old_code_a_forged_one_and_that_of_another_slot_are_refused() -> None:
    def read(word: str, now: object = START) -> str:
        return rule(lambda: presence.scan(SLOT, Reading(token=word, where=HERE), by=COURIER, now=now))  # type: ignore[arg-type]

    old = token(IN, START)
    assert read(old, START + 2 * MINUTE) == "slot_code_stale"
    assert read(old[:-2] + "AA") == "slot_code_forged" and read("x") == "slot_code_forged"
    assert read(token(IN, START, "c1.2")) == "code_of_another_slot"
    presence.scan(SLOT, Reading(token=old, where=HERE), by=COURIER, now=START + timedelta(seconds=59))


@pytest.mark.usefixtures("signed")
def test_an_offline_phone_tells_days_later_and_the_code_proves_when_it_was() -> None:
    fire(START + 3 * DAY - 22 * HOUR)
    assert own().state is S.ABSENT
    late = START + 2 * DAY + 20 * HOUR
    scan(IN, START + 5 * MINUTE, told=late)
    found = own().check_in
    assert found and (found.at, found.told_at) == (START + 5 * MINUTE, late) and own().state is S.CHECKED_IN
    assert rule(lambda: scan(OUT, START + HOUR, told=START + HOUR + 4 * DAY)) == "slot_scan_too_old"


@pytest.mark.usefixtures("signed")
def test_a_clock_that_is_wrong_by_an_hour_does_not_make_an_old_code_good() -> None:
    reading = Reading(token=token(IN, START), where=HERE, at=START + HOUR)
    assert rule(lambda: presence.scan(SLOT, reading, by=COURIER, now=START + HOUR)) == "slot_code_stale"


@pytest.mark.usefixtures("signed")
def test_somebody_elses_phone_checks_in_nobody_but_its_owner() -> None:
    stranger = courier(7)
    assert rule(lambda: scan(IN, START, by=stranger)) == "no_such_sign_up"
    assert own().check_in is None


@pytest.mark.usefixtures("signed")
def test_far_away_needs_a_reason_and_who_confirms_must_vouch() -> None:
    assert rule(lambda: scan(IN, START, where=AWAY)) == "slot_too_far"
    assert rule(lambda: scan(IN, START, where=Whereabouts())) == "slot_place_reason_needed"
    scan(IN, START, where=Whereabouts(point=AWAY.point, accuracy=9.0, reason="定位漂移"))
    scan(OUT, START + HOUR)
    came = own().check_in
    assert came and came.doubt is Doubt.FAR
    assert rule(confirm) == "presence_doubtful"
    assert confirm(vouches=True).sign_up.state is S.CONFIRMED


@pytest.mark.usefixtures("signed")
def test_it_is_open_from_half_an_hour_before_until_half_an_hour_after() -> None:
    assert rule(lambda: scan(IN, START - HOUR)) == "slot_scan_out_of_time"
    scan(IN, START - 29 * MINUTE)
    assert rule(lambda: scan(OUT, START + 3 * HOUR)) == "slot_scan_out_of_time"


@pytest.mark.usefixtures("signed")
def test_staff_show_the_code_and_nobody_else() -> None:
    showing, word = slots.code(SLOT, IN, by=GRID_MEMBER, now=START)
    assert word == token(IN, START) and showing.expires_at == START + timedelta(seconds=30)
    assert rule(lambda: slots.code(SLOT, IN, by=COURIER, now=START)) == "role_needed"
    assert rule(lambda: slots.code(SLOT, IN, by=VILLAGER, now=NOW)) == "no_code_now"


@pytest.mark.usefixtures("signed")
def test_check_points_are_passed_in_their_order_and_again_is_once() -> None:
    def stop(number: int, where: Whereabouts, at: object = START + HOUR) -> object:
        return presence.passed(SLOT, Stop(number=number, where=where), by=COURIER, now=at)  # type: ignore[arg-type]

    gate = Whereabouts(point=GATE, accuracy=5.0)
    assert rule(lambda: stop(1, HERE)) == "not_checked_in"
    scan(IN, START)
    assert rule(lambda: stop(2, gate)) == "check_point_order"
    stop(1, HERE)
    stop(1, HERE)
    stop(2, gate)
    assert rule(lambda: stop(3, gate)) == "no_such_check_point"
    assert [one.number for one in own().passings] == [1, 2]


@pytest.mark.usefixtures("signed")
def test_minutes_lie_within_the_slot_and_its_tolerance_and_are_confirmed_by_somebody_else() -> None:
    scan(IN, START - 25 * MINUTE)
    scan(OUT, START + 2 * HOUR - 5 * MINUTE)
    assert confirm().sign_up.minutes == 120
    assert confirm().sign_up == own()
    assert rule(lambda: confirm(by=VILLAGER, minutes=100, reason="x")) == "hours_confirmed"


@pytest.mark.usefixtures("signed")
def test_nobody_confirms_his_own() -> None:
    served()
    both = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.VILLAGE, VILLAGE))
    assert rule(lambda: confirm(by=both)) == "own_hours"
    assert rule(lambda: confirm(by=CENTRE)) == "role_needed"
    assert rule(lambda: confirm(by=actor("v", (Role.VILLAGE, "350211102004")))) == "not_your_area"
    assert confirm(by=NEIGHBOUR).sign_up.state is S.CONFIRMED


@pytest.mark.usefixtures("signed")
def test_other_minutes_than_the_codes_say_need_a_reason_and_none_are_beyond_the_slot() -> None:
    scan(IN, START)
    assert rule(confirm) == "minutes_needed"
    assert rule(lambda: confirm(minutes=90)) == "reason_needed"
    assert rule(lambda: confirm(minutes=121, reason="手机没电")) == "minutes_too_many"
    assert confirm(minutes=90, reason="手机没电").sign_up.minutes == 90


@pytest.mark.usefixtures("signed")
def test_before_the_end_nothing_is_confirmed_of_who_has_not_checked_out() -> None:
    assert rule(lambda: confirm(minutes=1, reason="x", now=START + HOUR)) == "slot_not_over"


@pytest.mark.usefixtures("signed")
def test_a_dispute_is_decided_by_the_centre_by_another_than_who_confirmed() -> None:
    served(length=HOUR)
    confirm(minutes=30, reason="早退")
    hours.dispute(SLOT, "我待了一小时", by=COURIER, now=START + 2 * DAY)
    assert [one.courier_id for one in hours.disputed(by=CENTRE, now=NOW, limit=9, cursor=None).sign_ups] == [COURIER.id]
    assert rule(lambda: settle(60, by=actor(GRID_MEMBER.id, (Role.CENTRE, TOWNSHIP)))) == "confirmed_it_himself"
    assert rule(lambda: settle(60, by=GRID_MEMBER)) == "role_needed"
    settle(60)
    settle(60)
    assert (own().state, own().minutes) == (S.SETTLED, 60)
    assert rule(lambda: settle(50, by=CENTRE2)) == "not_disputed"


@pytest.mark.usefixtures("signed")
def test_a_dispute_comes_within_seven_days_and_has_something_to_be_about() -> None:
    assert rule(lambda: hours.dispute(SLOT, "x", by=COURIER, now=START)) == "nothing_to_dispute"
    served()
    confirm(now=START + DAY)
    assert rule(lambda: hours.dispute(SLOT, "x", by=COURIER, now=START + 9 * DAY)) == "dispute_too_late"


@pytest.mark.usefixtures("signed")
def test_an_absence_can_be_disputed_too() -> None:
    fire(START + 2 * DAY)
    hours.dispute(SLOT, "我到了", by=COURIER, now=START + 2 * DAY)
    settle(0)
    assert own().minutes == 0 and own().state is S.SETTLED


@pytest.mark.usefixtures("signed")
def test_the_village_finds_who_waits_to_be_confirmed_until_he_is() -> None:
    served()
    found = hours.to_confirm(VILLAGE, by=GRID_MEMBER, now=NOW, limit=9, cursor=None).sign_ups
    assert [one.courier_id for one in found] == [COURIER.id]
    confirm()
    assert hours.to_confirm(VILLAGE, by=VILLAGER, now=NOW, limit=9, cursor=None).sign_ups == []
    assert rule(lambda: hours.to_confirm(VILLAGE, by=COURIER, now=NOW, limit=9, cursor=None)) == "not_your_area"


@pytest.mark.usefixtures("signed")
def test_the_roster_says_what_the_codes_say_and_masks_names() -> None:
    served()
    (found,) = slots.roster(SLOT, by=VILLAGER, now=NOW)
    assert (found.measured, found.name) == (120, "甲*******")
    assert slots.roster(SLOT, by=CENTRE, now=NOW)[0].name == "甲courier"
    assert rule(lambda: slots.roster(SLOT, by=COURIER, now=NOW)) == "role_needed"


def test_a_statement_sums_what_is_confirmed_by_kind_and_period() -> None:
    courier()
    months = [START, START + 10 * DAY, START + 40 * DAY]
    kinds = [VolunteerKind.PATROL, VolunteerKind.TRAFFIC, VolunteerKind.PATROL]
    for number, (start, kind) in enumerate(zip(months, kinds, strict=True)):
        called(terms(start=start), id=f"c{number}", of=matter(kind))
        sign_up(f"c{number}.1")
        served(f"c{number}.1", start=start)
        confirm(slot_id=f"c{number}.1", now=start + DAY)
    called(terms(start=START + 5 * HOUR), id="open")
    sign_up("open.1")
    november = hours.statement(COURIER.id, "2026-11")
    assert [(one.kind, one.times, one.minutes) for one in november.sums] == [(VolunteerKind.PATROL, 1, 120)]
    for period, minutes in {"2026-12": 120, "2026-Q4": 240, "2026": 240, "2027-01": 120, "all": 360, "2025": 0}.items():
        assert hours.statement(COURIER.id, period).minutes == minutes, period
    assert rule(lambda: hours.statement(COURIER.id, "2026-13")) == "no_such_hours_period"
