"""What somebody who was too late is told of the other change: as much as he may read."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.events import Event, event
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.meanwhile import FieldChange, Meanwhile, told
from chalicelib.domain.reports.model import Action, Change, Status
from chalicelib.domain.reports.terms import Basis
from tests.builders import AUDITOR, CENTRE, COURIER, COURIER2, GRID_MEMBER, WORKS, report
from tests.deeds import do

PLAIN = StaleVersion("stale_version", version=4)
WAITING = report(Status.WITH_CENTRE)
DISPATCHED = do(WAITING, Action.DISPATCH, CENTRE, department="D04", text="请今日处理")


def seen(by: Actor, *changes: Change) -> Meanwhile:
    """What is told after these changes."""
    return told(PLAIN, changes[-1].report, map(event, changes), by=by).meanwhile


def lines(by: Actor, *changes: Change) -> list[Event]:
    return [line for line, _ in seen(by, *changes).changes]


def fields(by: Actor, *changes: Change) -> set[str]:
    return {one.field for _, changed in seen(by, *changes).changes for one in changed}


def test_it_is_the_same_refusal_with_the_other_change_in_it() -> None:
    refusal = told(PLAIN, DISPATCHED.report, [event(DISPATCHED)], by=CENTRE)
    assert (refusal.rule, refusal.facts) == ("stale_version", {"version": 4})
    assert (refusal.meanwhile.version, refusal.meanwhile.status) == (4, Status.DISPATCHED)


def test_it_says_who_did_what_when_and_which_fields_that_changed() -> None:
    [(line, changed)] = seen(CENTRE, DISPATCHED).changes
    assert (line.actor_id, line.action, line.at, line.note) == ("centre", Action.DISPATCH, DISPATCHED.at, "请今日处理")
    assert FieldChange(field="status", before="with_centre", after="dispatched") in changed
    assert FieldChange(field="holder", before="centre:350211102", after="department:D04") in changed
    assert FieldChange(field="department", before=None, after="D04") in changed
    assert {one.field for one in changed} == {"status", "holder", "department", "due_at"}


def test_kind_severity_and_assignee_are_told_too() -> None:
    waiting = report()
    verified = do(waiting, Action.VERIFY, GRID_MEMBER, basis=Basis.ON_SITE, kind="0201", severity=1)
    claimed = do(waiting, Action.CLAIM, GRID_MEMBER)
    assert {"status", "kind", "severity"} <= fields(CENTRE, verified)
    assert fields(CENTRE, claimed) == {"assignee"}


def test_the_reporter_reads_neither_internal_lines_nor_what_staff_say_to_each_other() -> None:
    remark = do(DISPATCHED.report, Action.COMMENT, WORKS, text="内部备注", internal=True)
    [line] = lines(COURIER, DISPATCHED, remark)
    assert (line.action, line.actor_id, line.note, line.as_role) == (Action.DISPATCH, "", "", "centre")


def test_who_of_the_holder_has_it_is_for_staff() -> None:
    claimed = do(report(), Action.CLAIM, GRID_MEMBER)
    assert fields(COURIER, claimed) == set()


def test_an_auditor_reads_roles_and_no_names() -> None:
    [line] = lines(AUDITOR, DISPATCHED)
    assert (line.actor_id, line.as_role) == ("", "centre")


def test_of_a_reporter_who_is_asked_staff_read_only_that_it_is_he() -> None:
    asked = do(report(), Action.ASK_INFO, CENTRE, text="哪一盏灯？")
    [(_, changed)] = seen(GRID_MEMBER, asked).changes
    assert [one.after for one in changed if one.field == "holder"] == ["courier"]
    assert COURIER.id not in {one.after for one in changed if one.field != "holder"}


def test_a_stranger_and_who_has_lost_sight_of_it_are_told_nothing() -> None:
    hidden = replace(DISPATCHED.report, nature=replace(DISPATCHED.report.nature, verify_by_centre=True))
    for by, after in ((COURIER2, DISPATCHED.report), (GRID_MEMBER, hidden)):
        with pytest.raises(NotFound):
            told(PLAIN, after, [event(DISPATCHED)], by=by)
