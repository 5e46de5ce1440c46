"""Who writes and who reads: every role, in the township and elsewhere, of each body."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.meetings import powers
from chalicelib.domain.meetings.model import Body, Decision, Item, Meeting, MeetingState, Plan, Verdict
from chalicelib.domain.people.model import Actor, Post, Role
from tests.builders import NOW, TOWNSHIP

SCOPES = {Role.DISTRICT: "350211", Role.DEPARTMENT: "D04"}
PLAN = Plan(title="会", day=date(2026, 11, 26), place="")
MEETING = Meeting(id="m1", body=Body.TOWN, township=TOWNSHIP, plan=PLAN, made_by="c", made_at=NOW)
INVITED = replace(MEETING, plan=replace(PLAN, invited=("D04",)))
D04 = Actor(id="x", posts=(Post(Role.DEPARTMENT, "D04"),))


def somebody(role: Role, scope: str | None = None) -> Actor:
    return Actor(id="x", posts=(Post(role, scope or SCOPES.get(role, TOWNSHIP)),))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("body", Body)
def test_one_role_of_the_township_holds_the_pen(role: Role, body: Body) -> None:
    def writes(scope: str | None = None) -> bool:
        try:
            powers.require_pen(somebody(role, scope), body, TOWNSHIP)
        except Forbidden:
            return False
        return True

    assert writes() is (powers.PEN[body] is role)
    assert not writes("350211103")


@pytest.mark.parametrize("role", Role)
def test_who_reads_everything(role: Role) -> None:
    town = role in (Role.COMMITTEE, Role.CENTRE, Role.AUDITOR)
    assert powers.reads_all(somebody(role), Body.TOWN, TOWNSHIP) is town
    assert powers.reads_all(somebody(role), Body.JOINT, TOWNSHIP) is (town or role is Role.DISTRICT)
    assert not powers.reads_all(somebody(role, "350212"), Body.JOINT, TOWNSHIP)


def test_a_guest_reads_from_the_announcement_on() -> None:
    assert not powers.takes_part(D04, INVITED)
    assert powers.takes_part(D04, replace(INVITED, announced_at=NOW))
    assert not powers.takes_part(somebody(Role.DEPARTMENT, "D03"), replace(INVITED, announced_at=NOW))


def test_who_was_charged_reads_once_the_minutes_are_published() -> None:
    decision = Decision(verdict=Verdict.DISPATCH, text="a", department="D04")
    item = Item(id="r1", report_id="r1", decision=decision)
    charged = replace(MEETING, involved=("D04",))
    assert not powers.concerns(D04, item, charged)
    published = replace(charged, state=MeetingState.PUBLISHED)
    assert powers.takes_part(D04, published) and powers.concerns(D04, item, published)
    helping = replace(item, decision=replace(decision, department="D03", co_handlers=("D04",)))
    assert powers.concerns(D04, helping, published)
    assert not powers.concerns(D04, replace(item, decision=None), published)


def test_a_stranger_is_not_told_that_there_is_a_meeting() -> None:
    with pytest.raises(NotFound):
        powers.require_sight(D04, MEETING)
    powers.require_sight(somebody(Role.CENTRE), MEETING)
