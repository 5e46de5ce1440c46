"""Table `visits`: one visit of a plan on a local day, as it stands. What happened to it lies in `history`.

| access                                     | by                                                            |
|--------------------------------------------|---------------------------------------------------------------|
| a visit                                    | id `<plan>.<yyyymmdd>`, part `head`                           |
| several, those of a plan's next days       | batch by id                                                   |
| what a courier is asked for, has and had   | index `by_courier`: courier_id, start (sparse)                |
| a village's visits of a day                | index `by_village`: village_day `<village>#<yyyy-mm-dd>`, start  |
| a township's visits of a day               | index `by_township`: township_day, start                      |
| a plan's, of some time                     | index `by_plan`: plan_id, start                               |

What is due of one lies in table `reports` (`due`). An index is a moment late: who must know reads by id.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.care.model import Visit
from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.reference.calendar import local_day
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

HEAD = "head"

type Key = Annotated[str, Meta(min_length=1, max_length=200)]
type Position = tuple[Key, Key]  # start, id


class ByCourier(GlobalSecondaryIndex["VisitItem"]):
    """What somebody is asked for, has or had."""

    class Meta:
        index_name = "by_courier"
        projection = IncludeProjection(["body"])

    courier_id = UnicodeAttribute(hash_key=True)
    start = UnicodeAttribute(range_key=True)


class ByVillage(GlobalSecondaryIndex["VisitItem"]):
    """A village's day."""

    class Meta:
        index_name = "by_village"
        projection = IncludeProjection(["body"])

    village_day = UnicodeAttribute(hash_key=True)
    start = UnicodeAttribute(range_key=True)


class ByTownship(GlobalSecondaryIndex["VisitItem"]):
    """A township's day."""

    class Meta:
        index_name = "by_township"
        projection = IncludeProjection(["body"])

    township_day = UnicodeAttribute(hash_key=True)
    start = UnicodeAttribute(range_key=True)


class ByPlan(GlobalSecondaryIndex["VisitItem"]):
    """A plan's visits."""

    class Meta:
        index_name = "by_plan"
        projection = IncludeProjection(["body"])

    plan_id = UnicodeAttribute(hash_key=True)
    start = UnicodeAttribute(range_key=True)


class VisitItem(Table):
    """A visit (`body`, JSON), with what it is found by."""

    class Meta:
        table_name = settings().table("visits")

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    courier_id = UnicodeAttribute(null=True)
    village_day = UnicodeAttribute(null=True)
    township_day = UnicodeAttribute(null=True)
    plan_id = UnicodeAttribute(null=True)
    start = UnicodeAttribute(null=True)
    by_courier = ByCourier()
    by_village = ByVillage()
    by_township = ByTownship()
    by_plan = ByPlan()


class VisitMoved(StaleVersion):
    """Raised when the visit changed since it was read, or is there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some visits by their start, and where the next ones begin; None at the end."""

    visits: list[Visit]
    cursor: str | None


def put(visit: Visit, transaction: Transaction) -> None:
    """Store the visit over the version before, the first one where there is none; the transaction raises VisitMoved."""
    day = local_day(visit.start)
    item = VisitItem(
        id=visit.id,
        part=HEAD,
        body=msgspec.json.encode(visit).decode(),
        version=visit.version,
        courier_id=visit.courier_id,
        village_day=f"{visit.village}#{day}",
        township_day=f"{visit.township}#{day}",
        plan_id=visit.plan_id,
        start=_instant(visit.start),
    )
    as_read = VisitItem.id.does_not_exist() if visit.version == 1 else VisitItem.version == visit.version - 1
    transaction.put(item, as_read, VisitMoved("changed_meanwhile"))


def find(visit_id: str) -> Visit | None:
    """The visit as it is now, if there is one."""
    try:
        return _visit(VisitItem.get(visit_id, HEAD, consistent_read=True))
    except VisitItem.DoesNotExist:
        return None


def get(visit_id: str) -> Visit:
    """Raises NotFound (`no_such_visit`)."""
    if (found := find(visit_id)) is None:
        raise NotFound("no_such_visit", visit=visit_id)
    return found


def several(ids: Iterable[str]) -> dict[str, Visit]:
    """Those of the visits that there are, as they are now, by id: one call for a hundred."""
    keys = [(id, HEAD) for id in ids]
    return {item.id: _visit(item) for item in VisitItem.batch_get(keys, consistent_read=True)} if keys else {}


def require(visit: Visit, transaction: Transaction) -> None:
    """Make the transaction depend on the visit being as it was read; it raises VisitMoved."""
    as_read, refusal = VisitItem.version == visit.version, VisitMoved("changed_meanwhile")
    transaction.check(VisitItem, visit.id, HEAD, condition=as_read, refusal=refusal)


def of_courier(courier_id: str, *, since: datetime, limit: int, cursor: str | None) -> Page:
    """What somebody is asked for, has or had, from `since` (UTC) on: one query. Raises Invalid (`bad_cursor`)."""
    return _page(VisitItem.by_courier, ("courier_id", courier_id), ByCourier.start >= _instant(since), limit, cursor)


def of_village(village: str, day: str, *, limit: int, cursor: str | None) -> Page:
    """A village's visits of a local day (`2026-11-23`): one query. Raises Invalid (`bad_cursor`)."""
    return _page(VisitItem.by_village, ("village_day", f"{village}#{day}"), None, limit, cursor)


def of_township(township: str, day: str, *, limit: int, cursor: str | None) -> Page:
    """A township's visits of a local day: one query. Raises Invalid (`bad_cursor`)."""
    return _page(VisitItem.by_township, ("township_day", f"{township}#{day}"), None, limit, cursor)


def of_plan(plan_id: str, *, since: datetime, until: datetime) -> list[Visit]:
    """A plan's visits that start within these instants, the oldest first: one query."""
    within = ByPlan.start.between(_instant(since), _instant(until))
    return [_visit(item) for item in VisitItem.by_plan.query(plan_id, within)]


def _page(index: Any, key: tuple[str, str], within: Any, limit: int, cursor: str | None) -> Page:
    start = _after(key, cursor) if cursor else None
    found = list(index.query(key[1], within, limit=limit + 1, page_size=limit + 1, last_evaluated_key=start))
    last = found[limit - 1] if len(found) > limit else None
    more = cursors.sealed((last.start, last.id)) if last else None
    return Page(visits=[_visit(item) for item in found[:limit]], cursor=more)


def _after(key: tuple[str, str], cursor: str) -> dict[str, dict[str, str]]:
    start, id = cursors.opened(cursor, Position)
    return {key[0]: {"S": key[1]}, "start": {"S": start}, "id": {"S": id}, "part": {"S": HEAD}}


def _visit(item: VisitItem) -> Visit:
    return msgspec.json.decode(item.body, type=Visit)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
