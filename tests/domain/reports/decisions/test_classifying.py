"""What kind of matter it is after all, and what that does to its time."""

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.life import SORTED
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.running import Stage
from chalicelib.domain.reports.terms import Basis, Outcome, RejectReason, ReturnReason, Ruling, Service
from tests.builders import (
    CENTRE,
    COMMITTEE,
    COURIER,
    GRID,
    GRID_MEMBER,
    RULES,
    SANITATION,
    TOWNSHIP,
    WORKS,
    actor,
    report,
)
from tests.deeds import PHOTO, Fields, dispatched, do, handled, local, offered, refusal, rung

S, A = Status, Action


def safe(kind: str = "0301") -> Report:
    """Made safe by works and parks; its class is open."""
    return do(handled("D18", kind=kind), A.MAKE_SAFE, WORKS, text="已围挡", after_photos=PHOTO).report


def test_a_grid_member_only_raises() -> None:
    up = do(report(kind="0303"), A.RECLASSIFY, GRID_MEMBER, kind="0302", text="更急").report
    assert (up.nature.klass, up.nature.severity) == ("A", 3)
    graver = do(report(kind="0303"), A.RECLASSIFY, GRID_MEMBER, severity=3, text="更重").report
    assert (graver.nature.klass, graver.nature.severity) == ("B", 3)
    lower: list[Fields] = [{"kind": "0313"}, {"severity": 1}, {"kind": "0404", "severity": 3}]
    for fields in lower:
        assert refusal(report(kind="0303"), A.RECLASSIFY, GRID_MEMBER, text="x", **fields) == (
            Forbidden,
            "only_upward",
        )


@pytest.mark.parametrize("kind", ["0313", "0302", "0301"])
def test_the_centre_classifies_any_way(kind: str) -> None:
    after = do(report(S.WITH_CENTRE, kind="0303"), A.RECLASSIFY, CENTRE, kind=kind, text="x").report
    assert after.nature.kind == kind


def test_a_reclassification_says_why_and_changes_something() -> None:
    held = report(kind="0303")
    assert refusal(held, A.RECLASSIFY, CENTRE, kind="0303", text="x") == (Invalid, "nothing_changes")
    assert refusal(held, A.RECLASSIFY, CENTRE, kind="0302") == (Invalid, "reason_needed")
    assert refusal(held, A.RECLASSIFY, CENTRE, kind="9999", text="x") == (Invalid, "unknown_kind")
    assert refusal(held, A.RECLASSIFY, CENTRE, severity=4, text="x") == (Invalid, "severity_4_is_class_e")
    assert refusal(report(kind=None), A.RECLASSIFY, CENTRE, severity=2, text="x") == (Invalid, "kind_needed")
    own = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.GRID_MEMBER, GRID))
    assert refusal(held, A.RECLASSIFY, own, kind="0302", text="x") == (Forbidden, "nobody_judges_his_own")


def test_what_becomes_the_centres_to_verify_the_centre_holds_at_once() -> None:
    after = do(report(kind="0303"), A.RECLASSIFY, GRID_MEMBER, kind="0902", text="有孩子").report
    assert (after.status, after.holder) == (S.SUBMITTED, Post(Role.CENTRE, TOWNSHIP))


@pytest.mark.parametrize("klass", ["B", "D", "L"])
@pytest.mark.parametrize("kind", ["0301", "0302"])
def test_made_safe_it_gets_the_class_of_its_repair_and_a_new_limit(kind: str, klass: str) -> None:
    now = local(11, 23, 9, 20)
    after = do(safe(kind), A.RECLASSIFY, CENTRE, klass=klass, text="大修", now=now).report
    assert (after.nature.klass, after.nature.kind, after.awaits_class) == (klass, kind, False)
    assert (after.nature.severity or 0) < 4
    assert after.run and (after.run.stage, after.run.since, after.run.fired) == (Stage.DEPT, now, 0)
    assert after.run.hours == {"B": 24, "D": 120, "L": 160}[klass]
    assert after.parts[0].since == now and after.parts[0].hours == pytest.approx(after.run.hours * 0.8)


def test_the_class_of_a_repair_is_one_of_three_and_the_centres() -> None:
    held = safe()
    assert refusal(held, A.RECLASSIFY, CENTRE, klass="Q", text="x") == (Invalid, "repair_class_unknown")
    assert refusal(held, A.RECLASSIFY, GRID_MEMBER, klass="B", text="x") == (Forbidden, "only_upward")
    assert refusal(handled(), A.RECLASSIFY, CENTRE, klass="D", text="x") == (Conflict, "class_after_made_safe")


def test_another_urgent_kind_leaves_the_class_of_the_repair_open() -> None:
    after = do(safe("0302"), A.RECLASSIFY, GRID_MEMBER, kind="0301", text="全塌了").report
    assert after.awaits_class and after.run and after.run.stage is Stage.DISPATCH
    assert not do(safe("0301"), A.RECLASSIFY, CENTRE, kind="0303", text="x").report.awaits_class  # class B by its kind


