"""It waits for something named (挂账), and goes on with what was left of its time."""

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.terms import Wish
from tests.builders import CENTRE, COMMITTEE, NOW, TOWNSHIP, WORKS
from tests.deeds import PHOTO, Fields, do, handled, local, offered, refusal

S, A = Status, Action
WAIT: Fields = {"text": "等雨停", "plan": "12月1日前复工"}


def asked() -> Report:
    return do(handled(), A.SUSPEND, WORKS, **WAIT).report


def safe(kind: str) -> Report:
    return do(handled(kind=kind), A.MAKE_SAFE, WORKS, text="已围挡", after_photos=PHOTO).report


def test_the_department_asks_with_cause_and_plan_and_the_centre_grants() -> None:
    held = asked()
    assert (held.status, held.request and held.request.wish) == (S.IN_HANDLING, Wish.SUSPEND)
    change = do(held, A.GRANT, CENTRE)
    assert (change.report.status, change.note) == (S.SUSPENDED, "等雨停")
    assert change.details == {"plan": "12月1日前复工"} and change.report.request is None
    assert change.report.holder == Post(Role.CENTRE, TOWNSHIP)
    assert change.report.due_at == local(12, 23, 9)  # thirty days
    assert refusal(handled(), A.SUSPEND, WORKS, text="x") == (Invalid, "plan_needed")
    assert refusal(handled(), A.SUSPEND, WORKS, plan="x") == (Invalid, "reason_needed")


def test_the_centre_names_a_cause_of_its_own() -> None:
    assert do(handled(), A.SUSPEND, CENTRE, **WAIT).report.status is S.SUSPENDED
    more = do(handled(), A.REQUEST_EXTENSION, WORKS, hours=8.0, text="人手不足").report
    assert refusal(more, A.SUSPEND, CENTRE, plan="x") == (Invalid, "reason_needed")  # not the extension's
    assert refusal(handled(), A.SUSPEND, COMMITTEE, **WAIT) == (Forbidden, "not_your_part")


@pytest.mark.parametrize("kind", ["0301", "0302"])
@pytest.mark.parametrize("by", [WORKS, CENTRE])
def test_what_is_urgent_does_not_wait_before_it_is_safe_and_has_its_class(kind: str, by: Actor) -> None:
    for held in (handled(kind=kind), safe(kind)):
        assert refusal(held, A.SUSPEND, by, **WAIT) == (Conflict, "suspend_after_made_safe")
        assert A.SUSPEND not in offered(held, by)
    repair = do(safe(kind), A.RECLASSIFY, CENTRE, klass="D", text="x").report
    assert do(repair, A.SUSPEND, CENTRE, **WAIT).report.status is S.SUSPENDED


def test_what_is_overdue_does_not_wait() -> None:
    held, late = handled(), local(11, 26, 9, 1)
    assert do(held, A.SUSPEND, CENTRE, now=local(11, 26, 9), **WAIT).report.status is S.SUSPENDED
    assert refusal(held, A.SUSPEND, WORKS, now=late, **WAIT) == (Conflict, "suspend_before_breach")
    assert refusal(held, A.SUSPEND, CENTRE, now=late, **WAIT) == (Conflict, "suspend_before_breach")


def test_what_has_become_overdue_or_urgent_meanwhile_is_not_granted() -> None:
    held = asked()
    assert refusal(held, A.GRANT, CENTRE, now=local(11, 26, 9, 1)) == (Conflict, "suspend_before_breach")
    urgent = do(held, A.RECLASSIFY, CENTRE, kind="0302", text="x").report
    assert refusal(urgent, A.GRANT, CENTRE) == (Conflict, "suspend_after_made_safe")
    assert A.GRANT not in offered(urgent, CENTRE) and A.REFUSE in offered(urgent, CENTRE)


def test_resumed_it_has_what_was_left() -> None:
    waits = do(handled(), A.SUSPEND, CENTRE, now=local(11, 23, 11), **WAIT).report
    after = do(waits, A.RESUME, CENTRE, now=local(11, 30, 8)).report
    assert (after.status, after.department) == (S.IN_HANDLING, "D04")
    assert after.due_at == local(12, 2, 16)  # 22 of 24 hours: eight, eight, six


def test_resumed_it_has_a_working_day_at_least() -> None:
    waits = do(handled(), A.SUSPEND, CENTRE, now=local(11, 26, 8), **WAIT).report  # an hour is left
    assert do(waits, A.RESUME, WORKS, now=local(11, 30, 10)).report.due_at == local(12, 1, 10)


def test_a_helpers_part_waits_as_well() -> None:
    held = handled("D03")
    waits = do(held, A.SUSPEND, CENTRE, now=local(11, 23, 11), **WAIT).report
    after = do(waits, A.RESUME, CENTRE, now=local(11, 30, 8)).report
    assert held.parts[0].due_at == local(11, 25, 14, 12)  # 80 % of 24 hours: seven, eight, four and a fifth
    assert after.parts[0].due_at == local(12, 2, 9, 12)  # two hours were used: eight, eight, one and a fifth
    assert after.parts[0].return_by == local(11, 30, 10)  # two of four hours were left to return it


def test_somebody_resumes_it_who_has_a_part_in_it() -> None:
    waits = do(handled(), A.SUSPEND, CENTRE, **WAIT).report
    assert A.RESUME in offered(waits, CENTRE) and A.RESUME in offered(waits, WORKS)
    assert refusal(waits, A.RESUME, COMMITTEE) == (Forbidden, "not_your_part")
    assert waits.entered_at == NOW
