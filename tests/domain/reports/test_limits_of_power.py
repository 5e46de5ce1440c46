"""Whose a decision is, and how often: what a person may not do although he has a part in the matter."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.events import event
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports import sight
from chalicelib.domain.reports.acts import open_actions
from chalicelib.domain.reports.intake import Intake, submit
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.terms import Basis, Outcome
from tests.builders import (
    CENTRE,
    COURIER,
    GRID,
    GRID_MEMBER,
    NOW,
    RULES,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    WORKS,
    actor,
    report,
)
from tests.deeds import Fields, do, refusal

S, A = Status, Action
CENTRES_OWN = sorted(code for code, kind in RULES.taxonomy.kinds.items() if kind.verify_by_centre)
ELSEWHERE = [Outcome.TO_VILLAGE, Outcome.SOLVED_ON_SPOT, Outcome.ALREADY_GONE]


@pytest.mark.parametrize("code", CENTRES_OWN)
def test_what_turns_out_to_be_the_centres_goes_to_the_centre(code: str) -> None:
    unclassified = report(kind=None)
    fields: Fields = {"basis": Basis.PHOTO, "kind": code, "after_photos": ("after-1",)}
    assert do(unclassified, A.VERIFY, GRID_MEMBER, **fields).report.status is S.WITH_CENTRE
    for outcome in ELSEWHERE:
        assert refusal(unclassified, A.VERIFY, GRID_MEMBER, outcome=outcome, **fields) == (Forbidden, "centre_decides")
    after = do(unclassified, A.VERIFY, GRID_MEMBER, **fields).report
    assert not sight.viewers(GRID_MEMBER, after)
    assert bool(sight.viewers(VILLAGER, after)) is not after.nature.confidential


@pytest.mark.parametrize("by", [GRID_MEMBER, VILLAGER])
def test_who_finds_less_danger_than_was_said_leaves_it_to_the_centre(by: Actor) -> None:
    elder = report(kind="0901")
    fields: Fields = {"basis": Basis.PHOTO, "kind": "0201"}
    assert do(elder, A.VERIFY, by, **fields).report.status is S.WITH_CENTRE
    assert refusal(elder, A.VERIFY, by, outcome=Outcome.ALREADY_GONE, **fields) == (Forbidden, "centre_decides")
    assert do(elder, A.VERIFY, CENTRE, outcome=Outcome.ALREADY_GONE, **fields).report.status is S.CLOSED


def test_a_recheck_that_finds_it_unsolved_does_not_close_it() -> None:
    assert refusal(report(S.RESOLVED), A.CONFIRM, GRID_MEMBER, solved=False) == (Invalid, "not_solved_is_reopen")


def test_who_filed_it_answers_like_a_reporter_and_rechecks_nothing() -> None:
    filed = report(S.RESOLVED, reporter_id=GRID_MEMBER.id, filed_by=GRID_MEMBER.id)
    answered = do(filed, A.CONFIRM, GRID_MEMBER, solved=True)
    assert (answered.as_role, answered.report.status) == (Party.FILER, S.RESOLVED)
    assert do(filed, A.REOPEN, GRID_MEMBER, text="没修好").report.reopened == 1


def test_nobody_reopens_as_rechecker_what_he_reported() -> None:
    both = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.CENTRE, TOWNSHIP))
    again = do(report(S.RESOLVED, reopened=1), A.REOPEN, both, text="x")
    assert (again.as_role, again.report.status) == (Party.REPORTER, S.WITH_CENTRE)


def test_the_reporter_reopens_twice_and_a_recheck_does_not_count() -> None:
    checked = do(report(S.RESOLVED), A.REOPEN, GRID_MEMBER, text="没修好").report
    assert checked.reopened == 0 and checked.status is S.IN_HANDLING
    assert do(report(S.CLOSED, reopened=1), A.REOPEN, COURIER, text="x").report.status is S.WITH_CENTRE
    thrice = report(S.CLOSED, reopened=2)
    assert refusal(thrice, A.REOPEN, COURIER, text="x") == (Conflict, "reopened_twice")
    assert A.REOPEN not in open_actions(thrice, by=COURIER, now=NOW, rules=RULES)


def test_what_is_closed_only_its_reporter_reopens() -> None:
    for someone in (CENTRE, GRID_MEMBER):
        assert refusal(report(S.CLOSED), A.REOPEN, someone, text="x") == (Forbidden, "not_your_part")


def test_the_window_for_reopening_begins_with_the_end() -> None:
    waiting = report(S.RESOLVED, entered_at=NOW - timedelta(days=30))
    assert do(waiting, A.REOPEN, COURIER, text="x").report.status is S.IN_HANDLING


def test_the_village_may_help_a_department() -> None:
    after = do(report(S.WITH_CENTRE), A.DISPATCH, CENTRE, department="D04", co_handlers=("V", "D18")).report
    assert after.co_handlers == ("V", "D18") and after.village_held


def test_a_reporter_does_not_read_what_staff_say_among_themselves() -> None:
    both = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.GRID_MEMBER, GRID))
    order = do(report(S.WITH_CENTRE), A.DISPATCH, CENTRE, department="D04", text="请联系业主")
    answer = do(report(S.IN_HANDLING), A.RESOLVE, WORKS, text="已修好", no_photo_reason="x")
    for reporter in (COURIER, both):
        seen_as = sight.viewers(reporter, order.report)
        assert not sight.reads_internal(seen_as)
        assert sight.masked(event(order), seen_as).note == ""
        assert sight.masked(event(answer), seen_as).note == "已修好"
    assert sight.masked(event(order), sight.viewers(WORKS, order.report)).note == "请联系业主"


def test_staff_earn_no_points_even_as_couriers() -> None:
    both = actor("x", (Role.COURIER, "x"), (Role.CENTRE, TOWNSHIP))
    intake = Intake(text="坑", kind="0303", place=report().place, observed_at=None, photos=0)
    assert not event(submit("r1", intake, by=both, now=NOW, rules=RULES)).earns
    assert event(submit("r1", intake, by=COURIER, now=NOW, rules=RULES)).earns


def test_the_origin_is_who_resolved_it() -> None:
    after = do(report(S.WITH_VILLAGE), A.RESOLVE, VILLAGER, text="已清", after_photos=("after-1",)).report
    assert (after.origin, after.after_photos) == (Post(Role.VILLAGE, VILLAGE), ("after-1",))
