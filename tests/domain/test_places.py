"""Coordinates in and out, and distances."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.places import Coordinates, Crs, Point, coordinates, distance, metres_per_degree, point_from

GUANKOU = Point(lat=24.6085, lon=118.0012)
anywhere = st.builds(Point, lat=st.floats(-90, 90), lon=st.floats(-180, 180))
in_the_rectangle = st.builds(Point, lat=st.floats(0.83, 55.82), lon=st.floats(72.01, 137.83))


@pytest.mark.parametrize("lat", [90.0001, -91.0, math.nan, math.inf, -math.inf])
def test_an_impossible_latitude_is_refused(lat: float) -> None:
    with pytest.raises(Invalid) as refusal:
        Point(lat=lat, lon=118.0)
    assert refusal.value.rule == "latitude_out_of_range"


@pytest.mark.parametrize("lon", [180.0001, -181.0, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("crs", Crs)
def test_an_impossible_longitude_is_refused_in_either_system(lon: float, crs: Crs) -> None:
    with pytest.raises(Invalid) as refusal:
        point_from(24.6, lon, crs=crs)
    assert refusal.value.rule == "longitude_out_of_range"


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),  # Shanghai
        ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),  # Shenzhen
        ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),  # Beijing
    ],
)
def test_the_shift_is_the_published_one(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    shifted = coordinates(Point(lat=wgs84[0], lon=wgs84[1]), crs=Crs.GCJ02)
    assert shifted == pytest.approx(Coordinates(*gcj02), abs=1e-9)


def test_in_guankou_the_two_systems_are_some_580_metres_apart() -> None:
    there = coordinates(GUANKOU, crs=Crs.GCJ02)
    assert distance(GUANKOU, Point(lat=there.lat, lon=there.lon)) == pytest.approx(580, abs=20)


@given(in_the_rectangle)
def test_a_place_comes_back_within_a_tenth_of_a_millimetre(place: Point) -> None:
    back = point_from(*coordinates(place, crs=Crs.GCJ02), crs=Crs.GCJ02)
    assert abs(back.lat - place.lat) <= 1e-9 and abs(back.lon - place.lon) <= 1e-9


@given(in_the_rectangle)
def test_what_a_map_shows_comes_back_to_the_same_spot_on_the_map(place: Point) -> None:
    shown = coordinates(place, crs=Crs.GCJ02)
    assert coordinates(point_from(*shown, crs=Crs.GCJ02), crs=Crs.GCJ02) == pytest.approx(shown, abs=1e-9)


@pytest.mark.parametrize("abroad", [Point(lat=48.8566, lon=2.3522), Point(lat=-33.87, lon=151.2), Point(lat=90, lon=0)])
def test_far_from_china_the_systems_agree(abroad: Point) -> None:
    assert coordinates(abroad, crs=Crs.GCJ02) == Coordinates(abroad.lat, abroad.lon)
    assert point_from(abroad.lat, abroad.lon, crs=Crs.GCJ02) == abroad


@given(anywhere)
def test_any_possible_place_can_be_stated_in_either_system(place: Point) -> None:
    assert point_from(place.lat, place.lon, crs=Crs.WGS84) == place
    assert distance(point_from(place.lat, place.lon, crs=Crs.GCJ02), place) < 3_000


def test_distances_are_those_of_the_globe() -> None:
    assert distance(Point(lat=0, lon=0), Point(lat=0, lon=180)) == pytest.approx(math.pi * 6_371_008.8)
    assert distance(Point(lat=24.6, lon=118), Point(lat=24.601, lon=118)) == pytest.approx(111.195, abs=0.001)


@given(anywhere, anywhere)
def test_distance_is_the_same_both_ways(a: Point, b: Point) -> None:
    assert distance(a, b) == pytest.approx(distance(b, a))
    assert distance(a, a) == 0


@given(st.floats(-0.01, 0.01), st.floats(-0.01, 0.01))
def test_the_flat_map_agrees_with_the_globe_nearby(north: float, east: float) -> None:
    there = Point(lat=GUANKOU.lat + north, lon=GUANKOU.lon + east)
    x, y = metres_per_degree(GUANKOU.lat)
    assert math.hypot(east * x, north * y) == pytest.approx(distance(GUANKOU, there), rel=2e-4, abs=1e-6)
