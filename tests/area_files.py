"""Small area files for tests: rectangles in metres around a corner in Guankou, one village, any grids."""

import json
from pathlib import Path
from typing import Any

from chalicelib.domain.areas.outlines import normal_outline, normal_ring
from chalicelib.domain.areas.polygons import Outline
from chalicelib.domain.places import Point, metres_per_degree

SHIPPED = (Path(__file__).parents[1] / "chalicelib/data/areas.geojson").read_bytes()
TOWNSHIP, VILLAGE = "350211102", "350211102202"
CORNER = Point(lat=24.6, lon=118.0)

type Positions = list[list[float]]
type Feature = dict[str, Any]


def position(x: float, y: float) -> list[float]:
    """Longitude and latitude, x metres east and y metres north of the corner."""
    x_scale, y_scale = metres_per_degree(CORNER.lat)
    return [CORNER.lon + x / x_scale, CORNER.lat + y / y_scale]


def place(x: float, y: float) -> Point:
    lon, lat = position(x, y)
    return Point(lat=lat, lon=lon)


def ring(*corners: tuple[float, float]) -> Positions:
    """A closed ring through the corners, in metres."""
    return [position(x, y) for x, y in (*corners, corners[0])]


def rectangle(west: float, south: float, east: float, north: float) -> Positions:
    return ring((west, south), (east, south), (east, north), (west, north))


def outline(*rings: Positions) -> Outline:
    """The outline and its holes in normal form, from closed rings."""
    return normal_outline([[normal_ring((lon, lat) for lon, lat in positions[:-1]) for positions in rings]])


def village(*rings: Positions, code: str = VILLAGE, parent: str = TOWNSHIP) -> Feature:
    return feature("village", code, parent, list(rings) or [rectangle(0, 0, 1000, 1000)])


def grid(number: int, *rings: Positions, parent: str = VILLAGE) -> Feature:
    return feature("grid", f"{parent}{number:03}", parent, list(rings))


def feature(level: str, code: str, parent: str, rings: list[Positions]) -> Feature:
    properties = {"level": level, "code": code, "name": f"{level} {code[-3:]}", "parent": parent}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": rings}}


def file(*features: Feature, **properties: object) -> bytes:
    head = {"township": TOWNSHIP, "name": "灌口镇", "crs": "WGS-84", **properties}
    return json.dumps({"type": "FeatureCollection", "properties": head, "features": features}).encode()
