"""The ledger and its wallets: all or nothing, nothing twice, nothing lost."""

from dataclasses import replace

import pytest

from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.terms import EntryState
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.points import posting
from chalicelib.store.base import Transaction
from chalicelib.store.points import ledger, wallets
from chalicelib.store.points.ledger import AlreadyPosted
from chalicelib.store.points.wallets import WindowMoved
from tests.domain.points.test_caps import back, entry

pytestmark = pytest.mark.usefixtures("tables")
ACCOUNT = "courier:c"


def post(*entries: Transfer) -> None:
    posting.add(entries, transaction := Transaction())
    transaction.commit()


def test_an_entry_comes_back_as_it_was_written() -> None:
    entries = [entry(1, 10), replace(entry(2, 20, None), state=EntryState.PENDING, zh="二十分", en="twenty")]
    post(*entries)
    assert ledger.several(ACCOUNT, [each.id for each in entries]) == {each.id: each for each in entries}
    assert ledger.page(ACCOUNT, limit=5, before=None) == entries[::-1]
    assert wallets.get(ACCOUNT) == Wallet(balance=10, pending=20, honour=10)


def test_an_entry_stands_once_and_changes_the_wallet_once() -> None:
    post(entry(1, 10))
    with pytest.raises(AlreadyPosted):
        post(entry(1, 10))
    assert wallets.get(ACCOUNT).balance == 10


def test_where_one_entry_stands_already_none_is_written() -> None:
    post(entry(1, 10))
    with pytest.raises(AlreadyPosted):
        post(entry(2, 10), entry(1, 10))
    assert [each.report_id for each in ledger.page(ACCOUNT, limit=5, before=None)] == ["r1"]
    assert wallets.get(ACCOUNT).balance == 10


def test_a_window_that_moved_since_it_was_read_stops_the_entry() -> None:
    for first, second in ((entry(1, 20), entry(2, 20)), (entry(3, 20), entry(4, 20))):
        posting.add([second], late := Transaction())
        post(first)
        with pytest.raises(WindowMoved):
            late.commit()
    assert len(ledger.page(ACCOUNT, limit=9, before=None)) == 2 and wallets.get(ACCOUNT).balance == 30


def test_what_is_taken_back_stands_beside_what_was_given() -> None:
    given = entry(1, 10)
    post(given)
    post(back(given))
    assert wallets.get(ACCOUNT) == Wallet()
    assert [each.corrects for each in ledger.page(ACCOUNT, limit=5, before=None)] == [given.id, None]


def test_no_keys_are_no_call() -> None:
    assert wallets.several(ACCOUNT, [], []) == ({}, {}) and wallets.get("courier:nobody") == Wallet()


@pytest.mark.parametrize("cursor", ["r1#000003#P13", "长" * 2000])
def test_a_cursor_moves_within_ones_own_entries(cursor: str) -> None:
    post(entry(1, 10))
    assert [each.id for each in ledger.page(ACCOUNT, limit=5, before=cursor)] == ["r1#000002#P13"]
