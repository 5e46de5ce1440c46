"""The centre sorts: to a department, the village, the committee, elsewhere; merges and takes back."""

from dataclasses import replace
from functools import partial

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.running import PartState, Returned
from chalicelib.domain.reports.terms import RejectReason, ReturnReason, Service
from tests.builders import (
    CENTRE,
    COMMITTEE,
    COURIER,
    GRID_MEMBER,
    SANITATION,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    WORKS,
    report,
)
from tests.deeds import PHOTO, Fields, dispatched, do, handled, local, offered, refusal

S, A = Status, Action
POLICE: Fields = {"service": Service.POLICE, "number": "3502110001"}


def returned(held: Report, *departments: str) -> Report:
    back = partial(Returned, reason=ReturnReason.NOT_OURS, text="非我所", at=held.created_at)
    return replace(held, returns=tuple(back(department=code) for code in departments))


def test_only_danger_to_life_is_dispatched_unverified_and_only_by_the_centre() -> None:
    for status, department in ((S.DISPATCHED, "D04"), (S.WITH_VILLAGE, "V")):
        assert do(report(kind="0301"), A.DISPATCH, CENTRE, department=department).report.status is status
    assert refusal(report(kind="0302"), A.DISPATCH, CENTRE, department="D04") == (
        IllegalAction,
        "dispatch_after_verification",
    )
    assert A.DISPATCH not in offered(report(kind="0302"), CENTRE) and A.DISPATCH in offered(report(kind="0301"), CENTRE)
    assert refusal(report(S.WITH_CENTRE), A.DISPATCH, COMMITTEE, department="D04") == (Forbidden, "not_your_part")


def test_an_order_goes_to_bodies_that_there_are() -> None:
    held = report(S.WITH_CENTRE)
    assert refusal(held, A.DISPATCH, CENTRE, department="D04", co_handlers=("D99",)) == (Invalid, "unknown_department")
    assert refusal(held, A.DISPATCH, CENTRE, department="D04", co_handlers=("C",)) == (Invalid, "unknown_department")
    twice: Fields = {"department": "D04", "co_handlers": ("D03", "D03")}
    assert refusal(held, A.DISPATCH, CENTRE, **twice) == (Invalid, "co_handler_twice")


def test_bodies_without_an_account_are_recorded_for() -> None:
    held = dispatched("D06", "D07", "D03", kind="0104")
    assert held.proxied and [part.proxied for part in held.parts] == [True, False]
    assert not dispatched("D09").proxied  # vertical, but with accounts


def test_reassigned_another_body_signs_anew_and_the_old_ones_time_stands_in_the_history() -> None:
    now = local(11, 24, 9)  # eight working hours later
    change = do(handled(), A.REASSIGN, CENTRE, department="D03", text="归环卫", now=now)
    after = change.report
    assert (after.status, after.holder) == (S.DISPATCHED, Post(Role.DEPARTMENT, "D03"))
    assert after.due_at == local(11, 24, 15)  # four hours to sign
    assert (change.details["before"], change.details["held_hours"]) == ("D04", 8)
    assert do(dispatched(), A.REASSIGN, CENTRE, department="D03", text="x").report.due_at == dispatched().due_at


def test_a_reassignment_names_another_body_and_says_why() -> None:
    held = handled()
    assert refusal(held, A.REASSIGN, CENTRE, department="D04", text="x") == (Invalid, "same_department")
    assert refusal(held, A.REASSIGN, CENTRE, department="D03") == (Invalid, "reason_needed")
    assert refusal(held, A.REASSIGN, CENTRE, text="x") == (Invalid, "department_needed")
    assert refusal(held, A.REASSIGN, CENTRE, department="V", text="x") == (Invalid, "unknown_department")
    assert refusal(held, A.REASSIGN, WORKS, department="D03", text="x") == (Forbidden, "not_your_part")


