"""Table `cells`: reports by cell, local month of intake and kind; where each is counted; when each cell had its last.

| access                                  | by                                                    |
|-----------------------------------------|-------------------------------------------------------|
| a township's month, by cell             | part `<township>#<month>`, leaf `<cell>#<kind>`       |
| when each cell was last reported from   | part `<township>#last`, leaf `<cell>`                 |
| where a report is counted               | part `report#<id>`, leaf `counted`                    |
"""

from collections.abc import Iterator
from typing import NamedTuple

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.maps.counting import Held, Tile
from chalicelib.store.base import Table, Transaction

COUNTED, LAST = "counted", "last"
BEHIND = "#~"  # sorts behind every kind of a cell


class CellItem(Table):
    """A counter (`reports`), a cell's last `day`, or where a report was counted when it stood at this `version`."""

    class Meta:
        table_name = settings().table("cells")

    part = UnicodeAttribute(hash_key=True)
    leaf = UnicodeAttribute(range_key=True)
    reports = NumberAttribute(null=True)
    day = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    counter_part = UnicodeAttribute(null=True)
    counter_leaf = UnicodeAttribute(null=True)


class Count(NamedTuple):
    """How many reports of a kind."""

    cell: str
    kind: str
    reports: int


def held(report_id: str) -> Held | None:
    """Where the report is counted, consistently; None if nobody has looked at it yet."""
    try:
        item = CellItem.get(_own(report_id), COUNTED, consistent_read=True)
    except CellItem.DoesNotExist:
        return None
    tile = _tile(item.counter_part, item.counter_leaf) if item.counter_part and item.counter_leaf else None
    return Held(version=int(item.version or 0), tile=tile)


def move(report_id: str, before: Held | None, after: Held) -> None:
    """Count the report where it belongs now and no longer where it did: one transaction.

    Raises StaleVersion if it was counted anew since `before` was read.
    """
    transaction = Transaction()
    unmoved = CellItem.part.does_not_exist() if before is None else CellItem.version == before.version
    transaction.put(_item(report_id, after), unmoved, StaleVersion("changed_meanwhile"))
    old = before.tile if before else None
    for tile, more in ((old, -1), (after.tile, 1)) if old != after.tile else ():
        if tile:
            transaction.update(CellItem(*_key(tile)), [CellItem.reports.add(more)])
    transaction.commit()


def saw(township: str, cell: str, day: str) -> None:
    """Note that something was reported from the cell on that day, unless a later day is noted."""
    item = CellItem(f"{township}#{LAST}", cell)
    item.update_if(CellItem.day.does_not_exist() | (CellItem.day < day), [CellItem.day.set(day)])


def month(township: str, month: str, *, after: str | None = None) -> Iterator[Count]:
    """What is counted in a month, by cell, lazily: one query. `after`: from behind this cell on."""
    behind = CellItem.leaf > f"{after}{BEHIND}" if after else None
    for item in CellItem.query(f"{township}#{month}", behind):
        if item.reports:
            cell, kind = item.leaf.split("#")
            yield Count(cell, kind, int(item.reports))


def last_days(township: str) -> dict[str, str]:
    """When each cell was last reported from: one query."""
    return {item.leaf: item.day for item in CellItem.query(f"{township}#{LAST}") if item.day}


def _own(report_id: str) -> str:
    return f"report#{report_id}"


def _key(tile: Tile) -> tuple[str, str]:
    return f"{tile.township}#{tile.month}", f"{tile.cell}#{tile.kind}"


def _tile(part: str, leaf: str) -> Tile:
    (township, month), (cell, kind) = part.split("#"), leaf.split("#")
    return Tile(township=township, month=month, cell=cell, kind=kind)


def _item(report_id: str, held: Held) -> CellItem:
    part, leaf = _key(held.tile) if held.tile else (None, None)
    return CellItem(_own(report_id), COUNTED, version=held.version, counter_part=part, counter_leaf=leaf)
