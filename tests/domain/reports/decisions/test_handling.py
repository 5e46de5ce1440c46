"""The department signs, returns, asks for more, makes safe."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.decisions import sorting
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.running import Returned, Stage
from chalicelib.domain.reports.terms import ReturnReason, Wish
from tests.builders import CENTRE, COMMITTEE, COURIER, NOW, RULES, SANITATION, TOWNSHIP, WORKS
from tests.deeds import PHOTO, PROXY, Fields, dispatched, do, handled, local, offered, refusal, rung

S, A, W = Status, Action, Wish
TICK = timedelta(microseconds=1)
NOT_OURS: Fields = {"return_reason": ReturnReason.NOT_OURS, "text": "属于市政"}
MORE: Fields = {"hours": 8.0, "text": "等材料"}


def asked(wish: Wish) -> Report:
    """In handling since NOW, and one question put to the centre."""
    action = {W.EXTENSION: A.REQUEST_EXTENSION, W.REASSIGN: A.REQUEST_REASSIGN, W.SUSPEND: A.SUSPEND}[wish]
    return do(handled(), action, WORKS, text="x", plan="下周", hours=8.0).report


def test_signing_begins_the_departments_limit() -> None:
    after = do(dispatched(), A.ACCEPT, WORKS, now=local(11, 23, 10)).report
    assert (after.status, after.unsigned) == (S.IN_HANDLING, False)
    assert after.due_at == local(11, 26, 10)  # 24 hours: six on Monday, eight, eight, and two on Thursday
    assert refusal(dispatched(), A.ACCEPT, SANITATION) == (Forbidden, "not_your_part")
    assert refusal(dispatched(), A.ACCEPT, CENTRE) == (Forbidden, "not_your_part")


def test_signed_late_it_counts_as_signed_by_default_even_before_the_clock_says_so() -> None:
    held = dispatched()
    assert held.due_at == local(11, 23, 15)
    assert not do(held, A.ACCEPT, WORKS, now=held.due_at).report.unsigned
    late = do(held, A.ACCEPT, WORKS, now=local(11, 23, 17)).report
    by_the_clock = rung(held, held.due_at)[-1].report
    assert (late.unsigned, late.run, late.due_at) == (True, by_the_clock.run, by_the_clock.due_at)


@pytest.mark.parametrize("reason", ReturnReason)
def test_each_reason_returns_it_to_the_centre(reason: ReturnReason) -> None:
    change = do(dispatched(), A.RETURN, WORKS, return_reason=reason, text="说明")
    assert (change.report.status, change.report.department) == (S.WITH_CENTRE, None)
    assert change.details == {"reason": reason, "department": "D04"}
    assert change.report.returned_by == ("D04",)


def test_a_return_says_why_in_a_word_and_in_words() -> None:
    assert refusal(dispatched(), A.RETURN, WORKS, text="x") == (Invalid, "reason_needed")
    assert refusal(dispatched(), A.RETURN, WORKS, return_reason=ReturnReason.DUPLICATE) == (Invalid, "reason_needed")


def test_it_is_returned_only_inside_the_accept_window() -> None:
    held = dispatched()
    assert held.due_at
    assert do(held, A.RETURN, WORKS, now=held.due_at, **NOT_OURS).report.status is S.WITH_CENTRE
    assert refusal(held, A.RETURN, WORKS, now=held.due_at + TICK, **NOT_OURS) == (Conflict, "accept_window_over")
    assert A.RETURN not in offered(held, WORKS, held.due_at + TICK)
    assert refusal(handled(), A.RETURN, WORKS, **NOT_OURS) == (IllegalAction, "no_such_step")


def test_a_department_returns_it_once() -> None:
    back = do(dispatched(), A.RETURN, WORKS, **NOT_OURS).report
    again = do(back, A.DISPATCH, CENTRE, department="D04").report
    assert refusal(again, A.RETURN, WORKS, **NOT_OURS) == (Conflict, "returned_once")
    assert A.RETURN not in offered(again, WORKS)


def test_after_two_returns_a_body_of_the_town_keeps_it() -> None:
    once = do(dispatched("D03"), A.RETURN, SANITATION, **NOT_OURS)
    second = do(once.report, A.DISPATCH, CENTRE, department="D04").report
    twice = do(second, A.RETURN, WORKS, **NOT_OURS).report
    assert twice.returned_by == ("D03", "D04")
    final = do(twice, A.DISPATCH, CENTRE, department="D04").report
    assert refusal(final, A.RETURN, WORKS, **NOT_OURS) == (Conflict, "assignment_is_final")


def test_one_question_at_a_time() -> None:
    held = asked(W.REASSIGN)
    for action in (A.REQUEST_REASSIGN, A.REQUEST_EXTENSION, A.SUSPEND):
        assert refusal(held, action, WORKS, plan="x", **MORE) == (Conflict, "request_pending")
        assert action not in offered(held, WORKS)


def test_the_centre_answers_within_its_own_limit_and_the_clock_runs_on() -> None:
    for wish in (W.REASSIGN, W.SUSPEND):
        held = asked(wish)
        assert held.request and (held.request.wish, held.request.due_at) == (wish, local(11, 23, 11))
        assert (held.run, held.due_at) == (handled().run, handled().due_at)
    assert refusal(handled(), A.REQUEST_REASSIGN, WORKS) == (Invalid, "reason_needed")


def test_another_lead_is_granted_by_naming_one() -> None:
    held = asked(W.REASSIGN)
    assert refusal(held, A.GRANT, CENTRE) == (IllegalAction, "grant_by_reassign")
    after = do(held, A.REASSIGN, CENTRE, department="D03", text="x").report
    assert (after.department, after.request) == ("D03", None)


def test_an_extension_is_asked_for_before_three_quarters_of_the_limit() -> None:
    last = local(11, 25, 11)  # 18 of 24 hours: seven, eight, and three on Wednesday
    held = do(handled(), A.REQUEST_EXTENSION, WORKS, now=last - TICK, **MORE).report
    assert held.request and (held.request.hours, held.request.due_at) == (8.0, held.due_at)
    assert refusal(handled(), A.REQUEST_EXTENSION, WORKS, now=last, **MORE) == (Conflict, "extension_too_late")
    assert A.REQUEST_EXTENSION not in offered(handled(), WORKS, last)


@pytest.mark.parametrize("hours", [0.0, -1.0, 24.1])
def test_an_extension_is_no_longer_than_its_class_allows(hours: float) -> None:
    assert refusal(handled(), A.REQUEST_EXTENSION, WORKS, hours=hours, text="x") == (Invalid, "extension_hours")


@pytest.mark.parametrize("kind", ["0301", "0302"])
def test_what_cannot_wait_for_working_hours_has_no_extension(kind: str) -> None:
    assert refusal(handled(kind=kind), A.REQUEST_EXTENSION, WORKS, **MORE) == (Conflict, "no_extension_left")


def test_a_granted_extension_is_the_only_one() -> None:
    change = do(asked(W.EXTENSION), A.GRANT, CENTRE)
    assert change.report.due_at == local(11, 27, 9) and change.details == {"wish": W.EXTENSION, "hours": 8.0}
    assert refusal(change.report, A.REQUEST_EXTENSION, WORKS, **MORE) == (Conflict, "no_extension_left")


def test_the_centre_may_grant_less_but_not_more() -> None:
    held = asked(W.EXTENSION)
    assert do(held, A.GRANT, CENTRE, hours=4.0).report.due_at == local(11, 26, 15)  # 09:00 and four hours, over noon
    for hours in (8.5, -1.0):
        assert refusal(held, A.GRANT, CENTRE, hours=hours) == (Invalid, "grant_no_more")


@pytest.mark.parametrize("wish", W)
def test_refused_the_deadline_stands(wish: Wish) -> None:
    held = asked(wish)
    change = do(held, A.REFUSE, CENTRE, text="不必")
    assert (change.report.request, change.report.due_at) == (None, held.due_at) and change.details == {"wish": wish}
    assert refusal(held, A.REFUSE, CENTRE) == (Invalid, "reason_needed")
    assert refusal(held, A.REFUSE, COMMITTEE, text="x") == (Forbidden, "not_your_part")


def test_only_what_was_asked_is_answered_and_an_extension_only_until_the_deadline() -> None:
    for action in (A.GRANT, A.REFUSE):
        assert refusal(handled(), action, CENTRE, text="x") == (IllegalAction, "nothing_requested")
        assert action not in offered(handled(), CENTRE)
    held = asked(W.EXTENSION)
    assert held.due_at
    assert do(held, A.GRANT, CENTRE, now=held.due_at).report.extensions == 1
    assert refusal(held, A.GRANT, CENTRE, now=held.due_at + TICK) == (IllegalAction, "nothing_requested")


def test_a_question_to_the_reporter_moves_the_answer_to_an_extension_with_the_deadline() -> None:
    held = do(asked(W.EXTENSION), A.ASK_INFO, WORKS, text="?", now=local(11, 23, 10)).report
    assert held.request
    back = do(held, A.SUPPLY_INFO, COURIER, text="x", now=local(11, 23, 16)).report
    assert back.due_at == local(11, 26, 15) and back.request and back.request.due_at == back.due_at


@pytest.mark.parametrize("kind", ["0301", "0302"])
def test_made_safe_in_time_it_waits_for_its_class_at_the_centres_pace(kind: str) -> None:
    change = do(handled("D18", kind=kind), A.MAKE_SAFE, WORKS, text="已断电围挡", after_photos=PHOTO)
    after = change.report
    assert change.details == {"after_photos": list(PHOTO), "in_time": True}
    assert (after.status, after.made_safe_at, after.awaits_class) == (S.IN_HANDLING, NOW, True)
    assert after.run and after.run.stage is Stage.DISPATCH and after.breaches == ()
    assert after.holder == Post(Role.DEPARTMENT, "D04")
    assert rung(after, after.due_at or NOW)[-1].details["post"] == f"centre:{TOWNSHIP}"


def test_made_safe_late_the_breach_stays() -> None:
    held = handled(kind="0301")
    assert held.due_at == NOW + timedelta(hours=24)
    change = do(held, A.MAKE_SAFE, WORKS, text="x", after_photos=PHOTO, now=held.due_at + TICK)
    assert change.details["in_time"] is False and change.report.breaches == (Stage.DEPT,)


def test_only_what_is_urgent_is_made_safe_once_shown_by_a_photo() -> None:
    assert refusal(handled(), A.MAKE_SAFE, WORKS, text="x", after_photos=PHOTO) == (
        IllegalAction,
        "make_safe_urgent_only",
    )
    held = handled(kind="0301")
    assert refusal(held, A.MAKE_SAFE, WORKS, text="x") == (Invalid, "after_photo_needed")
    assert refusal(held, A.MAKE_SAFE, WORKS, after_photos=PHOTO) == (Invalid, "text_needed")
    safe = do(held, A.MAKE_SAFE, WORKS, text="x", after_photos=PHOTO).report
    assert refusal(safe, A.MAKE_SAFE, WORKS, text="x", after_photos=PHOTO) == (Conflict, "class_first")
    assert A.MAKE_SAFE in offered(held, WORKS) and A.MAKE_SAFE not in offered(safe, WORKS)


def test_a_question_in_between_does_not_settle_the_class() -> None:
    safe = do(handled(kind="0301"), A.MAKE_SAFE, WORKS, text="x", after_photos=PHOTO).report
    back = do(do(safe, A.ASK_INFO, CENTRE, text="?").report, A.SUPPLY_INFO, COURIER, text="x").report
    assert back.awaits_class
    assert do(back, A.RECLASSIFY, CENTRE, klass="B", text="x").report.nature.klass == "B"


def test_after_the_repair_it_is_resolved_like_any_other() -> None:
    safe = do(handled(kind="0301"), A.MAKE_SAFE, WORKS, text="x", after_photos=PHOTO).report
    repair = do(safe, A.RECLASSIFY, CENTRE, klass="D", text="x").report
    after = do(repair, A.RESOLVE, WORKS, text="已换盖", after_photos=PHOTO).report
    assert (after.status, after.made_safe_at) == (S.RESOLVED, NOW)
    assert after.nature.klass == "D"


def test_who_refused_it_and_why_stays_with_the_report() -> None:
    at = local(11, 23, 15)
    once = do(dispatched(), A.RETURN, WORKS, now=at, **NOT_OURS).report
    again = do(once, A.DISPATCH, CENTRE, department="D06", now=at).report
    said = replace(PROXY, at=at)
    reason: Fields = {"return_reason": ReturnReason.OWNERSHIP_UNCLEAR, "text": "权属不清"}
    twice = do(again, A.RETURN, CENTRE, now=at + timedelta(hours=1), proxy=said, **reason).report
    assert twice.returns == (
        Returned(department="D04", reason=NOT_OURS["return_reason"], text=NOT_OURS["text"], at=at),
        Returned(department="D06", reason=ReturnReason.OWNERSHIP_UNCLEAR, text="权属不清", at=at, recorded=True),
    )
    assert sorting.is_final(twice, RULES) and not sorting.is_final(once, RULES)


def test_a_department_takes_back_what_it_asked_for_and_may_ask_again() -> None:
    held = do(handled(), A.REQUEST_REASSIGN, WORKS, text="x").report
    change = do(held, A.WITHDRAW_REQUEST, WORKS, text="自行处理")
    assert change.report.request is None and change.details == {"wish": Wish.REASSIGN}
    assert refusal(change.report, A.WITHDRAW_REQUEST, WORKS) == (IllegalAction, "nothing_requested")
    assert do(change.report, A.REQUEST_EXTENSION, WORKS, hours=8, text="x").report.request
    assert refusal(held, A.WITHDRAW_REQUEST, SANITATION) == (Forbidden, "not_your_part")


def test_a_granted_extension_outlives_another_kind() -> None:
    asked = do(handled(), A.REQUEST_EXTENSION, WORKS, hours=8, text="x").report
    held = do(asked, A.GRANT, CENTRE).report
    after = do(held, A.RECLASSIFY, CENTRE, kind="0102", text="是飞线充电").report  # an urgent one
    assert after.run and after.run.granted == 8
    assert after.run.hours == RULES.limits.of(after.nature.klass).hours[Stage.DEPT] + 8
