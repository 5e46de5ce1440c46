"""H3: the hexagons that narrow a search down before anything is measured. Imported on first use (11 ms)."""

from collections.abc import Sequence
from functools import cache
from types import ModuleType

from chalicelib.domain.areas.polygons import Outline, Vertex, border_gap, gap
from chalicelib.domain.places import Point

INDEX_RESOLUTION = 9  # about 350 m across: few grids meet in one cell
INDEX_RINGS = 2  # two rings of neighbours reach at least 390 m, more than a report is ever moved
NEARBY_RESOLUTION = 8  # about 900 m across: a circle of 50 m mostly lies within one cell
NEARBY_MOST_M = 300  # one ring of neighbours holds the circle up to here
# Cell borders are arcs and measured as straight lines; they differ by millimetres.
BORDER_SLACK_M = 0.1


@cache
def _h3() -> ModuleType:
    import h3  # type: ignore[import-untyped]  # ships no types

    module: ModuleType = h3
    return module


def index_cell(point: Point) -> str:
    """The cell of the area index that the point lies in."""
    return str(_h3().latlng_to_cell(point.lat, point.lon, INDEX_RESOLUTION))


def index_cells_around(point: Point) -> Sequence[str]:
    """Every cell of the area index that comes within 300 m of the point, and some more."""
    around: Sequence[str] = _h3().grid_disk(index_cell(point), INDEX_RINGS)
    return around


def index_cover(outline: Outline) -> Sequence[str]:
    """Every cell of the area index that the outline overlaps."""
    h3 = _h3()
    shape = h3.LatLngMultiPoly(*(h3.LatLngPoly(*map(_lat_lon, polygon)) for polygon in outline))
    cells: Sequence[str] = h3.polygon_to_cells_experimental(shape, INDEX_RESOLUTION, contain="overlap")
    return cells


def cell(point: Point) -> str:
    """The cell a report is filed under, to be found by `neighbourhood`."""
    return str(_h3().latlng_to_cell(point.lat, point.lon, NEARBY_RESOLUTION))


def neighbourhood(point: Point, *, radius_m: float = 50) -> tuple[str, ...]:
    """The cells that a circle around the point touches, its own first: mostly one, at most three at 50 m.

    Whatever lies within the radius is filed under one of them. A radius beyond 300 m is a ValueError.
    """
    if radius_m > NEARBY_MOST_M:
        raise ValueError(f"a neighbourhood reaches at most {NEARBY_MOST_M} m, not {radius_m}")
    own, reach = cell(point), radius_m + BORDER_SLACK_M
    if border_gap(_hexagon(own), point) > reach:
        return (own,)
    return (own, *sorted(c for c in _h3().grid_ring(own, 1) if gap(_hexagon(c), point) <= reach))


def _hexagon(cell: str) -> Outline:
    ring = tuple((lon, lat) for lat, lon in _h3().cell_to_boundary(cell))
    return ((ring,),)


def _lat_lon(ring: Sequence[Vertex]) -> list[tuple[float, float]]:
    return [(lat, lon) for lon, lat in ring]
