"""Rest stops and charging points over HTTP: as a list, and as a layer of the map."""

from hashlib import sha256
from typing import TYPE_CHECKING, Annotated

import msgspec
from chalice.app import Response
from msgspec import Meta, Struct

from chalicelib.api.activity_shapes import Spot, spot
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, Paging
from chalicelib.domain.places import Crs, Point, point_from
from chalicelib.domain.reference.stops import StopKind

if TYPE_CHECKING:
    from chalicelib.domain.reference.stops import Found
    from chalicelib.services.reference.stops import Page

api = Api(__name__)

GEOJSON = "application/geo+json"
REPORT_KIND = "1202"  # what a courier reports a stop under that is closed, missing or described wrongly

LonLat = Annotated[str, Meta(pattern=r"^-?\d{1,3}(\.\d{1,9})?,-?\d{1,2}(\.\d{1,9})?$")]


class StopsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`near`: longitude and latitude in `crs`, as GeoJSON has it; `open_at`: an instant, now by default; `only_open`:
    nothing that is closed then."""

    near: LonLat | None = None
    crs: Crs = Crs.WGS84
    kind: StopKind | None = None
    open_at: Instant | None = None
    only_open: bool = False


class StopView(Struct, frozen=True, kw_only=True):
    """A stop. `metres` from `near`, null without it. `open_now`, or at the instant asked for, and `until` when that
    stays so; null for the next two weeks."""

    code: str
    kinds: list[StopKind]
    name: str
    name_en: str
    has: str
    has_en: str
    village: str
    location: Spot
    metres: int | None
    open_now: bool
    until: Instant | None


class StopPage(Struct, frozen=True, kw_only=True):
    """Some stops, the nearest first; `cursor` asks for the next ones, null at the end. One that is closed for good or
    described wrongly is reported like everything else, as `report_kind`."""

    stops: list[StopView]
    report_kind: str
    version: int
    cursor: str | None


@api.route("/stops", methods=["GET"], authorizer=authorize)
def list_stops(ask: Ask, query: StopsQuery) -> StopPage:
    """Where to rest, to charge, to get water or first aid: the nearest first, with what is open now."""
    page = _page(ask, query)
    views = [_view(one, query.crs) for one in page.stops]
    return StopPage(stops=views, report_kind=REPORT_KIND, version=page.version, cursor=page.cursor)


@api.route("/map/stops", methods=["GET"], authorizer=authorize, answer_type=GEOJSON)
def list_map_stops(ask: Ask, query: StopsQuery) -> Response:
    """The same as GeoJSON, a layer of the map: a point a stop; what else there is to say stands in `properties`."""
    page = _page(ask, query)
    said = {"crs": query.crs, "version": page.version, "cursor": page.cursor}
    features = [_feature(_view(one, query.crs)) for one in page.stops]
    body = msgspec.json.encode({"type": "FeatureCollection", "properties": said, "features": features})
    headers: dict[str, str | list[str]] = {
        "Content-Type": GEOJSON,
        "Cache-Control": "private, max-age=60",
        "ETag": f'"{sha256(body).hexdigest()[:16]}"',
    }
    return Response(body.decode(), headers=headers)


def _page(ask: Ask, query: StopsQuery) -> "Page":
    from chalicelib.services.reference import stops
    from chalicelib.services.reference.stops import Wanted

    wanted = Wanted(near=_point(query), at=query.open_at or ask.now, kind=query.kind, open_only=query.only_open)
    return stops.page(wanted, now=ask.now, limit=query.limit, cursor=query.cursor)


def _point(query: StopsQuery) -> Point | None:
    if query.near is None:
        return None
    lon, lat = (float(degrees) for degrees in query.near.split(","))
    return point_from(lat, lon, crs=query.crs)


def _view(found: "Found", crs: Crs) -> StopView:
    stop = found.stop
    return StopView(
        code=stop.code,
        kinds=sorted(stop.kinds),
        name=stop.zh,
        name_en=stop.en,
        has=stop.has_zh,
        has_en=stop.has_en,
        village=stop.village,
        location=spot(stop.point, crs),
        metres=None if found.metres is None else round(found.metres),
        open_now=found.is_open,
        until=found.until,
    )


def _feature(view: StopView) -> dict[str, object]:
    """As GeoJSON (RFC 7946): longitude first."""
    said: dict[str, object] = msgspec.to_builtins(view)
    del said["location"]
    at = (view.location.lon, view.location.lat)
    return {"type": "Feature", "id": view.code, "geometry": {"type": "Point", "coordinates": at}, "properties": said}
