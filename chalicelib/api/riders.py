"""Couriers' own needs over HTTP."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.indicators import Indicators, indicators_of
from chalicelib.api.shapes import Instant, Paging
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.riders import Wanted

if TYPE_CHECKING:
    from chalicelib.services.figures.indicators import Answer

api = Api(__name__)

NeedKind = Annotated[str, Meta(pattern=r"^12\d{2}$")]
VillageCode = Annotated[str, Meta(pattern=r"^\d{12}$")]


class NeedsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kind`, `status` and `village` narrow it."""

    kind: NeedKind | None = None
    status: Status | None = None
    village: VillageCode | None = None


class RidersNeed(Struct, frozen=True, kw_only=True):
    """A need and how it stands. Couriers read neither its number, its words nor who has it; nobody reads here who
    asked for it, nor the words of a confidential one unless he has a part in it."""

    id: str | None
    status: Status
    kind: str | None
    village: str | None
    department: str | None
    confidential: bool
    excerpt: str | None
    due_at: Instant | None
    overdue: bool
    created_at: Instant
    ended_at: Instant | None


class LaneFigures(Indicators, frozen=True, kw_only=True):
    """Of the local days `first` … `last`, as counted by `as_of`."""

    first: str
    last: str
    as_of: Instant


class RidersNeeds(Struct, frozen=True, kw_only=True):
    """What is open, by deadline, then what has ended, latest first; `figures` of this month on the first page."""

    figures: LaneFigures | None
    needs: list[RidersNeed]
    cursor: str | None


@api.route("/riders-needs", methods=["GET"], authorizer=authorize)
def list_riders_needs(ask: Ask, query: NeedsQuery) -> RidersNeeds:
    """Couriers' own needs (group 12) in the township: what is open by deadline, then what has ended; and its figures.

    For couriers, the centre, the committee and the district. Which reports are behind a figure:
    `/statistics/indicators/reports` with `group=12`.
    """
    from chalicelib.services.reports import riders

    wanted = Wanted(kind=query.kind, status=query.status, village=query.village)
    lane = riders.page(wanted, by=ask.actor, limit=query.limit, cursor=query.cursor, now=ask.now)
    fields = RidersNeed.__struct_fields__
    needs = [RidersNeed(**{name: getattr(need, name) for name in fields}) for need in lane.needs]
    return RidersNeeds(figures=_figures(lane.figures) if lane.figures else None, needs=needs, cursor=lane.cursor)


def _figures(answer: "Answer") -> LaneFigures:
    total = indicators_of(answer.total)
    counted = {name: getattr(total, name) for name in Indicators.__struct_fields__}
    return LaneFigures(first=answer.period.first, last=answer.period.last, as_of=answer.as_of, **counted)