def test_a_helpers_part_keeps_its_share_of_another_class_and_what_is_filed_stays() -> None:
    held = do(dispatched("D04", "D03", "D18"), A.FILE_PART, SANITATION, text="已清扫").report
    after = do(held, A.RECLASSIFY, CENTRE, kind="0313", text="x").report  # class C: 56 h
    assert after.parts[0] == held.parts[0]
    assert after.parts[1].hours == pytest.approx(44.8)
    assert after.parts[1].due_at == local(11, 30, 15, 48)  # 7 h on Monday, four days of eight, and 5.8


FRIDAY_EVENING = local(11, 27, 17)
CHILD, DANGER, URGENT = "0902", "0304", "0302"


def asked(held: Report, by: Actor = WORKS) -> Report:
    """… whose reporter was asked for more on Friday evening."""
    return do(held, A.ASK_INFO, by, text="哪一栋？", now=FRIDAY_EVENING).report


def test_a_wait_for_an_answer_ends_when_it_turns_out_to_endanger_life() -> None:
    held = asked(handled(now=local(11, 27, 16)))
    after = do(held, A.RECLASSIFY, CENTRE, kind=DANGER, text="漏电", now=local(11, 27, 17, 5)).report
    assert (after.status, after.paused, after.department) == (S.IN_HANDLING, None, "D04")
    assert after.run and after.run.stage is Stage.DEPT
    assert held.paused and after.due_at == min(clockwork.due(held.paused.run, RULES), local(11, 28, 16, 5))
    assert after.entered_at == held.paused.entered_at


def test_a_wait_for_an_answer_is_shorter_once_it_is_urgent() -> None:
    held = asked(handled(now=local(11, 27, 16)))
    assert held.due_at == local(11, 30, 17)  # a working day
    after = do(held, A.RECLASSIFY, CENTRE, kind=URGENT, text="x", now=local(11, 27, 17, 5)).report
    assert (after.status, after.due_at) == (S.NEEDS_INFO, local(11, 27, 17, 30))


def test_a_repair_whose_class_is_set_while_the_reporter_is_asked_has_its_own_limit_afterwards() -> None:
    held = do(safe(), A.ASK_INFO, WORKS, text="?").report
    classed = do(held, A.RECLASSIFY, CENTRE, klass="B", text="x", now=local(11, 23, 9, 10)).report
    assert (classed.status, classed.due_at, classed.awaits_class) == (S.NEEDS_INFO, held.due_at, False)
    after = do(classed, A.SUPPLY_INFO, COURIER, text="3栋", now=local(11, 23, 9, 20)).report
    assert after.run and (after.run.stage, after.run.hours) == (Stage.DEPT, 24)
    assert after.due_at == local(11, 26, 9, 20)  # three working days from when the wait was over
    assert A.REQUEST_EXTENSION in offered(after, WORKS, now=local(11, 23, 10))


@pytest.mark.parametrize("status", SORTED)
def test_a_child_at_risk_comes_to_the_centre_which_calls_the_police_first(status: Status) -> None:
    after = do(report(status), A.RECLASSIFY, CENTRE, kind=CHILD, text="有孩子").report
    assert (after.status, after.holder) == (S.WITH_CENTRE, Post(Role.CENTRE, TOWNSHIP))
    assert (after.department, after.co_handlers, after.paused) == (None, (), None)
    for action, fields in (
        (A.DISPATCH, {"department": "D10"}),
        (A.COORDINATE, {"text": "x"}),
        (A.CANCEL, {"text": "x"}),
        (A.REJECT, {"reason": RejectReason.NOT_FOUND}),
    ):
        assert refusal(after, action, CENTRE, **fields) == (Conflict, "police_first")
    assert A.TRANSFER in offered(after, CENTRE)


def test_a_child_at_risk_does_not_wait_for_an_answer() -> None:
    held = asked(report(S.WITH_CENTRE, entered_at=local(11, 27, 16)), CENTRE)
    after = do(held, A.RECLASSIFY, CENTRE, kind=CHILD, text="x", now=FRIDAY_EVENING).report
    assert A.TRANSFER in offered(after, CENTRE, now=FRIDAY_EVENING)
    sent = do(after, A.TRANSFER, CENTRE, service=Service.POLICE, number="1", now=FRIDAY_EVENING).report
    assert sent.status is S.TRANSFERRED
    elsewhere = do(asked(handled(now=local(11, 27, 16))), A.RECLASSIFY, CENTRE, kind=CHILD, text="x").report
    assert (elsewhere.status, elsewhere.paused) == (S.WITH_CENTRE, None)


