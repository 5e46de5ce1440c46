"""A batch that is sent again: each item is done once, and what was left is done then."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import Busy, KeyReused
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import reports
from chalicelib.services.reports.bulk import Result
from chalicelib.store.base import Transaction
from chalicelib.store.reports import reports as store
from tests.batches import KEY, REMARK, VERIFY, WRITE, act, after, filed, items, lines, statuses
from tests.bench.calls import counted
from tests.builders import CENTRE, GRID_MEMBER, NOW


@pytest.fixture(autouse=True)
def warm(rules: None) -> None:
    """A process that knows the rules in force."""
    rulebook.in_force(now=NOW)


def test_a_bulk_sent_again_is_answered_again_and_done_once() -> None:
    ids = filed(3)
    first = act(items(ids, REMARK), key=KEY)
    with counted() as calls:
        again = act(items(ids, REMARK), key=KEY)
    assert again == first
    assert [lines(id) for id in ids] == [[Action.COMMENT]] * 3
    assert calls.names == [WRITE, "GetItem", "BatchGetItem", "BatchGetItem"]


def test_sent_again_it_tells_nothing_of_what_went_out_of_sight() -> None:
    ids, key = filed(2), replace(KEY, caller_id=GRID_MEMBER.id)
    act(items(ids, REMARK), by=GRID_MEMBER, key=key)
    found = Command(action=Action.RECLASSIFY, kind="0902", text="涉及未成年人")
    reports.act(ids[0], found, version=None, key=None, by=CENTRE, now=NOW)
    hidden, seen = act(items(ids, REMARK), by=GRID_MEMBER, key=key)
    assert hidden.seen and seen.seen and seen.seen.report.nature.kind
    left = hidden.seen.report
    assert (left.version, left.nature.kind, left.excerpt, left.place.point) == (2, None, "", None)
    assert hidden.seen.open_actions == [] and left.place.grid is None


@pytest.mark.parametrize("cut", [0, 1, 4])
def test_what_a_bulk_left_is_done_when_it_is_sent_again(cut: int) -> None:
    ids = filed(5)
    first = act(items(ids, REMARK), key=KEY, spent=after(cut))
    assert statuses(first) == ["submitted"] * cut + ["bulk_unfinished"] * (5 - cut)
    assert all(isinstance(one.refusal, Busy) for one in first[cut:])
    assert statuses(act(items(ids, REMARK), key=KEY)) == ["submitted"] * 5
    assert [lines(id) for id in ids] == [[Action.COMMENT]] * 5


@pytest.mark.parametrize("dead", range(4))
def test_a_bulk_that_dies_between_two_calls_is_finished_by_the_next(dead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the key was used up, and after each transaction."""
    ids, commit = filed(3), Transaction.commit
    left = iter(range(dead))

    def dies(transaction: Transaction) -> None:
        if next(left, None) is None:
            raise SystemExit
        commit(transaction)

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(Transaction, "commit", dies)
        act(items(ids, REMARK), key=KEY)
        raise SystemExit
    assert statuses(act(items(ids, REMARK), key=KEY)) == ["submitted"] * 3
    assert [lines(id) for id in ids] == [[Action.COMMENT]] * 3


def test_two_equal_bulks_at_once_do_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second begins when the first has read the reports and done nothing yet: both answer that it is done."""
    ids, several = filed(3), store.several
    twins: list[Result] = []

    def late(report_ids: list[str], *, consistent: bool = False) -> object:
        found = several(report_ids, consistent=consistent)
        monkeypatch.setattr(store, "several", several)
        twins.extend(act(items(ids, VERIFY), key=KEY))
        return found

    monkeypatch.setattr(store, "several", late)
    assert statuses(act(items(ids, VERIFY), key=KEY)) == statuses(twins) == ["with_centre"] * 3
    assert [lines(id) for id in ids] == [[Action.VERIFY]] * 3


def test_the_key_with_other_items_does_nothing() -> None:
    ids = filed(3)
    act(items(ids[:1], REMARK), key=KEY)
    with pytest.raises(KeyReused):
        act(items(ids, REMARK), key=replace(KEY, fingerprint="other"))
    assert [lines(id) for id in ids] == [[Action.COMMENT], [], []]
