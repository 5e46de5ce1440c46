"""What the clock itself does: each rung at its instant, once, in order, whether or not anybody is assigned."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.falling_due import fall_due
from chalicelib.domain.reports.model import ENDED, Action, Report, Status
from chalicelib.domain.reports.running import Stage
from chalicelib.domain.reports.terms import Basis, ReturnReason, Watch
from tests.builders import CENTRE, GRID_MEMBER, NOW, RULES, TOWNSHIP, VILLAGE, VILLAGER, WORKS, report
from tests.deeds import Fields, dispatched, do, handled, local, offered, refusal, rung

S, A, E = Status, Action, Effect
TICK = timedelta(microseconds=1)
RUNGS = [(stage, rung.percent, rung.effect) for stage, rungs in RULES.ladder.items() for rung in rungs]
WAIT: Fields = {"text": "x", "plan": "x"}


def standing(stage: Stage, kind: str = "0303") -> Report:
    """A report in this stage since NOW, that got there by the ordinary way."""
    if stage is Stage.INFO:
        return do(report(kind=kind), A.ASK_INFO, GRID_MEMBER, text="?").report
    if stage is Stage.SUSPENDED:
        return do(handled(kind=kind), A.SUSPEND, CENTRE, **WAIT).report
    status = next(status for status, named in clockwork.STAGE_OF.items() if named is stage)
    return report(status, kind=kind)


def due(stage: Stage, percent: int) -> datetime:
    """When this much of class B's limit has passed since NOW."""
    held = standing(stage).run
    assert held
    return RULES.calendar.add(held.clock, NOW, held.hours * percent / 100)


@pytest.mark.parametrize("assignee", [None, "someone"])
@pytest.mark.parametrize(("stage", "percent", "effect"), RUNGS)
def test_every_rung_acts_at_its_instant_and_no_sooner(
    stage: Stage, percent: int, effect: Effect, assignee: str | None
) -> None:
    at = due(stage, percent)
    before = [change.report for change in rung(replace(standing(stage), assignee=assignee), at - TICK)]
    held = before[-1] if before else replace(standing(stage), assignee=assignee)
    assert held.next_at == at
    assert fall_due(held, now=at - TICK, rules=RULES) is None
    change = fall_due(held, now=at, rules=RULES)
    assert change and (change.action, change.actor_id, change.as_role) == (A.FALL_DUE, "", "timer")
    told = {name: change.details[name] for name in ("stage", "percent", "effect")}
    assert told == {"stage": stage, "percent": percent, "effect": effect}
    hidden = held.holder is None or held.holder.role is Role.COURIER
    assert change.details["post"] == (None if hidden or held.holder is None else held.holder.key)


@pytest.mark.parametrize(("stage", "percent", "effect"), RUNGS)
def test_delivered_twice_it_acts_once(stage: Stage, percent: int, effect: Effect) -> None:
    at = due(stage, percent)
    changes = rung(standing(stage), at)
    assert [change.details["effect"] for change in changes].count(effect) >= 1
    assert fall_due(changes[-1].report, now=at, rules=RULES) is None
    percents = [change.details["percent"] for change in changes]
    assert len(set(percents)) == len(percents)


def test_late_all_that_is_overdue_acts_one_after_the_other() -> None:
    changes = rung(report(), local(12, 31))
    assert [change.details["percent"] for change in changes] == [50, 80, 100, 150]
    assert [change.report.version for change in changes] == [4, 5, 6, 7]
    assert {change.at for change in changes} == {local(12, 31)}


def test_a_timer_for_what_has_moved_on_does_nothing() -> None:
    held = report()
    assert held.next_at
    verified = do(held, A.VERIFY, GRID_MEMBER, basis=Basis.PHOTO).report
    assert fall_due(verified, now=held.next_at - timedelta(hours=1, minutes=1), rules=RULES) is None
    for status in sorted(ENDED):
        assert fall_due(report(status), now=local(12, 31), rules=RULES) is None


