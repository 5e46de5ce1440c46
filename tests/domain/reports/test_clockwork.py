"""A deadline is computed on entering a stage and changes only so as DOMAIN §2 says: each row, worked out by hand."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Around
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.running import Stage
from chalicelib.domain.reports.terms import Basis, ReturnReason, Watch
from tests.builders import (
    CENTRE,
    COMMITTEE,
    COURIER,
    GRID_MEMBER,
    NEXT_GRID,
    NOW,
    VILLAGE,
    WORKS,
    actor,
    report,
)
from tests.deeds import PHOTO, Fields, dispatched, do, handled, local, person, rung

S, A = Status, Action
WAIT: Fields = {"text": "等雨停", "plan": "下周"}


def begun(kind: str, now: datetime, status: Status = S.SUBMITTED) -> Report:
    return report(status, kind=kind, entered_at=now, created_at=now)


@pytest.mark.parametrize(
    ("stage", "due_at"),
    [  # class B, from Monday 09:00: three hours before noon, four after
        (Stage.VERIFY, local(11, 23, 15)),
        (Stage.VILLAGE, local(11, 25, 9)),
        (Stage.DISPATCH, local(11, 23, 11)),
        (Stage.COORD, local(11, 25, 9)),
        (Stage.ACCEPT, local(11, 23, 15)),
        (Stage.DEPT, local(11, 26, 9)),
        (Stage.REVISIT, local(11, 24, 9)),
        (Stage.INFO, local(11, 24, 9)),
        (Stage.SUSPENDED, local(12, 23, 9)),
    ],
)
def test_each_stage_has_the_limit_of_its_class(stage: Stage, due_at: datetime) -> None:
    status = next(status for status, named in clockwork.STAGE_OF.items() if named is stage)
    assert report(status).due_at == due_at


@pytest.mark.parametrize("hour", [0, 3, 23])
def test_danger_to_life_runs_at_night(hour: int) -> None:
    now = local(11, 28, hour)  # a Saturday
    assert begun("0301", now).due_at == now + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("now", "due_at"),
    [
        (local(11, 28, 3), local(11, 28, 9)),  # Saturday before dawn: from seven
        (local(11, 28, 20), local(11, 28, 22)),
        (local(11, 28, 21), local(11, 29, 8)),  # an hour that evening, one on Sunday morning
        (local(11, 28, 23), local(11, 29, 9)),
    ],
)
def test_class_a_runs_from_seven_to_ten_at_night_every_day(now: datetime, due_at: datetime) -> None:
    assert begun("0302", now).due_at == due_at


def test_over_national_day_only_workdays_count() -> None:
    """2026: 1–7 October off, Thursday to Wednesday; Saturday 10 October makes up for it."""
    held = begun("0303", local(9, 30, 16), S.IN_HANDLING)  # B: 24 hours
    assert held.due_at == local(10, 10, 16)  # two on Wednesday 30, eight on 8 and on 9, six on the make-up Saturday
    assert begun("0303", local(10, 10, 16)).due_at == local(10, 12, 10)  # two on the make-up Saturday, two on Monday


def test_over_spring_festival_only_workdays_count() -> None:
    """2026: 15–23 February off, Sunday to the second Monday; Saturdays 14 and 28 February make up for it."""
    held = begun("0303", local(2, 13, 17), S.IN_HANDLING)  # Friday: one hour
    assert held.due_at == local(2, 25, 17)  # eight on Saturday 14, eight on 24, seven on 25 February
    assert begun("0303", local(2, 27, 17)).due_at == local(2, 28, 11)  # an hour, and three on the make-up Saturday


def test_before_a_year_is_announced_its_deadlines_are_provisional() -> None:
    assert not begun("0303", NOW, S.IN_HANDLING).provisional
    assert begun("0303", local(12, 31, 17), S.IN_HANDLING).provisional  # due in 2027


def test_an_edit_a_comment_an_assignment_moves_no_deadline() -> None:
    held, later = handled("D03"), NOW + timedelta(hours=30)
    colleague = person(actor("colleague", (Role.DEPARTMENT, "D04")))
    deeds: list[tuple[Action, Actor, Fields]] = [
        (A.COMMENT, WORKS, {"text": "x"}),
        (A.ADD_INFO, COURIER, {"text": "x"}),
        (A.CLAIM, WORKS, {}),
        (A.ASSIGN, CENTRE, {"around": Around(person=colleague)}),
        (A.URGE, CENTRE, {"text": "x"}),
        (A.SUPERVISE, COMMITTEE, {"text": "x", "watch": Watch.RED}),
        (A.REQUEST_REASSIGN, WORKS, {"text": "x"}),
        (A.RECLASSIFY, CENTRE, {"severity": 3, "text": "x"}),
    ]
    for action, by, fields in deeds:
        after = do(held, action, by, now=later, **fields).report
        assert (after.run, after.due_at, after.entered_at) == (held.run, held.due_at, held.entered_at), action


def test_relocated_the_deadline_stays() -> None:
    held = report()
    around = Around(grid=NEXT_GRID, village=VILLAGE)
    assert do(held, A.RELOCATE, GRID_MEMBER, around=around, now=local(11, 23, 14)).report.due_at == held.due_at


@pytest.mark.parametrize(
    ("kind", "due_at"),
    [
        ("0302", local(11, 23, 11)),  # A: two hours from 09:00
        ("0301", local(11, 23, 9, 30)),  # E: half an hour
        ("0313", local(11, 24, 9)),  # C: eight hours
    ],
)
def test_reclassified_it_is_stage_entry_plus_the_new_limit(kind: str, due_at: datetime) -> None:
    after = do(report(), A.RECLASSIFY, CENTRE, kind=kind, text="x", now=local(11, 23, 10)).report
    assert (after.due_at, after.entered_at) == (due_at, NOW)


@pytest.mark.parametrize("now", [local(11, 27, 17), local(11, 28, 3), NOW])
@pytest.mark.parametrize(("kind", "raised"), [("0303", "0302"), ("0302", "0301"), ("0501", "0404"), ("0401", "0201")])
@pytest.mark.parametrize("status", [S.SUBMITTED, S.WITH_VILLAGE, S.WITH_CENTRE, S.DISPATCHED, S.IN_HANDLING])
def test_raising_never_makes_it_later(status: Status, kind: str, raised: str, now: datetime) -> None:
    held = begun(kind, now, status)
    after = do(held, A.RECLASSIFY, CENTRE, kind=raised, text="x", now=now).report
    assert held.due_at and after.due_at and after.due_at <= held.due_at


def test_what_was_breached_stays_breached_when_the_class_is_lowered() -> None:
    held = rung(report(), local(11, 23, 15))[-1].report
    assert held.breaches == (Stage.VERIFY,)
    after = do(held, A.RECLASSIFY, CENTRE, kind="0313", text="x", now=local(11, 23, 16)).report
    assert after.due_at == local(11, 24, 9) and after.breaches == (Stage.VERIFY,)
    silent = do(report(), A.RECLASSIFY, CENTRE, kind="0313", text="x", now=local(11, 23, 16)).report
    assert silent.breaches == (Stage.VERIFY,)  # the clock had not rung yet


def test_a_question_stops_the_clock() -> None:
    asked = do(report(), A.ASK_INFO, GRID_MEMBER, text="?", now=local(11, 23, 10)).report
    assert asked.due_at == local(11, 24, 10)  # a working day
    back = do(asked, A.SUPPLY_INFO, COURIER, text="x", now=local(11, 24, 9)).report
    assert back.due_at == local(11, 24, 12)  # three of four hours were left


@pytest.mark.parametrize("kind", ["0301", "0302"])
def test_what_is_urgent_waits_half_an_hour_for_an_answer(kind: str) -> None:
    asked = do(report(kind=kind), A.ASK_INFO, GRID_MEMBER, text="?", now=NOW).report
    assert asked.due_at == NOW + timedelta(minutes=30)


def test_what_was_overdue_when_it_was_asked_is_as_overdue_when_answered() -> None:
    asked = do(report(), A.ASK_INFO, GRID_MEMBER, text="?", now=local(11, 23, 16)).report  # an hour late
    back = do(asked, A.SUPPLY_INFO, COURIER, text="x", now=local(11, 24, 10)).report
    assert back.due_at == local(11, 24, 9) and back.breaches == (Stage.VERIFY,)
    assert [change.details["percent"] for change in rung(back, local(11, 24, 10))] == [50, 80, 100]


def test_suspended_it_keeps_the_remainder_and_resumes_with_a_working_day_at_least() -> None:
    for asked_at, due_at in ((local(11, 24, 9), local(12, 2, 9)), (local(11, 25, 18), local(12, 1, 9))):
        waits = do(handled(), A.SUSPEND, CENTRE, now=asked_at, **WAIT).report  # 16 hours are left; one hour
        assert do(waits, A.RESUME, CENTRE, now=local(11, 30, 9)).report.due_at == due_at


def test_returned_the_centre_has_its_limit_anew_and_the_promise_never_moves() -> None:
    held = dispatched()
    # class B: 4+16+2+16+4+24+8 = 74 working hours, from Monday 09:00: seven, eight days, and three
    assert held.promised_at == local(12, 4, 11)
    back = do(held, A.RETURN, WORKS, return_reason=ReturnReason.NOT_OURS, text="x", now=local(11, 23, 14)).report
    assert (back.due_at, back.promised_at) == (local(11, 23, 16), held.promised_at)
    again = do(back, A.DISPATCH, CENTRE, department="D03", now=local(11, 23, 16)).report
    assert (again.due_at, again.promised_at) == (local(11, 24, 10), held.promised_at)


def test_reopened_the_resolver_has_half_and_the_promise_stays() -> None:
    held = do(handled(), A.RESOLVE, WORKS, text="x", after_photos=PHOTO).report
    after = do(held, A.REOPEN, COURIER, text="x", now=local(11, 26, 9)).report
    assert (after.due_at, after.promised_at) == (local(11, 27, 15), held.promised_at)  # twelve hours: seven and five


def test_a_granted_extension_adds_its_hours() -> None:
    asked = do(handled(), A.REQUEST_EXTENSION, WORKS, hours=24.0, text="x").report
    assert asked.due_at == local(11, 26, 9)
    assert do(asked, A.GRANT, CENTRE, now=local(11, 24, 9)).report.due_at == local(12, 1, 9)


def test_an_ended_report_has_nothing_due_and_keeps_its_promise() -> None:
    held = report()
    after = do(held, A.VERIFY, GRID_MEMBER, basis=Basis.PHOTO).report
    ended = do(after, A.CANCEL, CENTRE, text="x").report
    assert (ended.due_at, ended.next_at, ended.run) == (None, None, None)
    assert ended.promised_at == held.promised_at and ended.ended_at == NOW


def test_overrunning_a_question_or_a_wait_is_nobodys_breach() -> None:
    asked = do(report(), A.ASK_INFO, GRID_MEMBER, text="?").report
    assert rung(asked, local(11, 24, 9))[0].report.breaches == ()
    waits = do(handled(), A.SUSPEND, CENTRE, **WAIT).report
    assert rung(waits, local(12, 23, 9))[0].report.breaches == ()


def test_a_stage_is_over_only_after_its_deadline() -> None:
    held = report()
    assert held.due_at
    assert not clockwork.is_over(held, held.due_at)
    assert clockwork.is_over(held, held.due_at + timedelta(microseconds=1))
    assert not clockwork.is_over(replace(held, due_at=None), local(12, 31))
