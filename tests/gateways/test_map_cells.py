"""Cells of the map: they sort as the wider ones they belong to, and share out the ground among villages."""

import h3  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.areas.geojson import read
from chalicelib.domain.places import Point, distance
from chalicelib.gateways import cells
from tests.conftest import DATA

AREAS = read((DATA / "areas.geojson").read_bytes())
anywhere = st.builds(Point, lat=st.floats(-89, 89), lon=st.floats(-179, 179))
nearby = st.builds(Point, lat=st.floats(24.55, 24.65), lon=st.floats(117.9, 118.05))
levels = st.sampled_from([7, 8, 9])


@given(st.lists(nearby | anywhere, min_size=2, max_size=30), levels)
def test_cells_sort_as_the_wider_ones_they_belong_to(points: list[Point], level: int) -> None:
    found = sorted(cells.map_cell(point) for point in points)
    wider = [cells.wider(cell, level) for cell in found]
    assert wider == sorted(wider)


@given(nearby | anywhere, levels)
def test_behind_the_last_cell_within_come_those_of_the_next_one(point: Point, level: int) -> None:
    cell = cells.map_cell(point)
    wider = cells.wider(cell, level)
    last = cells.last_within(wider, level)
    assert cell <= last and cells.wider(last, level) == wider
    for other in h3.grid_ring(cell, 6):
        assert (other > last) is (cells.wider(other, level) > wider)


@pytest.mark.parametrize("forged", ["", "x", "8001fffffffffff", "ffffffffffffffff", cells.wider("8931aa5000fffff", 7)])
def test_what_is_no_cell_of_this_level_is_refused(forged: str) -> None:
    with pytest.raises(ValueError, match="no cell of level 9"):
        cells.last_within(forged, 9)


@given(nearby)
def test_a_hexagon_has_its_middle_inside_and_its_corners_around_it(point: Point) -> None:
    hexagon = cells.hexagon(cells.map_cell(point))
    assert cells.map_cell(hexagon.centre) == hexagon.cell and len(hexagon.corners) == 6
    assert all(100 < distance(hexagon.centre, corner) < 250 for corner in hexagon.corners)
    assert distance(hexagon.centre, point) < 250


@pytest.mark.parametrize("level", [7, 8, 9])
def test_no_cell_belongs_to_two_villages_and_every_village_has_one(level: int) -> None:
    filled = [set(cells.fill(village.outline, level)) for village in AREAS.villages]
    assert all(filled)
    if level > 7:
        assert len(set.union(*filled)) == sum(map(len, filled))
    for village, found in zip(AREAS.villages, filled, strict=True):
        assert found <= set(cells.cover(village.outline, level))


def test_an_outline_smaller_than_any_cell_has_those_it_touches() -> None:
    outline = ((((117.98, 24.6), (117.9801, 24.6), (117.9801, 24.6001), (117.98, 24.6001)),),)
    assert cells.fill(outline, 7) == [cells.wider(cells.map_cell(Point(lat=24.60005, lon=117.98005)), 7)]
