"""Lists of reports, a page at a time, each from one index of table `reports` (see there).

A cursor holds the sort key, id and part of the last item seen.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta
from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.domain.rechecks.tasks import Task
from chalicelib.domain.reports.model import Report
from chalicelib.store import cursors
from chalicelib.store.reports.reports import OUTSIDE, ReportItem


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """Some blind re-checks, and where the next ones begin; None at the end."""

    tasks: list[Task]
    cursor: str | None


class Source(NamedTuple):
    """One partition of one index."""

    listing: GlobalSecondaryIndex[ReportItem]
    key_name: str
    key: str


LOOKED_AT = 500  # reports of a page that a filter sifts: about six queries of one index
AT_ONCE = 100  # of a query then: the filter may let few of them through

# Of a cursor: sort key, id and part; no key of DynamoDB is empty.
type Key = Annotated[str, Meta(min_length=1)]
type Position = tuple[Key, Key, Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some reports, and where the next ones begin; None at the end."""

    reports: list[Report]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifting:
    """What of a list its reader wants to see, out of all that he may; `reverse`: beginning at its end."""

    keep: Callable[[Report], bool]
    reverse: bool = False


def mine(reporter_id: str, *, limit: int, cursor: str | None) -> Page:
    """A person's own reports, newest first: one query."""
    return _page(
        [Source(ReportItem.by_reporter, "reporter_id", reporter_id)], limit, cursor, sort="created_at", forward=False
    )


def inbox(
    holders: Sequence[str],
    *,
    keep: Callable[[Report], bool] = lambda _: True,
    limit: int,
    cursor: str | None,
    sifting: Sifting | None = None,
) -> Page:
    """What waits for these posts, or lies on these lists, by deadline: one query each, one for nearly everyone."""
    sources = [Source(ReportItem.by_holder, "holder", holder) for holder in holders]
    return _page(sources, limit, cursor, sort="due_key", forward=True, keep=keep, sifting=sifting)


def rechecks(holders: Sequence[str], *, keep: Callable[[Task], bool], limit: int, cursor: str | None) -> TaskPage:
    """The tasks of these holders that `keep` lets through, by time: one query a holder."""
    sources = [Source(ReportItem.by_holder, "holder", holder) for holder in holders]
    start: Position | None = cursors.opened(cursor, Position) if cursor else None
    rows = _rows(Task, sources, limit + 1, start, sort="due_key", forward=True)
    tasks, next_one = _cut((row for row in rows if keep(row[0])), limit)
    return TaskPage(tasks=tasks, cursor=next_one)


def area(
    village: str | None,
    month: str,
    *,
    kind: str | None,
    status: str | None,
    keep: Callable[[Report], bool],
    limit: int,
    cursor: str | None,
    sifting: Sifting | None = None,
) -> Page:
    """A village's reports of a month that `keep` lets through, newest first: one query, more where much is sifted out.

    With kind and status, kind is read and status left to `keep`.
    """
    area_month = f"{village or OUTSIDE}#{month}"
    if kind:
        source = Source(ReportItem.by_area_kind, "area_month_kind", f"{area_month}#{kind}")
    elif status:
        source = Source(ReportItem.by_area_status, "area_month_status", f"{area_month}#{status}")
    else:
        source = Source(ReportItem.by_area, "area_month", area_month)
    return _page([source], limit, cursor, sort="created_at", forward=False, keep=keep, sifting=sifting)


def _page(
    sources: list[Source],
    limit: int,
    cursor: str | None,
    *,
    sort: str,
    forward: bool,
    keep: Callable[[Report], bool] = lambda _: True,
    sifting: Sifting | None = None,
) -> Page:
    """Reads on until the page is full and one more is found: a cursor says that there is more to see, and names only
    what was shown. What is kept back must not show through either."""
    start: Position | None = cursors.opened(cursor, Position) if cursor else None
    forward, size = forward is not bool(sifting and sifting.reverse), AT_ONCE if sifting else limit + 1
    rows = _rows(Report, sources, size, start, sort=sort, forward=forward)
    visible = (row for row in rows if keep(row[0]))
    if sifting:
        return _sifted(visible, limit, sifting)
    reports, next_one = _cut(visible, limit)
    return Page(reports=reports, cursor=next_one)


def _rows[Row](
    shape: type[Row], sources: list[Source], size: int, start: Position | None, *, sort: str, forward: bool
) -> Iterator[tuple[Row, Position]]:
    """What lies there, in order, each with its place: lazily, `size` of a query."""
    found = [_read(source, size, start, sort=sort, forward=forward) for source in sources]
    merged = heapq.merge(*found, key=lambda item: _position(item, sort), reverse=not forward)
    return ((msgspec.json.decode(item.body, type=shape), _position(item, sort)) for item in merged)


def _cut[Row](visible: Iterator[tuple[Row, Position]], limit: int) -> tuple[list[Row], str | None]:
    """A full page, and where the next one begins if there is more."""
    kept = list(islice(visible, limit + 1))
    next_one = cursors.sealed(kept[limit - 1][1]) if len(kept) > limit else None
    return [row for row, _ in kept[:limit]], next_one


def _sifted(visible: Iterator[tuple[Report, Position]], limit: int, wanted: Sifting) -> Page:
    """Reads on until the page is full and one more is found, or enough were looked at: then it ends there, short or
    even empty, and the cursor leads on. It names what its reader may see, and did not want to."""
    kept: list[Report] = []
    last: Position | None = None
    for looked, (report, position) in enumerate(visible, 1):
        if wanted.keep(report):
            if len(kept) == limit:
                return Page(reports=kept, cursor=cursors.sealed(last))
            kept.append(report)
        last = position
        if looked == LOOKED_AT:
            return Page(reports=kept, cursor=cursors.sealed(last))
    return Page(reports=kept, cursor=None)


def _read(source: Source, size: int, start: Position | None, *, sort: str, forward: bool) -> Iterator[ReportItem]:
    """Lazily, `size` at a time."""
    last = start and {
        source.key_name: {"S": source.key},
        sort: {"S": start[0]},
        "id": {"S": start[1]},
        "part": {"S": start[2]},
    }
    yield from source.listing.query(source.key, page_size=size, scan_index_forward=forward, last_evaluated_key=last)


def _position(item: ReportItem, sort: str) -> Position:
    return str(getattr(item, sort)), str(item.id), str(item.part)
