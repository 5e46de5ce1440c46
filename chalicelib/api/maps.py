"""The map over HTTP: how many reports lie in its cells, and where on couriers' rounds nobody has reported from."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from chalice.app import Response
from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Cursor, KindCode
from chalicelib.domain.maps.asking import By, Question
from chalicelib.domain.places import Crs, Point, coordinates

if TYPE_CHECKING:
    from chalicelib.domain.maps.gaps import Gap
    from chalicelib.domain.maps.hexagons import Hexagon as Shape
    from chalicelib.services.maps.showing import Answer, Cell

api = Api(__name__)

GEOJSON = "application/geo+json"
DIGITS = 7  # of a degree: a centimetre

Month = Annotated[str, Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
VillageCode = Annotated[str, Meta(pattern=r"^\d{12}$")]
GroupCode = Annotated[str, Meta(pattern=r"^\d{2}$")]
MapLimit = Annotated[int, Meta(ge=1, le=1000)]
Days = Annotated[int, Meta(ge=1, le=365)]


class MapQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Local months `from` … `until`, both included; `area`: a village's code."""

    first: Month | None = msgspec.field(name="from", default=None)
    last: Month | None = msgspec.field(name="until", default=None)
    by: By = By.GROUP
    group: GroupCode | None = None
    kind: KindCode | None = None
    area: VillageCode | None = None
    crs: Crs = Crs.WGS84
    limit: MapLimit = 500
    cursor: Cursor | None = None

    def __post_init__(self) -> None:
        if self.group and self.kind:
            raise ValueError("either group or kind")


class GapQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without a report for so many `days`; by default what the township's numbers say."""

    days: Days | None = None
    crs: Crs = Crs.WGS84
    limit: MapLimit = 500
    cursor: Cursor | None = None


class Corner(Struct, frozen=True, kw_only=True):
    """Degrees in the system asked for."""

    lat: float
    lon: float


class Hexagon(Struct, frozen=True, kw_only=True):
    """A cell of H3, by its index there; its middle and its corners, anticlockwise."""

    cell: str
    centre: Corner
    boundary: list[Corner]


class MapCell(Hexagon, frozen=True, kw_only=True):
    """`count` reports in all, to all but the centre at least so many; `counts` by the code of their group or kind."""

    count: int
    counts: Mapping[str, int]


class MapName(Struct, frozen=True, kw_only=True):
    """What a code of `counts` stands for."""

    code: str
    name: str
    name_en: str


class MapCells(Struct, frozen=True, kw_only=True):
    """Cells in which anything is shown, of the local months `from` … `until`. `exact`: nothing is kept back, as to the
    centre; to others few reports are none. `cursor` asks for the next ones, null at the end."""

    township: str
    resolution: int
    first: str = msgspec.field(name="from")
    last: str = msgspec.field(name="until")
    by: By
    exact: bool
    crs: Crs
    names: list[MapName]
    cells: list[MapCell]
    cursor: str | None


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


@api.route("/map/cells", methods=["GET"], authorizer=authorize)
def list_map_cells(ask: Ask, query: MapQuery) -> MapCells:
    """How many reports lie in the cells of the map, by group or kind. The centre sees all, up to now; everybody else
    whole months that are over, in which few reports are shown as none. Confidential matters are on no map.
    """
    from chalicelib.services.maps import showing

    answer = showing.cells_of(_question(query), by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return _cells(answer, query)


@api.route("/map/hexagons", methods=["GET"], authorizer=authorize, answer_type=GEOJSON)
def list_map_hexagons(ask: Ask, query: MapQuery) -> Response:
    """The same as GeoJSON, for maps: a polygon a cell; what else there is to say stands in `properties`."""
    from chalicelib.services.maps import showing

    answer = showing.cells_of(_question(query), by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    body = msgspec.json.encode(_collection(_cells(answer, query)))
    headers: dict[str, str | list[str]] = {
        "Content-Type": GEOJSON,
        "Cache-Control": "no-store",
        "ETag": f'"{sha256(body).hexdigest()[:16]}"',
    }
    return Response(body.decode(), headers=headers)


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


def _question(query: MapQuery) -> Question:
    return Question(first=query.first, last=query.last, group=query.group, kind=query.kind, village=query.area)


def _cells(answer: "Answer", query: MapQuery) -> MapCells:
    by = By.KIND if query.kind else query.by
    found = [_cell(cell, by, query.crs) for cell in answer.cells]
    codes = sorted({code for cell in found for code in cell.counts})
    return MapCells(
        township=answer.township,
        resolution=answer.resolution,
        first=answer.months[0],
        last=answer.months[-1],
        by=by,
        exact=answer.exact,
        crs=query.crs,
        names=[MapName(code=code, name=answer.names[code][0], name_en=answer.names[code][1]) for code in codes],
        cells=found,
        cursor=answer.cursor,
    )


def _cell(cell: "Cell", by: By, crs: Crs) -> MapCell:
    shown = cell.shown
    counts = shown.kinds if by is By.KIND else shown.groups
    return MapCell(**_hexagon(cell.hexagon, crs), count=shown.count, counts=counts)


def _gap(gap: "Gap", crs: Crs) -> GapCell:
    return GapCell(
        **_hexagon(gap.ground.hexagon, crs),
        village=gap.ground.village,
        grid=gap.ground.grid,
        couriers=gap.couriers,
        last_day=date.fromisoformat(gap.last_day) if gap.last_day else None,
        days=gap.days,
    )


def _hexagon(hexagon: "Shape", crs: Crs) -> dict[str, Any]:
    return {
        "cell": hexagon.cell,
        "centre": _corner(hexagon.centre, crs),
        "boundary": [_corner(corner, crs) for corner in hexagon.corners],
    }


def _corner(point: Point, crs: Crs) -> Corner:
    at = coordinates(point, crs=crs)
    return Corner(lat=round(at.lat, DIGITS), lon=round(at.lon, DIGITS))


def _collection(made: MapCells) -> dict[str, object]:
    """As GeoJSON (RFC 7946): longitude first, and a ring ends where it began."""
    said: dict[str, object] = msgspec.to_builtins(msgspec.structs.replace(made, cells=[]))
    del said["cells"]
    return {"type": "FeatureCollection", "properties": said, "features": [_feature(cell) for cell in made.cells]}


def _feature(cell: MapCell) -> dict[str, object]:
    ring = [(corner.lon, corner.lat) for corner in (*cell.boundary, cell.boundary[0])]
    return {
        "type": "Feature",
        "id": cell.cell,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"count": cell.count, "counts": cell.counts},
    }
