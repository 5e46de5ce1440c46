"""Who hears what the clock has done: reminders, the rungs of the ladder, alarms that nobody answers."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.notifications import notices
from chalicelib.domain.notifications.notices import Call
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reports.model import Action, Status
from tests.builders import GRID, TOWNSHIP, VILLAGE
from tests.lines import event, standing

A, S, E = Action, Status, Effect
IN_GRID, IN_VILLAGE, AT_CENTRE = f"grid_member:{GRID}", f"village:{VILLAGE}", f"centre:{TOWNSHIP}"
AT_COMMITTEE = f"committee:{TOWNSHIP}"


def fell_due(effect: Effect, status: Status, **changes: Any) -> Event:
    now = standing(status, **changes)
    details = {"effect": effect, "percent": 80, "post": now.holder}
    return event(A.FALL_DUE, standing(status), now, actor_id="", as_role="timer", details=details)


def test_a_reminder_is_for_who_has_it_by_name_else_for_the_pool() -> None:
    line = fell_due(E.REMIND_HOLDER, S.WITH_VILLAGE, assignee="li")
    called = notices.calls(line, centre_only=False)
    assert called == [Call(post=IN_VILLAGE, template="reminder", person="li")]
    assert notices.addressed(line, called, {IN_VILLAGE: ["chen", "li"]}).keys() == {"li"}
    assert notices.addressed(line, called, {IN_VILLAGE: ["chen", "wu"]}).keys() == {"chen", "wu"}, "li has left"


def test_where_nobody_holds_the_post_the_centre_is_reminded() -> None:
    line = fell_due(E.REMIND_HOLDER, S.DISPATCHED)
    assert notices.instead(line, {"department:D04": []}) == [Call(post=AT_CENTRE, template="reminder")]


@pytest.mark.parametrize(
    ("effect", "status", "posts"),
    [
        (E.VILLAGE_MAY_VERIFY, S.SUBMITTED, {IN_VILLAGE, IN_GRID}),
        (E.CENTRE_MAY_VERIFY, S.SUBMITTED, {AT_CENTRE}),
        (E.TELL_COMMITTEE, S.WITH_CENTRE, {AT_COMMITTEE}),
        (E.TELL_CHAIR_AND_AGENDA, S.COORDINATING, {AT_COMMITTEE}),
        (E.SUPERVISE_YELLOW, S.IN_HANDLING, {"department:D04", AT_COMMITTEE, AT_CENTRE}),
        (E.SUPERVISE_RED, S.IN_HANDLING, {"department:D04", AT_COMMITTEE, AT_CENTRE}),
        (E.CENTRE_RECHECKS, S.RESOLVED, {AT_CENTRE}),
        (E.CLOSE_UNCHECKED, S.CLOSED, {AT_CENTRE}),
    ],
)
def test_each_rung_of_the_ladder_calls_its_people(effect: Effect, status: Status, posts: set[str]) -> None:
    assert {call.post for call in notices.calls(fell_due(effect, status), centre_only=False)} == posts


@pytest.mark.parametrize(
    ("effect", "status", "template"),
    [(E.CENTRE_MAY_VERIFY, S.SUBMITTED, "may_verify"), (E.CENTRE_RECHECKS, S.RESOLVED, "to_recheck_late")],
)
def test_what_the_grid_left_undone_comes_to_the_centre_as_late(effect: Effect, status: Status, template: str) -> None:
    line = event(A.FALL_DUE, standing(status), standing(status, holder=AT_CENTRE), details={"effect": effect})
    assert {(call.post, call.template) for call in notices.calls(line, centre_only=False)} == {(AT_CENTRE, template)}


def test_what_a_village_left_undone_is_told_to_village_and_centre() -> None:
    details = {"effect": E.ESCALATE_TO_CENTRE, "percent": 100}
    line = event(A.FALL_DUE, standing(S.WITH_VILLAGE), standing(S.WITH_CENTRE), details=details)
    assert {(call.post, call.template) for call in notices.calls(line, centre_only=False)} == {
        (IN_VILLAGE, "taken_over"),
        (AT_CENTRE, "to_sort"),
    }


def test_signing_by_default_is_news_to_the_department() -> None:
    details = {"effect": E.SIGN_BY_DEFAULT, "percent": 100}
    line = event(A.FALL_DUE, standing(S.DISPATCHED), standing(S.IN_HANDLING), details=details)
    assert notices.calls(line, centre_only=False) == [Call(post="department:D04", template="signed_by_default")]


def test_closed_unchecked_is_told_to_the_reporter() -> None:
    assert notices.for_reporter(fell_due(E.CLOSE_UNCHECKED, S.CLOSED)) == "closed_unchecked"
    assert notices.for_reporter(fell_due(E.REMIND_HOLDER, S.WITH_VILLAGE)) is None


def test_the_committee_hears_in_the_app_when_nobody_answers_an_alarm() -> None:
    def call(step: str) -> list[Call]:
        now = standing(S.SUBMITTED, kind="0106")
        line = event(A.ALARM, now, now, details={"step": step}, actor_id="", as_role="timer", internal=True)
        return notices.calls(line, centre_only=False)

    assert (call("main"), call("deputy")) == ([], [])
    assert call("centre") == [Call(post=AT_CENTRE, template="alarm_unanswered")]
    assert call("committee") == [Call(post=AT_COMMITTEE, template="alarm_unanswered")]


def test_an_answered_alarm_is_told_to_village_and_centre_where_the_village_knows_of_it() -> None:
    now = standing(S.SUBMITTED, kind="0106")
    line = event(A.ACKNOWLEDGE, now, now, internal=True)
    assert [call.post for call in notices.calls(line, centre_only=False)] == [IN_VILLAGE, AT_CENTRE]
    assert [call.post for call in notices.calls(line, centre_only=True)] == [AT_CENTRE]


def test_the_centre_hears_of_every_closing_that_proves_false() -> None:
    false = {"false_closing": True, "resolver": "department:D04"}
    line = event(A.REOPEN, standing(S.CLOSED), standing(S.IN_HANDLING), details=false, actor_id="")
    assert notices.calls(line, centre_only=False) == [
        Call(post="department:D04", template="to_redo"),
        Call(post=AT_CENTRE, template="false_closing"),
    ]
    assert notices.for_reporter(line) == "reopened"
    assert len(notices.calls(replace(line, details={}), centre_only=False)) == 1
