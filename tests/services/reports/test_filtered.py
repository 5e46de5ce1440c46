"""Lists through a saved filter: what they show, in which order, and how far a page reads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, Invalid, NotFound
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.filters import Assigned, Criteria, Listing, Order
from chalicelib.domain.reports.model import Status
from chalicelib.services.reports import filtered, filters, listings
from chalicelib.services.reports.listings import Filter
from chalicelib.store.reports import listings as store
from tests import bulk
from tests.bench.calls import counted
from tests.builders import CENTRE, GRID, GRID_MEMBER, NOW, VILLAGE, VILLAGER, report

pytestmark = pytest.mark.usefixtures("rules")
HOUR = timedelta(hours=1)


def filed(number: int = 12, **changes: Any) -> None:
    """Reports in the first grid: each is due an hour after the one before, every third is about refuse."""
    for each in range(number):
        one = report(kind="0201" if each % 3 == 0 else "0303", due_at=NOW + each * HOUR, counted=False)
        at = NOW + each * timedelta(minutes=1)
        bulk.put([replace(one, id=f"r{each:03}", created_at=at, version=1, **changes)])


def save(listing: Listing, order: Order | None = None, *, by: Actor = GRID_MEMBER, **criteria: Any) -> str:
    wish = filters.wanted("a", listing, order, Criteria(**criteria), now=NOW)
    return filters.save("f1", wish, post=None, key=None, by=by, now=NOW).id


def inbox(id: str | None, *, limit: int = 50, by: Actor = GRID_MEMBER, post: str | None = None) -> list[str]:
    page = filtered.inbox(id, post=post, by=by, now=NOW, limit=limit, cursor=None)
    return [one.id for one in page.reports]


def pages(id: str, limit: int) -> Iterator[list[str]]:
    cursor = None
    while True:
        page = filtered.inbox(id, post=None, by=GRID_MEMBER, now=NOW, limit=limit, cursor=cursor)
        yield [one.id for one in page.reports]
        if not (cursor := page.cursor):
            return


def area(id: str | None, by: Actor = CENTRE, **narrow: Any) -> list[str]:
    wanted = Filter(village=VILLAGE, month=None, **narrow)
    page = filtered.area(id, wanted, by=by, now=NOW, limit=50, cursor=None)
    return [one.id for one in page.reports]


def test_without_a_filter_a_list_is_as_it_is() -> None:
    filed()
    assert len(inbox(None)) == len(area(None)) == 12


def test_an_inbox_shows_what_fits_the_soonest_first_or_last() -> None:
    filed()
    save(Listing.INBOX, kinds=("02",))
    assert inbox("f1") == ["r000", "r003", "r006", "r009"]
    filters.change(
        "f1",
        filters.wanted("a", Listing.INBOX, Order.LAST_DUE, Criteria(kinds=("02",)), now=NOW),
        version=None,
        by=GRID_MEMBER,
        now=NOW,
    )
    assert inbox("f1") == ["r009", "r006", "r003", "r000"]


@pytest.mark.parametrize("order", [Order.FIRST_DUE, Order.LAST_DUE])
@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_follow_each_other_without_gap_or_double(limit: int, order: Order) -> None:
    filed()
    save(Listing.INBOX, order, kinds=("0303",))
    seen = [id for page in pages("f1", limit) for id in page]
    assert sorted(seen) == [f"r{each:03}" for each in range(12) if each % 3]
    assert seen == sorted(seen, reverse=order is Order.LAST_DUE)


def test_due_and_assignee_are_those_of_who_asks_and_when() -> None:
    filed()
    bulk.put([replace(report(due_at=NOW + HOUR), id="mine", assignee=GRID_MEMBER.id, version=1)])
    save(Listing.INBOX, due_within_hours=2.0, assignee=Assigned.NOBODY)
    assert inbox("f1") == ["r000", "r001", "r002"]


def test_an_area_shows_what_fits_the_newest_or_the_oldest_first() -> None:
    filed()
    save(Listing.AREA, by=CENTRE, kinds=("0201",), grid=GRID)
    assert area("f1") == ["r009", "r006", "r003", "r000"]
    oldest = filters.wanted("a", Listing.AREA, Order.OLDEST, Criteria(statuses=(Status.SUBMITTED,)), now=NOW)
    filters.change("f1", oldest, version=None, by=CENTRE, now=NOW)
    assert area("f1") == [f"r{each:03}" for each in range(12)]
    assert area("f1", kind="0201") == ["r000", "r003", "r006", "r009"]


def test_a_filter_lets_nobody_see_more() -> None:
    filed(2, village_held=False)
    hidden = replace(report().nature, confidential=True)
    bulk.put([replace(report(), id="secret", nature=hidden, version=1)])
    save(Listing.AREA, by=VILLAGER, village=VILLAGE)
    assert area("f1", by=VILLAGER) == ["r001", "r000"]
    elsewhere = Filter(village="350211102004", month=None)
    with pytest.raises(Forbidden):
        filtered.area("f1", elsewhere, by=VILLAGER, now=NOW, limit=5, cursor=None)


def test_a_filter_of_another_list_or_of_nobody_is_refused() -> None:
    save(Listing.AREA)
    with pytest.raises(Invalid, match="filter_of_other_list"):
        inbox("f1")
    with pytest.raises(NotFound, match="no_such_filter"):
        inbox("f2")


def test_a_filter_for_a_post_narrows_to_it_and_is_refused_once_the_post_is_gone() -> None:
    filed(2)
    save(Listing.INBOX, post=f"grid_member:{GRID}")
    assert inbox("f1") == ["r000", "r001"]
    with pytest.raises(Forbidden, match="no_such_post"):
        inbox("f1", by=replace(VILLAGER, id=GRID_MEMBER.id))


def test_it_costs_the_filter_and_the_query() -> None:
    filed()
    save(Listing.INBOX, kinds=("02",))
    with counted() as calls:
        inbox("f1")
    assert calls.names == ["BatchGetItem", "Query"]


def test_one_kind_or_one_status_is_read_from_its_own_index() -> None:
    filed()
    save(Listing.AREA, by=CENTRE, kinds=("0201",))
    with counted() as calls:
        area("f1")
    assert calls.parameters("Query")["IndexName"] == "by_area_kind"


def test_how_much_waits_is_one_query(monkeypatch: pytest.MonkeyPatch) -> None:
    filed()
    with counted() as calls:
        found, complete = listings.waiting(post=None, by=GRID_MEMBER, now=NOW)
    assert (found.total, found.overdue, complete) == (12, 1, True)
    assert calls.names == ["Query"]
    monkeypatch.setattr(listings, "COUNTED", 5)
    found, complete = listings.waiting(post=None, by=GRID_MEMBER, now=NOW)
    assert (found.total, complete) == (5, False)
    with pytest.raises(Forbidden):
        listings.waiting(post=f"village:{VILLAGE}", by=GRID_MEMBER, now=NOW)


def test_a_page_reads_so_far_and_no_further_however_few_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends short, or empty, and its cursor leads on."""
    monkeypatch.setattr(store, "LOOKED_AT", 5)
    monkeypatch.setattr(store, "AT_ONCE", 2)
    filed(12)
    save(Listing.INBOX, due_within_hours=100.0, statuses=(Status.CLOSED,))
    with counted() as calls:
        assert next(pages("f1", 3)) == []
    assert calls.names == ["BatchGetItem", *["Query"] * 3]
    assert list(pages("f1", 3)) == [[], [], []]


def test_short_pages_lose_nothing_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LOOKED_AT", 5)
    filed(12)
    save(Listing.INBOX, kinds=("0201",))
    found = list(pages("f1", 2))
    assert [id for page in found for id in page] == ["r000", "r003", "r006", "r009"]
    assert all(len(page) <= 2 for page in found)
