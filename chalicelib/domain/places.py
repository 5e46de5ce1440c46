"""A place on earth: coordinates in the systems people use, and distances between places.

Fenjian keeps WGS-84, what satellites speak. Phones and maps in mainland China speak GCJ-02, which is WGS-84 shifted by
some hundred metres (about 580 m in Guankou) by a published formula.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, hypot, pi, radians, sin, sqrt
from typing import NamedTuple

from chalicelib.domain.errors import Invalid

EARTH_RADIUS_M = 6_371_008.8  # the mean radius; a sphere is wrong by at most 0.5 %, 1.5 m in 300 m
METRES_PER_DEGREE = EARTH_RADIUS_M * pi / 180  # of latitude

# The ellipsoid of the GCJ-02 formula is Krasovsky's (1940), not the one of WGS-84.
KRASOVSKY_AXIS_M = 6_378_245.0
KRASOVSKY_ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943
CONVERGED_DEGREES = 1e-11
LARGEST_SHIFT_DEGREES = 0.02  # 0.011 over 200,000 random places
MOST_ROUNDS = 20  # four or five are enough: a round shrinks the error a hundredfold and more


class Crs(StrEnum):
    """A coordinate system, as the client names it."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"


class Coordinates(NamedTuple):
    """Degrees in whatever system was asked for."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place in WGS-84 degrees. By name only: GeoJSON and people disagree on which comes first.

    Raises Invalid (latitude_out_of_range, longitude_out_of_range) beyond ±90 and ±180, and for NaN and infinities.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise Invalid("latitude_out_of_range", value=str(self.lat))
        if not -180 <= self.lon <= 180:
            raise Invalid("longitude_out_of_range", value=str(self.lon))


def point_from(lat: float, lon: float, *, crs: Crs) -> Point:
    """The place a client means by these degrees of its system. Raises Invalid as Point does."""
    stated = Point(lat=lat, lon=lon)
    return stated if crs is Crs.WGS84 else _from_gcj02(stated)


def coordinates(point: Point, *, crs: Crs) -> Coordinates:
    """The degrees of the place in the system asked for."""
    plain = Coordinates(point.lat, point.lon)
    return _shifted(plain) if crs is Crs.GCJ02 and _has_shift(plain) else plain


def distance(a: Point, b: Point) -> float:
    """Metres between two places along the great circle (haversine)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half_chord_squared = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, half_chord_squared)))


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Metres in a degree of longitude and of latitude there: the scales of a flat map of the surroundings.

    Over the 50 km of a large township the map is wrong by less than 0.5 %.
    """
    return METRES_PER_DEGREE * cos(radians(lat)), METRES_PER_DEGREE


def _from_gcj02(stated: Point) -> Point:
    """Find the place whose shifted coordinates are the stated ones, to 1e-9° (0.1 mm) and better.

    There is no inverse formula; the shift varies slowly, so its value at the last guess gives a better guess.
    Where the guess ends outside the rectangle of the formula, nothing was shifted. Just outside its rim (in the sea or
    abroad) the two readings exist side by side, and the shifted one is taken.
    """
    guess = Coordinates(stated.lat, stated.lon)
    if not _has_shift(guess, margin=LARGEST_SHIFT_DEGREES):
        return stated
    for _ in range(MOST_ROUNDS):
        there = _shifted(guess)
        error = Coordinates(there.lat - stated.lat, there.lon - stated.lon)
        guess = Coordinates(guess.lat - error.lat, guess.lon - error.lon)
        if hypot(*error) < CONVERGED_DEGREES:
            break
    return Point(lat=guess.lat, lon=guess.lon) if _has_shift(guess) else stated


def _has_shift(at: Coordinates, *, margin: float = 0.0) -> bool:
    """Whether the published formula shifts this place: a plain rectangle, which also holds neighbours of China."""
    return 0.8293 - margin <= at.lat <= 55.8271 + margin and 72.004 - margin <= at.lon <= 137.8347 + margin


def _shifted(at: Coordinates) -> Coordinates:
    """The GCJ-02 formula as published (2006; `eviltransform` and others): metres of offset, turned into degrees."""
    x, y = at.lon - 105.0, at.lat - 35.0
    lat = radians(at.lat)
    flattening = 1 - KRASOVSKY_ECCENTRICITY_SQUARED * sin(lat) ** 2
    meridian_radius = KRASOVSKY_AXIS_M * (1 - KRASOVSKY_ECCENTRICITY_SQUARED) / flattening**1.5
    parallel_radius = KRASOVSKY_AXIS_M / sqrt(flattening) * cos(lat)
    return Coordinates(
        at.lat + _northward(x, y) * 180 / (meridian_radius * pi),
        at.lon + _eastward(x, y) * 180 / (parallel_radius * pi),
    )


def _northward(x: float, y: float) -> float:
    """Metres to the north; x and y are degrees from 105° E, 35° N."""
    smooth = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    waves = _wave(20, 6 * x) + _wave(20, 2 * x) + _wave(20, y) + _wave(40, y / 3) + _wave(160, y / 12)
    return smooth + (waves + _wave(320, y / 30)) * 2 / 3


def _eastward(x: float, y: float) -> float:
    """Metres to the east; x and y are degrees from 105° E, 35° N."""
    smooth = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    waves = _wave(20, 6 * x) + _wave(20, 2 * x) + _wave(20, x) + _wave(40, x / 3) + _wave(150, x / 12)
    return smooth + (waves + _wave(300, x / 30)) * 2 / 3


def _wave(height: float, turns: float) -> float:
    return height * sin(turns * pi)
