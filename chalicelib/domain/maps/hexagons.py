"""A cell of the map as it lies on the ground."""

from dataclasses import dataclass

from chalicelib.domain.places import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Hexagon:
    """A cell with its middle and its corners, anticlockwise; a few of them on earth have five."""

    cell: str
    centre: Point
    corners: tuple[Point, ...]
