"""Many reports at once: each by itself, each once, and few calls for all of them."""

from dataclasses import replace
from itertools import batched

import pytest

from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.people.model import Role
from chalicelib.domain.reports.bulk import IN_BULK, MOST, Item
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.meanwhile import ChangedMeanwhile
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.terms import Outcome
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import listings, reports
from chalicelib.store.reports import reports as store
from tests import bulk as many
from tests.batches import DISPATCH, KEY, REMARK, VERIFY, WRITE, act, filed, items, lines, statuses
from tests.bench.calls import counted
from tests.builders import CENTRE, COURIER, COURIER2, GRID, GRID_MEMBER, NOW, WORKS, actor, report
from tests.known import known


@pytest.fixture(autouse=True)
def warm(rules: None) -> None:
    """A process that knows the rules in force."""
    rulebook.in_force(now=NOW)


def test_eighty_reports_of_a_monday_are_verified_and_dispatched() -> None:
    filed(80)
    waiting = listings.inbox(post=None, by=GRID_MEMBER, limit=100, cursor=None).reports
    assert len(waiting) == 80
    for part in batched([one.id for one in waiting], MOST, strict=False):
        assert set(statuses(act(items(part, VERIFY, version=1), by=GRID_MEMBER))) == {Status.WITH_CENTRE}
    sorting = listings.inbox(post=None, by=CENTRE, limit=100, cursor=None).reports
    for part in batched([one.id for one in sorting], MOST, strict=False):
        assert set(statuses(act(items(part, DISPATCH, version=2)))) == {Status.DISPATCHED}
    assert len(listings.inbox(post=None, by=WORKS, limit=100, cursor=None).reports) == 80
    assert lines("r79") == [Action.VERIFY, Action.DISPATCH]


def test_a_routine_dispatch_of_many_takes_the_suggestions() -> None:
    filed(2, Status.WITH_CENTRE)
    many.put([replace(report(Status.WITH_CENTRE, kind="0201"), id="refuse", version=1)])
    found = act(items(["r00", "r01", "refuse"], Command(action=Action.DISPATCH)))
    assert [one.seen.report.department for one in found if one.seen] == ["D04", "D04", "D03"]


def test_fifty_cost_one_read_and_a_transaction_each() -> None:
    ids = filed(MOST)
    act([])
    with counted() as calls:
        act(items(ids, VERIFY), by=GRID_MEMBER)
    assert calls.names == ["BatchGetItem", *[WRITE] * MOST]
    with counted() as calls:
        act(items(ids, DISPATCH), key=KEY)
    assert calls.names == [WRITE, "BatchGetItem", *[WRITE] * MOST]


def test_people_who_are_named_are_one_read_more() -> None:
    ids = filed(3)
    pool = known("member", "10000000009", *GRID_MEMBER.posts)
    with counted() as calls:
        found = act(items(ids, Command(action=Action.ASSIGN, person=pool.id)), by=GRID_MEMBER)
    assert {one.seen.report.assignee for one in found if one.seen} == {"member"}
    assert calls.names == ["BatchGetItem", "BatchGetItem", *[WRITE] * 3]


def test_one_that_is_refused_stops_no_other() -> None:
    filed(3, Status.WITH_CENTRE)
    many.put([replace(report(Status.CLOSED), id="ended", version=1)])
    found = act(items(["r00", "ended", "nowhere", "r01", "r02"], DISPATCH))
    assert statuses(found) == ["dispatched", "no_such_step", "no_such_report", "dispatched", "dispatched"]
    assert [one.report for one in found] == ["r00", "ended", "nowhere", "r01", "r02"]


def test_what_is_done_comes_with_what_is_open_now() -> None:
    [found] = act(items(filed(1), VERIFY), by=CENTRE)
    assert found.seen and found.seen.report.version == 2 and Action.DISPATCH in found.seen.open_actions


def test_each_may_have_its_own_action() -> None:
    filed(2)
    found = act([Item(report="r00", command=VERIFY), Item(report="r01", command=REMARK)], by=GRID_MEMBER)
    assert statuses(found) == ["with_centre", "submitted"]


