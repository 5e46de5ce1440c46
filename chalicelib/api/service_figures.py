"""Figures of the care relay, volunteering, activities, look-outs over HTTP."""

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.statistics import AreaCode, Day, Month
from chalicelib.domain.figures.services import ServiceColumn

api = Api(__name__)


class ServiceFiguresQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A local `month` or `day`, this month by default; `area`: a township's or village's code."""

    month: Month | None = None
    day: Day | None = None
    area: AreaCode | None = None

    def __post_init__(self) -> None:
        if self.month and self.day:
            raise ValueError("either month or day")


class ServiceFigureRow(Struct, frozen=True, kw_only=True):
    """A village by its code and name, empty for what is of the whole township; a column that is not there is nought."""

    village: str
    name: str
    name_en: str
    counts: dict[ServiceColumn, int]


class ServiceFigures(Struct, frozen=True, kw_only=True):
    """What was done on the local days `first` … `last`, by village."""

    township: str
    first: str
    last: str
    rows: list[ServiceFigureRow]


@api.route("/statistics/services", methods=["GET"], authorizer=authorize)
def count_services(ask: Ask, query: ServiceFiguresQuery) -> ServiceFigures:
    """How many visits, volunteers, mediations, activities, look-outs and certificates there were, in the caller's
    villages."""
    from chalicelib.services.figures import services

    found = services.counted(query.month, query.day, query.area, by=ask.actor, now=ask.now)
    rows = []
    for row in found.rows:
        name, name_en = found.names.get(row.village, ("", ""))
        rows.append(ServiceFigureRow(village=row.village, name=name, name_en=name_en, counts=dict(row.counts)))
    return ServiceFigures(township=found.township, first=found.period.first, last=found.period.last, rows=rows)
