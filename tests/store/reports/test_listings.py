"""Lists of reports, a page at a time, on both stores."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reports.model import Report, Status
from chalicelib.store.base import Transaction
from chalicelib.store.reports import listings, reports
from chalicelib.store.reports.listings import Page
from tests.builders import GRID, NEXT_GRID, NOW, VILLAGE, report


def a_day(count: int, **changes: object) -> None:
    """Reports r00, r01, …, one a minute, each due an hour after it came."""
    transaction = Transaction()
    for number in range(count):
        at = NOW + timedelta(minutes=number)
        fields = {"id": f"r{number:02}", "created_at": at, "due_at": at + timedelta(hours=1), "version": 1} | changes
        reports.put(report(**fields), transaction=transaction)  # type: ignore[arg-type]
    transaction.commit()


def everything(_: Report) -> bool:
    return True


def ids(page: Page) -> list[str]:
    return [found.id for found in page.reports]


def walk(first: Page, more: object) -> list[str]:
    """All pages, to the end."""
    found, page = ids(first), first
    while page.cursor:
        page = more(page.cursor)  # type: ignore[operator]
        found += ids(page)
    return found


def test_my_own_come_newest_first_page_by_page_without_gap_or_twin(tables: str) -> None:
    a_day(7)
    pages = walk(
        listings.mine("courier", limit=3, cursor=None), lambda cursor: listings.mine("courier", limit=3, cursor=cursor)
    )
    assert pages == [f"r{number:02}" for number in reversed(range(7))]
    assert ids(listings.mine("someone", limit=3, cursor=None)) == []


def test_an_inbox_comes_by_deadline_and_holds_what_is_open(tables: str) -> None:
    a_day(3)
    ended = report(id="done", version=1, status=Status.INVALID)
    transaction = Transaction()
    reports.put(ended, transaction=transaction)
    transaction.commit()
    assert ids(listings.inbox([f"grid_member:{GRID}"], limit=50, cursor=None)) == ["r00", "r01", "r02"]


def test_several_posts_share_one_inbox_in_order(tables: str) -> None:
    transaction = Transaction()
    for number in range(8):
        held = report(id=f"r{number}", version=1, due_at=NOW + timedelta(minutes=number))
        grid = (GRID, NEXT_GRID)[number % 2]
        place = type(held.place)(point=None, grid=grid, village=VILLAGE, township=held.place.township)
        post = type(held.holder)(held.holder.role, grid) if held.holder else None
        reports.put(_with(held, place=place, holder=post), transaction=transaction)
    transaction.commit()
    posts = [f"grid_member:{GRID}", f"grid_member:{NEXT_GRID}"]
    pages = walk(
        listings.inbox(posts, limit=3, cursor=None), lambda cursor: listings.inbox(posts, limit=3, cursor=cursor)
    )
    assert pages == [f"r{number}" for number in range(8)]


def _with(held: Report, **changes: object) -> Report:
    from dataclasses import replace

    return replace(held, **changes)  # type: ignore[arg-type]


def test_an_area_is_listed_whole_by_kind_and_by_status(tables: str) -> None:
    a_day(2)
    transaction = Transaction()
    reports.put(report(id="refuse", kind="0201", version=1), transaction=transaction)
    reports.put(report(Status.WITH_CENTRE, id="sorted", version=1), transaction=transaction)
    transaction.commit()

    def area(kind: str | None = None, status: str | None = None) -> set[str]:
        return set(
            ids(listings.area(VILLAGE, "2026-11", kind=kind, status=status, keep=everything, limit=50, cursor=None))
        )

    assert area() == {"r00", "r01", "refuse", "sorted"}
    assert area(kind="0201") == {"refuse"}
    assert area(status="with_centre") == {"sorted"}
    assert ids(listings.area(VILLAGE, "2026-10", kind=None, status=None, keep=everything, limit=50, cursor=None)) == []


def test_the_local_month_counts(tables: str) -> None:
    from datetime import UTC, datetime

    transaction = Transaction()
    reports.put(
        report(id="r", version=1, created_at=datetime(2026, 11, 30, 16, 30, tzinfo=UTC)), transaction=transaction
    )
    transaction.commit()
    assert ids(listings.area(VILLAGE, "2026-12", kind=None, status=None, keep=everything, limit=5, cursor=None)) == [
        "r"
    ]


@pytest.mark.parametrize("cursor", ["x", "!!!!", "bnVsbA", "W10", "WzEsMl0", "é", "WyJhIl0"])
def test_a_cursor_that_was_not_ours_is_refused(tables: str, cursor: str) -> None:
    with pytest.raises(Invalid) as refusal:
        listings.mine("courier", limit=3, cursor=cursor)
    assert refusal.value.rule == "bad_cursor"


def test_a_cursor_of_another_list_moves_only_within_this_one(tables: str) -> None:
    a_day(4)
    foreign = listings.inbox([f"grid_member:{GRID}"], limit=2, cursor=None).cursor
    assert set(ids(listings.mine("someone", limit=3, cursor=foreign))) == set()


def test_what_is_kept_back_shows_neither_in_a_page_nor_in_its_cursor(tables: str) -> None:
    a_day(9)

    def area(hidden: set[str], cursor: str | None = None) -> Page:
        def keep(held: Report) -> bool:
            return held.id not in hidden

        return listings.area(VILLAGE, "2026-11", kind=None, status=None, keep=keep, limit=3, cursor=cursor)

    newest = {"r08", "r07", "r06"}
    assert ids(area(newest)) == ["r05", "r04", "r03"]  # a full page all the same
    assert walk(area(newest), lambda cursor: area(newest, cursor)) == [f"r0{n}" for n in (5, 4, 3, 2, 1, 0)]
    older = {f"r0{n}" for n in range(6)}
    assert area(older).cursor is None  # there is nothing more to see, whatever there is
    assert area({f"r0{n}" for n in range(9)}) == Page(reports=[], cursor=None)
