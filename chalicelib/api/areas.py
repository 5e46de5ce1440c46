"""Areas over HTTP: which there are, which one a place belongs to, and a new edition of them all."""

import msgspec
from chalice.app import Response
from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import InCrs, Lat, Lon
from chalicelib.domain.areas.model import Area
from chalicelib.domain.places import Crs, point_from

api = Api(__name__)

GEOJSON = ("application/geo+json", "application/json")


class AreaView(Struct, frozen=True, kw_only=True):
    """A village or grid. `parent` is the code of what it lies in."""

    code: str
    level: str
    name: str
    name_en: str
    parent: str


class AreasView(Struct, frozen=True, kw_only=True):
    """The areas in force; `version` is their edition."""

    township: str
    name: str
    areas: list[AreaView]
    version: int


class PlaceQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place in the client's system."""

    lat: Lat
    lon: Lon
    crs: Crs = Crs.WGS84


class Located(Struct, frozen=True, kw_only=True):
    """`inside` a grid, within reach of the `nearest` one (m), or for the `centre`."""

    how: str
    township: str
    village: str | None
    grid: str | None
    distance_m: float | None


class Edition(Struct, frozen=True, kw_only=True):
    """The edition now in force."""

    version: int


@api.route("/areas", methods=["GET"], authorizer=authorize)
def list_areas(ask: Ask) -> AreasView:
    """Villages and grids, without their outlines."""
    from chalicelib.services.reference import areas

    held, version = areas.listing(now=ask.now)
    villages = [_view(area, "village") for area in held.villages]
    grids = [_view(area, "grid") for area in held.grids]
    return AreasView(township=held.township, name=held.name, areas=[*villages, *grids], version=version)


@api.route("/areas/locate", methods=["GET"], authorizer=authorize)
def locate_place(ask: Ask, query: PlaceQuery) -> Located:
    """Which grid a place belongs to."""
    from chalicelib.services.reference import areas

    found = areas.locate(point_from(query.lat, query.lon, crs=query.crs), now=ask.now)
    return Located(
        how=found.how,
        township=found.township,
        village=found.village,
        grid=found.grid,
        distance_m=found.distance_m,
    )


@api.route("/areas/outlines", methods=["GET"], authorizer=authorize, answer_type=GEOJSON[0])
def get_outlines(ask: Ask, query: InCrs) -> Response:
    """The areas in force with their outlines, as GeoJSON: for maps, and to edit and send back."""
    from chalicelib.services.reference import areas

    outlines, version = areas.outlines(crs=query.crs, now=ask.now)
    headers: dict[str, str | list[str]] = {
        "Content-Type": GEOJSON[0],
        "Cache-Control": "private, max-age=60",
        "ETag": f'"{version}"',
    }
    return Response(msgspec.json.encode(outlines).decode(), headers=headers)


@api.route("/areas", methods=["PUT"], authorizer=authorize, body_types=GEOJSON)
def replace_areas(ask: Ask, body: bytes) -> Edition:
    """Put a new set of areas in force: GeoJSON, checked as a whole; a file with any mistake changes nothing."""
    from chalicelib.services.reference import area_editions

    return Edition(version=area_editions.replace_all(body, base=ask.version, by=ask.actor, now=ask.now))


def _view(area: Area, level: str) -> AreaView:
    return AreaView(code=area.code, level=level, name=area.name, name_en=area.name_en, parent=area.parent)
