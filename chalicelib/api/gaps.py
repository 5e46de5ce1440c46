"""Coverage over HTTP: where on couriers' rounds nobody has reported from."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.hexagons import Hexagon, MapLimit, hexagon
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Cursor
from chalicelib.domain.places import Crs

if TYPE_CHECKING:
    from chalicelib.domain.maps.gaps import Gap

api = Api(__name__)

Days = Annotated[int, Meta(ge=1, le=365)]


class GapQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without a report for so many `days`; by default what the township's numbers say."""

    days: Days | None = None
    crs: Crs = Crs.WGS84
    limit: MapLimit = 500
    cursor: Cursor | None = None


class GapCell(Hexagon, frozen=True, kw_only=True):
    """A cell of a village on the round of so many `couriers`, `days` after the last report from it on the local day
    `last_day`; null where there never was one. `grid`: the one its middle lies in."""

    village: str
    grid: str | None
    couriers: int
    last_day: date | None
    days: int | None


class UnvisitedVillage(Struct, frozen=True, kw_only=True):
    """A village on nobody's round, and how many cells it has."""

    village: str
    name: str
    name_en: str
    cells: int


class MapGaps(Struct, frozen=True, kw_only=True):
    """Cells without a report for `days` on the local day `today`, longest first, and villages on nobody's round."""

    township: str
    resolution: int
    days: int
    today: date
    crs: Crs
    cells: list[GapCell]
    cursor: str | None
    unvisited: list[UnvisitedVillage]


@api.route("/map/gaps", methods=["GET"], authorizer=authorize)
def list_map_gaps(ask: Ask, query: GapQuery) -> MapGaps:
    """Where on couriers' rounds nobody has reported from for some days, longest first; for the centre."""
    from chalicelib.services.maps import gaps

    answer = gaps.uncovered(days=query.days, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return MapGaps(
        township=answer.township,
        resolution=answer.resolution,
        days=answer.days,
        today=date.fromisoformat(answer.today),
        crs=query.crs,
        cells=[_gap(gap, query.crs) for gap in answer.gaps],
        cursor=answer.cursor,
        unvisited=[msgspec.convert(one, UnvisitedVillage, from_attributes=True) for one in answer.unvisited],
    )


def _gap(gap: "Gap", crs: Crs) -> GapCell:
    return GapCell(
        **hexagon(gap.ground.hexagon, crs),
        village=gap.ground.village,
        grid=gap.ground.grid,
        couriers=gap.couriers,
        last_day=date.fromisoformat(gap.last_day) if gap.last_day else None,
        days=gap.days,
    )
