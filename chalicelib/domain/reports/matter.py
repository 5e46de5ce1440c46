"""What a report is about, and where."""

from dataclasses import dataclass

from chalicelib.domain.places import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
    """What kind of matter it is: a row of the taxonomy as it applied, or the stand-in for "not classified yet"."""

    kind: str | None
    klass: str
    severity: int | None
    confidential: bool
    verify_by_centre: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is: WGS-84, with the source system and accuracy (m) as sent, and the areas it fell into.

    `grid` and `village` are None where no grid lies within reach: the centre's inbox has it then.
    """

    point: Point | None
    source_crs: str = "wgs84"
    accuracy: float | None = None
    grid: str | None = None
    village: str | None = None
    township: str
