"""Clipper: what two outlines share, and what one has beyond the other. Used by imports only, hence imported late.

Clipper calculates in whole numbers: outlines are laid on a flat map around the first one, in millimetres. Equal
vertices stay equal on it, so that a border drawn once for both neighbours leaves no sliver.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import dist
from typing import Any

from chalicelib.domain.areas.outlines import Piece
from chalicelib.domain.areas.polygons import Outline, Vertex
from chalicelib.domain.places import metres_per_degree

MM_PER_M = 1000

type _Path = list[tuple[int, int]]


def overlap(one: Outline, other: Outline) -> list[Piece]:
    """The connected pieces that both outlines cover, in metres and square metres."""
    import pyclipper  # type: ignore[import-untyped]  # ships no types

    return _pieces(one, other, pyclipper.CT_INTERSECTION)


def excess(one: Outline, other: Outline) -> list[Piece]:
    """The connected pieces of the first outline that the other does not cover, in metres and square metres."""
    import pyclipper

    return _pieces(one, other, pyclipper.CT_DIFFERENCE)


def _pieces(one: Outline, other: Outline, operation: int) -> list[Piece]:
    import pyclipper

    origin = one[0][0][0]
    clipper = pyclipper.Pyclipper()
    clipper.AddPaths(_paths(one, origin), pyclipper.PT_SUBJECT, True)
    clipper.AddPaths(_paths(other, origin), pyclipper.PT_CLIP, True)
    # Even-odd within a polygon makes holes of inner rings whichever way they turn.
    tree = clipper.Execute2(operation, pyclipper.PFT_EVENODD, pyclipper.PFT_EVENODD)
    return [_piece(node) for node in _solid(tree)]


def _paths(outline: Outline, origin: Vertex) -> list[_Path]:
    x_scale, y_scale = (metres * MM_PER_M for metres in metres_per_degree(origin[1]))
    return [
        [(round((lon - origin[0]) * x_scale), round((lat - origin[1]) * y_scale)) for lon, lat in ring]
        for polygon in outline
        for ring in polygon
    ]


def _solid(node: Any) -> Iterator[Any]:
    """The nodes of Clipper's tree that are outlines; the nodes right below them are their holes."""
    for child in node.Childs:
        if not child.IsHole:
            yield child
        yield from _solid(child)


def _piece(node: Any) -> Piece:
    holes = [hole.Contour for hole in node.Childs]
    area = _area(node.Contour) - sum(map(_area, holes))
    perimeter = sum(map(_length, [node.Contour, *holes]))
    return Piece(area_m2=area / MM_PER_M**2, perimeter_m=perimeter / MM_PER_M)


def _area(path: _Path) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*path, path[0]]))) / 2


def _length(path: _Path) -> float:
    return sum(dist(a, b) for a, b in pairwise([*path, path[0]]))
