"""A co-handler's part: taken on, returned, filed, late."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.model import Role
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.running import PartState
from chalicelib.domain.reports.terms import ReturnReason
from tests.builders import CENTRE, GRID_MEMBER, NOW, SANITATION, VILLAGER, WORKS, actor, report
from tests.deeds import CIVIL, PHOTO, Fields, dispatched, do, handled, local, offered, refusal, rung

S, A, P = Status, Action, PartState
TICK = timedelta(microseconds=1)
PARTS = (A.ACCEPT_PART, A.RETURN_PART, A.FILE_PART)
BOTH = actor("both", (Role.DEPARTMENT, "D03"), (Role.DEPARTMENT, "D10"))


def test_a_part_is_due_at_four_fifths_of_the_leads_limit() -> None:
    part = dispatched("D04", "D03").parts[0]
    assert (part.since, part.due_at) == (NOW, local(11, 25, 14, 12))  # 19.2 hours: seven, eight, four and a fifth
    assert part.return_by == local(11, 23, 15)  # four hours, like the lead's


@pytest.mark.parametrize("action", PARTS)
def test_a_part_is_done_while_a_department_leads_and_moves_nothing_of_the_leads(action: Action) -> None:
    for held in (dispatched("D04", "D03"), handled("D03")):
        after = do(held, action, SANITATION, text="x").report
        assert (after.status, after.run, after.due_at, after.holder) == (
            held.status,
            held.run,
            held.due_at,
            held.holder,
        )
        assert action in offered(held, SANITATION) and action not in offered(held, CIVIL)


def test_a_part_is_signed_once_filed_once_and_says_something() -> None:
    signed = do(handled("D03"), A.ACCEPT_PART, SANITATION).report
    assert refusal(signed, A.ACCEPT_PART, SANITATION) == (Conflict, "part_signed_before")
    assert refusal(signed, A.FILE_PART, SANITATION) == (Invalid, "text_needed")
    change = do(signed, A.FILE_PART, SANITATION, text="已清扫", after_photos=PHOTO)
    assert (change.report.parts[0].state, change.report.parts[0].result) == (P.FILED, "已清扫")
    assert change.details == {"department": "D03", "late": False, "after_photos": list(PHOTO)}
    for action in PARTS:
        assert refusal(change.report, action, SANITATION, text="x") == (IllegalAction, "part_is_done")
        assert action not in offered(change.report, SANITATION)


def test_a_part_is_returned_within_the_accept_window_with_a_reason() -> None:
    held, last = handled("D03"), local(11, 23, 15)
    assert do(held, A.RETURN_PART, SANITATION, text="非我所", now=last).report.parts[0].state is P.RETURNED
    late: Fields = {"text": "x", "now": last + TICK}
    assert refusal(held, A.RETURN_PART, SANITATION, **late) == (Conflict, "part_window_over")
    assert A.RETURN_PART not in offered(held, SANITATION, last + TICK)
    assert refusal(held, A.RETURN_PART, SANITATION) == (Invalid, "reason_needed")


def test_a_part_is_returned_once() -> None:
    back = do(handled("D03"), A.RETURN_PART, SANITATION, text="x").report
    again = do(back, A.REASSIGN, CENTRE, department="D02", co_handlers=("D03",), text="仍需协办").report
    assert again.parts[0].binding and again.parts[0].state is P.OPEN
    assert refusal(again, A.RETURN_PART, SANITATION, text="x") == (Conflict, "part_returned_once")
    assert do(again, A.FILE_PART, SANITATION, text="x").report.parts[0].state is P.FILED


def test_it_freezes_when_the_lead_returns_and_keeps_what_is_filed() -> None:
    held = do(dispatched("D04", "D03", "D10"), A.FILE_PART, SANITATION, text="已清扫").report
    back = do(held, A.RETURN, WORKS, return_reason=ReturnReason.NOT_OURS, text="x").report
    assert back.parts == held.parts
    assert refusal(back, A.FILE_PART, CIVIL, text="x") == (IllegalAction, "no_such_step")
    assert "part_late" not in [change.details["effect"] for change in rung(back, local(12, 31))]
    again = do(back, A.DISPATCH, CENTRE, department="D02", co_handlers=("D10",), now=local(11, 24, 9)).report
    assert {part.department: part.state for part in again.parts} == {"D10": P.OPEN, "D03": P.FILED}
    assert again.parts[0].since == local(11, 24, 9)


def test_filed_late_it_counts_for_the_helper() -> None:
    held = handled("D03")
    due_at = held.parts[0].due_at
    assert not do(held, A.FILE_PART, SANITATION, text="x", now=due_at).report.parts[0].late
    change = do(held, A.FILE_PART, SANITATION, text="x", now=due_at + TICK)
    assert change.report.parts[0].late and change.details["late"] is True
    signed_late = do(held, A.ACCEPT_PART, SANITATION, now=due_at + TICK)
    assert signed_late.details["late"] is True
    assert do(held, A.ACCEPT_PART, SANITATION, now=due_at).details["late"] is False
    known = rung(held, due_at)[-1].report
    assert do(known, A.ACCEPT_PART, SANITATION, now=due_at).details["late"] is True


def test_the_village_helps_like_any_other_body() -> None:
    held = dispatched("D04", "V")
    assert do(held, A.FILE_PART, VILLAGER, text="已疏导").report.parts[0].state is P.FILED
    assert refusal(held, A.FILE_PART, GRID_MEMBER, text="x") == (Forbidden, "not_your_part")


def test_who_speaks_for_two_bodies_names_one_or_does_what_is_left() -> None:
    held = handled("D03", "D10")
    second = do(held, A.FILE_PART, BOTH, text="x", department="D10").report
    assert [part.state for part in second.parts] == [P.OPEN, P.FILED]
    assert A.FILE_PART in offered(held, BOTH)
    assert refusal(held, A.FILE_PART, BOTH, text="x") == (Invalid, "department_needed")
    assert [part.state for part in do(second, A.FILE_PART, BOTH, text="x").report.parts] == [P.FILED, P.FILED]


def test_nobody_does_anothers_part() -> None:
    for by in (WORKS, CENTRE, CIVIL):
        assert refusal(handled("D03"), A.FILE_PART, by, text="x") == (Forbidden, "not_your_part")
    assert refusal(handled("D03", "D10"), A.FILE_PART, CIVIL, text="x", department="D03") == (
        Forbidden,
        "not_your_part",
    )


def test_what_a_helper_owes_begins_anew_when_the_matter_is_reopened() -> None:
    held = do(handled("D03"), A.RESOLVE, WORKS, text="x", after_photos=PHOTO, overrule="先行处理").report
    later = local(12, 2, 9)
    back = do(held, A.REOPEN, GRID_MEMBER, text="没修好", now=later).report
    (part,) = back.parts
    assert (part.state, part.since, part.late) == (P.OPEN, later, False)
    assert back.run and part.hours == pytest.approx(back.run.hours * 0.8)  # 80 % of the halved limit
    assert rung(back, later) == []


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        (A.REASSIGN, {"department": "D18", "text": "x"}),
        (A.COORDINATE, {"text": "x"}),
        (A.CANCEL, {"text": "x"}),
        (A.RECLASSIFY, {"kind": "0902", "text": "x"}),
    ],
)
def test_it_is_said_whose_part_is_taken_away(action: Action, fields: Fields) -> None:
    held = do(handled("D03", "D10"), A.FILE_PART, CIVIL, text="x").report
    assert do(held, action, CENTRE, **fields).details["released"] == ["D03"]
    assert "released" not in do(held, A.URGE, CENTRE, text="x").details


def test_whose_part_waits_is_told_when_the_matter_comes_to_the_centre() -> None:
    held = do(handled("D03"), A.SUSPEND, CENTRE, text="等料", plan="x").report
    urgent = do(held, A.RECLASSIFY, CENTRE, kind="0302", text="x")
    assert (urgent.report.status, urgent.details["released"]) == (Status.WITH_CENTRE, ["D03"])
    milder = do(held, A.RECLASSIFY, CENTRE, kind="0313", text="x")
    assert "released" not in milder.details


def test_the_lead_resolves_when_the_parts_are_in_or_says_why_it_does_without_them() -> None:
    held = handled("D03", "D10")
    assert refusal(held, A.RESOLVE, WORKS, text="x", after_photos=PHOTO) == (Conflict, "parts_missing")
    one_in = do(held, A.FILE_PART, SANITATION, text="已清扫").report
    assert refusal(one_in, A.RESOLVE, WORKS, text="x", after_photos=PHOTO) == (Conflict, "parts_missing")
    change = do(one_in, A.RESOLVE, WORKS, text="x", after_photos=PHOTO, overrule="已一并处理")
    assert change.report.status is S.RESOLVED
    assert [part.state for part in change.report.parts] == [P.FILED, P.OVERRULED]
    assert (change.details["overrule"], change.details["released"]) == ("已一并处理", ["D10"])
    both = do(one_in, A.FILE_PART, CIVIL, text="已走访").report
    assert do(both, A.RESOLVE, WORKS, text="x", after_photos=PHOTO).report.status is S.RESOLVED


def test_a_part_that_was_late_before_it_was_overruled_stays_late() -> None:
    held = handled("D03")
    later = held.parts[0].due_at + timedelta(minutes=1)
    after = do(held, A.RESOLVE, WORKS, text="x", after_photos=PHOTO, overrule="不再等", now=later).report
    assert after.parts[0].late


def test_who_helps_the_village_has_a_part_inside_the_villages_time() -> None:
    held = do(report(S.WITH_CENTRE), A.DISPATCH, CENTRE, department="V", co_handlers=("D03",)).report
    (part,) = held.parts
    assert held.run and part.hours == pytest.approx(held.run.hours * 0.8) and part.due_at < (held.due_at or part.due_at)
    assert refusal(held, A.RESOLVE, VILLAGER, text="x", after_photos=PHOTO) == (Conflict, "parts_missing")
    filed = do(held, A.FILE_PART, SANITATION, text="已清扫").report
    assert do(filed, A.RESOLVE, VILLAGER, text="x", after_photos=PHOTO).report.status is S.RESOLVED


def test_the_centre_calls_in_another_helper_and_the_lead_and_its_time_stay() -> None:
    held = handled("D03")
    later = local(11, 24, 9)
    change = do(held, A.CALL_IN, CENTRE, co_handlers=("D10",), text="请协助走访", now=later)
    after = change.report
    assert (after.department, after.due_at, after.co_handlers) == ("D04", held.due_at, ("D03", "D10"))
    assert after.due_at and later < after.parts[1].due_at < after.due_at
    assert change.details["co_handlers"] == ["D10"]
    assert refusal(after, A.CALL_IN, CENTRE, co_handlers=("D10",)) == (Conflict, "helps_already")
    assert refusal(after, A.CALL_IN, CENTRE, co_handlers=("D04",)) == (Invalid, "co_handler_twice")
    assert refusal(after, A.CALL_IN, CENTRE) == (Invalid, "co_handlers_needed")
    assert refusal(after, A.CALL_IN, WORKS, co_handlers=("D02",)) == (Forbidden, "not_your_part")


def test_a_part_that_was_returned_goes_to_another_body_or_is_insisted_on() -> None:
    back = do(dispatched("D04", "D03"), A.RETURN_PART, SANITATION, text="非我所").report
    other = do(back, A.CALL_IN, CENTRE, co_handlers=("D10",)).report
    assert {part.department: part.state for part in other.parts} == {"D03": P.RETURNED, "D10": P.OPEN}
    again = do(back, A.CALL_IN, CENTRE, co_handlers=("D03",)).report
    assert again.parts[0].binding
    assert refusal(again, A.RETURN_PART, SANITATION, text="x") == (Conflict, "part_returned_once")


def test_who_is_called_in_when_the_lead_is_late_has_time_to_sign_at_least() -> None:
    held = handled()
    assert held.due_at
    late = held.due_at + timedelta(days=3)
    (part,) = do(held, A.CALL_IN, CENTRE, co_handlers=("D03",), now=late).report.parts
    assert part.due_at > late


def test_who_is_left_out_when_the_lead_has_given_it_back_hears_so() -> None:
    back = do(dispatched("D04", "D03"), A.RETURN, WORKS, return_reason=ReturnReason.NOT_OURS, text="x").report
    assert do(back, A.DISPATCH, CENTRE, department="D01").details["released"] == ["D03"]
    assert "released" not in do(back, A.DISPATCH, CENTRE, department="D01", co_handlers=("D03",)).details


def test_no_village_helps_where_there_is_none() -> None:
    held = report(S.WITH_CENTRE)
    outside = replace(held, place=replace(held.place, village=None, grid=None))
    assert refusal(outside, A.DISPATCH, CENTRE, department="D04", co_handlers=("V",)) == (Conflict, "no_village_there")
