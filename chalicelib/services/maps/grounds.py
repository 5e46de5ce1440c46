"""The cells of the villages in force, found once for an edition of the areas and a resolution."""

from datetime import datetime
from functools import lru_cache, partial

from chalicelib.domain.areas import model as rules
from chalicelib.domain.areas.model import Areas
from chalicelib.domain.errors import Invalid
from chalicelib.domain.maps.gaps import Ground
from chalicelib.domain.maps.hexagons import Hexagon
from chalicelib.gateways import cells
from chalicelib.services.reference import areas
from chalicelib.store.reference import reference


def of_village(village: str, resolution: int, *, now: datetime) -> frozenset[str]:
    """Every cell that the village reaches into. Raises Invalid (`unknown_area`)."""
    found, _ = areas.listing(now=now)
    outlines = [area.outline for area in found.villages if area.code == village]
    if not outlines:
        raise Invalid("unknown_area", area=village)
    return frozenset(cells.cover(outlines[0], resolution))


def of_all(resolution: int, *, now: datetime) -> tuple[Ground, ...]:
    """The cells of every village, each with the grid its middle lies in."""
    return _grounds(reference.current(areas.NAME, now=now)[areas.NAME].body, resolution)


@lru_cache(maxsize=2)
def _grounds(body: bytes, resolution: int) -> tuple[Ground, ...]:
    held = rules.decode(body)
    return tuple(
        _ground(held, village.code, cells.hexagon(cell))
        for village in held.villages
        for cell in sorted(cells.fill(village.outline, resolution))
    )


def _ground(areas: Areas, village: str, hexagon: Hexagon) -> Ground:
    middle = hexagon.centre
    around = partial(cells.index_cells_around, middle)
    located = rules.locate(areas, middle, cell=cells.index_cell(middle), around=around)
    return Ground(hexagon=hexagon, village=village, grid=located.grid)
