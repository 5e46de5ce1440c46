"""The map over HTTP: how many reports lie in its cells."""

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated

import msgspec
from chalice.app import Response
from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.hexagons import Hexagon, MapLimit, hexagon
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Cursor, KindCode
from chalicelib.domain.maps.asking import MapBy, Question
from chalicelib.domain.places import Crs

if TYPE_CHECKING:
    from chalicelib.services.maps.showing import Answer, Cell

api = Api(__name__)

GEOJSON = "application/geo+json"

Month = Annotated[str, Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
VillageCode = Annotated[str, Meta(pattern=r"^\d{12}$")]
GroupCode = Annotated[str, Meta(pattern=r"^\d{2}$")]


class MapQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Local months `from` … `until`, both included; `area`: a village's code."""

    first: Month | None = msgspec.field(name="from", default=None)
    last: Month | None = msgspec.field(name="until", default=None)
    by: MapBy = MapBy.GROUP
    group: GroupCode | None = None
    kind: KindCode | None = None
    area: VillageCode | None = None
    crs: Crs = Crs.WGS84
    limit: MapLimit = 500
    cursor: Cursor | None = None

    def __post_init__(self) -> None:
        if self.group and self.kind:
            raise ValueError("either group or kind")


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
    by: MapBy
    exact: bool
    crs: Crs
    names: list[MapName]
    cells: list[MapCell]
    cursor: str | None


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


def _question(query: MapQuery) -> Question:
    return Question(first=query.first, last=query.last, group=query.group, kind=query.kind, village=query.area)


def _cells(answer: "Answer", query: MapQuery) -> MapCells:
    by = MapBy.KIND if query.kind else query.by
    view, found = answer.view, [_cell(cell, by, query.crs) for cell in answer.cells]
    codes = sorted({code for cell in found for code in cell.counts})
    return MapCells(
        township=view.township,
        resolution=view.resolution,
        first=view.months[0],
        last=view.months[-1],
        by=by,
        exact=view.exact,
        crs=query.crs,
        names=[MapName(code=code, name=view.names[code][0], name_en=view.names[code][1]) for code in codes],
        cells=found,
        cursor=answer.cursor,
    )


def _cell(cell: "Cell", by: MapBy, crs: Crs) -> MapCell:
    shown = cell.shown
    counts = shown.kinds if by is MapBy.KIND else shown.groups
    return MapCell(**hexagon(cell.hexagon, crs), count=shown.count, counts=counts)


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
