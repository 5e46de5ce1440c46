"""Lists of reports, a page at a time, each from one index of table `reports` (see there).

A cursor is opaque to clients: the sort key and id of the last report seen. The list it belongs to comes from the
request, so a forged cursor moves only within what its sender may read.
"""

import base64
import binascii
import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta
from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reports.model import Report
from chalicelib.store.reports import HEAD, OUTSIDE, ReportItem


class Source(NamedTuple):
    """One partition of one index."""

    listing: GlobalSecondaryIndex[ReportItem]
    key_name: str
    key: str


# Of a cursor: no key of DynamoDB is empty.
type Position = tuple[Annotated[str, Meta(min_length=1)], Annotated[str, Meta(min_length=1)]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some reports, and where the next ones begin; None at the end."""

    reports: list[Report]
    cursor: str | None


def mine(reporter_id: str, *, limit: int, cursor: str | None) -> Page:
    """A person's own reports, newest first: one query."""
    return _page(
        [Source(ReportItem.by_reporter, "reporter_id", reporter_id)], limit, cursor, sort="created_at", forward=False
    )


def inbox(holders: Sequence[str], *, limit: int, cursor: str | None) -> Page:
    """What waits for these posts, by deadline: one query a post, one for nearly everyone."""
    sources = [Source(ReportItem.by_holder, "holder", holder) for holder in holders]
    return _page(sources, limit, cursor, sort="due_key", forward=True)


def area(
    village: str | None, month: str, *, kind: str | None, status: str | None, limit: int, cursor: str | None
) -> Page:
    """A village's reports of a month, newest first: one query. With kind and status, kind is read and status sifted."""
    area_month = f"{village or OUTSIDE}#{month}"
    if kind:
        source = Source(ReportItem.by_area_kind, "area_month_kind", f"{area_month}#{kind}")
    elif status:
        source = Source(ReportItem.by_area_status, "area_month_status", f"{area_month}#{status}")
    else:
        source = Source(ReportItem.by_area, "area_month", area_month)
    return _page([source], limit, cursor, sort="created_at", forward=False)


def _page(sources: list[Source], limit: int, cursor: str | None, *, sort: str, forward: bool) -> Page:
    start = _opened(cursor)
    found = [_read(source, limit, start, sort=sort, forward=forward) for source in sources]
    merged = heapq.merge(*found, key=lambda item: _position(item, sort), reverse=not forward)
    items = list(islice(merged, limit))
    more = len(items) == limit
    return Page(
        reports=[msgspec.json.decode(item.body, type=Report) for item in items],
        cursor=_sealed(_position(items[-1], sort)) if more else None,
    )


def _read(source: Source, limit: int, start: tuple[str, str] | None, *, sort: str, forward: bool) -> list[ReportItem]:
    last = start and {
        source.key_name: {"S": source.key},
        sort: {"S": start[0]},
        "id": {"S": start[1]},
        "part": {"S": HEAD},
    }
    return list(
        source.listing.query(
            source.key, limit=limit, page_size=limit, scan_index_forward=forward, last_evaluated_key=last
        )
    )


def _position(item: ReportItem, sort: str) -> tuple[str, str]:
    return str(getattr(item, sort)), str(item.id)


def _sealed(position: tuple[str, str]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def _opened(cursor: str | None) -> tuple[str, str] | None:
    if not cursor:
        return None
    try:
        opened: tuple[str, str] = msgspec.json.decode(
            base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=Position
        )
        return opened
    except (binascii.Error, msgspec.DecodeError, ValueError) as error:
        raise Invalid("bad_cursor") from error
