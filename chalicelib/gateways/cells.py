"""H3: the hexagons that narrow a search down before anything is measured. Imported on first use (11 ms)."""

from collections.abc import Sequence
from functools import cache
from types import ModuleType

from chalicelib.domain.areas.polygons import Outline, Vertex, border_gap, gap
from chalicelib.domain.maps.hexagons import Hexagon
from chalicelib.domain.places import Point

INDEX_RESOLUTION = 9  # about 350 m across: few grids meet in one cell
INDEX_RINGS = 2  # two rings of neighbours reach at least 390 m, more than a report is ever moved
NEARBY_RESOLUTION = 8  # about 900 m across: a circle of 50 m mostly lies within one cell
NEARBY_MOST_M = 300  # one ring of neighbours holds the circle up to here
MAP_FINEST = 9  # about a tenth of a square kilometre: reports are counted here, and shown so or in wider cells
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
    return cover(outline, INDEX_RESOLUTION)


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


def map_cell(point: Point) -> str:
    """The cell that a report is counted in."""
    return str(_h3().latlng_to_cell(point.lat, point.lon, MAP_FINEST))


def wider(cell: str, resolution: int) -> str:
    """The cell of this resolution that a cell belongs to: itself at its own."""
    return str(_h3().cell_to_parent(cell, resolution))


def last_within(cell: str, resolution: int) -> str:
    """The last of the cells that reports are counted in and that belong to this one. Cells sort as their wider ones do.

    What is no cell of this resolution is a ValueError.
    """
    h3 = _h3()
    if not h3.is_valid_cell(cell) or h3.get_resolution(cell) != resolution:
        raise ValueError(f"no cell of level {resolution}: {cell}")
    return str(max(h3.cell_to_children(cell, MAP_FINEST)))


def hexagon(cell: str) -> Hexagon:
    """A cell as it lies on the ground."""
    (lat, lon), corners = _h3().cell_to_latlng(cell), _h3().cell_to_boundary(cell)
    return Hexagon(
        cell=cell,
        centre=Point(lat=lat, lon=lon),
        corners=tuple(Point(lat=lat, lon=lon) for lat, lon in corners),
    )


def cover(outline: Outline, resolution: int) -> Sequence[str]:
    """Every cell that the outline overlaps."""
    cells: Sequence[str] = _h3().polygon_to_cells_experimental(_shape(outline), resolution, contain="overlap")
    return cells


def fill(outline: Outline, resolution: int) -> Sequence[str]:
    """The cells whose middle lies in the outline, so that neighbours share none; where there is none, its cover."""
    cells: Sequence[str] = _h3().polygon_to_cells(_shape(outline), resolution)
    return cells or cover(outline, resolution)


def _shape(outline: Outline) -> object:
    h3 = _h3()
    return h3.LatLngMultiPoly(*(h3.LatLngPoly(*map(_lat_lon, polygon)) for polygon in outline))


def _hexagon(cell: str) -> Outline:
    ring = tuple((lon, lat) for lat, lon in _h3().cell_to_boundary(cell))
    return ((ring,),)


def _lat_lon(ring: Sequence[Vertex]) -> list[tuple[float, float]]:
    return [(lat, lon) for lon, lat in ring]
