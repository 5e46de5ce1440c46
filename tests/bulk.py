"""Many reports at once, put into the store behind the product's back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.model import Report
from chalicelib.store.reports.reports import TEXT, ReportItem, _item
from tests.builders import GRID, NEXT_GRID, TOWNSHIP, VILLAGE, report

OTHER_VILLAGE = "350211102003"
PLACES = (
    Place(point=report().place.point, grid=GRID, village=VILLAGE, township=TOWNSHIP),
    Place(point=report().place.point, grid=NEXT_GRID, village=VILLAGE, township=TOWNSHIP),
    Place(point=report().place.point, grid=f"{OTHER_VILLAGE}001", village=OTHER_VILLAGE, township=TOWNSHIP),
    Place(point=None, township=TOWNSHIP),
)


def made(count: int, *, start: datetime, every: timedelta, kind: str | None = "0303") -> Iterator[Report]:
    """Reports one after the other, here and there."""
    model = report(kind=kind)
    for number in range(count):
        at = start + every * number
        yield replace(
            model,
            id=str(UUID(int=number)),
            place=PLACES[number % len(PLACES)],
            created_at=at,
            observed_at=at,
            version=1,
        )


def put(reports: Iterable[Report], *, text: str = "路面有个大坑，第{number}处") -> None:
    """Store reports with their texts."""
    with ReportItem.batch_write() as batch:
        for number, one in enumerate(reports):
            batch.save(_item(one))
            batch.save(ReportItem(id=one.id, part=TEXT, body=text.format(number=number)))
