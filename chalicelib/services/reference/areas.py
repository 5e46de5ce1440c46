"""Use cases on the areas in force: which one a place belongs to, and what they are. `area_editions` replaces them."""

from datetime import datetime
from functools import lru_cache, partial

from chalicelib.domain.areas import model as rules
from chalicelib.domain.areas.model import Areas, Location
from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.places import Crs, Point
from chalicelib.gateways import cells
from chalicelib.store.reference import reference

NAME = "areas"

# By its body, not its number: a table that was emptied and filled again counts from one anew.
_decoded = lru_cache(maxsize=2)(rules.decode)


@lru_cache(maxsize=2)
def _beside(body: bytes) -> dict[str, tuple[str, ...]]:
    from chalicelib.domain.areas.neighbours import beside  # most requests do without

    return beside(_decoded(body))


def locate(point: Point, *, now: datetime) -> Location:
    """The grid the place belongs to by the edition in force, else the centre."""
    areas, _ = listing(now=now)
    around = partial(cells.index_cells_around, point)
    return rules.locate(areas, point, cell=cells.index_cell(point), around=around)


def listing(*, now: datetime) -> tuple[Areas, int]:
    """The areas in force, and the version of their edition."""
    edition = reference.current(NAME, now=now)[NAME]
    return _decoded(edition.body), edition.version


def beside(village: str, *, now: datetime) -> tuple[str, ...]:
    """The villages that lie beside this one; none where it is not in force any more."""
    return _beside(reference.current(NAME, now=now)[NAME].body).get(village, ())


def named(grid: str | None, village: str | None, *, now: datetime) -> tuple[str | None, str | None]:
    """A grid with its village, or a village alone; nothing where nothing is named. Raises Invalid (`unknown_area`)."""
    if grid is None and village is None:
        return None, None
    areas, _ = listing(now=now)
    if grid is None:
        if village not in {area.code for area in areas.villages}:
            raise Invalid("unknown_area", area=village)
        return None, village
    parents = {area.code: area.parent for area in areas.grids}
    if grid not in parents or village not in (None, parents[grid]):
        raise Invalid("unknown_area", area=grid)
    return grid, parents[grid]


def outlines(*, crs: Crs, now: datetime) -> tuple[dict[str, object], int]:
    """The areas in force as GeoJSON in the system asked for, and the version of their edition."""
    from chalicelib.domain.areas.geojson import write  # most requests do without

    areas, version = listing(now=now)
    return write(areas, crs=crs), version


def township(*, now: datetime) -> str:
    """The township whose areas are in force. Raises NotFound before the first import."""
    areas, _ = listing(now=now)
    return areas.township


def townships(*, now: datetime) -> list[str]:
    """The township whose areas are in force; none before the first import."""
    try:
        return [township(now=now)]
    except NotFound:
        return []