def test_nobody_sees_in_bulk_what_he_may_not_see() -> None:
    ids = filed(2)
    assert statuses(act(items(ids, REMARK), by=COURIER)) == ["no_such_report"] * 2
    assert statuses(act(items(ids, REMARK), by=WORKS)) == ["no_such_report"] * 2
    assert statuses(act(items(ids, Command(action=Action.ACCEPT)), by=CENTRE)) == ["not_your_part"] * 2
    hidden = Command(action=Action.MERGE, main="r01")
    assert statuses(act(items(["r00"], hidden), by=actor("other", (Role.GRID_MEMBER, f"{GRID[:-3]}009")))) == [
        "no_such_report"
    ]


@pytest.mark.parametrize("action", sorted(set(Action) - IN_BULK))
def test_what_needs_a_look_at_each_is_not_done_in_bulk(action: Action) -> None:
    [found] = act(items(filed(1), Command(action=action, text="a")))
    assert isinstance(found.refusal, Invalid) and found.refusal.rule == "not_in_bulk"
    assert lines("r00") == []


@pytest.mark.parametrize("outcome", [Outcome.SOLVED_ON_SPOT, Outcome.ALREADY_GONE])
def test_what_somebody_saw_on_the_spot_is_said_of_each(outcome: Outcome) -> None:
    seen_there = replace(VERIFY, outcome=outcome, after_photos=("after-1",))
    assert statuses(act(items(filed(1), seen_there), by=GRID_MEMBER)) == ["outcome_not_in_bulk"]


def test_a_report_that_stands_twice_is_refused_before_anything_is_done() -> None:
    ids = filed(2)
    with pytest.raises(Invalid, match="report_twice"):
        act(items([*ids, "r00"], REMARK))
    assert lines("r00") == []


def test_who_was_faster_is_told_item_by_item() -> None:
    ids = filed(3, Status.WITH_CENTRE)
    reports.act("r01", DISPATCH, version=None, key=None, by=CENTRE, now=NOW)
    found = act(items(ids, DISPATCH, version=1))
    assert statuses(found) == ["dispatched", "stale_version", "dispatched"]
    refusal = found[1].refusal
    assert isinstance(refusal, ChangedMeanwhile)
    assert [line.action for line, _ in refusal.meanwhile.changes] == [Action.DISPATCH]


def test_who_was_faster_after_the_reading_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = filed(2, Status.WITH_CENTRE)
    read = store.several

    def late(report_ids: list[str], *, consistent: bool = False) -> object:
        found = read(report_ids, consistent=consistent)
        reports.act("r00", DISPATCH, version=None, key=None, by=CENTRE, now=NOW)
        return found

    monkeypatch.setattr(store, "several", late)
    found = act(items(ids, replace(DISPATCH, department="D03")))
    assert statuses(found) == ["changed_meanwhile", "dispatched"]
    assert isinstance(found[0].refusal, ChangedMeanwhile)
    assert store.get("r00").department == "D04"


def test_fifty_are_merged_into_one() -> None:
    ids = filed(MOST)
    many.put([replace(report(reporter_id=COURIER2.id), id="main", version=1)])
    with counted() as calls:
        found = act(items(ids, Command(action=Action.MERGE, main="main")))
    assert set(statuses(found)) == {Status.DUPLICATE}
    assert calls.names == ["BatchGetItem", *[WRITE] * MOST]


def test_what_has_ended_meanwhile_takes_no_more() -> None:
    """r00 goes into r01, so that nothing goes into r00 any more, though both were open when they were read."""
    filed(3)
    merges = [("r00", "r01"), ("r02", "r00")]
    found = act([Item(report=id, command=Command(action=Action.MERGE, main=main)) for id, main in merges])
    assert statuses(found) == ["duplicate", "main_has_ended"]


def test_a_main_or_a_person_that_nobody_knows_refuses_its_item_alone() -> None:
    filed(3)
    into_nothing = Item(report="r00", command=Command(action=Action.MERGE, main="nowhere"))
    to_nobody = Item(report="r01", command=Command(action=Action.ASSIGN, person="nobody"))
    found = act([into_nothing, to_nobody, Item(report="r02", command=REMARK)])
    assert statuses(found) == ["no_such_report", "no_such_person", "submitted"]
    assert isinstance(found[1].refusal, NotFound)
