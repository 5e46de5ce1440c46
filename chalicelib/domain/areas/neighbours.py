"""Which grids lie beside each other: their outlines meet, or nearly do. Of villages: grids of theirs share a cell."""

from itertools import chain, combinations

from chalicelib.domain.areas.model import Area, Areas
from chalicelib.domain.areas.polygons import gap
from chalicelib.domain.places import Point

BESIDE_M = 25.0  # outlines of two surveys leave a lane between them


def neighbours(areas: Areas) -> dict[str, tuple[str, ...]]:
    """For every grid those beside it, by their codes. Only grids that share a cell of the index are measured."""
    found: dict[str, set[str]] = {grid.code: set() for grid in areas.grids}
    near = {pair for some in areas.cells.values() for pair in combinations(sorted(some), 2)}
    for one, other in sorted(near):
        a, b = areas.grids[one], areas.grids[other]
        if _beside(a, b) or _beside(b, a):
            found[a.code].add(b.code)
            found[b.code].add(a.code)
    return {code: tuple(sorted(others)) for code, others in found.items()}


def _beside(a: Area, b: Area) -> bool:
    """Whether a corner of `a` is at the outline of `b`, or inside it."""
    corners = (vertex for polygon in a.outline for vertex in chain.from_iterable(polygon))
    return any(gap(b.outline, Point(lat=lat, lon=lon)) <= BESIDE_M for lon, lat in corners)


def beside(areas: Areas) -> dict[str, tuple[str, ...]]:
    """For every village those beside it, by their codes; a cell holds what meets in it, and what nearly does."""
    found: dict[str, set[str]] = {village.code: set() for village in areas.villages}
    for positions in areas.cells.values():
        meeting = {areas.grids[i].parent for i in positions}
        for village in meeting & found.keys():
            found[village] |= meeting - {village}
    return {village: tuple(sorted(others)) for village, others in found.items()}
