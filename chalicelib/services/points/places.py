"""Cursors of the ledger by time: behind which entry a page ended. Of what people decided about a report they name
neither id nor instant, which the page hides from others than the centre: it is counted from the last other one on.
"""

from typing import Annotated

from msgspec import Meta

from chalicelib.domain.points.adjusting import is_told_apart
from chalicelib.domain.points.transfers import Transfer
from chalicelib.store import cursors

type Moment = Annotated[str, Meta(max_length=400)]
type Place = tuple[Moment | None, Annotated[int, Meta(ge=0, le=100_000)]]  # behind this one, and so many more
type Rows = list[tuple[str, Transfer]]


def opened(cursor: str | None) -> Place:
    """Where a page begins. Raises Invalid (`bad_cursor`)."""
    place: Place = cursors.opened(cursor, Place) if cursor else (None, 0)
    return place


def sealed(begins: Place, rows: Rows) -> str:
    """The cursor behind these rows, which began there."""
    clear = [number for number, (_, entry) in enumerate(rows, start=1) if not is_told_apart(entry)]
    before, skipped = (rows[clear[-1] - 1][0], -clear[-1]) if clear else begins
    return cursors.sealed((before, skipped + len(rows)))
