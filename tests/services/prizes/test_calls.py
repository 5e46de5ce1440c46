"""What each use case of prizes asks of AWS, by a process that knows the rules in force."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.domain.idempotency import Key
from chalicelib.domain.prizes.model import PrizeState
from chalicelib.services.prizes import catalogue, counter, families, redeeming, unclaimed
from tests.bench.calls import Calls, counted
from tests.builders import CENTRE, COURIER, NOW, VILLAGER
from tests.shop import brings, outing, paid, redeem, shelved, umbrella

WRITE, BATCH = "TransactWriteItems", "BatchGetItem"


@pytest.fixture
def calls(rules: None) -> Iterator[Calls]:
    shelved()
    redeem("x0", by=paid())
    families.wording(now=NOW)  # a process reads each table of rules once
    with counted() as calls:
        yield calls


def test_redeeming_is_one_transaction_after_a_read_of_the_prize_and_one_of_the_wallet(calls: Calls) -> None:
    redeem("x1", key=Key(caller_id=COURIER.id, key="k", fingerprint="f"))
    assert calls.names == [BATCH, BATCH, WRITE]


def test_what_is_refused_where_it_is_read_is_not_written(calls: Calls) -> None:
    shelved("p2", umbrella(price=1000), pieces=0)
    calls.made.clear()
    with pytest.raises(Conflict):
        redeem("x1", "p2")
    assert calls.names == [BATCH]


def test_a_hand_over_is_a_count_two_reads_and_a_transaction_and_again_only_the_reads(calls: Calls) -> None:
    code = redeem("x1").code
    calls.made.clear()
    counter.confirm(code, handed_at=None, by=VILLAGER, now=NOW)
    counter.confirm(code, handed_at=None, by=VILLAGER, now=NOW)
    assert calls.names == ["UpdateItem", "GetItem", "GetItem", WRITE, "UpdateItem", "GetItem", "GetItem"]


def test_cancelling_is_three_reads_and_a_transaction(calls: Calls) -> None:
    redeeming.cancel("x0", reason="", by=COURIER, now=NOW)
    assert calls.names == ["GetItem", BATCH, BATCH, WRITE]


def test_the_clock_reminds_with_one_transaction_and_gives_back_with_one(calls: Calls) -> None:
    unclaimed.fire("x0", now=NOW + timedelta(days=6))
    assert calls.names == [BATCH, "GetItem", WRITE][1:]
    calls.made.clear()
    unclaimed.fire("x0", now=NOW + timedelta(days=7))
    assert calls.names == ["GetItem", BATCH, BATCH, WRITE]


def test_family_members_cost_two_reads_and_a_transaction_and_one_read_more_where_a_consent_ends(calls: Calls) -> None:
    shelved("p3", outing())
    redeem("x3", "p3", guests=brings(1))
    calls.made.clear()
    families.change("x3", brings(1, 1, consent=1), version=None, by=COURIER, now=NOW)
    assert calls.names == ["GetItem", BATCH, WRITE]
    calls.made.clear()
    families.withdraw("x3", by=COURIER, now=NOW)
    assert calls.names == ["GetItem", "GetItem", WRITE]


def test_bringing_a_family_costs_nothing_more_than_coming_alone(calls: Calls) -> None:
    shelved("p3", outing())
    calls.made.clear()
    redeem("x3", "p3", guests=brings(1, 1, consent=1))
    assert calls.names == [BATCH, BATCH, WRITE]


def test_absence_is_settled_with_two_reads_and_a_transaction(calls: Calls) -> None:
    shelved("p3", outing())
    until = redeem("x3", "p3").until
    unclaimed.fire("x3", now=until)
    calls.made.clear()
    unclaimed.fire("x3", now=until + timedelta(days=4))
    assert calls.names == ["GetItem", *[BATCH] * 2, WRITE]  # of which one asks whether the rules are still in force


def test_each_list_is_one_query(calls: Calls) -> None:
    catalogue.listing(PrizeState.OPEN, by=COURIER, now=NOW, limit=50, cursor=None)
    catalogue.listing(PrizeState.DRAFT, by=CENTRE, now=NOW, limit=50, cursor=None)
    redeeming.own(COURIER.id, limit=50, cursor=None)
    assert calls.names == ["Query"] * 3


def test_an_edit_is_a_read_and_a_transaction(calls: Calls) -> None:
    catalogue.change("p1", umbrella(price=11), None, version=1, by=CENTRE, now=NOW)
    assert calls.names == [BATCH, WRITE]
