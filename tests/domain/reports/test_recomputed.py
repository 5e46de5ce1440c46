"""A year's holidays are announced: open deadlines are computed anew, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.reports.falling_due import recomputed
from chalicelib.domain.reports.model import ENDED, Action, Report, Status
from tests.builders import COURIER, GRID_MEMBER, RULES, WORKS, report
from tests.deeds import Fields, do, handled, local, rung

S, A = Status, Action
NEW_YEAR = frozenset(date(2027, 1, day).toordinal() for day in (1, 4, 5))  # Friday, Monday, Tuesday
CALENDAR = RULES.calendar
ANNOUNCED = replace(
    RULES, calendar=replace(CALENDAR, announced=CALENDAR.announced | {2027}, off=CALENDAR.off | NEW_YEAR)
)
EVE = local(12, 30, 8)  # Wednesday: sixteen working hours before the year ends


def test_an_open_deadline_moves_with_the_holidays_and_is_no_longer_provisional() -> None:
    held = handled(now=EVE)
    assert (held.due_at, held.provisional) == (local(1, 1, 18, year=2027), True)
    change = recomputed(held, now=EVE, rules=ANNOUNCED)
    assert change and (change.action, change.as_role) == (A.RECOMPUTE, "timer")
    after = change.report
    assert (after.due_at, after.provisional) == (local(1, 6, 18, year=2027), False)
    assert (after.run, after.holder, after.entered_at) == (held.run, held.holder, held.entered_at)
    assert change.details == {
        "before": local(1, 1, 18, year=2027).isoformat(),
        "due_at": local(1, 6, 18, year=2027).isoformat(),
    }
    assert not change.internal and after.promised_at != held.promised_at and after.version == held.version + 1


def test_what_stays_is_not_told() -> None:
    assert recomputed(handled(), now=EVE, rules=ANNOUNCED) is None  # due in November
    assert recomputed(handled(now=EVE), now=EVE, rules=RULES) is None


@pytest.mark.parametrize("status", sorted(ENDED))
def test_what_has_ended_is_left_alone(status: Status) -> None:
    assert recomputed(report(status), now=EVE, rules=ANNOUNCED) is None


def test_done_twice_it_is_told_once() -> None:
    once = recomputed(handled(now=EVE), now=EVE, rules=ANNOUNCED)
    assert once and recomputed(once.report, now=EVE, rules=ANNOUNCED) is None


def test_a_rung_that_has_acted_does_not_act_again() -> None:
    held = rung(handled(now=EVE), local(12, 31, 18))[-1].report
    assert held.run and held.run.fired == 50
    after = recomputed(held, now=EVE, rules=ANNOUNCED)
    assert after and after.report.run == held.run
    assert rung(after.report, local(12, 31, 18), ANNOUNCED) == []


def test_a_helpers_part_and_the_answer_to_a_request_move_as_well() -> None:
    late = local(12, 31, 17)  # an hour before the year ends
    asked = do(handled("D03", now=late), A.REQUEST_REASSIGN, WORKS, text="x", now=late).report
    assert asked.request and asked.request.due_at == local(1, 1, 9, year=2027)
    assert asked.parts[0].return_by == local(1, 1, 11, year=2027)
    change = recomputed(asked, now=late, rules=ANNOUNCED)
    assert change and change.report.request and change.report.request.due_at == local(1, 6, 9, year=2027)
    part = change.report.parts[0]
    # 19.2 hours: one, eight on 6 and on 7 January, and two and a fifth
    assert (part.return_by, part.due_at) == (local(1, 6, 11, year=2027), local(1, 8, 10, 12, year=2027))


def test_an_extension_is_answered_by_the_new_deadline() -> None:
    more: Fields = {"hours": 8.0, "text": "x"}
    held = do(handled(now=EVE), A.REQUEST_EXTENSION, WORKS, now=EVE, **more).report
    change = recomputed(held, now=EVE, rules=ANNOUNCED)
    assert change and change.report.request
    assert change.report.request.due_at == change.report.due_at == local(1, 6, 18, year=2027)


def test_what_waits_for_an_answer_finds_its_remainder_among_the_new_holidays() -> None:
    begun = report(entered_at=local(12, 31, 17), created_at=local(12, 31, 17))
    asked = do(begun, A.ASK_INFO, GRID_MEMBER, text="?", now=local(12, 31, 17)).report
    waiting = recomputed(asked, now=EVE, rules=ANNOUNCED)
    assert waiting and waiting.report.due_at == local(1, 6, 17, year=2027)
    back: Report = do(
        waiting.report, A.SUPPLY_INFO, COURIER, text="x", now=local(1, 4, 9, year=2027), rules=ANNOUNCED
    ).report
    assert back.due_at == local(1, 6, 12, year=2027)  # four hours
