"""Reports in bulk, for a file: what an index of table `reports` holds of villages and months, oldest first.

| access                                  | by                                                    |
|-----------------------------------------|-------------------------------------------------------|
| a month of some villages                | `by_area`, or of one kind or status, merged as read   |

Memory holds a page of each village, whatever the number of reports.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

import msgspec
from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.domain.reports.model import Report
from chalicelib.store.reports.reports import ByArea, ByAreaKind, ByAreaStatus, ReportItem

PAGE = 100

_decode = msgspec.json.Decoder(Report).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Reports of these villages and local months that came in from `start` on and before `end`, of a kind or status."""

    villages: Sequence[str]
    months: Sequence[str]
    start: datetime
    end: datetime
    kind: str | None = None
    status: str | None = None


type Place = tuple[str, str]  # created_at as stored, and id: where a report stands among all, wherever it lies


def oldest_first(wanted: Extract, after: Place | None) -> Iterator[tuple[Place, Report]]:
    """The reports behind a place, each with its own.

    Their order does not depend on where they lie, so that one that is moved to another village meanwhile comes once.
    """
    for month in wanted.months:
        merged = heapq.merge(*(_read(wanted, village, month, after) for village in wanted.villages), key=_time)
        for at, together in groupby(merged, key=_time):
            found = {str(item.id): item for item in together}
            for id in sorted(found):
                if after is None or (at, id) > after:
                    yield (at, id), _decode(found[id].body)


def _read(wanted: Extract, village: str, month: str, after: Place | None) -> Iterator[ReportItem]:
    """Lazily, a page at a time. Times compare as text: a bound without zone stands before its instant with one."""
    index, created_at, key = _index(wanted, f"{village}#{month}")
    first = max(_bound(wanted.start), after[0] if after else "")
    if first <= (last := _bound(wanted.end)):
        yield from index.query(key, created_at.between(first, last), page_size=PAGE)


def _index(wanted: Extract, area_month: str) -> tuple[GlobalSecondaryIndex[ReportItem], UnicodeAttribute, str]:
    """The narrowest index; with kind and status that of the kind, and the status is sifted."""
    if wanted.kind:
        return ReportItem.by_area_kind, ByAreaKind.created_at, f"{area_month}#{wanted.kind}"
    if wanted.status:
        return ReportItem.by_area_status, ByAreaStatus.created_at, f"{area_month}#{wanted.status}"
    return ReportItem.by_area, ByArea.created_at, area_month


def _bound(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat()


def _time(item: ReportItem) -> str:
    return str(item.created_at)
