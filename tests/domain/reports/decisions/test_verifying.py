"""Is it true; not taken up; objected to; more must be known."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.terms import Basis, Outcome, RejectReason, Source
from tests.builders import (
    CENTRE,
    COURIER,
    COURIER2,
    GRID,
    GRID_MEMBER,
    NOW,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    WORKS,
    actor,
    report,
)
from tests.deeds import PHOTO, Fields, do, local, offered, refusal, rung

S, A = Status, Action
ON_SITE: Fields = {"basis": Basis.ON_SITE}
REPORTER_TOO = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.CENTRE, TOWNSHIP))


def nowhere(held: Report) -> Report:
    return replace(held, place=replace(held.place, grid=None, village=None))


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.TO_VILLAGE, S.WITH_VILLAGE),
        (Outcome.TO_CENTRE, S.WITH_CENTRE),
        (Outcome.SOLVED_ON_SPOT, S.RESOLVED),
        (Outcome.ALREADY_GONE, S.CLOSED),
    ],
)
@pytest.mark.parametrize("by", [GRID_MEMBER, CENTRE])
def test_each_outcome_leads_where_it_says(outcome: Outcome, status: Status, by: Actor) -> None:
    change = do(report(), A.VERIFY, by, outcome=outcome, after_photos=PHOTO, severity=3, **ON_SITE)
    assert change.report.status is status and change.report.verified_by == by.id
    assert (change.details["outcome"], change.details["severity"]) == (outcome, 3)


@pytest.mark.parametrize("basis", Basis)
def test_the_basis_stands_in_the_history(basis: Basis) -> None:
    assert do(report(), A.VERIFY, GRID_MEMBER, basis=basis).details["basis"] is basis


def test_what_is_already_gone_was_true() -> None:
    after = do(report(), A.VERIFY, GRID_MEMBER, outcome=Outcome.ALREADY_GONE, **ON_SITE).report
    assert after.rejected is None and not after.unsolved and after.ended_at == NOW


def test_where_there_is_no_village_nothing_goes_to_it() -> None:
    held = nowhere(report(kind="0105"))
    assert do(held, A.VERIFY, CENTRE, **ON_SITE).report.status is S.WITH_CENTRE
    to_village: Fields = {"outcome": Outcome.TO_VILLAGE} | ON_SITE
    assert refusal(held, A.VERIFY, CENTRE, **to_village) == (Conflict, "no_village_there")


@pytest.mark.parametrize("by", [GRID_MEMBER, VILLAGER, CENTRE])
def test_danger_to_life_is_verified_by_whoever_is_there_first(by: Actor) -> None:
    assert A.VERIFY in offered(report(kind="0301"), by)
    assert do(report(kind="0301"), A.VERIFY, by, **ON_SITE).report.verified_by == by.id


@pytest.mark.parametrize("by", [GRID_MEMBER, VILLAGER])
@pytest.mark.parametrize("action", [A.VERIFY, A.REJECT])
def test_where_only_the_centre_verifies_nobody_is_sent_to_look_even_for_danger_to_life(
    by: Actor, action: Action
) -> None:
    held = report(kind="0705")
    assert refusal(held, action, by, reason=RejectReason.FALSE, **ON_SITE) == (Forbidden, "not_your_part")
    assert held.holder == Post(Role.CENTRE, TOWNSHIP) and offered(held, by) == []


@pytest.mark.parametrize("outcome", [Outcome.TO_VILLAGE, Outcome.SOLVED_ON_SPOT, Outcome.ALREADY_GONE])
def test_suspected_harm_to_a_child_is_not_verified_past_the_police(outcome: Outcome) -> None:
    fields: Fields = {"outcome": outcome, "after_photos": PHOTO} | ON_SITE
    assert refusal(report(kind="0902"), A.VERIFY, CENTRE, **fields) == (Conflict, "police_first")
    assert do(report(kind="0902"), A.VERIFY, CENTRE, **ON_SITE).report.status is S.WITH_CENTRE


@pytest.mark.parametrize("reason", RejectReason)
def test_each_reason_rejects_and_a_grid_member_proves_nothing_false(reason: RejectReason) -> None:
    change = do(report(), A.REJECT, GRID_MEMBER, reason=reason)
    assert (change.report.status, change.report.rejected) == (S.INVALID, reason)
    assert not change.report.proven_false and change.details == {"reason": reason, "proven": False}


def test_false_counts_once_the_centre_has_confirmed_it() -> None:
    rejected = do(report(), A.REJECT, GRID_MEMBER, reason=RejectReason.FALSE).report
    assert refusal(rejected, A.CONFIRM, GRID_MEMBER) == (Forbidden, "not_your_part")
    change = do(rejected, A.CONFIRM, CENTRE, now=NOW + timedelta(hours=3))
    assert change.report.proven_false and change.details["proven"] is True
    assert change.report.ended_at == NOW  # the week for an objection goes on
    assert refusal(change.report, A.CONFIRM, CENTRE) == (Conflict, "confirmed_before")
    assert A.CONFIRM in offered(rejected, CENTRE) and A.CONFIRM not in offered(change.report, CENTRE)


def test_the_centres_own_rejection_as_false_is_confirmed_with_it() -> None:
    assert do(report(), A.REJECT, CENTRE, reason=RejectReason.FALSE).report.proven_false
    assert not do(report(), A.REJECT, CENTRE, reason=RejectReason.UNREADABLE).report.proven_false


def test_only_false_is_confirmed_and_not_by_its_own_reporter() -> None:
    unreadable = do(report(), A.REJECT, GRID_MEMBER, reason=RejectReason.UNREADABLE).report
    assert refusal(unreadable, A.CONFIRM, CENTRE) == (IllegalAction, "no_such_step")
    false = do(report(), A.REJECT, GRID_MEMBER, reason=RejectReason.FALSE).report
    assert refusal(false, A.CONFIRM, REPORTER_TOO) == (Forbidden, "nobody_judges_his_own")


def test_the_centre_alone_rejects_what_it_sorts() -> None:
    held = report(S.WITH_CENTRE)
    assert refusal(held, A.REJECT, GRID_MEMBER, reason=RejectReason.FALSE) == (Forbidden, "not_your_part")
    assert do(held, A.REJECT, CENTRE, reason=RejectReason.NOT_PUBLIC).report.status is S.INVALID


def test_an_objection_brings_it_to_the_centre_once_within_a_week() -> None:
    rejected = do(report(), A.REJECT, CENTRE, reason=RejectReason.FALSE).report
    week = NOW + timedelta(days=7)
    after = do(rejected, A.OBJECT, COURIER, text="就在路口", now=week).report
    assert (after.status, after.rejected, after.proven_false) == (S.WITH_CENTRE, None, False)
    late = week + timedelta(microseconds=1)
    assert refusal(rejected, A.OBJECT, COURIER, text="x", now=late) == (Conflict, "object_window_over")
    again = do(after, A.REJECT, CENTRE, reason=RejectReason.NOT_FOUND).report
    assert refusal(again, A.OBJECT, COURIER, text="x") == (Conflict, "objected_once")
    assert A.OBJECT not in offered(again, COURIER) and A.OBJECT not in offered(rejected, COURIER, late)


def test_an_objection_is_the_reporters_and_has_a_reason() -> None:
    rejected = do(report(), A.REJECT, GRID_MEMBER, reason=RejectReason.NOT_FOUND).report
    assert refusal(rejected, A.OBJECT, COURIER2, text="x") == (Forbidden, "not_your_part")
    assert refusal(rejected, A.OBJECT, COURIER) == (Invalid, "reason_needed")


@pytest.mark.parametrize(
    ("held", "by"),
    [
        (report(), GRID_MEMBER),
        (report(), VILLAGER),  # stands above the grid
        (report(S.WITH_VILLAGE), VILLAGER),
        (report(S.WITH_VILLAGE), CENTRE),
        (report(S.WITH_CENTRE), CENTRE),
        (report(S.DISPATCHED), WORKS),
        (report(S.IN_HANDLING), WORKS),
    ],
)
def test_who_holds_it_or_stands_above_asks_and_it_comes_back_to_who_had_it(held: Report, by: Actor) -> None:
    held = replace(held, assignee="someone")
    asked = do(held, A.ASK_INFO, by, text="哪一栋？").report
    assert (asked.status, asked.holder) == (S.NEEDS_INFO, Post(Role.COURIER, COURIER.id))
    back = do(asked, A.SUPPLY_INFO, COURIER, text="三栋").report
    assert (back.status, back.holder, back.assignee) == (held.status, held.holder, "someone")
    assert refusal(back, A.ASK_INFO, by, text="?") == (Conflict, "info_asked_before")
    assert A.ASK_INFO not in offered(back, by)


def test_who_does_not_hold_it_asks_nothing() -> None:
    assert refusal(report(S.WITH_VILLAGE), A.ASK_INFO, GRID_MEMBER, text="?") == (Forbidden, "holder_asks")
    assert refusal(report(S.WITH_CENTRE), A.ASK_INFO, VILLAGER, text="?") == (Forbidden, "holder_asks")
    assert refusal(report(kind="0701"), A.ASK_INFO, VILLAGER, text="?") == (Forbidden, "not_your_part")  # not told


def test_a_question_and_its_answer_say_something_and_only_the_reporter_answers() -> None:
    assert refusal(report(), A.ASK_INFO, GRID_MEMBER) == (Invalid, "text_needed")
    asked = do(report(), A.ASK_INFO, GRID_MEMBER, text="?").report
    assert refusal(asked, A.SUPPLY_INFO, COURIER, text=" ") == (Invalid, "text_needed")
    assert refusal(asked, A.SUPPLY_INFO, GRID_MEMBER, text="x") == (Forbidden, "not_your_part")


def test_where_nothing_was_interrupted_nothing_goes_on() -> None:
    lost = report(S.NEEDS_INFO)  # which no deed leads to
    assert refusal(lost, A.SUPPLY_INFO, COURIER, text="x") == (IllegalAction, "nothing_interrupted")
    assert rung(lost, local(11, 24, 9))[0].report.status is S.WITH_CENTRE  # and yet it is not lost


def test_what_staff_filed_for_someone_stays_with_who_asked() -> None:
    filed = report(reporter_id=VILLAGER.id, filed_by=VILLAGER.id, source=Source.PHONE)
    asked = do(filed, A.ASK_INFO, GRID_MEMBER, text="?").report
    assert asked.holder == Post(Role.GRID_MEMBER, GRID)
    assert do(asked, A.SUPPLY_INFO, VILLAGER, text="x").report.status is S.SUBMITTED


def test_whom_the_ladder_called_in_stays_called_in_over_a_question() -> None:
    late = rung(report(), local(11, 23, 17))[-1].report  # 150 % of class B's four hours
    assert late.holder == Post(Role.CENTRE, TOWNSHIP)
    back = do(do(late, A.ASK_INFO, CENTRE, text="?").report, A.SUPPLY_INFO, COURIER, text="x").report
    assert back.holder == Post(Role.CENTRE, TOWNSHIP)
    assert do(back, A.VERIFY, VILLAGER, **ON_SITE).report.verified_by == VILLAGER.id


def test_the_village_of_the_place_has_what_was_verified_for_it() -> None:
    after = do(report(kind="0105"), A.VERIFY, GRID_MEMBER, **ON_SITE).report
    assert after.holder == Post(Role.VILLAGE, VILLAGE) and after.village_held
