"""What each use case asks of AWS: exactly the calls it needs, counted by a hook of the client."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.idempotency import Key
from chalicelib.domain.photos import ContentType
from chalicelib.domain.places import Point
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.terms import Basis
from chalicelib.services.reference import areas
from chalicelib.services.reports import intake, listings, outcomes, reports
from chalicelib.services.reports.listings import Filter
from tests.bench.calls import Calls, counted
from tests.builders import CENTRE, COURIER, COURIER2, GRID_MEMBER, IN_GRID_1, NOW, VILLAGE, draft
from tests.published import photographed, publish, withdraw

WRITE = "TransactWriteItems"
VERIFY = Command(action=Action.VERIFY, basis=Basis.ON_SITE)
KEY = Key(caller_id="courier", key="k1", fingerprint="f")
POINT = Point(lat=IN_GRID_1.lat, lon=IN_GRID_1.lon)


def submit(id: str, *, key: Key | None = None, **changes: object) -> None:
    intake.accept(id, draft(**changes), key=key, by=COURIER, now=NOW)


@pytest.fixture
def calls(rules: None) -> Iterator[Calls]:
    """What is asked from now on, by a process that knows the rules in force; a report `r0` is in the store."""
    intake.accept("r0", draft(), key=None, by=COURIER2, now=NOW)
    with counted() as calls:
        yield calls


def test_the_first_report_of_a_process_reads_the_rules_in_one_call(rules: None) -> None:
    with counted() as calls:
        submit("r1")
    assert calls.names == ["BatchGetItem", WRITE]


def test_a_report_is_one_transaction_and_no_read(calls: Calls) -> None:
    submit("r1", key=KEY, files=(ContentType.JPEG,) * 9)
    assert calls.names == [WRITE]


def test_a_report_after_a_minute_asks_once_whether_the_rules_changed(calls: Calls) -> None:
    intake.accept("r1", draft(), key=KEY, by=COURIER, now=NOW + timedelta(seconds=60))
    assert calls.names == ["BatchGetItem", WRITE]


def test_a_report_sent_again_costs_reads_only_then(calls: Calls) -> None:
    submit("r1", key=KEY)
    submit("r2", key=KEY)
    assert calls.names == [WRITE, WRITE, "GetItem", "GetItem", "Query"]


def test_a_change_is_one_read_and_one_transaction(calls: Calls) -> None:
    key = Key(caller_id="grid_member", key="k1", fingerprint="f")
    reports.act("r0", VERIFY, version=1, key=key, by=GRID_MEMBER, now=NOW)
    reports.act("r0", Command(action=Action.COMMENT, text="知道了"), version=2, key=None, by=CENTRE, now=NOW)
    assert calls.names == ["GetItem", WRITE] * 2


def test_what_is_refused_is_read_once_and_not_written(calls: Calls) -> None:
    with pytest.raises(Forbidden):
        reports.act("r0", Command(action=Action.ACCEPT), version=None, key=None, by=CENTRE, now=NOW)
    assert calls.names == ["GetItem"]


def test_each_list_is_one_query(calls: Calls) -> None:
    listings.mine(by=COURIER, limit=50, cursor=None)
    listings.inbox(post=None, by=GRID_MEMBER, limit=50, cursor=None)
    for kind, status in ((None, None), ("0303", None), (None, "submitted"), ("0303", "submitted")):
        wanted = Filter(village=VILLAGE, month=None, kind=kind, status=status)  # type: ignore[arg-type]
        listings.area(wanted, by=CENTRE, now=NOW, limit=50, cursor=None)
    assert calls.names == ["Query"] * 6


def test_a_list_of_fifty_is_one_query(rules: None) -> None:
    for number in range(50):
        submit(f"e{number:02}", kind="0301")
    with counted() as calls:
        page = listings.mine(by=COURIER, limit=50, cursor=None)
    assert len(page.reports) == 50
    assert calls.names == ["Query"]


def test_the_whole_of_a_report_is_four_queries_and_its_reporters_name_noted(calls: Calls) -> None:
    reports.view("r0", by=GRID_MEMBER, now=NOW)
    assert calls.names == ["Query"] * 4
    calls.made.clear()
    reports.view("r0", by=CENTRE, now=NOW)
    assert sorted(calls.names) == ["BatchGetItem", "GetItem", "PutItem", *["Query"] * 4]


def test_what_lies_nearby_costs_the_count_a_query_a_cell_and_one_batch(calls: Calls) -> None:
    found = listings.nearby(POINT, "0303", by=COURIER, now=NOW)
    assert len(found) == 1
    assert calls.names == ["UpdateItem", "Query", "BatchGetItem"]


def test_where_a_place_belongs_is_known_without_a_call(calls: Calls) -> None:
    assert areas.locate(POINT, now=NOW).grid
    assert calls.names == []


def test_a_mark_is_three_reads_and_one_transaction_and_what_became_of_it_a_read_and_two_queries(calls: Calls) -> None:
    reports.act("r0", VERIFY, version=None, key=None, by=GRID_MEMBER, now=NOW)
    photographed("r0", by=COURIER2)
    publish("r0", by=GRID_MEMBER)
    withdraw("r0", by=GRID_MEMBER)
    calls.made.clear()
    publish("r0", by=GRID_MEMBER)
    assert calls.names == ["GetItem", "GetItem", "GetItem", WRITE]
    calls.made.clear()
    outcomes.see("r0", by=COURIER2, now=NOW)
    assert calls.names == ["GetItem", "Query", "Query"]
