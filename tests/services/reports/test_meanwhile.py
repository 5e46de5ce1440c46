"""Two people at one report: who was too late is told what the other did, at the price of a query only then."""

from collections.abc import Callable

import pytest

from chalicelib.domain.errors import Forbidden, NotFound, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.bulk import Item
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.meanwhile import MOST, ChangedMeanwhile, Meanwhile
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.terms import Basis
from chalicelib.services.reports import bulk, intake, reports
from tests.bench.calls import counted
from tests.builders import AUDITOR, CENTRE, COURIER, GRID_MEMBER, NOW, draft

pytestmark = pytest.mark.usefixtures("filed")
WRITE = "TransactWriteItems"
VERIFY = Command(action=Action.VERIFY, basis=Basis.ON_SITE)
DISPATCH = Command(action=Action.DISPATCH, department="D04")
REMARK = Command(action=Action.COMMENT, text="已看")


@pytest.fixture
def filed(rules: None) -> None:
    """A report `r1`, verified: at version 2."""
    intake.accept("r1", draft(), key=None, by=COURIER, now=NOW)
    do(VERIFY, GRID_MEMBER)


def do(command: Command, by: Actor = CENTRE, *, version: int | None = None, key: Key | None = None) -> None:
    reports.act("r1", command, version=version, key=key, by=by, now=NOW)


def too_late(command: Command, by: Actor = CENTRE, *, version: int | None = None) -> Meanwhile:
    with pytest.raises(ChangedMeanwhile) as refusal:
        do(command, by, version=version)
    return refusal.value.meanwhile


def between(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Somebody acts just after the other one has read the report."""
    from chalicelib.store.reports import reports as store

    read = store.get

    def late(report_id: str) -> object:
        found = read(report_id)
        monkeypatch.setattr(store, "get", read)
        act()
        return found

    monkeypatch.setattr(store, "get", late)


def test_who_read_an_old_version_is_told_what_came_after_it() -> None:
    do(DISPATCH)
    found = too_late(DISPATCH, version=2)
    assert (found.version, found.status) == (3, Status.DISPATCHED)
    assert [(line.number, line.action, line.actor_id) for line, _ in found.changes] == [(3, Action.DISPATCH, "centre")]


def test_who_lost_the_race_in_the_transaction_is_told_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    between(monkeypatch, lambda: do(DISPATCH))
    found = too_late(DISPATCH)
    assert (found.version, found.status) == (3, Status.DISPATCHED)
    assert [line.action for line, _ in found.changes] == [Action.DISPATCH]


def test_a_race_that_put_it_out_of_sight_says_no_more_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    recognised = Command(action=Action.RECLASSIFY, kind="0902", text="涉及未成年人")
    between(monkeypatch, lambda: do(recognised))
    with pytest.raises(NotFound):
        do(REMARK, GRID_MEMBER)


@pytest.mark.parametrize("version", [None, 1, 2])
def test_an_auditor_is_refused_before_he_is_told_what_others_did(version: int | None) -> None:
    """What he reads of a history is noted; this way it would not be."""
    do(DISPATCH)
    with pytest.raises(Forbidden, match="not_your_part"):
        do(REMARK, AUDITOR, version=version)
    (one,) = bulk.act([Item(report="r1", version=version, command=REMARK)], key=None, by=AUDITOR, now=NOW)
    assert one.refusal and one.refusal.rule == "not_your_part"


def test_a_refusal_costs_a_query_and_a_lost_race_a_read_more(monkeypatch: pytest.MonkeyPatch) -> None:
    do(REMARK)
    with counted() as calls:
        too_late(DISPATCH, version=2)
    assert calls.names == ["GetItem", "Query"]
    between(monkeypatch, lambda: do(DISPATCH))
    with counted() as calls:
        too_late(DISPATCH)
    assert calls.names == ["GetItem", "GetItem", WRITE, WRITE, "GetItem", "Query"]


@pytest.mark.parametrize("version", [-1, 3, 10**60])
def test_of_a_version_that_never_was_nothing_is_told(version: int) -> None:
    assert too_late(DISPATCH, version=version).changes == []


def test_of_many_changes_the_newest_are_told_oldest_first() -> None:
    for _ in range(MOST + 3):
        do(REMARK)
    numbers = [line.number for line, _ in too_late(DISPATCH, version=1).changes]
    assert numbers == list(range(6, MOST + 6))


def test_the_same_request_again_is_answered_again_and_reads_no_history() -> None:
    key = Key(caller_id=CENTRE.id, key="k", fingerprint="f")
    do(DISPATCH, version=2, key=key)
    with counted() as calls:
        do(DISPATCH, version=2, key=key)
    assert "Query" not in calls.names


def test_it_is_still_a_stale_version() -> None:
    do(DISPATCH)
    with pytest.raises(StaleVersion) as refusal:
        do(DISPATCH, version=2)
    assert (refusal.value.rule, refusal.value.facts) == ("stale_version", {"version": 3})
