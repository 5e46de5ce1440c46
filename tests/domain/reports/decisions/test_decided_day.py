"""The committee says by when: its day stands in for the class's limit, inside bounds, and only for that order."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.falling_due import recomputed
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.running import Stage
from chalicelib.domain.reports.terms import Ruling
from tests.builders import CENTRE, COMMITTEE, COURIER, NOW, RULES, SANITATION, VILLAGER, WORKS, report
from tests.deeds import PHOTO, do, local, offered, refusal, rung

A, S = Action, Status
FRIDAY = local(11, 27, 23, 59)


def hard(kind: str = "0303", **changes: Any) -> Report:
    """A case with the committee."""
    return report(S.COORDINATING, kind=kind, department=None, **changes)


def ordered(by: datetime | None = FRIDAY, held: Report | None = None, **fields: Any) -> Report:
    said: dict[str, Any] = {"decision": Ruling.DISPATCH, "department": "D04", "text": "由市政园林牵头", "finish_by": by}
    return do(held or hard(), A.DECIDE, COMMITTEE, **(said | fields)).report


def signed(held: Report, now: datetime = NOW) -> Report:
    return do(held, A.ACCEPT, WORKS, now=now).report


def hours(held: Report) -> float:
    assert held.run
    return held.run.hours


@pytest.mark.parametrize("day", [26, 27, 30])
def test_the_departments_time_ends_on_the_day_however_soon_it_signs(day: int) -> None:
    order = ordered(local(11, day, 23, 59))
    assert order.due_at == local(11, 23, 15)  # to sign, as ever
    for at in (NOW, NOW + timedelta(hours=5)):
        assert signed(order, at).due_at == local(11, day, 18)


def test_it_may_be_shorter_or_longer_than_the_classs_limit() -> None:
    assert hours(signed(ordered(local(11, 26, 18)))) > hours(signed(ordered(None)))
    assert hours(signed(ordered(local(11, 24, 18)))) < hours(signed(ordered(None)))


def test_signed_by_default_it_ends_on_the_day_too() -> None:
    changes = rung(ordered(), local(11, 24, 9))
    assert changes[-1].report.status is S.IN_HANDLING and changes[-1].report.due_at == local(11, 27, 18)


def test_a_day_off_ends_with_the_workday_before() -> None:
    assert signed(ordered(local(11, 29, 23, 59))).due_at == local(11, 27, 18)  # a Sunday


def test_the_village_has_until_the_day() -> None:
    given = ordered(decision=Ruling.TO_VILLAGE, department=None)
    assert (given.status, given.due_at) == (S.WITH_VILLAGE, local(11, 27, 18))
    assert A.ESCALATE not in offered(given, VILLAGER), "what the committee gave it, it cannot pass on"


def test_the_history_says_the_day() -> None:
    change = do(hard(), A.DECIDE, COMMITTEE, decision=Ruling.DISPATCH, department="D04", text="a", finish_by=FRIDAY)
    assert change.details["finish_by"] == FRIDAY.isoformat()


def test_co_handlers_have_their_share_of_it() -> None:
    (part,) = ordered(co_handlers=("D03",)).parts
    assert NOW < part.due_at < local(11, 27, 18)
    assert part.hours == pytest.approx(0.8 * RULES.calendar.between(RULES.limits.of("B").clock, NOW, FRIDAY))


def test_another_order_is_measured_by_its_class_again() -> None:
    later = NOW + timedelta(minutes=5)

    def again(held: Report) -> Report:
        back = do(held, A.COORDINATE, CENTRE, text="情况有变").report
        return do(back, A.DECIDE, COMMITTEE, decision=Ruling.DISPATCH, department="D03", text="改由环卫承办").report

    moved, plain = again(ordered()), again(ordered(None))
    assert moved.finish_by is None
    assert do(moved, A.ACCEPT, SANITATION, now=later).report.due_at == (
        do(plain, A.ACCEPT, SANITATION, now=later).report.due_at
    )


def test_a_question_stops_the_clock_and_then_it_goes_on() -> None:
    asked = do(signed(ordered()), A.ASK_INFO, WORKS, text="哪一侧？").report
    later = NOW + timedelta(hours=2)
    answered = do(asked, A.SUPPLY_INFO, COURIER, text="东侧", now=later).report
    assert answered.due_at == local(11, 30, 10)  # the two hours that the clock stood still
    assert answered.finish_by == FRIDAY


def test_reopened_it_is_measured_by_its_class() -> None:
    closed = do(signed(ordered()), A.RESOLVE, WORKS, text="已修", no_photo_reason="夜间").report
    assert closed.finish_by is None
    again = do(closed, A.REOPEN, CENTRE, text="没修好", now=NOW + timedelta(hours=1))
    assert hours(again.report) == RULES.limits.of("B").hours[Stage.DEPT] / 2


def test_reclassified_the_day_stays_but_never_keeps_danger_waiting() -> None:
    held = signed(ordered(local(12, 4, 23, 59)))
    milder = do(held, A.RECLASSIFY, CENTRE, kind="0313", text="看错了").report
    assert milder.nature.klass == "C" and milder.due_at == local(12, 4, 18)
    graver = do(held, A.RECLASSIFY, CENTRE, kind="0107", text="电线落地").report
    assert graver.nature.klass == "E" and graver.due_at
    assert graver.due_at <= NOW + timedelta(hours=RULES.limits.of("E").hours[Stage.DEPT])


def test_made_safe_the_repair_has_the_limit_of_its_own_class() -> None:
    danger = report(S.COORDINATING, kind="0107", department=None)
    held = signed(ordered(NOW + timedelta(hours=12), danger))
    safe = do(held, A.MAKE_SAFE, WORKS, text="已断电", after_photos=PHOTO, now=NOW + timedelta(hours=1)).report
    repair = do(safe, A.RECLASSIFY, CENTRE, klass="D", text="更换线路", now=NOW + timedelta(hours=2)).report
    assert hours(repair) == RULES.limits.of("D").hours[Stage.DEPT] and repair.finish_by is None


@pytest.mark.parametrize(
    ("held", "fields", "rule"),
    [
        (hard(), {"finish_by": local(11, 23, 18)}, "decided_day_too_soon"),
        (hard(), {"finish_by": local(11, 20, 18)}, "decided_day_too_soon"),
        (hard(), {"finish_by": local(11, 23, 18, year=2027)}, "decided_day_too_late"),
        (hard("0107"), {"finish_by": NOW + timedelta(days=3)}, "decided_day_urgent"),
        (hard(), {"decision": Ruling.CLOSE_UNSOLVED, "finish_by": FRIDAY}, "decided_day_for_orders"),
        (hard(), {"decision": Ruling.SUSPEND, "plan": "春后", "finish_by": FRIDAY}, "decided_day_for_orders"),
    ],
)
def test_a_day_out_of_bounds_is_refused(held: Report, fields: dict[str, Any], rule: str) -> None:
    said = {"decision": Ruling.DISPATCH, "department": "D04", "text": "a"} | fields
    assert refusal(held, A.DECIDE, COMMITTEE, **said)[1] == rule


def test_what_was_promised_to_the_reporter_stays() -> None:
    assert ordered(local(12, 31, 18)).promised_at == ordered(None).promised_at


def test_a_new_calendar_moves_nothing_that_it_does_not_change() -> None:
    assert recomputed(signed(ordered()), now=NOW, rules=RULES) is None


def test_a_day_that_has_passed_when_the_stage_begins_counts_no_more() -> None:
    late = clockwork.run(ordered(), since=local(12, 1, 9), rules=RULES, stage=Stage.DEPT)
    assert late.hours == RULES.limits.of("B").hours[Stage.DEPT]
