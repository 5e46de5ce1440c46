"""Outlines as townships draw them: one normal form for each shape, its size, and the mistakes a drawing can have.

An outline is in *normal form* when its vertices are rounded to 1e-7° (1 cm), rings start at their smallest vertex and
turn the same way, and holes and parts are sorted: the same shape drawn in any order is then the same value, so whatever
is computed from it is the same too.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from chalicelib.domain.areas.polygons import Outline, Ring, Vertex
from chalicelib.domain.places import metres_per_degree

DECIMALS = 7
UNITS_PER_DEGREE = 10_000_000


class Bounds(NamedTuple):
    """The upright rectangle around an outline, in degrees."""

    west: float
    south: float
    east: float
    north: float


class Piece(NamedTuple):
    """One connected piece of the plane; the perimeter counts the rims of its holes."""

    area_m2: float
    perimeter_m: float


def normal_ring(vertices: Iterable[Vertex]) -> Ring:
    """The ring in normal form; vertices that rounding has made equal to their predecessor are dropped."""
    rounded = [(round(lon, DECIMALS), round(lat, DECIMALS)) for lon, lat in vertices]
    kept = [vertex for i, vertex in enumerate(rounded) if vertex != rounded[i - 1]]
    if not kept:  # all vertices are the same
        return tuple(rounded[:1])
    start = kept.index(min(kept))
    ring = kept[start:] + kept[:start]
    return tuple(ring if _doubled_area(ring) >= 0 else ring[:1] + ring[:0:-1])


def normal_outline(parts: Iterable[Sequence[Ring]]) -> Outline:
    """The outline in normal form, from rings in normal form."""
    return tuple(sorted((rings[0], *sorted(rings[1:])) for rings in parts))


def bounds(outline: Outline) -> Bounds:
    """The rectangle that holds the outline."""
    lons, lats = zip(*(vertex for polygon in outline for vertex in polygon[0]), strict=True)
    return Bounds(min(lons), min(lats), max(lons), max(lats))


def close_pairs(boxes: Sequence[Bounds]) -> Iterator[tuple[int, int]]:
    """The pairs (i < j) of boxes that meet: a sweep from west to east, so that far ones are never compared."""
    open_boxes: list[int] = []
    for new in sorted(range(len(boxes)), key=lambda i: boxes[i]):
        box = boxes[new]
        open_boxes = [i for i in open_boxes if boxes[i].east >= box.west]
        for i in open_boxes:
            if boxes[i].south <= box.north and box.south <= boxes[i].north:
                yield min(i, new), max(i, new)
        open_boxes.append(new)


def area_m2(ring: Ring) -> float:
    """Square metres within the ring."""
    x_scale, y_scale = metres_per_degree(ring[0][1])
    return abs(_doubled_area(ring)) / 2 / UNITS_PER_DEGREE**2 * x_scale * y_scale


def mean_width_m(piece: Piece) -> float:
    """The short side of the rectangle with the same area and perimeter.

    For a rectangle it is the short side exactly, for a long sliver of any bend area ÷ length. Shapes rounder than a
    square have no such rectangle and count as a square of the same perimeter.
    """
    half: float = piece.perimeter_m / 2
    return (half - sqrt(max(0.0, half * half - 4 * piece.area_m2))) / 2


def meets_itself(ring: Ring) -> bool:
    """Whether edges of the ring cross, touch or run back over each other anywhere but at the corners they share.

    Exact: worked in whole units of 1e-7°. Only edges whose boxes meet are compared.
    """
    corners = [(round(lon * UNITS_PER_DEGREE), round(lat * UNITS_PER_DEGREE)) for lon, lat in ring]
    edges = list(pairwise([*corners, corners[0]]))
    boxes = [Bounds(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in edges]
    return any(_meet_wrongly(edges, i, j) for i, j in close_pairs(boxes))


type _Corner = tuple[int, int]
type _Edge = tuple[_Corner, _Corner]


def _meet_wrongly(edges: Sequence[_Edge], i: int, j: int) -> bool:
    (a, b), (c, d) = edges[i], edges[j]
    if j == i + 1:
        return _turns_back(a, b, d)
    if i == 0 and j == len(edges) - 1:
        return _turns_back(c, a, b)
    return _side(a, b, c) * _side(a, b, d) <= 0 and _side(c, d, a) * _side(c, d, b) <= 0


def _turns_back(a: _Corner, b: _Corner, c: _Corner) -> bool:
    """Whether the way from a over b to c returns on itself."""
    forward = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
    return _side(a, b, c) == 0 and forward < 0


def _side(a: _Corner, b: _Corner, c: _Corner) -> int:
    """1 where c lies left of the line from a to b, -1 right of it, 0 on it."""
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)


def _doubled_area(ring: Sequence[Vertex]) -> int:
    """Twice the area in square units of 1e-7°, positive where the ring turns left."""
    whole = [(round(lon * UNITS_PER_DEGREE), round(lat * UNITS_PER_DEGREE)) for lon, lat in ring]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*whole, whole[0]]))
