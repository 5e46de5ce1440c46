"""What may be done to a meeting in which state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.domain.meetings import minutes as rules
from chalicelib.domain.meetings.model import (
    Body,
    Decision,
    Item,
    Meeting,
    MeetingState,
    Minutes,
    Plan,
    Verdict,
    scope_of,
)
from tests.builders import NOW, RULES, TOWNSHIP

PLAN = Plan(title="会", day=date(2026, 11, 26), place="")
MEETING = Meeting(id="m1", body=Body.TOWN, township=TOWNSHIP, plan=PLAN, made_by="c", made_at=NOW)
ORDER = Decision(verdict=Verdict.DISPATCH, text="a", department="D04", co_handlers=("D03", "V"))
LATER = Decision(verdict=Verdict.POSTPONE, text="a")
ITEMS = (Item(id="a", report_id="a", decision=ORDER), Item(id="b", report_id="b", decision=LATER))

EDITS: dict[str, Callable[[Minutes], object]] = {
    "edit": lambda minutes: rules.edited(minutes.meeting),
    "announce": lambda minutes: rules.announced(minutes, NOW),
    "publish": lambda minutes: rules.published(minutes, by="c", now=NOW),
    "cancel": lambda minutes: rules.cancelled(minutes.meeting, "a"),
}


@pytest.mark.parametrize("state", [state for state in MeetingState if state is not MeetingState.DRAFT])
@pytest.mark.parametrize("edit", EDITS)
def test_only_a_draft_is_edited(state: MeetingState, edit: str) -> None:
    with pytest.raises(Conflict, match="meeting_not_draft"):
        EDITS[edit](Minutes(meeting=replace(MEETING, state=state), items=ITEMS))


def test_publishing_names_who_was_charged_and_no_village() -> None:
    made = rules.published(Minutes(meeting=MEETING, items=ITEMS), by="c", now=NOW)
    assert (made.state, made.version, made.published_by) == (MeetingState.PUBLISHING, 2, "c")
    assert made.involved == ("D04", "D03")
    assert rules.finished(made).state is MeetingState.PUBLISHED


def test_guests_are_named_once() -> None:
    plan = rules.planned(replace(PLAN, invited=("D04", "D03", "D04")), departments=RULES.departments, now=NOW)
    assert plan.invited == ("D04", "D03")


def test_each_body_meets_for_its_own_area() -> None:
    assert [scope_of(body, TOWNSHIP) for body in Body] == [TOWNSHIP, TOWNSHIP[:6]]


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("verdict", Verdict)
def test_each_body_decides_what_is_its_own(body: Body, verdict: Verdict) -> None:
    minutes = Minutes(meeting=replace(MEETING, body=body), items=ITEMS)
    decision = replace(ORDER, verdict=verdict, who=("a",), day=date(2026, 12, 1))
    joint = verdict is Verdict.FOLLOW_UP
    if verdict is Verdict.POSTPONE or joint is (body is Body.JOINT):
        assert rules.decided(minutes, "a", decision).decision == decision
    else:
        with pytest.raises(Exception, match="verdict_of_other_meeting"):
            rules.decided(minutes, "a", decision)