@pytest.mark.parametrize("kind", [DANGER, URGENT])
def test_what_waits_comes_to_the_centre_once_it_is_urgent(kind: str) -> None:
    after = do(report(S.SUSPENDED), A.RECLASSIFY, CENTRE, kind=kind, text="x").report
    assert (after.status, after.paused) == (S.WITH_CENTRE, None)
    assert after.run and after.run.stage is Stage.DISPATCH


def test_neither_does_the_committee_let_wait_what_is_urgent() -> None:
    wait: Fields = {"decision": Ruling.SUSPEND, "plan": "x", "text": "x"}
    assert refusal(report(S.COORDINATING, kind="0301"), A.DECIDE, COMMITTEE, **wait) == (
        Conflict,
        "suspend_after_made_safe",
    )


def test_what_was_ordered_unverified_is_not_withdrawn_after_all() -> None:
    sent = do(report(kind="0301"), A.DISPATCH, CENTRE, department="D04").report
    back = do(sent, A.RETURN, WORKS, return_reason=ReturnReason.NOT_OURS, text="x").report
    lower = do(back, A.RECLASSIFY, CENTRE, kind="0303", text="x").report
    assert refusal(lower, A.WITHDRAW, COURIER) == (IllegalAction, "withdraw_before_verification")


def test_a_danger_that_comes_back_is_made_safe_again() -> None:
    repair = do(safe("0302"), A.RECLASSIFY, CENTRE, klass="B", text="x").report
    again = do(repair, A.RECLASSIFY, CENTRE, kind=DANGER, text="又塌了").report
    made = do(again, A.MAKE_SAFE, WORKS, text="x", after_photos=PHOTO, now=local(11, 23, 11)).report
    assert made.awaits_class and made.made_safe_at == local(11, 23, 11)


def test_another_class_does_not_undo_that_the_deadline_had_passed() -> None:
    held = handled()
    assert held.due_at
    late = held.due_at.replace(second=30)
    after = do(held, A.RECLASSIFY, CENTRE, kind="0313", text="x", now=late).report
    assert after.due_at and after.due_at > late
    assert refusal(after, A.SUSPEND, CENTRE, plan="x", text="x", now=late) == (Conflict, "suspend_before_breach")
    assert [change.details["effect"] for change in rung(after, after.due_at)][-1] == "supervise_yellow"


def test_raising_moves_no_helpers_part_later() -> None:
    held = handled("D03", kind="0204")
    after = do(held, A.RECLASSIFY, CENTRE, kind="0307", text="x").report
    assert after.parts[0].due_at <= held.parts[0].due_at
    assert after.due_at and held.due_at and after.due_at <= held.due_at


def test_who_holds_two_posts_judges_as_the_stronger() -> None:
    both = actor("both", (Role.GRID_MEMBER, GRID), (Role.CENTRE, TOWNSHIP))
    assert do(report(kind=URGENT), A.RECLASSIFY, both, kind="0303", text="x").report.nature.klass == "B"
    rejected = do(report(), A.REJECT, both, reason=RejectReason.FALSE)
    assert rejected.report.proven_false and rejected.as_role == "centre"


def test_nothing_is_sorted_before_it_has_a_kind() -> None:
    held = report(S.WITH_CENTRE, kind=None, verified_by=None)
    ways: list[tuple[Action, Fields]] = [
        (A.DISPATCH, {"department": "D04"}),
        (A.COORDINATE, {"text": "x"}),
        (A.RETURN_TO_VILLAGE, {"text": "x"}),
    ]
    for action, fields in ways:
        assert refusal(held, action, CENTRE, **fields) == (Conflict, "kind_first")
        assert action not in offered(held, CENTRE)
    named = do(held, A.RECLASSIFY, CENTRE, kind="0303", text="x").report
    assert do(named, A.DISPATCH, CENTRE, department="D04").report.status is S.DISPATCHED


def test_what_came_to_the_centre_unverified_the_centre_verifies_and_the_reporter_may_withdraw() -> None:
    held = report(S.WITH_CENTRE, kind=None, verified_by=None)
    assert {A.VERIFY, A.WITHDRAW} <= {*offered(held, CENTRE), *offered(held, COURIER)}
    assert A.VERIFY not in offered(held, GRID_MEMBER)
    seen = do(held, A.VERIFY, CENTRE, basis=Basis.PHOTO, kind="0303", outcome=Outcome.TO_CENTRE).report
    assert (seen.status, seen.verified_by, seen.run) == (S.WITH_CENTRE, CENTRE.id, held.run)
    for late in (CENTRE, GRID_MEMBER):
        assert refusal(seen, A.VERIFY, late, basis=Basis.PHOTO) == (IllegalAction, "verified_before")
    assert refusal(seen, A.WITHDRAW, COURIER) == (IllegalAction, "withdraw_before_verification")
    given = do(held, A.VERIFY, CENTRE, basis=Basis.PHOTO, kind="0303", outcome=Outcome.TO_VILLAGE).report
    assert (given.status, given.holder and given.holder.role) == (S.WITH_VILLAGE, Role.VILLAGE)
