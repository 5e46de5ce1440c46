"""The committee decides, urges and supervises."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports.model import OPEN, Action, Status
from chalicelib.domain.reports.terms import ReturnReason, Ruling, Watch
from tests.builders import CENTRE, COMMITTEE, GRID_MEMBER, NOW, TOWNSHIP, VILLAGE, VILLAGER, WORKS, report
from tests.deeds import FIRE, MARKET, Fields, do, handled, local, offered, refusal, rung

S, A, D = Status, Action, Ruling
ANOTHER: Fields = {"department": "D10", "text": "归农业"}
HARD = do(handled(), A.COORDINATE, CENTRE, text="多头").report


def test_only_the_committee_decides_and_says_what() -> None:
    assert refusal(HARD, A.DECIDE, CENTRE, decision=D.TO_VILLAGE, text="x") == (Forbidden, "not_your_part")
    assert refusal(HARD, A.DECIDE, COMMITTEE, text="x") == (Invalid, "decision_needed")
    assert A.DECIDE in offered(HARD, COMMITTEE)


def test_its_dispatch_binds_a_body_of_the_town() -> None:
    change = do(HARD, A.DECIDE, COMMITTEE, decision=D.DISPATCH, department="D03", co_handlers=("D04",))
    assert (change.report.status, change.report.binding) == (S.DISPATCHED, True)
    assert (change.details["decision"], change.details["department"]) == (D.DISPATCH, "D03")
    reason: Fields = {"return_reason": ReturnReason.NOT_OURS, "text": "x"}
    sanitation = replace(WORKS, posts=(Post(Role.DEPARTMENT, "D03"),))
    assert refusal(change.report, A.RETURN, sanitation, **reason) == (Conflict, "assignment_is_final")
    assert refusal(HARD, A.DECIDE, COMMITTEE, decision=D.DISPATCH) == (Invalid, "department_needed")
    village: Fields = {"decision": D.DISPATCH, "department": "V"}
    assert refusal(HARD, A.DECIDE, COMMITTEE, **village) == (Invalid, "unknown_department")


@pytest.mark.parametrize(("code", "by"), [("D09", MARKET), ("D06", FIRE)])
def test_a_vertical_body_is_not_bound_by_the_town(code: str, by: Actor) -> None:
    held = do(HARD, A.DECIDE, COMMITTEE, decision=D.DISPATCH, department=code).report
    assert not held.binding
    returned = do(held, A.RETURN, by, return_reason=ReturnReason.OWNERSHIP_UNCLEAR, text="x").report
    assert returned.status is S.WITH_CENTRE


def test_it_gives_it_to_the_village() -> None:
    after = do(HARD, A.DECIDE, COMMITTEE, decision=D.TO_VILLAGE, text="就地解决").report
    assert (after.status, after.holder, after.department) == (S.WITH_VILLAGE, Post(Role.VILLAGE, VILLAGE), None)
    assert refusal(HARD, A.DECIDE, COMMITTEE, decision=D.TO_VILLAGE) == (Invalid, "reason_needed")
    nowhere = replace(HARD, place=replace(HARD.place, grid=None, village=None))
    assert refusal(nowhere, A.DECIDE, COMMITTEE, decision=D.TO_VILLAGE, text="x") == (Conflict, "no_village_there")


def test_it_lets_it_wait_with_a_plan_and_the_centre_sorts_it_anew_afterwards() -> None:
    waits = do(HARD, A.DECIDE, COMMITTEE, decision=D.SUSPEND, text="等预算", plan="明年一季度")
    assert (waits.report.status, waits.details["plan"]) == (S.SUSPENDED, "明年一季度")
    assert waits.report.holder == Post(Role.CENTRE, TOWNSHIP)
    after = do(waits.report, A.RESUME, CENTRE, now=local(11, 25, 9)).report
    assert (after.status, after.due_at) == (S.WITH_CENTRE, local(11, 25, 11))
    assert refusal(HARD, A.DECIDE, COMMITTEE, decision=D.SUSPEND, text="x") == (Invalid, "plan_needed")


def test_what_cannot_be_solved_is_closed_with_a_public_reason_and_counts_as_unsolved() -> None:
    change = do(HARD, A.DECIDE, COMMITTEE, decision=D.CLOSE_UNSOLVED, text="权属在外区")
    assert (change.report.status, change.report.unsolved) == (S.CLOSED, True)
    assert (change.note, change.details["solved"]) == ("权属在外区", False)
    assert refusal(HARD, A.DECIDE, COMMITTEE, decision=D.CLOSE_UNSOLVED) == (Invalid, "answer_needed")


@pytest.mark.parametrize("by", [CENTRE, COMMITTEE])
def test_urged_or_watched_nothing_else_changes(by: Actor) -> None:
    held = report(S.IN_HANDLING)
    after = do(held, A.URGE, by, text="请抓紧").report
    assert replace(after, version=held.version) == held
    watched = do(held, A.SUPERVISE, COMMITTEE, watch=Watch.RED, text="今天办结").report
    assert replace(watched, version=held.version, watch=None) == held and watched.watch is Watch.RED
    assert watched.entered_at == NOW


@pytest.mark.parametrize("status", sorted(OPEN))
def test_whatever_is_open_is_urged_and_watched(status: Status) -> None:
    assert {A.URGE, A.SUPERVISE} <= set(offered(report(status), COMMITTEE))
    assert A.SUPERVISE not in offered(report(status), CENTRE)
    assert A.URGE not in offered(report(status), GRID_MEMBER)


def test_watching_says_how_closely_and_urging_says_something() -> None:
    held = report(S.IN_HANDLING)
    assert refusal(held, A.SUPERVISE, COMMITTEE, text="x") == (Invalid, "watch_needed")
    assert refusal(held, A.SUPERVISE, COMMITTEE, watch=Watch.RED) == (Invalid, "text_needed")
    assert refusal(held, A.URGE, CENTRE) == (Invalid, "text_needed")


def test_the_clock_does_not_take_back_what_the_committee_watches_closely() -> None:
    watched = do(handled(), A.SUPERVISE, COMMITTEE, watch=Watch.RED, text="x").report
    assert watched.due_at
    assert rung(watched, watched.due_at)[-1].report.watch is Watch.RED


def test_a_department_that_was_relieved_does_not_end_the_committees_wait() -> None:
    held = do(handled(), A.COORDINATE, CENTRE, text="x").report
    waits = do(held, A.DECIDE, COMMITTEE, decision=Ruling.SUSPEND, text="x", plan="明年").report
    assert waits.department is None and A.RESUME not in offered(waits, WORKS)


def test_what_the_committee_ordered_the_centre_does_not_give_to_another() -> None:
    ordered = do(HARD, A.DECIDE, COMMITTEE, decision=D.DISPATCH, department="D03").report
    assert refusal(ordered, A.REASSIGN, CENTRE, department="D10", text="x") == (Conflict, "committee_decided")
    assert A.REASSIGN not in offered(ordered, CENTRE) and A.COORDINATE in offered(ordered, CENTRE)
    again = do(ordered, A.COORDINATE, CENTRE, text="情况有变").report
    other = do(again, A.DECIDE, COMMITTEE, decision=D.DISPATCH, department="D10").report
    assert (other.department, other.decided) == ("D10", True)
    own = do(do(report(S.WITH_CENTRE), A.DISPATCH, CENTRE, department="D03").report, A.REASSIGN, CENTRE, **ANOTHER)
    assert not own.report.decided


def test_a_village_that_the_committee_gave_it_to_passes_it_on_in_no_way() -> None:
    given = do(HARD, A.DECIDE, COMMITTEE, decision=D.TO_VILLAGE, text="就地解决").report
    assert not {A.ESCALATE, A.RELOCATE} & set(offered(given, VILLAGER))
    assert A.RELOCATE not in offered(given, CENTRE), "the centre does not undo it either"
