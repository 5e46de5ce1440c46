"""Merged into another report, and out again."""

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports.commands import Around
from chalicelib.domain.reports.model import ENDED, Action, Report, Status
from tests.builders import CENTRE, COURIER, GRID_MEMBER, TOWNSHIP, actor, report
from tests.deeds import do, handled, local, offered, refusal, rung

S, A = Status, Action


@pytest.mark.parametrize("by", [GRID_MEMBER, CENTRE])
def test_merged_into_an_open_report_and_out_again_its_clock_goes_on(by: Actor) -> None:
    held, main = do(report(), A.CLAIM, GRID_MEMBER).report, report(S.IN_HANDLING, id="r0")
    merged = do(held, A.MERGE, by, around=Around(main=main), now=local(11, 23, 10)).report
    assert (merged.status, merged.main, merged.due_at) == (S.DUPLICATE, "r0", None)
    back = do(merged, A.UNMERGE, CENTRE, text="是两处", now=local(11, 25, 10)).report
    assert (back.status, back.main, back.assignee) == (S.SUBMITTED, None, GRID_MEMBER.id)
    assert back.due_at == local(11, 25, 15)  # three of the four hours are left: two before noon, one after
    assert refusal(merged, A.UNMERGE, GRID_MEMBER, text="x") == (Forbidden, "not_your_part")
    assert refusal(merged, A.UNMERGE, CENTRE) == (Invalid, "reason_needed")


def test_it_is_merged_only_into_another_that_is_open() -> None:
    def into(main: Report | None) -> tuple[type, str]:
        return refusal(report(), A.MERGE, GRID_MEMBER, around=Around(main=main))

    assert into(None) == (Invalid, "main_needed")
    assert into(report()) == (Invalid, "merge_with_itself")
    for status in sorted(ENDED):
        assert into(report(status, id="r0")) == (Conflict, "main_has_ended")
    own = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.CENTRE, TOWNSHIP))
    assert refusal(report(), A.MERGE, own, around=Around(main=report(id="r0"))) == (Forbidden, "nobody_judges_his_own")


@pytest.mark.parametrize("status", [S.NEEDS_INFO, S.SUSPENDED])
def test_what_waited_when_it_was_merged_goes_on_from_the_stage_before(status: Status) -> None:
    if status is S.NEEDS_INFO:
        held = do(report(S.WITH_CENTRE), A.ASK_INFO, CENTRE, text="?").report
    else:
        held = do(handled(), A.SUSPEND, CENTRE, text="等雨停", plan="下周").report
    before = S.WITH_CENTRE if status is S.NEEDS_INFO else S.SUSPENDED
    merged = do(held, A.MERGE, CENTRE, around=Around(main=report(id="r0"))).report
    assert do(merged, A.UNMERGE, CENTRE, text="x").report.status is before


def test_a_wait_that_was_merged_is_a_wait_again_and_then_goes_on_with_what_was_left() -> None:
    held = do(handled(), A.SUSPEND, CENTRE, text="等雨停", plan="下周").report
    merged = do(held, A.MERGE, CENTRE, around=Around(main=report(id="r0"))).report
    again = do(merged, A.UNMERGE, CENTRE, text="x").report
    assert (again.status, again.paused, again.due_at) == (S.SUSPENDED, held.paused, held.due_at)
    assert do(again, A.RESUME, CENTRE).report.due_at == do(held, A.RESUME, CENTRE).report.due_at


def test_what_the_committee_let_wait_waits_on_after_a_merge() -> None:
    held = report(S.SUSPENDED)
    merged = do(held, A.MERGE, CENTRE, around=Around(main=report(id="r0"))).report
    assert do(merged, A.UNMERGE, CENTRE, text="x").report.status is S.SUSPENDED


def test_what_the_ladder_did_is_not_undone_by_a_merge() -> None:
    late = rung(report(), local(11, 23, 17))[-1].report
    merged = do(late, A.MERGE, CENTRE, around=Around(main=report(id="r0"))).report
    assert do(merged, A.UNMERGE, CENTRE, text="x").report.holder == Post(Role.CENTRE, TOWNSHIP)


def test_nobody_merges_into_his_own_report() -> None:
    own = report(id="r0", reporter_id=GRID_MEMBER.id)
    assert refusal(report(), A.MERGE, GRID_MEMBER, around=Around(main=own)) == (Forbidden, "nobody_judges_his_own")


def test_danger_to_life_and_a_child_at_risk_are_not_merged_into_less() -> None:
    def into(kind: str, main: str) -> tuple[type, str]:
        return refusal(report(kind=kind), A.MERGE, CENTRE, around=Around(main=report(id="r0", kind=main)))

    assert into("0301", "0302") == (Conflict, "main_less_urgent")
    assert into("0902", "0906") == (Conflict, "police_first")
    both = Around(main=report(id="r0", kind="0902"))
    assert do(report(kind="0902"), A.MERGE, CENTRE, around=both).report.status is S.DUPLICATE


@pytest.mark.parametrize("status", [S.WITH_CENTRE, S.DISPATCHED, S.IN_HANDLING, S.COORDINATING, S.SUSPENDED])
def test_what_is_on_somebodys_desk_the_centre_alone_merges(status: Status) -> None:
    held = handled() if status is S.IN_HANDLING else report(status)
    assert refusal(held, A.MERGE, GRID_MEMBER, around=Around(main=report(id="r0"))) == (Forbidden, "centre_merges")
    assert A.MERGE not in offered(held, GRID_MEMBER) and A.MERGE in offered(held, CENTRE)


def test_nobody_merges_away_what_his_own_department_leads() -> None:
    both = actor("both", (Role.CENTRE, TOWNSHIP), (Role.DEPARTMENT, "D04"))
    assert refusal(handled(), A.MERGE, both, around=Around(main=report(id="r0"))) == (Forbidden, "own_order")


def test_of_another_kind_the_centre_alone_takes_it_for_the_same() -> None:
    into = Around(main=report(id="r0", kind="0305"))
    assert refusal(report(), A.MERGE, GRID_MEMBER, around=into) == (Conflict, "another_kind")
    assert do(report(), A.MERGE, CENTRE, around=into).report.status is S.DUPLICATE
