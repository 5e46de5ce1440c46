"""Solved, re-checked, confirmed, reopened, withdrawn; and remarks. What `test_acts` tells is not told again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.terms import Basis, Outcome
from tests.builders import (
    CENTRE,
    COMMITTEE,
    COURIER,
    COURIER2,
    GRID,
    GRID_MEMBER,
    NEIGHBOUR,
    NOW,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    WORKS,
    actor,
    report,
)
from tests.deeds import PHOTO, Fields, do, handled, local, offered, refusal, rung

S, A = Status, Action
ANSWERS: Fields = {"contacted": True, "solved": False, "satisfied": False}


def solved_by(by: Actor, outcome: Outcome = Outcome.SOLVED_ON_SPOT) -> Report:
    return do(report(), A.VERIFY, by, basis=Basis.ON_SITE, outcome=outcome, after_photos=PHOTO).report


def resolved() -> Report:
    return do(handled(), A.RESOLVE, WORKS, text="已修", after_photos=PHOTO).report


def test_the_village_says_what_it_did_and_shows_it_or_says_why_not() -> None:
    held = report(S.WITH_VILLAGE)
    change = do(held, A.RESOLVE, VILLAGER, text="已劝离", no_photo_reason="无实物")
    assert change.report.status is S.RESOLVED and change.details["no_photo_reason"] == "无实物"
    assert change.report.holder == Post(Role.GRID_MEMBER, GRID)
    assert refusal(held, A.RESOLVE, VILLAGER, text="x") == (Invalid, "after_photo_or_reason_needed")
    assert refusal(held, A.RESOLVE, VILLAGER, after_photos=PHOTO) == (Invalid, "answer_needed")


@pytest.mark.parametrize(
    ("by", "holder", "may"),
    [
        (GRID_MEMBER, Post(Role.CENTRE, TOWNSHIP), {NEIGHBOUR, CENTRE}),
        (CENTRE, Post(Role.GRID_MEMBER, GRID), {GRID_MEMBER}),
    ],
)
def test_another_person_rechecks(by: Actor, holder: Post, may: set[Actor]) -> None:
    held = solved_by(by)
    assert held.holder == holder
    checkers = {one for one in (GRID_MEMBER, NEIGHBOUR, CENTRE, VILLAGER, COMMITTEE) if A.CONFIRM in offered(held, one)}
    assert checkers == may


def test_another_person_it_is_even_where_somebody_holds_two_posts() -> None:
    both = actor("both", (Role.VILLAGE, VILLAGE), (Role.GRID_MEMBER, GRID))
    held = do(report(S.WITH_VILLAGE), A.RESOLVE, both, text="已清", after_photos=PHOTO).report
    assert refusal(held, A.CONFIRM, both) == (Forbidden, "recheck_by_another")
    assert do(held, A.CONFIRM, GRID_MEMBER).report.status is S.CLOSED


def test_where_only_the_centre_looks_it_rechecks_too() -> None:
    held = report(S.RESOLVED, kind="1203")
    assert held.holder == Post(Role.CENTRE, TOWNSHIP)
    assert refusal(held, A.CONFIRM, GRID_MEMBER) == (Forbidden, "not_your_part")
    assert do(held, A.CONFIRM, CENTRE).report.status is S.CLOSED


def test_the_recheck_decides_and_a_silent_reporter_closes_nothing_off() -> None:
    closed = do(resolved(), A.CONFIRM, GRID_MEMBER, solved=True)
    assert (closed.report.status, closed.report.unchecked, closed.details) == (S.CLOSED, False, {"solved": True})
    assert not closed.report.answered
    assert do(closed.report, A.CONFIRM, COURIER, **ANSWERS).report.answered


def test_the_reporter_is_asked_three_things_and_ends_nothing_by_it() -> None:
    change = do(resolved(), A.CONFIRM, COURIER, text="没修好", **ANSWERS)
    assert (change.report.status, change.details) == (S.RESOLVED, ANSWERS)
    assert refusal(resolved(), A.CONFIRM, COURIER, contacted=True) == (Invalid, "answers_needed")
    assert refusal(resolved(), A.CONFIRM, COURIER2, **ANSWERS) == (Forbidden, "not_your_part")


@pytest.mark.parametrize("by", [COURIER, GRID_MEMBER])
def test_reopened_its_lead_has_half_the_limit_and_nobody_signs_again(by: Actor) -> None:
    after = do(resolved(), A.REOPEN, by, text="又坏了", now=local(11, 24, 8)).report
    assert (after.status, after.holder) == (S.IN_HANDLING, Post(Role.DEPARTMENT, "D04"))
    assert after.due_at == local(11, 25, 12)  # twelve hours


def test_reopened_for_the_second_time_the_centre_has_half_of_its_own() -> None:
    once = do(resolved(), A.REOPEN, COURIER, text="x").report
    again = do(once, A.RESOLVE, WORKS, text="再修", after_photos=PHOTO).report
    twice = do(again, A.REOPEN, COURIER, text="x").report
    assert (twice.status, twice.due_at, twice.reopened) == (S.WITH_CENTRE, local(11, 23, 10), 2)


def test_a_recheck_sends_it_back_as_often_as_it_finds_it_undone() -> None:
    held = resolved()
    for _ in range(3):
        back = do(held, A.REOPEN, GRID_MEMBER, text="未修").report
        assert (back.status, back.reopened) == (S.IN_HANDLING, 0)
        held = do(back, A.RESOLVE, WORKS, text="再修", after_photos=PHOTO).report


@pytest.mark.parametrize("outcome", [Outcome.ALREADY_GONE, Outcome.SOLVED_ON_SPOT])
def test_what_no_body_resolved_is_reopened_to_the_centre(outcome: Outcome) -> None:
    assert do(solved_by(GRID_MEMBER, outcome), A.REOPEN, COURIER, text="还在").report.status is S.WITH_CENTRE


def test_a_closing_nobody_checked_or_solved_is_taken_back_with_it() -> None:
    unchecked = rung(resolved(), local(12, 1))[-1].report
    assert (unchecked.status, unchecked.unchecked) == (S.CLOSED, True)
    after = do(unchecked, A.REOPEN, COURIER, text="没修", now=local(12, 1)).report
    assert (after.unchecked, after.unsolved, after.ended_at) == (False, False, None)


@pytest.mark.parametrize("status", [S.SUBMITTED, S.NEEDS_INFO])
def test_the_reporter_withdraws_until_somebody_has_verified_it(status: Status) -> None:
    held = report() if status is S.SUBMITTED else do(report(), A.ASK_INFO, GRID_MEMBER, text="?").report
    assert do(held, A.WITHDRAW, COURIER).report.status is S.WITHDRAWN
    known = replace(held, verified_by=GRID_MEMBER.id)
    assert refusal(known, A.WITHDRAW, COURIER) == (IllegalAction, "withdraw_before_verification")
    assert A.WITHDRAW not in offered(known, COURIER)


@pytest.mark.parametrize("kind", ["0301", "0705", "0801", "0804", "0805"])
def test_danger_to_life_and_security_leads_are_not_withdrawn(kind: str) -> None:
    assert refusal(report(kind=kind), A.WITHDRAW, COURIER) == (Forbidden, "never_withdrawn")
    assert A.WITHDRAW not in offered(report(kind=kind), COURIER)


@pytest.mark.parametrize("status", sorted(Status))
def test_remarks_are_made_at_any_time_and_change_nothing(status: Status) -> None:
    held = report(status)
    for action, by in ((A.ADD_INFO, COURIER), (A.ADD_INFO, CENTRE), (A.COMMENT, CENTRE)):
        change = do(held, action, by, text="补充", now=NOW + timedelta(days=40))
        assert replace(change.report, version=held.version) == held
        assert refusal(held, action, by) == (Invalid, "text_needed")
    assert do(held, A.COMMENT, CENTRE, text="x", internal=True).internal
    assert refusal(held, A.COMMENT, COURIER, text="x") == (Forbidden, "not_your_part")


def test_the_reporter_answers_once_between_two_reopenings() -> None:
    once = do(resolved(), A.CONFIRM, COURIER, **ANSWERS).report
    assert refusal(once, A.CONFIRM, COURIER, **ANSWERS) == (Conflict, "already_answered")
    again = do(do(once, A.REOPEN, COURIER, text="x").report, A.RESOLVE, WORKS, text="x", after_photos=PHOTO).report
    assert A.CONFIRM in offered(again, COURIER)


def test_no_colleague_of_the_resolver_closes_their_departments_order() -> None:
    held = do(handled(), A.RESOLVE, WORKS, text="x", after_photos=PHOTO).report
    both = actor("colleague", (Role.DEPARTMENT, "D04"), (Role.GRID_MEMBER, GRID))
    assert refusal(held, A.CONFIRM, both) == (Forbidden, "recheck_by_another")