def test_after_two_returns_the_assignment_is_final_for_a_body_of_the_town() -> None:
    once = do(returned(report(S.WITH_CENTRE), "D03"), A.DISPATCH, CENTRE, department="D04")
    assert not once.report.binding and once.details["final"] is False
    twice = do(returned(report(S.WITH_CENTRE), "D03", "D02"), A.DISPATCH, CENTRE, department="D04")
    assert twice.report.binding and twice.details["final"] is True
    village = do(returned(report(S.WITH_CENTRE), "D03", "D02"), A.DISPATCH, CENTRE, department="V").report
    assert village.binding and refusal(village, A.ESCALATE, VILLAGER, text="x") == (Conflict, "assignment_is_final")


@pytest.mark.parametrize("code", ["D06", "D09", "D18"])
def test_a_vertical_body_gets_the_committees_letter_or_it_is_transferred_or_coordinated(code: str) -> None:
    held = returned(report(S.WITH_CENTRE), "D03", "D02")
    assert refusal(held, A.DISPATCH, CENTRE, department=code) == (Conflict, "vertical_needs_letter")
    change = do(held, A.DISPATCH, CENTRE, department=code, letter="镇委函〔2026〕3号")
    assert change.details["letter"] == "镇委函〔2026〕3号" and not change.report.binding  # a town cannot bind it
    assert {A.TRANSFER, A.COORDINATE} <= set(offered(held, CENTRE))


def test_with_another_lead_what_a_helper_filed_is_kept_and_the_rest_begins_anew() -> None:
    held = do(dispatched("D04", "D03", "D10"), A.FILE_PART, SANITATION, text="已清扫").report
    after = do(held, A.REASSIGN, CENTRE, department="D02", co_handlers=("D10", "D03"), text="x").report
    assert [(part.department, part.state) for part in after.parts] == [
        ("D10", PartState.OPEN),
        ("D03", PartState.FILED),
    ]
    unnamed = do(held, A.REASSIGN, CENTRE, department="D02", text="x").report
    assert [(part.department, part.result) for part in unnamed.parts] == [("D03", "已清扫")]


def test_back_to_the_village_once() -> None:
    held = do(report(S.WITH_VILLAGE), A.ESCALATE, VILLAGER, text="没有经费").report
    assert held.status is S.WITH_CENTRE
    back = do(held, A.RETURN_TO_VILLAGE, CENTRE, text="经费已批").report
    assert (back.holder, back.department) == (Post(Role.VILLAGE, VILLAGE), None)
    again = do(back, A.ESCALATE, VILLAGER, text="x").report
    assert refusal(again, A.RETURN_TO_VILLAGE, CENTRE, text="x") == (Conflict, "returned_to_village_before")
    assert A.RETURN_TO_VILLAGE not in offered(again, CENTRE)
    assert refusal(held, A.RETURN_TO_VILLAGE, CENTRE) == (Invalid, "reason_needed")
    nowhere = replace(held, place=replace(held.place, grid=None, village=None))
    assert refusal(nowhere, A.RETURN_TO_VILLAGE, CENTRE, text="x") == (Conflict, "no_village_there")


def test_the_village_says_why_it_escalates() -> None:
    assert refusal(report(S.WITH_VILLAGE), A.ESCALATE, VILLAGER) == (Invalid, "reason_needed")
    assert refusal(report(S.WITH_VILLAGE), A.ESCALATE, CENTRE, text="x") == (Forbidden, "not_your_part")


def test_the_centre_answers_what_it_leads_and_another_person_checks_it() -> None:
    held = report(S.WITH_CENTRE, kind="1204")
    after = do(held, A.ANSWER, CENTRE, text="政策如下").report
    assert (after.status, after.resolved_by) == (S.RESOLVED, CENTRE.id)
    assert refusal(after, A.CONFIRM, CENTRE) == (Forbidden, "recheck_by_another")
    assert refusal(held, A.ANSWER, CENTRE) == (Invalid, "answer_needed")
    assert refusal(report(S.WITH_CENTRE), A.ANSWER, CENTRE, text="x") == (IllegalAction, "answer_centre_led_only")


