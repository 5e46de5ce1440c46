"""Cells: nothing within reach is left out, and not much else is taken in."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.places import METRES_PER_DEGREE, Point, distance
from chalicelib.gateways import cells

in_china = st.builds(Point, lat=st.floats(4, 53), lon=st.floats(74, 135))
bearings = st.floats(0, math.tau)


def beside(point: Point, bearing: float, metres: float) -> Point:
    north, east = metres * math.cos(bearing), metres * math.sin(bearing) / math.cos(math.radians(point.lat))
    return Point(lat=point.lat + north / METRES_PER_DEGREE, lon=point.lon + east / METRES_PER_DEGREE)


@given(in_china, bearings, st.floats(0, 1))
def test_whatever_lies_within_the_radius_is_in_the_neighbourhood(point: Point, bearing: float, share: float) -> None:
    other = beside(point, bearing, 49.99 * share)
    assert distance(point, other) <= 50
    assert cells.cell(other) in cells.neighbourhood(point)


@given(in_china)
def test_a_neighbourhood_is_the_own_cell_and_few_others(point: Point) -> None:
    neighbourhood = cells.neighbourhood(point)
    assert neighbourhood[0] == cells.cell(point)
    assert len(set(neighbourhood)) == len(neighbourhood) <= 3


def test_in_the_middle_of_a_cell_the_neighbourhood_is_that_cell() -> None:
    import h3  # type: ignore[import-untyped]  # ships no types

    lat, lon = h3.cell_to_latlng(cells.cell(Point(lat=24.6, lon=118)))
    assert len(cells.neighbourhood(Point(lat=lat, lon=lon))) == 1


def test_a_radius_beyond_one_ring_of_cells_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at most 300 m"):
        cells.neighbourhood(Point(lat=24.6, lon=118), radius_m=301)


@given(in_china, bearings, st.floats(0, 301))
def test_whatever_lies_within_300_metres_is_in_the_cells_around(point: Point, bearing: float, metres: float) -> None:
    assert cells.index_cell(beside(point, bearing, metres)) in cells.index_cells_around(point)


@given(in_china, st.floats(0.0005, 0.01), bearings, st.floats(0, 0.999))
def test_every_place_inside_an_outline_lies_in_a_cell_of_its_cover(
    point: Point, size: float, bearing: float, share: float
) -> None:
    def corner(turn: float, reach: float) -> tuple[float, float]:
        return point.lon + reach * math.sin(turn), point.lat + reach * math.cos(turn)

    disc = (tuple(corner(math.tau * i / 16, size) for i in range(16)),)
    lon, lat = corner(bearing, size * share * math.cos(math.pi / 16))
    assert cells.index_cell(Point(lat=lat, lon=lon)) in cells.index_cover((disc,))
