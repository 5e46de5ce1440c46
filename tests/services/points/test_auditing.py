"""The whole ledger is proved from its entries, and the first that does not fit is named."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.points import transfers
from chalicelib.domain.points.audit import Misfit
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.points import auditing, posting
from chalicelib.services.points.posting import Spending
from chalicelib.store.base import Transaction
from chalicelib.store.points import statements, wallets
from chalicelib.store.points.ledger import TransferItem
from chalicelib.store.points.statements import File
from chalicelib.store.points.wallets import WalletItem
from tests.builders import NOW
from tests.domain.points.test_caps import back, entry

pytestmark = pytest.mark.usefixtures("tables")
ACCOUNT = "courier:c"
WINDOW = '{"cap":{"group":"visit","unit":"times","day":2,"month":null,"ever":null},"tally":{"2026-11-23":{"3":1}}}'


def spent(points: int, id: str = "prize") -> Transfer:
    transaction = Transaction()
    made = posting.spend(Spending(courier_id="c", points=points, event_id=id, at=NOW + timedelta(days=1)), transaction)
    transaction.commit()
    return made


def returned(old: Transfer) -> None:
    transaction = Transaction()
    posting.give_back(old, event_id=old.event_id, at=NOW + timedelta(days=2), transaction=transaction)
    transaction.commit()


def a_life() -> None:
    """Something of everything: beyond a cap, taken back, pending and made good, spent and returned."""
    posting.post([entry(1, 20)])
    posting.post([entry(2, 20)])
    posting.post([back(entry(1, 20))])
    pending = replace(entry(3, 20, None), state=EntryState.PENDING)
    posting.post([pending])
    posting.post([transfers.settled(pending, event_id="approval", at=NOW)])
    returned(spent(15))
    spent(5, "film")


def tampered(id: str, **changed: Any) -> None:
    item = TransferItem.get(ACCOUNT, id)
    for name, value in changed.items():
        setattr(item, name, value)
    item.save()


def test_what_was_written_by_the_product_adds_up_to_zero() -> None:
    a_life()
    posting.post([replace(entry(9, 10), courier_id="d", credit="courier:d")])
    books = auditing.audit()
    assert books.misfit is None and (books.couriers, books.entries) == (2, 9)
    assert books.balances == {
        "system:issuance": -50,
        "system:redemption": 5,
        "couriers": 45,
        "kept back by caps": 0,
    }
    assert books.total == 0


@pytest.mark.parametrize(
    ("id", "changed", "why"),
    [
        ("r2#000002#P13", {"amount": -20}, "sides"),
        ("r2#000002#P13", {"debit": "system:expiry"}, "sides"),
        ("r1#000003#P13", {"amount": 19}, "corrects"),
        ("r1#000003#P13", {"corrects": "nothing"}, "corrects"),
        ("r3#000002#P13#outcome", {"settles": "r2#000002#P13"}, "settles"),
        ("prize#return", {"lots": '{"2027": 14}'}, "lots"),
        ("film#redeem", {"lots": '{"2026": -5}'}, ""),
    ],
)
def test_the_first_entry_that_does_not_fit_is_named(id: str, changed: dict[str, Any], why: str) -> None:
    a_life()
    tampered(id, **changed)
    found = auditing.audit().misfit
    assert found == (
        Misfit(account=ACCOUNT, entry=id, why=why) if why else Misfit(account=ACCOUNT, entry="", why="lots")
    )


def test_an_entry_that_is_gone_and_a_wallet_that_was_edited_are_found() -> None:
    a_life()
    WalletItem(ACCOUNT).update([WalletItem.balance.add(1)])
    assert auditing.audit().misfit == Misfit(account=ACCOUNT, entry="", why="wallet")
    WalletItem(ACCOUNT).update([WalletItem.balance.add(-1)])
    assert auditing.audit().misfit is None
    TransferItem(ACCOUNT, "r1#000002#P13").delete()
    assert auditing.audit().misfit == Misfit(account=ACCOUNT, entry="r1#000003#P13", why="corrects")


def test_a_wallet_that_was_edited_makes_the_sum_of_all_accounts_wrong() -> None:
    a_life()
    WalletItem(ACCOUNT).update([WalletItem.balance.add(7)])
    books = auditing.audit()
    assert books.total == 7 and books.misfit == Misfit(account=ACCOUNT, entry="", why="wallet")


@pytest.mark.parametrize(
    ("key", "item", "why"),
    [
        ("courier:x", {"balance": 5}, "wallet"),
        ("courier:x", {"balance": 0, "honour": 3}, "wallet"),
        ("courier:x#lot#2027", {"balance": 5, "lot": "2027"}, "lots"),
        ("courier:c#lot#2031", {"balance": 5, "lot": "2031"}, "lots"),
        ("courier:c#score#2026-09", {"version": 1, "honour": 5, "solved": 0}, "scores"),
        ("courier:c#visit#2026-11", {"version": 1, "body": WINDOW}, "windows"),
    ],
)
def test_what_stands_there_without_an_entry_is_found(key: str, item: dict[str, Any], why: str) -> None:
    a_life()
    WalletItem(key, **item).save()
    books = auditing.audit()
    assert books.misfit == Misfit(account=key.partition("#")[0], entry="", why=why)
    assert books.total == (item["balance"] if key == "courier:x" else 0)


def test_what_holds_nothing_needs_no_entry() -> None:
    a_life()
    WalletItem("courier:x#lot#2027", balance=0).save()
    WalletItem("courier:x#score#2026-11", honour=0, solved=0).save()
    transaction = Transaction()
    wallets.freeze("courier:x", NOW, transaction)
    transaction.commit()
    statements.put(File(id="f", courier_id="x", month="2026-11", asked_at=NOW), transaction := Transaction())
    transaction.commit()
    books = auditing.audit()
    assert books.misfit is None and (books.couriers, books.total) == (1, 0)


def test_a_window_that_was_edited_is_found() -> None:
    a_life()
    WalletItem(f"{ACCOUNT}#report#2026-11").update([WalletItem.body.set(WINDOW)])
    assert auditing.audit().misfit == Misfit(account=ACCOUNT, entry="", why="windows")


def test_what_was_corrected_twice_is_found() -> None:
    a_life()
    again = replace(back(entry(1, 20)), id="r1#000009#P13")
    transaction = Transaction()
    posting.add([again], transaction)
    transaction.commit()
    assert auditing.audit().misfit == Misfit(account=ACCOUNT, entry="r1#000009#P13", why="corrected_twice")


def test_a_debt_and_what_expires_fit_as_well() -> None:
    posting.post([entry(1, 20)])
    spent(20)
    posting.post([back(entry(1, 20))])
    posting.post([transfers.moved("c", 7, Kind.ADJUST, id="a#adjust", event_id="a", at=NOW)])
    assert auditing.audit().misfit is None
    assert posting.holding("c", now=NOW).wallet.balance == -13
