"""Random lives of a report: whoever does whatever is open to him, whenever, with the clock ringing in between."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import DomainError
from chalicelib.domain.reports.acts import act, open_actions
from chalicelib.domain.reports.clockwork import UNDONE, first
from chalicelib.domain.reports.falling_due import fall_due
from chalicelib.domain.reports.intake import Intake, submit
from chalicelib.domain.reports.life import REMARKS, TRANSITIONS
from chalicelib.domain.reports.model import ENDED, Action, Change, Report, Status
from chalicelib.domain.reports.parties import OWN, Party
from chalicelib.domain.reports.powers import may
from chalicelib.domain.reports.sight import viewers
from tests.builders import ADMIN, AUDITOR, COURIER, COURIER2, DISTRICT, NOW, RULES, report
from tests.walks import ACTORS, around, filled

KINDS = ["0303", "0101", "0301", "0201", "0105", "0705", "0902", "1204", "0801", "0306", None]
STEPS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 60 * 24 * 4)), max_size=25)


def taken_in(kind: str | None) -> Change:
    intake = Intake(text="有问题", kind=kind, place=report().place, observed_at=None, photos=0)
    return submit("r1", intake, by=COURIER, now=NOW, rules=RULES)


def life(kind: str | None, steps: list[tuple[int, int, int]]) -> Iterator[Change]:
    """The changes of one random life, in order; the clock rings at most some minutes late."""
    change, now = taken_in(kind), NOW
    yield change
    for who, what, minutes in steps:
        now += timedelta(minutes=minutes)
        for change in rung(change.report, now):  # noqa: B020  # the rest goes on from the last of them
            yield change
        if acted := tried(change.report, who, what, now):
            change = acted
            yield change


def rung(held: Report, now: datetime) -> Iterator[Change]:
    """Whatever has fallen due, one after the other."""
    for _ in range(100):
        change = fall_due(held, now=now, rules=RULES)
        if change is None:
            return
        held = change.report
        yield change
    pytest.fail("the clock never stops ringing")


def tried(held: Report, who: int, what: int, now: datetime) -> Change | None:
    by = ACTORS[who % len(ACTORS)]
    if not (offered := open_actions(held, by=by, now=now, rules=RULES)):
        return None
    action = offered[what % len(offered)]
    try:
        command = filled(action, held, by=by, now=now)
        return act(held, command, by=by, now=now, rules=RULES, around=around(action, held))
    except DomainError:
        return None


@settings(max_examples=150)
@given(st.sampled_from(KINDS), STEPS)
def test_there_is_always_one_holder_and_at_most_one_next_deadline_until_the_end(
    kind: str | None, steps: list[tuple[int, int, int]]
) -> None:
    for change in life(kind, steps):
        held = change.report
        assert (held.holder is None) is (held.status in ENDED)
        assert (held.due_at is None) is (held.run is None) is (held.status in ENDED)
        timer = first(held, RULES)
        assert held.next_at == (timer.at if timer else None)
        assert held.status not in ENDED or held.next_at is None
        assert held.ended_at is None or held.status in ENDED


@settings(max_examples=150)
@given(st.sampled_from(KINDS), STEPS)
def test_history_explains_every_state(kind: str | None, steps: list[tuple[int, int, int]]) -> None:
    changes = list(life(kind, steps))
    assert [change.report.version for change in changes] == list(range(1, len(changes) + 1))
    for earlier, change in pairwise(changes):
        assert change.before == earlier.report and change.at >= earlier.at
        row = (earlier.report.status, change.action)
        assert change.report.status in TRANSITIONS[row]
        if change.action in REMARKS:
            assert change.report.due_at == earlier.report.due_at


@settings(max_examples=150)
@given(st.sampled_from(KINDS), STEPS)
def test_nobody_gains_what_his_scope_forbids(kind: str | None, steps: list[tuple[int, int, int]]) -> None:
    for change in life(kind, steps):
        held = change.report
        for outsider in (COURIER2, ADMIN, AUDITOR, DISTRICT):
            assert open_actions(held, by=outsider, now=change.at, rules=RULES) == []
        for someone in ACTORS:
            for action in open_actions(held, by=someone, now=change.at, rules=RULES):
                assert may(someone, action, held)
        if change.actor_id:
            by = next(one for one in ACTORS if one.id == change.actor_id)
            assert change.before is None or change.as_role in viewers(by, change.before)


@settings(max_examples=150)
@given(st.sampled_from(KINDS), STEPS)
def test_nobody_rechecks_what_he_said_to_be_solved_or_his_own_report(
    kind: str | None, steps: list[tuple[int, int, int]]
) -> None:
    for change in life(kind, steps):
        held, before = change.report, change.before
        barred = {held.resolved_by, held.reporter_id, held.filed_by}
        assert held.status is not Status.RESOLVED or held.assignee not in barred - {None}
        judged = change.action in (Action.CONFIRM, Action.REOPEN) and change.as_role not in OWN
        if before and judged and before.status is not Status.INVALID:
            assert change.actor_id not in {before.resolved_by, before.reporter_id, before.filed_by}


@settings(max_examples=150)
@given(st.sampled_from(KINDS), STEPS)
def test_left_alone_every_report_ends_or_lies_with_the_committee(
    kind: str | None, steps: list[tuple[int, int, int]]
) -> None:
    """Nothing is forgotten: with nobody acting, the clock carries each case to its end, or up to who must decide."""
    last = left_alone(list(life(kind, steps))[-1].report)
    settled = ENDED | {Status.SUBMITTED, Status.WITH_CENTRE, Status.COORDINATING, Status.IN_HANDLING}
    assert last.status in settled and (last.next_at is None)
    if last.status not in ENDED:
        assert last.run is not None and last.run.fired >= 100 and last.breaches


def left_alone(held: Report) -> Report:
    """What becomes of it when only the clock acts, each time in time."""
    for _ in range(100):
        if held.next_at is None or not (change := fall_due(held, now=held.next_at, rules=RULES)):
            return held
        held = change.report
    pytest.fail("the clock never stops ringing")


@settings(max_examples=150)
@given(st.sampled_from(KINDS), STEPS)
def test_nobody_closes_what_he_has_resolved_and_no_department_closes_its_own_order(
    kind: str | None, steps: list[tuple[int, int, int]]
) -> None:
    for change in life(kind, steps):
        before = change.before
        if before is None or change.report.status is not Status.CLOSED or before.status is Status.CLOSED:
            continue
        assert change.as_role not in (Party.LEAD, Party.CO_HANDLER, Party.VILLAGE)
        if before.status is Status.RESOLVED:
            assert change.actor_id != before.resolved_by or not change.actor_id


@settings(max_examples=150)
@given(st.sampled_from(KINDS), STEPS)
def test_what_helpers_owe_is_done_or_taken_from_them_when_the_matter_is_resolved(
    kind: str | None, steps: list[tuple[int, int, int]]
) -> None:
    for change in life(kind, steps):
        if change.action is Action.RESOLVE:
            assert not [part for part in change.report.parts if part.state in UNDONE]
        assert all(part.due_at >= part.since for part in change.report.parts)
