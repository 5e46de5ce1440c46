"""GeoJSON (RFC 7946) as townships deliver their areas, and as maps draw them.

A FeatureCollection whose `properties` name the township (`township`: 9-digit code, `name`, `crs`: WGS-84 or GCJ-02),
with one Polygon or MultiPolygon feature per village and grid (`level`, `code`, `name`, `name_en`, `parent`).
This module reads shape; whether the areas fit together is for `checks`.
"""

import json
import re
from collections.abc import Mapping
from itertools import chain
from typing import Any, TypeGuard

from chalicelib.domain.areas.model import Area, Areas
from chalicelib.domain.areas.outlines import normal_outline, normal_ring
from chalicelib.domain.areas.polygons import Outline, Ring, Vertex
from chalicelib.domain.errors import Invalid, TooLarge
from chalicelib.domain.places import Crs, Point, coordinates, point_from

MOST_BYTES = 5_000_000  # a Lambda takes 6 MB
MOST_FEATURES = 1_000
MOST_VERTICES = 40_000  # at worst 9 bytes each when compressed: an edition fits into one item of DynamoDB
MOST_CHARACTERS = 100  # of a name or code
# Half of a surrogate pair, which JSON's escapes can say and UTF-8 cannot.
HALF = re.compile(r"[\ud800-\udfff]")
CRS_NAMES = {"WGS-84": Crs.WGS84, "GCJ-02": Crs.GCJ02}


def read(body: bytes) -> Areas:
    """The areas of the file in normal form and in the order of their codes, without an index.

    Raises TooLarge, and Invalid with the name of the feature that is wrong.
    """
    if len(body) > MOST_BYTES:
        raise TooLarge("areas_file_too_large", most_mb=MOST_BYTES // 1_000_000)
    collection = _collection(body)
    township, name, crs = _head(collection.get("properties"))
    levels: dict[str, list[Area]] = {"village": [], "grid": []}
    for number, feature in enumerate(collection["features"], start=1):
        level, area = _feature(feature, title=_title(feature, number), crs=crs)
        levels[level].append(area)
    villages, grids = (tuple(sorted(areas, key=lambda area: area.code)) for areas in levels.values())
    return _bounded(Areas(township=township, name=name, villages=villages, grids=grids, cells={}))


def write(areas: Areas, *, crs: Crs) -> dict[str, object]:
    """The areas as a FeatureCollection in the system asked for; `read` takes it back."""
    levels = chain((("village", area) for area in areas.villages), (("grid", area) for area in areas.grids))
    names = {system: name for name, system in CRS_NAMES.items()}
    return {
        "type": "FeatureCollection",
        "properties": {"township": areas.township, "name": areas.name, "crs": names[crs]},
        "features": [_written(level, area, crs) for level, area in levels],
    }


def _collection(body: bytes) -> dict[str, Any]:
    try:
        collection = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Invalid("areas_not_json") from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or collection.get("type") != "FeatureCollection":
        raise Invalid("areas_not_a_collection")
    if len(features) > MOST_FEATURES:
        raise TooLarge("areas_too_many", most=MOST_FEATURES)
    return dict(collection)


def _head(properties: Any) -> tuple[str, str, Crs]:
    if not isinstance(properties, dict):
        raise Invalid("areas_without_township")
    township, name = properties.get("township"), properties.get("name")
    if not _is_text(township) or not _is_text(name) or not name:
        raise Invalid("areas_without_township")
    crs = str(properties.get("crs", "WGS-84"))
    if crs not in CRS_NAMES:
        raise Invalid("areas_crs_unknown", crs=crs[:MOST_CHARACTERS], known=", ".join(CRS_NAMES))
    return township, name, CRS_NAMES[crs]


def _title(feature: Any, number: int) -> str:
    """What refusals call the feature: its name, else its code, else its place in the file."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    named = properties if isinstance(properties, dict) else {}
    return str(named.get("name") or named.get("code") or f"#{number}")[:MOST_CHARACTERS]


def _feature(feature: Any, *, title: str, crs: Crs) -> tuple[str, Area]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise Invalid("area_without_properties", feature=title)
    level = properties.get("level")
    if level not in ("village", "grid"):
        raise Invalid("area_level_unknown", feature=title, level=str(level)[:MOST_CHARACTERS])
    texts = {name: _text(properties, name, title) for name in ("code", "name", "parent")}
    name_en = _text(properties, "name_en", title) if properties.get("name_en") else ""
    return level, Area(**texts, name_en=name_en, outline=_outline(feature.get("geometry"), title, crs))


def _text(properties: Mapping[str, Any], name: str, title: str) -> str:
    value = properties.get(name)
    if not _is_text(value) or not 0 < len(value) <= MOST_CHARACTERS:
        raise Invalid("area_property_wrong", feature=title, property=name)
    return value


def _is_text(value: Any) -> TypeGuard[str]:
    """Whether it is a string that can be stored and answered with."""
    return isinstance(value, str) and not HALF.search(value)


def _outline(geometry: Any, title: str, crs: Crs) -> Outline:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise Invalid("area_geometry_unknown", feature=title)
    polygons = [geometry.get("coordinates")] if kind == "Polygon" else geometry.get("coordinates")
    return normal_outline([_ring(ring, title, crs) for ring in _list(rings, title)] for rings in _list(polygons, title))


def _list(value: Any, title: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise Invalid("area_geometry_unknown", feature=title)
    return value


def _ring(positions: Any, title: str, crs: Crs) -> Ring:
    vertices = [_vertex(position, title, crs) for position in _list(positions, title)]
    if vertices[0] != vertices[-1]:
        raise Invalid("ring_unclosed", feature=title)
    ring = normal_ring(vertices[:-1])
    if len(ring) < 3:
        raise Invalid("ring_too_short", feature=title)
    return ring


def _vertex(position: Any, title: str, crs: Crs) -> Vertex:
    """Longitude and latitude; a height is dropped, as RFC 7946 allows."""
    if not isinstance(position, list) or len(position) < 2 or not all(type(x) in (int, float) for x in position):
        raise Invalid("area_position_wrong", feature=title)
    lon, lat = position[:2]
    try:
        point = point_from(lat, lon, crs=crs)
    except Invalid as refusal:
        raise Invalid("area_position_wrong", feature=title) from refusal
    return point.lon, point.lat


def _bounded(areas: Areas) -> Areas:
    if not areas.grids:
        raise Invalid("areas_without_grids")
    outlines = (area.outline for area in chain(areas.villages, areas.grids))
    if sum(len(ring) for outline in outlines for rings in outline for ring in rings) > MOST_VERTICES:
        raise TooLarge("areas_too_detailed", most=MOST_VERTICES)
    return areas


def _written(level: str, area: Area, crs: Crs) -> dict[str, object]:
    named = {"code": area.code, "name": area.name, "name_en": area.name_en, "parent": area.parent}
    polygons = [[_closed(ring, crs) for ring in rings] for rings in area.outline]
    single = len(polygons) == 1
    geometry = {"type": "Polygon" if single else "MultiPolygon", "coordinates": polygons[0] if single else polygons}
    return {"type": "Feature", "properties": {"level": level, **named}, "geometry": geometry}


def _closed(ring: Ring, crs: Crs) -> list[list[float]]:
    shown = (coordinates(Point(lat=lat, lon=lon), crs=crs) for lon, lat in (*ring, ring[0]))
    return [[round(at.lon, 9), round(at.lat, 9)] for at in shown]