def test_at_its_deadline_the_village_may_verify_and_at_half_as_much_again_the_centre_holds_it() -> None:
    fields: Fields = {"basis": Basis.ON_SITE}
    assert refusal(report(), A.VERIFY, VILLAGER, **fields)[1] == "not_your_part"
    late = rung(report(), due(Stage.VERIFY, 100))[-1].report
    assert do(late, A.VERIFY, VILLAGER, **fields).report.verified_by == VILLAGER.id
    assert late.holder == report().holder and A.VERIFY in offered(late, GRID_MEMBER)
    later = rung(late, due(Stage.VERIFY, 150))[-1].report
    assert later.holder == Post(Role.CENTRE, TOWNSHIP) and A.VERIFY in offered(later, VILLAGER)


@pytest.mark.parametrize("kind", ["0902", "0801", "0705", "1201"])
def test_the_village_never_verifies_what_only_the_centre_may(kind: str) -> None:
    changes = rung(report(kind=kind), local(12, 31))
    assert [change.details["effect"] for change in changes][2:] == [E.CENTRE_MAY_VERIFY, E.CENTRE_MAY_VERIFY]
    assert refusal(changes[-1].report, A.VERIFY, VILLAGER, basis=Basis.PHOTO)[1] == "not_your_part"


def test_where_there_is_no_village_the_centre_is_called() -> None:
    nowhere = report(place=replace(report().place, grid=None, village=None))
    assert rung(nowhere, due(Stage.VERIFY, 100))[-1].details["effect"] == E.CENTRE_MAY_VERIFY


def test_the_centre_takes_from_the_village_what_it_does_not_do() -> None:
    at = due(Stage.VILLAGE, 100)
    after = rung(report(S.WITH_VILLAGE), at)[-1].report
    assert (after.status, after.holder) == (S.WITH_CENTRE, Post(Role.CENTRE, TOWNSHIP))
    assert after.breaches == (Stage.VILLAGE,) and after.entered_at == at


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=1)])
def test_unsigned_it_counts_as_signed_at_the_deadline_however_late_the_clock_rings(late: timedelta) -> None:
    held = dispatched()
    assert held.due_at == local(11, 23, 15)
    changes = rung(held, held.due_at + late)
    signed = next(change.report for change in changes if change.details["effect"] == E.SIGN_BY_DEFAULT)
    assert (signed.status, signed.unsigned, signed.entered_at) == (S.IN_HANDLING, True, held.due_at)
    assert signed.due_at == local(11, 26, 15)  # 24 hours from the deadline for signing
    assert signed.breaches == (Stage.ACCEPT,)
    with pytest.raises(DomainError):
        do(signed, A.RETURN, WORKS, return_reason=ReturnReason.NOT_OURS, text="x")


def test_a_department_overdue_is_watched_yellow_then_red() -> None:
    held = handled()
    yellow = rung(held, due(Stage.DEPT, 100))[-1].report
    red = rung(yellow, due(Stage.DEPT, 150))[-1].report
    assert (yellow.watch, red.watch) == (Watch.YELLOW, Watch.RED)
    assert (red.status, red.breaches, red.next_at) == (S.IN_HANDLING, (Stage.DEPT,), None)


def test_at_its_deadline_the_centre_rechecks_and_then_it_closes_unchecked() -> None:
    held = report(S.RESOLVED)
    called = rung(held, due(Stage.REVISIT, 100))[-1].report
    assert called.holder == Post(Role.CENTRE, TOWNSHIP) and A.CONFIRM in offered(called, GRID_MEMBER)
    closed = rung(called, due(Stage.REVISIT, 150))[-1]
    assert (closed.report.status, closed.report.unchecked) == (S.CLOSED, True)
    assert closed.details["unchecked"] is True and not closed.internal


