"""Table `reports`, part `lane`: a copy of each of couriers' own needs, in a list of its own.

| access                                    | by                                                   |
|-------------------------------------------|------------------------------------------------------|
| open by deadline, then ended, latest first | `by_holder`: `lane:<township>`, due_key              |

Nobody's post is called so: it is in no inbox. Who asked for it, the copy does not say. A cursor names no matter, since
couriers read it: it holds a sort key, and how many that bear it they have been led past.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.domain.reports import riders
from chalicelib.domain.reports.model import Report
from chalicelib.store import cursors
from chalicelib.store.base import Transaction
from chalicelib.store.reports import listings
from chalicelib.store.reports.reports import NEVER, ReportItem

PART = "lane"
type Kept = Callable[[Report], bool]
type Place = tuple[Annotated[str, Meta(min_length=1)], Annotated[int, Meta(ge=0)]]

ENDED, LATEST = "~", 9_999_999_999  # sorts behind whatever is open, the latest first


def enter(report: Report, transaction: Transaction, *, before: Report | None = None) -> None:
    """Keep the lane's copy of the report with the change that makes it so, if it is one of its matters, or was."""
    if riders.in_lane(report):
        transaction.put(_copy(report))
    elif before and riders.in_lane(before):
        transaction.delete(ReportItem(report.id, PART))


def key(township: str) -> str:
    """Stands for a holder."""
    return f"lane:{township}"


def page(township: str, *, visible: Kept, wanted: Kept, limit: int, cursor: str | None) -> listings.Page:
    """Those that are `wanted` of the `visible` ones: one query, more where few are wanted.

    Looks at so many visible ones at most (`listings.LOOKED_AT`): then it ends short, and its cursor leads on. What is
    not visible does not show through in the cursor either. Raises Invalid (`bad_cursor`).
    """
    place: Place = cursors.opened(cursor, Place) if cursor else ("", 0)
    kept: list[Report] = []
    for looked, (report, behind) in enumerate(_seen(township, place, visible), 1):
        if wanted(report):
            if len(kept) == limit:
                return listings.Page(reports=kept, cursor=cursors.sealed(place))
            kept.append(report)
        place = behind
        if looked == listings.LOOKED_AT:
            return listings.Page(reports=kept, cursor=cursors.sealed(place))
    return listings.Page(reports=kept, cursor=None)


def _seen(township: str, place: Place, visible: Kept) -> Iterator[tuple[Report, Place]]:
    """What is visible from the place on, each with the place behind it: lazily."""
    since = ReportItem.due_key >= place[0] if place[0] else None
    rows = ReportItem.by_holder.query(key(township), since, page_size=listings.AT_ONCE)
    for due_key, tied in groupby(rows, key=attrgetter("due_key")):
        reports = [msgspec.json.decode(item.body, type=Report) for item in sorted(tied, key=attrgetter("id"))]
        passed = place[1] if due_key == place[0] else 0
        shown = enumerate((report for report in reports if visible(report)), 1)
        yield from ((report, (due_key, number)) for number, report in shown if number > passed)


def _copy(report: Report) -> ReportItem:
    ended = report.ended_at and f"{ENDED}{LATEST - int(report.ended_at.timestamp())}"
    return ReportItem(
        id=report.id,
        part=PART,
        body=msgspec.json.encode(replace(report, reporter_id="", filed_by=None)).decode(),
        holder=key(report.place.township),
        due_key=ended or (report.due_at.isoformat() if report.due_at else NEVER),
    )
