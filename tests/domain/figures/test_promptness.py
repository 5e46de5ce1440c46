"""In time or not: the first answer to the reporter, and the handling by each body that has the report to do."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.reports.commands import Around
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.terms import Outcome, RejectReason, ReturnReason, Ruling, Service
from tests.builders import CENTRE, COMMITTEE, COURIER, GRID_MEMBER, NOW, SANITATION, WORKS, report
from tests.counting import columns
from tests.deeds import PHOTO, PROXY
from tests.lives import HOUR, Life

A, S = Action, Status


def response(life: Life) -> tuple[Any, Any]:
    return life.columns.get("due"), life.columns.get("responded")


def on_time(life: Life) -> dict[str, list[tuple[str, str]]]:
    return {name: where for name, where in life.columns.items() if name in ("on_time", "late", "overdue")}


def test_who_is_answered_in_time_is_due_and_responded_on_the_deadlines_day() -> None:
    life = Life()
    assert response(life) == (None, None), "nothing is due yet"
    due = life.due()
    assert response(life.verified(due)) == ([("11-23", "C")], [("11-23", "C")])


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        (A.REJECT, {"reason": RejectReason.NOT_FOUND}),
        (A.ASK_INFO, {"text": "在哪里？"}),
        (A.COMMENT, {"text": "收到，马上去看"}),
    ],
)
def test_any_word_of_staff_to_the_reporter_is_an_answer(action: Action, fields: Any) -> None:
    assert response(Life().does(action, GRID_MEMBER, **fields))[1] == [("11-23", "V")]


def test_what_the_reporter_is_not_told_is_none() -> None:
    assert response(Life().does(A.COMMENT, GRID_MEMBER, text="内部", internal=True)) == (None, None)
    assert response(Life().does(A.CLAIM, GRID_MEMBER)) == (None, None)
    assert response(Life().does(A.ADD_INFO, COURIER, text="还在")) == (None, None)
    assert response(Life().does(A.WITHDRAW, COURIER)) == (None, None), "nobody waits any more"


def test_who_is_not_answered_in_time_is_due_from_the_deadline_on_and_stays_so() -> None:
    life = Life()
    due = life.due()
    assert response(life.rings(due)) == ([("11-23", "V")], None)
    assert response(life.verified(due + HOUR)) == ([("11-23", "V")], None)


def test_an_answer_a_moment_late_needs_no_bell() -> None:
    life = Life()
    assert response(life.verified(life.due() + timedelta(seconds=1))) == ([("11-23", "V")], None)


def test_a_department_is_on_time_by_its_own_deadline_and_on_its_day() -> None:
    life = Life().handled()
    due = life.due()
    assert on_time(life) == {}, "passing it on in time is no merit"
    assert on_time(life.resolved(now=due)) == {"on_time": [("11-26", "D04")]}


def test_what_is_overdue_counts_at_once_and_is_late_once_it_is_done() -> None:
    life = Life().handled()
    due = life.due()
    assert on_time(life.rings(due)) == {"overdue": [("11-26", "D04")]}
    assert on_time(life.resolved(now=due + 30 * HOUR)) == {"late": [("11-26", "D04")]}


def test_a_village_that_lets_it_lapse_is_late_though_it_has_it_no_more() -> None:
    life = Life().verified(outcome=Outcome.TO_VILLAGE)
    due = life.due()
    life.rings(due)
    assert life.report.status is S.WITH_CENTRE and on_time(life) == {"late": [("11-25", "V")]}
    life.dispatched(due).does(A.ACCEPT, WORKS, due)
    assert on_time(life.resolved(now=due)) == {"late": [("11-25", "V")], "on_time": [("11-30", "D04")]}


def test_the_centre_and_the_committee_are_overdue_with_what_they_let_lie() -> None:
    life = Life().verified()
    due = life.due()
    assert on_time(life.rings(due)) == {"overdue": [("11-23", "C")]}
    life.does(A.COORDINATE, CENTRE, due, text="难")
    assert on_time(life) == {"late": [("11-23", "C")]}
    due = life.due()
    assert on_time(life.rings(due)) == {"late": [("11-23", "C")], "overdue": [("11-25", "committee")]}
    life.does(A.DECIDE, COMMITTEE, due, decision=Ruling.CLOSE_UNSOLVED, text="暂无办法")
    assert on_time(life)["late"] == [("11-23", "C"), ("11-25", "committee")]


def test_solved_on_the_spot_is_on_time_for_the_village_and_gone_already_for_nobody() -> None:
    assert on_time(Life().verified(outcome=Outcome.SOLVED_ON_SPOT)) == {"on_time": [("11-23", "V")]}
    gone = Life().verified(outcome=Outcome.ALREADY_GONE)
    assert on_time(gone) == {} and gone.columns["already_gone"] == [("11-23", "V")]


def test_passed_on_to_another_service_is_done() -> None:
    life = Life().verified().does(A.TRANSFER, CENTRE, service=Service.HOTLINE, number="7")
    assert on_time(life) == {"on_time": [("11-23", "C")]}


def test_a_question_to_the_reporter_stops_the_time() -> None:
    life = Life().handled()
    life.does(A.ASK_INFO, WORKS, NOW + HOUR, text="哪一侧？").does(A.SUPPLY_INFO, COURIER, NOW + 3 * HOUR, text="东侧")
    assert on_time(life.resolved(now=life.due()))["on_time"]


def test_who_takes_over_has_a_turn_of_his_own() -> None:
    life = Life().handled()
    due = life.due()
    life.rings(due).does(A.REASSIGN, CENTRE, due, department="D03", text="换人")
    assert on_time(life) == {"late": [("11-26", "D04")]}
    life.does(A.ACCEPT, SANITATION, due).resolved(SANITATION, due)
    assert on_time(life)["on_time"] == [("12-01", "D03")]


def test_a_breach_stays_where_the_deadline_is_moved_afterwards() -> None:
    life = Life().handled()
    due = life.due()
    life.rings(due).does(A.RECLASSIFY, CENTRE, due + HOUR, kind="0404", text="是另一类")
    assert life.due() > due + HOUR
    assert on_time(life.resolved(now=due + 2 * HOUR)) == {"late": [("11-26", "D04")]}


def test_done_in_time_is_in_time_however_late_the_centre_records_it() -> None:
    life = Life("0101").verified().dispatched(department="D06")
    life.does(A.ACCEPT, CENTRE, NOW, proxy=PROXY)
    due = life.due()
    life.rings(due)
    assert set(on_time(life)) == {"overdue"}
    life.resolved(CENTRE, due + HOUR, proxy=replace(PROXY, at=due - HOUR))
    assert set(on_time(life)) == {"on_time"} and life.columns["recorded"]


def test_made_safe_meets_the_urgent_limit_and_the_repair_has_one_of_its_own() -> None:
    life = Life("0101").verified().dispatched().does(A.ACCEPT, WORKS)
    due = life.due()
    life.does(A.MAKE_SAFE, WORKS, due, text="已围挡", after_photos=PHOTO)
    assert life.columns["made_safe"] == life.columns["safe_in_time"] == on_time(life)["on_time"]
    life.rings(life.due())
    assert [body for _, body in on_time(life)["overdue"]] == ["C"], "the centre is to name the class"
    life.does(A.RECLASSIFY, CENTRE, life.due() + HOUR, klass="B", text="修复")
    repaired = life.resolved(now=life.due())
    assert [body for _, body in on_time(repaired)["on_time"]] == ["D04", "D04"] and "overdue" not in on_time(repaired)


def test_what_is_merged_leaves_the_overdue_and_comes_back_to_them() -> None:
    life = Life().handled()
    due = life.due()
    life.rings(due).does(A.MERGE, CENTRE, due, around=Around(main=report(id="main")))
    assert on_time(life) == {"late": [("11-26", "D04")]}
    life.does(A.UNMERGE, CENTRE, due + HOUR, text="不是同一处")
    assert on_time(life) == {"overdue": [("11-26", "D04")]}
    assert on_time(life.resolved(now=due + 2 * HOUR)) == {"late": [("11-26", "D04")]}


def test_signed_by_default_and_returned_count_for_the_department() -> None:
    life = Life().verified().dispatched()
    life.rings(life.due())
    assert life.columns["unsigned"] == [("11-23", "D04")] and on_time(life) == {}
    other = Life().verified().dispatched()
    other.does(A.RETURN, WORKS, return_reason=ReturnReason.NOT_OURS, text="不归我们管")
    assert other.columns["returned"] == [("11-23", "D04")] and on_time(other) == {}


def test_lines_that_do_not_name_their_stage_are_read_by_their_status() -> None:
    life = Life().handled()
    due = life.due()
    life.rings(due).resolved(now=due + HOUR)
    old = [
        replace(line, standing=replace(line.standing, stage=None), was=line.was and replace(line.was, stage=None))
        for line in life.lines
    ]
    assert columns(old) == life.columns
