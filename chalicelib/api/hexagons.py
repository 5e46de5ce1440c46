"""The shape cells of the map take over HTTP."""

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct

from chalicelib.domain.places import Crs, Point, coordinates

if TYPE_CHECKING:
    from chalicelib.domain.maps.hexagons import Hexagon as Shape

DIGITS = 7  # of a degree: a centimetre

MapLimit = Annotated[int, Meta(ge=1, le=1000)]


class Corner(Struct, frozen=True, kw_only=True):
    """Degrees in the system asked for."""

    lat: float
    lon: float


class Hexagon(Struct, frozen=True, kw_only=True):
    """A cell of H3, by its index there; its middle and its corners, anticlockwise."""

    cell: str
    centre: Corner
    boundary: list[Corner]


def hexagon(shape: "Shape", crs: Crs) -> dict[str, Any]:
    """The fields of a Hexagon."""
    return {
        "cell": shape.cell,
        "centre": _corner(shape.centre, crs),
        "boundary": [_corner(corner, crs) for corner in shape.corners],
    }


def _corner(point: Point, crs: Crs) -> Corner:
    at = coordinates(point, crs=crs)
    return Corner(lat=round(at.lat, DIGITS), lon=round(at.lon, DIGITS))