@pytest.mark.parametrize("status", [S.WITH_CENTRE, S.DISPATCHED, S.IN_HANDLING, S.SUSPENDED])
def test_the_centre_hands_hard_cases_to_the_committee(status: Status) -> None:
    after = do(report(status), A.COORDINATE, CENTRE, text="多头").report
    assert (after.status, after.holder) == (S.COORDINATING, Post(Role.COMMITTEE, TOWNSHIP))
    assert refusal(report(status), A.COORDINATE, CENTRE) == (Invalid, "reason_needed")


@pytest.mark.parametrize(
    "status",
    [
        S.SUBMITTED,
        S.NEEDS_INFO,
        S.WITH_VILLAGE,
        S.WITH_CENTRE,
        S.COORDINATING,
        S.DISPATCHED,
        S.IN_HANDLING,
        S.SUSPENDED,
    ],
)
def test_the_centre_withdraws_it_and_says_why(status: Status) -> None:
    assert do(report(status), A.CANCEL, CENTRE, text="重复建档").report.status is S.WITHDRAWN
    assert refusal(report(status), A.CANCEL, CENTRE) == (Invalid, "reason_needed")


def test_nothing_is_done_to_what_was_made_safe_before_its_class_is_set() -> None:
    held = do(handled(kind="0301"), A.MAKE_SAFE, WORKS, text="已围挡", after_photos=PHOTO).report
    first = (Conflict, "class_first")
    assert refusal(held, A.REASSIGN, CENTRE, department="D03", text="x") == first
    assert refusal(held, A.COORDINATE, CENTRE, text="x") == first
    assert refusal(held, A.RESOLVE, WORKS, text="x", after_photos=PHOTO) == first
    assert not {A.REASSIGN, A.COORDINATE, A.RESOLVE} & {*offered(held, CENTRE), *offered(held, WORKS)}


def test_objected_to_it_may_be_sorted_like_any_other() -> None:
    rejected = do(report(), A.REJECT, GRID_MEMBER, reason=RejectReason.NOT_FOUND).report
    held = do(rejected, A.OBJECT, COURIER, text="还在").report
    assert do(held, A.DISPATCH, CENTRE, department="D04").report.status is S.DISPATCHED


def asked(kind: str, status: Status = S.SUBMITTED) -> Report:
    """A report whose reporter was asked for more."""
    return do(report(status, kind=kind), A.ASK_INFO, CENTRE, text="哪一栋？").report


def test_danger_to_life_waits_for_no_answer() -> None:
    sent = do(asked("0301"), A.DISPATCH, CENTRE, department="D04").report
    assert (sent.status, sent.paused, sent.department) == (S.DISPATCHED, None, "D04")
    passed = do(asked("0301", S.WITH_CENTRE), A.TRANSFER, CENTRE, **POLICE).report
    assert (passed.status, passed.paused, passed.next_at) == (S.TRANSFERRED, None, None)


def test_anything_else_waits_for_the_answer_that_was_asked_for() -> None:
    for action, fields in ((A.DISPATCH, {"department": "D04"}), (A.TRANSFER, POLICE)):
        held = asked("0302", S.WITH_CENTRE)
        assert refusal(held, action, CENTRE, **fields) == (IllegalAction, "info_awaited")
        assert action not in offered(held, CENTRE)


def test_what_a_department_asked_about_is_not_dispatched_past_it() -> None:
    held = do(handled(kind="0301"), A.ASK_INFO, WORKS, text="哪一栋？").report
    assert refusal(held, A.DISPATCH, CENTRE, department="D03") == (IllegalAction, "info_awaited")


def test_a_village_that_has_it_finally_neither_escalates_nor_relocates_it() -> None:
    back = returned(report(S.WITH_CENTRE), "D04", "D03")
    for given in (
        do(back, A.DISPATCH, CENTRE, department="V").report,
        do(back, A.RETURN_TO_VILLAGE, CENTRE, text="村里能办").report,
    ):
        assert given.binding and not {A.ESCALATE, A.RELOCATE} & set(offered(given, VILLAGER))
        assert A.RELOCATE in offered(given, CENTRE), "a wrong place is put right by the centre"
    plain = do(report(S.WITH_CENTRE), A.RETURN_TO_VILLAGE, CENTRE, text="村里能办").report
    assert not plain.binding and A.ESCALATE in offered(plain, VILLAGER)
