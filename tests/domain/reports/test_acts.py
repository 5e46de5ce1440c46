"""What acting on a report does, rule by rule."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.acts import open_actions
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.terms import Basis, Outcome, RejectReason
from tests.builders import (
    CENTRE,
    COURIER,
    COURIER2,
    GRID,
    GRID_MEMBER,
    NEIGHBOUR,
    NOW,
    RULES,
    SANITATION,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    WORKS,
    actor,
    report,
)
from tests.deeds import Fields, do, refusal

S, A = Status, Action


def verify(held: Report, by: Actor = GRID_MEMBER, **fields: Any) -> Report:
    return do(held, A.VERIFY, by, **({"basis": Basis.ON_SITE} | fields)).report


@pytest.mark.parametrize(
    ("kind", "status", "holder"),
    [
        ("0303", S.WITH_CENTRE, Post(Role.CENTRE, TOWNSHIP)),  # works and parks lead, nobody of the village helps
        ("0105", S.WITH_VILLAGE, Post(Role.VILLAGE, VILLAGE)),  # the village leads
        ("0201", S.WITH_VILLAGE, Post(Role.VILLAGE, VILLAGE)),  # the village helps
    ],
)
def test_a_verified_report_goes_to_the_village_where_it_has_a_part_else_to_the_centre(
    kind: str, status: Status, holder: Post
) -> None:
    after = verify(report(kind=kind))
    assert (after.status, after.holder) == (status, holder)


def test_the_verifier_may_say_otherwise() -> None:
    assert verify(report(kind="0201"), outcome=Outcome.TO_CENTRE).status is S.WITH_CENTRE
    assert verify(report(kind="0201"), outcome=Outcome.ALREADY_GONE).status is S.CLOSED
    after = verify(report(kind="0201"), outcome=Outcome.SOLVED_ON_SPOT, after_photos=("after-1",))
    assert after.status is S.RESOLVED and after.resolved_by == GRID_MEMBER.id
    assert after.holder == Post(Role.CENTRE, TOWNSHIP)  # not the grid member who solved it


def test_solved_on_the_spot_needs_its_photo() -> None:
    held = report(kind="0201")
    fields: Fields = {"basis": Basis.ON_SITE, "outcome": Outcome.SOLVED_ON_SPOT}
    assert refusal(held, A.VERIFY, GRID_MEMBER, **fields) == (Invalid, "after_photo_needed")


def test_a_verification_says_how_it_knows_and_of_what_kind_it_is() -> None:
    assert refusal(report(), A.VERIFY, GRID_MEMBER) == (Invalid, "basis_needed")
    assert refusal(report(kind=None), A.VERIFY, GRID_MEMBER, basis=Basis.PHOTO) == (Invalid, "kind_needed")
    after = verify(report(kind=None), kind="0201")
    assert after.nature.kind == "0201" and not after.nature.confidential


def test_severity_four_goes_with_class_e_and_with_no_other() -> None:
    wrong = (Invalid, "severity_4_is_class_e")
    assert refusal(report(), A.VERIFY, GRID_MEMBER, basis=Basis.PHOTO, severity=4) == wrong
    assert refusal(report(kind="0301"), A.VERIFY, GRID_MEMBER, basis=Basis.PHOTO, severity=2) == wrong
    assert verify(report(), severity=3).nature.severity == 3


def test_the_verifiers_severity_counts() -> None:
    assert verify(report(kind="0201"), severity=2).nature.severity == 2
    assert verify(report(kind="0201")).nature.severity == 1


def test_some_kinds_only_the_centre_verifies() -> None:
    held = report(kind="0801")
    assert held.holder == Post(Role.CENTRE, TOWNSHIP)
    assert refusal(held, A.VERIFY, GRID_MEMBER, basis=Basis.PHOTO)[0] is Forbidden
    assert verify(held, CENTRE).status is S.WITH_CENTRE


def test_danger_to_life_may_be_verified_by_the_village_and_dispatched_without_waiting() -> None:
    cover = report(kind="0301")
    assert verify(cover, VILLAGER).status is S.WITH_CENTRE
    assert do(cover, A.DISPATCH, CENTRE, department="D04").report.status is S.DISPATCHED
    assert refusal(report(), A.DISPATCH, CENTRE, department="D04") == (IllegalAction, "dispatch_after_verification")
    assert refusal(report(), A.VERIFY, VILLAGER, basis=Basis.PHOTO)[0] is Forbidden


@pytest.mark.parametrize("action", [A.VERIFY, A.REJECT])
def test_nobody_judges_his_own_whatever_roles_he_holds(action: Action) -> None:
    both = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.GRID_MEMBER, GRID), (Role.CENTRE, TOWNSHIP))
    fields: Fields = {"basis": Basis.ON_SITE, "reason": RejectReason.FALSE}
    assert refusal(report(), action, both, **fields) == (Forbidden, "nobody_judges_his_own")
    assert action not in open_actions(report(), by=both, now=NOW, rules=RULES)


def test_who_filed_it_for_someone_does_not_judge_it_either() -> None:
    filed = report(reporter_id=GRID_MEMBER.id, filed_by=GRID_MEMBER.id)
    assert refusal(filed, A.VERIFY, GRID_MEMBER, basis=Basis.ON_SITE) == (Forbidden, "nobody_judges_his_own")


def test_who_resolved_it_does_not_recheck_it() -> None:
    held = report(S.RESOLVED, resolved_by=GRID_MEMBER.id, origin=Post(Role.GRID_MEMBER, GRID))
    assert refusal(held, A.CONFIRM, GRID_MEMBER) == (Forbidden, "recheck_by_another")
    assert do(held, A.CONFIRM, NEIGHBOUR).report.status is S.CLOSED
    assert refusal(report(S.RESOLVED), A.CONFIRM, NEIGHBOUR) == (Forbidden, "not_your_part")


def test_a_reporter_who_is_also_grid_member_only_answers() -> None:
    both = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.GRID_MEMBER, GRID))
    assert do(report(S.RESOLVED), A.CONFIRM, both, solved=True).report.status is S.RESOLVED


def test_the_reporter_answers_once_before_or_after_the_end() -> None:
    answered = do(report(S.RESOLVED), A.CONFIRM, COURIER, contacted=True, solved=True, satisfied=False)
    assert answered.report.status is S.RESOLVED
    assert answered.details == {"contacted": True, "solved": True, "satisfied": False}
    assert refusal(answered.report, A.CONFIRM, COURIER) == (Conflict, "already_answered")
    closed = do(answered.report, A.CONFIRM, GRID_MEMBER).report
    assert closed.status is S.CLOSED and closed.ended_at == NOW
    assert do(report(S.CLOSED), A.CONFIRM, COURIER, solved=False).report.status is S.CLOSED
    assert refusal(report(S.RESOLVED), A.CONFIRM, COURIER) == (Invalid, "answers_needed")
    assert refusal(closed, A.CONFIRM, GRID_MEMBER)[0] is IllegalAction


def test_a_resolution_has_a_public_answer_and_a_photo_or_the_reason_why_none() -> None:
    held = report(S.IN_HANDLING)
    assert refusal(held, A.RESOLVE, WORKS, text=" ", no_photo_reason="x") == (Invalid, "answer_needed")
    assert refusal(held, A.RESOLVE, WORKS, text="已修") == (Invalid, "after_photo_or_reason_needed")
    assert do(held, A.RESOLVE, WORKS, text="已修", after_photos=("after-1",)).report.status is S.RESOLVED


def test_only_who_holds_it_resolves_it() -> None:
    fields: Fields = {"text": "已修", "no_photo_reason": "x"}
    assert refusal(report(S.IN_HANDLING), A.RESOLVE, VILLAGER, **fields)[0] is Forbidden
    assert refusal(report(S.IN_HANDLING), A.RESOLVE, SANITATION, **fields)[0] is Forbidden
    assert refusal(report(S.WITH_VILLAGE), A.RESOLVE, WORKS, **fields)[0] is Forbidden


def test_a_dispatch_names_one_lead_and_others_who_help() -> None:
    held = report(S.WITH_CENTRE)
    after = do(held, A.DISPATCH, CENTRE, department="D04", co_handlers=("D18",), text="请补坑").report
    assert (after.department, after.co_handlers) == ("D04", ("D18",))
    assert after.holder == Post(Role.DEPARTMENT, "D04")
    assert refusal(held, A.DISPATCH, CENTRE, co_handlers=("D18",)) == (Invalid, "department_needed")
    assert refusal(held, A.DISPATCH, CENTRE, department="D99") == (Invalid, "unknown_department")
    assert refusal(held, A.DISPATCH, CENTRE, department="C") == (Invalid, "unknown_department")
    twice: Fields = {"department": "D04", "co_handlers": ("D04",)}
    assert refusal(held, A.DISPATCH, CENTRE, **twice) == (Invalid, "co_handler_twice")


def test_dispatched_to_the_village_it_is_a_village_matter() -> None:
    after = do(report(S.WITH_CENTRE), A.DISPATCH, CENTRE, department="V").report
    assert (after.status, after.department) == (S.WITH_VILLAGE, None)
    nowhere = replace(report(S.WITH_CENTRE), place=replace(report().place, grid=None, village=None))
    assert refusal(nowhere, A.DISPATCH, CENTRE, department="V") == (Conflict, "no_village_there")


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (Post(Role.VILLAGE, VILLAGE), S.WITH_VILLAGE),
        (Post(Role.DEPARTMENT, "D04"), S.IN_HANDLING),
        (Post(Role.GRID_MEMBER, GRID), S.WITH_CENTRE),
        (None, S.WITH_CENTRE),
    ],
)
def test_reopened_it_returns_to_who_resolved_it_with_half_the_time(origin: Post | None, status: Status) -> None:
    held = report(S.RESOLVED, origin=origin)
    after = do(held, A.REOPEN, COURIER, text="没修好").report
    assert after.status is status and after.reopened == 1
    limit = RULES.limits.of("B")
    stage = clockwork.STAGE_OF[status]
    assert after.due_at == RULES.calendar.add(limit.clock, NOW, limit.hours[stage] / 2)


def test_reopened_again_it_goes_to_the_centre() -> None:
    assert do(report(S.CLOSED, reopened=1), A.REOPEN, COURIER, text="又坏了").report.status is S.WITH_CENTRE


def test_it_is_reopened_within_fifteen_days_with_a_reason() -> None:
    late = report(S.CLOSED, ended_at=NOW - timedelta(days=15, seconds=1))
    assert refusal(late, A.REOPEN, COURIER, text="x") == (Conflict, "reopen_window_over")
    assert A.REOPEN not in open_actions(late, by=COURIER, now=NOW, rules=RULES)
    just = report(S.CLOSED, ended_at=NOW - timedelta(days=15))
    assert do(just, A.REOPEN, COURIER, text="x").report.status is S.IN_HANDLING
    assert refusal(just, A.REOPEN, COURIER) == (Invalid, "reason_needed")
    assert refusal(just, A.REOPEN, GRID_MEMBER, text="x") == (Forbidden, "not_your_part")


@pytest.mark.parametrize(("kind", "rule"), [("0301", "never_withdrawn"), ("0801", "never_withdrawn")])
def test_what_endangers_life_and_a_security_lead_is_never_withdrawn(kind: str, rule: str) -> None:
    assert refusal(report(kind=kind), A.WITHDRAW, COURIER) == (Forbidden, rule)


def test_it_is_withdrawn_by_its_reporter_before_verification_only() -> None:
    assert do(report(), A.WITHDRAW, COURIER).report.status is S.WITHDRAWN
    assert refusal(report(), A.WITHDRAW, COURIER2)[0] is Forbidden
    assert refusal(report(S.WITH_CENTRE), A.WITHDRAW, COURIER)[0] is IllegalAction


def test_leaving_verification_frees_the_reporters_place() -> None:
    assert not verify(report()).counted
    assert not do(report(), A.REJECT, GRID_MEMBER, reason=RejectReason.NOT_FOUND).report.counted
    assert do(report(), A.ADD_INFO, COURIER, text="更多").report.counted


def test_a_remark_moves_nothing() -> None:
    held = report(S.IN_HANDLING)
    after = do(held, A.COMMENT, WORKS, text="材料已到", internal=True)
    assert replace(after.report, version=held.version) == held and after.internal
    assert refusal(held, A.COMMENT, WORKS, text="  ") == (Invalid, "text_needed")
    assert refusal(held, A.COMMENT, COURIER, text="x")[0] is Forbidden


def test_rejecting_needs_one_of_the_reasons() -> None:
    assert refusal(report(), A.REJECT, GRID_MEMBER) == (Invalid, "reason_needed")


def test_deadlines_follow_the_stage() -> None:
    after = verify(report())
    assert after.due_at == NOW + timedelta(hours=2) and after.entered_at == NOW  # class B, dispatch_h
