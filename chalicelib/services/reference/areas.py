"""Use cases on areas: which one a place belongs to, and replacing them all by a new edition."""

from datetime import datetime
from functools import lru_cache, partial

from chalicelib.domain.areas import model as rules
from chalicelib.domain.areas.model import Areas, Location
from chalicelib.domain.errors import Forbidden, Invalid, NotFound
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.places import Crs, Point
from chalicelib.gateways import cells
from chalicelib.store.base import Transaction
from chalicelib.store.reference import reference

NAME = "areas"

# By its body, not its number: a table that was emptied and filled again counts from one anew.
_decoded = lru_cache(maxsize=2)(rules.decode)


def locate(point: Point, *, now: datetime) -> Location:
    """The grid the place belongs to by the edition in force, else the centre."""
    areas, _ = listing(now=now)
    around = partial(cells.index_cells_around, point)
    return rules.locate(areas, point, cell=cells.index_cell(point), around=around)


def listing(*, now: datetime) -> tuple[Areas, int]:
    """The areas in force, and the version of their edition."""
    edition = reference.current(NAME, now=now)[NAME]
    return _decoded(edition.body), edition.version


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


def replace_all(geojson: bytes, *, base: int | None, by: Actor, now: datetime) -> int:
    """An import of a whole new set of areas by the township's admin; who did it goes into the access record with it.

    Raises Forbidden (`role_needed`, `not_your_area`) and what `publish` refuses.
    """
    by.require(Role.ADMIN)
    areas = _read(geojson)
    for township in {areas.township, *townships(now=now)}:
        if not by.holds(Role.ADMIN, township):
            raise Forbidden("not_your_area", area=township)
    return _recorded(_checked(areas), base=base, by=by, now=now)


def _recorded(body: bytes, *, base: int | None, by: Actor, now: datetime) -> int:
    from chalicelib.services.people import access  # which asks here whose township it is

    base = reference.version_of(NAME) if base is None else base
    transaction = Transaction()
    access.record(by, What.CHANGED_REFERENCE, NAME, now=now, details={"version": base + 1}, transaction=transaction)
    return reference.publish(NAME, body, base=base, by=by.id, now=now, transaction=transaction)


def _read(geojson: bytes) -> Areas:
    from chalicelib.domain.areas.geojson import read  # only imports need it

    return read(geojson)


def townships(*, now: datetime) -> list[str]:
    """The township whose areas are in force; none before the first import."""
    try:
        return [listing(now=now)[0].township]
    except NotFound:
        return []


def publish(geojson: bytes, *, base: int | None, by: str, now: datetime) -> int:
    """Put a whole new set of areas in force and return its version; a file with any mistake changes nothing.

    `base` is the version that the editor started from, None for any.
    Raises TooLarge, Invalid (with the feature's name) and StaleVersion.
    """
    return reference.publish(NAME, _checked(_read(geojson)), base=base, by=by, now=now)


def _checked(areas: Areas) -> bytes:
    # Only imports need these: they would cost every cold start.
    from chalicelib.domain.areas.checks import check
    from chalicelib.gateways import clipping

    check(areas, clipping)
    return rules.encode(rules.indexed(areas, cover=cells.index_cover))
