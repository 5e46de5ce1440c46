"""An order takes the suggestion as it is, or says in the history that it did not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.events import event
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.routing import Routing
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.sight import masked
from chalicelib.domain.reports.terms import ReturnReason, Ruling, Service
from tests.builders import CENTRE, COMMITTEE, NOW, RULES, VILLAGE, WORKS, report
from tests.deeds import dispatched, do, local, refusal
from tests.domain.reference.test_routing import read, row

S, A = Status, Action
LANE = report(S.WITH_CENTRE, kind="0101")
FIRE_LANE = RULES.routing.rule(LANE.nature, LANE.place, NOW.date())


def test_a_routine_dispatch_names_nobody_and_takes_the_suggestion_as_it_is() -> None:
    change = do(LANE, A.DISPATCH, CENTRE)
    after = change.report
    assert (after.department, after.co_handlers, after.status) == ("D06", ("D08", "V"), S.DISPATCHED)
    assert after.holder == Post(Role.DEPARTMENT, "D06") and len(after.parts) == 2
    assert FIRE_LANE and change.note == FIRE_LANE.zh
    assert change.details["suggested"] == {
        "table": "routing",
        "rule": "fire-lane",
        "edition": 1,
        "lead": "D06",
        "co_handlers": ["D08", "V"],
    }
    assert change.details["followed"] is True


@pytest.mark.parametrize("code", RULES.taxonomy.kinds)
def test_every_kind_is_dispatched_with_one_call_or_the_centre_is_told_why_not(code: str) -> None:
    kind = RULES.taxonomy.kinds[code]
    for severity in range(1, kind.severity + 1):
        nature = replace(kind.nature(), severity=severity)
        held = replace(report(S.WITH_CENTRE, kind=code), nature=nature, service=Service.POLICE)
        if kind.lead == "C":
            assert refusal(held, A.DISPATCH, CENTRE) == (Conflict, "suggestion_is_the_centres")
        else:
            assert do(held, A.DISPATCH, CENTRE).details["followed"] is True


def test_an_instruction_of_ones_own_goes_before_the_suggested_one() -> None:
    assert do(LANE, A.DISPATCH, CENTRE, text="今日办结").note == "今日办结"


def test_what_the_taxonomy_gives_to_the_village_goes_to_the_village() -> None:
    change = do(report(S.WITH_CENTRE, kind="0105"), A.DISPATCH, CENTRE)
    assert (change.report.status, change.report.holder) == (S.WITH_VILLAGE, Post(Role.VILLAGE, VILLAGE))
    assert change.details["department"] == "V" and change.details["followed"] is True


def test_an_order_of_ones_own_is_compared_with_what_was_suggested() -> None:
    same = do(LANE, A.DISPATCH, CENTRE, department="D06", co_handlers=("V", "D08"))
    other = do(LANE, A.DISPATCH, CENTRE, department="D06", co_handlers=("V",))
    assert (same.details["followed"], other.details["followed"]) == (True, False)
    assert same.details["suggested"] == other.details["suggested"] and same.note == ""


def test_reassigning_and_deciding_are_compared_as_well_but_take_nothing_by_themselves() -> None:
    held = dispatched("D01", kind="0101")
    moved = do(held, A.REASSIGN, CENTRE, department="D06", co_handlers=("D08", "V"), text="消防主办")
    assert moved.details["followed"] is True
    hard = report(S.COORDINATING, kind="0101")
    decided = do(hard, A.DECIDE, COMMITTEE, decision=Ruling.DISPATCH, department="D01", text="综合执法牵头")
    assert decided.details["followed"] is False and decided.details["decision"] is Ruling.DISPATCH
    assert refusal(held, A.REASSIGN, CENTRE, text="x") == (Invalid, "department_needed")
    assert refusal(hard, A.DECIDE, COMMITTEE, decision=Ruling.DISPATCH, text="x") == (Invalid, "department_needed")


def test_what_the_centre_leads_is_not_dispatched_by_itself() -> None:
    policy = report(S.WITH_CENTRE, kind="1204")
    assert refusal(policy, A.DISPATCH, CENTRE) == (Conflict, "suggestion_is_the_centres")
    named = do(policy, A.DISPATCH, CENTRE, department="D10")
    assert named.details["followed"] is False


def test_where_nothing_is_suggested_somebody_is_named() -> None:
    outside = replace(report(S.WITH_CENTRE, kind="0105"), place=replace(report().place, grid=None, village=None))
    assert refusal(outside, A.DISPATCH, CENTRE) == (Conflict, "nothing_suggested")
    assert "suggested" not in do(outside, A.DISPATCH, CENTRE, department="D06").details


def test_what_has_come_back_is_not_sent_there_again_by_routine() -> None:
    hole = do(report(S.WITH_CENTRE), A.DISPATCH, CENTRE).report
    back = do(hole, A.RETURN, WORKS, return_reason=ReturnReason.NOT_OURS, text="不归我们").report
    assert refusal(back, A.DISPATCH, CENTRE) == (Conflict, "suggested_has_returned")
    assert do(back, A.DISPATCH, CENTRE, department="D04", text="仍由你们办").details["followed"] is True


def test_whether_a_rule_is_valid_the_local_day_says() -> None:
    rules = replace(RULES, routing=read(row("typhoon", "0101", lead="D05", valid_from="2026-11-24")))
    before, after = local(11, 23, 23, 59), local(11, 24)
    assert after - before == timedelta(minutes=1)
    leads = [do(LANE, A.DISPATCH, CENTRE, now=now, rules=rules).report.department for now in (before, after)]
    assert leads == ["D06", "D05"]


def test_an_empty_routing_still_dispatches_by_the_taxonomy() -> None:
    bare = replace(RULES, routing=Routing(rules=()))
    change = do(LANE, A.DISPATCH, CENTRE, rules=bare)
    assert (change.report.department, change.note) == ("D06", "")
    suggested = change.details["suggested"]
    assert isinstance(suggested, dict) and (suggested["table"], suggested["rule"]) == ("taxonomy", "0101")


def test_the_reporter_is_not_told_what_was_suggested() -> None:
    line = event(do(LANE, A.DISPATCH, CENTRE))
    assert {"suggested", "followed"} <= masked(line, frozenset({Party.CENTRE})).details.keys()
    assert not {"suggested", "followed"} & masked(line, frozenset({Party.REPORTER})).details.keys()


def test_the_suggestion_that_was_read_is_the_one_that_is_taken() -> None:
    held = report(S.WITH_CENTRE)
    told = do(held, A.DISPATCH, CENTRE).details["suggested"]
    assert isinstance(told, dict)
    read = (told["table"], told["rule"], told["edition"])
    assert do(held, A.DISPATCH, CENTRE, suggested=read).report.department == told["lead"]
    assert refusal(held, A.DISPATCH, CENTRE, suggested=(*read[:2], read[2] - 1)) == (Conflict, "suggestion_changed")
