"""Polygons on the map and how far a place is from them. Vertices are (longitude, latitude) in WGS-84, as in GeoJSON.

This much is needed to locate a place; what only drawings need is in `outlines`.
"""

from math import hypot, inf

from chalicelib.domain.places import Point, metres_per_degree

type Vertex = tuple[float, float]
type Ring = tuple[Vertex, ...]  # open: the first vertex is not repeated at the end
type Polygon = tuple[Ring, ...]  # the outline, then its holes
type Outline = tuple[Polygon, ...]  # one or several parts


def gap(outline: Outline, point: Point) -> float:
    """Metres from the point to the outline, 0.0 inside it. A hole is outside."""
    measures = (_measure(polygon, point) for polygon in outline)
    return min(0.0 if inside else metres for inside, metres in measures)


def border_gap(outline: Outline, point: Point) -> float:
    """Metres from the point to the nearest border of the outline, from within or without."""
    return min(_measure(polygon, point)[1] for polygon in outline)


def _measure(polygon: Polygon, point: Point) -> tuple[bool, float]:
    """Whether the point is inside, and its distance in metres to the nearest edge.

    On a flat map around the point; inside by counting the edges that a ray to the east crosses. Which side an edge has
    the point on is the sign of one product difference, the same for the edge read backwards.
    """
    x_scale, y_scale = metres_per_degree(point.lat)
    inside, nearest = False, inf
    for ring in polygon:
        flat = [((lon - point.lon) * x_scale, (lat - point.lat) * y_scale) for lon, lat in ring]
        x, y = flat[-1]
        for next_x, next_y in flat:
            if (y > 0) != (next_y > 0) and (x * next_y - next_x * y > 0) == (next_y > y):
                inside = not inside
            nearest = min(nearest, _from_origin(x, y, next_x, next_y))
            x, y = next_x, next_y
    return inside, nearest


def _from_origin(x: float, y: float, next_x: float, next_y: float) -> float:
    """The distance of the edge from the origin."""
    along_x, along_y = next_x - x, next_y - y
    length_squared = along_x * along_x + along_y * along_y
    share = -(x * along_x + y * along_y) / length_squared if length_squared else 0.0
    share = min(1.0, max(0.0, share))
    return hypot(x + share * along_x, y + share * along_y)