@pytest.mark.parametrize(("severity", "percent"), [(1, 120), (2, 120), (3, 150), (4, 150)])
def test_what_is_grave_is_not_closed_unchecked_early_whatever_the_ladder_says(severity: int, percent: int) -> None:
    early = tuple(
        replace(each, percent=120) if each.effect is E.CLOSE_UNCHECKED else each for each in RULES.ladder[Stage.REVISIT]
    )
    rules = replace(RULES, ladder={**RULES.ladder, Stage.REVISIT: early})
    held = clockwork.timed(report(S.RESOLVED, nature=replace(report().nature, severity=severity)), rules)
    at = due(Stage.REVISIT, percent)
    assert rung(held, at - TICK, rules)[-1].report.status is S.RESOLVED
    assert rung(held, at, rules)[-1].report.status is S.CLOSED


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=2)])
def test_unanswered_a_question_goes_back_with_what_was_left_from_when_the_wait_was_over(late: timedelta) -> None:
    mine = do(report(), A.CLAIM, GRID_MEMBER).report
    asked = do(mine, A.ASK_INFO, GRID_MEMBER, text="?", now=local(11, 23, 11)).report
    assert asked.due_at == local(11, 24, 11)
    back = rung(asked, asked.due_at + late)[0].report
    assert (back.status, back.assignee) == (S.SUBMITTED, GRID_MEMBER.id)
    assert back.due_at == local(11, 24, 15)  # two of four hours: one before noon, one after


def test_what_waits_is_reviewed_every_thirty_days_and_the_second_time_the_committee_takes_it() -> None:
    held = standing(Stage.SUSPENDED)
    assert held.due_at == NOW + timedelta(days=30)
    once = rung(held, held.due_at + timedelta(days=3))[-1]
    assert (once.report.status, once.details["review"]) == (S.SUSPENDED, 1)
    assert once.report.due_at == NOW + timedelta(days=60) and once.details["post"] == f"centre:{TOWNSHIP}"
    twice = rung(once.report, NOW + timedelta(days=60))[-1]
    assert (twice.report.status, twice.details["review"]) == (S.COORDINATING, 2)


def test_an_unanswered_extension_is_refused_at_the_deadline() -> None:
    held = do(handled(), A.REQUEST_EXTENSION, WORKS, hours=8.0, text="x").report
    at = due(Stage.DEPT, 100)
    assert all(change.report.request for change in rung(held, at - TICK))
    changes = rung(held, at)
    refused = next(change for change in changes if change.details["effect"] == E.REQUEST_OVER)
    assert refused.report.request is None and refused.report.due_at == at
    assert refused.details | {"refused": True, "wish": "extension", "stage": "request"} == refused.details


@pytest.mark.parametrize(("action", "wish"), [(A.REQUEST_REASSIGN, "reassign"), (A.SUSPEND, "suspend")])
def test_another_unanswered_request_is_told_once_and_stays(action: Action, wish: str) -> None:
    held = do(handled(), action, WORKS, **WAIT).report
    at = local(11, 23, 11)  # the centre's two hours
    assert rung(held, at - TICK) == []
    changes = rung(held, at)
    assert [(change.details["effect"], change.details["wish"]) for change in changes] == [(E.REQUEST_OVER, wish)]
    assert changes[0].details["post"] == f"centre:{TOWNSHIP}" and changes[0].report.request
    later = rung(changes[0].report, local(11, 30))
    assert E.REQUEST_OVER not in [change.details["effect"] for change in later]
    assert A.REFUSE in offered(later[-1].report, CENTRE)


@pytest.mark.parametrize(("helper", "post"), [("D03", "department:D03"), ("V", f"village:{VILLAGE}")])
def test_a_late_part_counts_once_for_its_helper(helper: str, post: str) -> None:
    held = dispatched("D04", helper, "D10")
    filed = replace(held, parts=(held.parts[0], replace(held.parts[1], late=True)))
    held = do(filed, A.ACCEPT, WORKS).report
    at = held.parts[0].due_at
    assert E.PART_LATE not in [change.details["effect"] for change in rung(held, at - TICK)]
    late = [change for change in rung(held, local(12, 31)) if change.details["effect"] == E.PART_LATE]
    assert [(change.details["stage"], change.details["post"]) for change in late] == [("part", post)]
    assert late[0].report.parts[0].late and late[0].report.due_at == held.due_at
