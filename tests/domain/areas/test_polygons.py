"""How far places are from polygons."""

import pytest

from chalicelib.domain.areas.polygons import border_gap, gap
from tests.area_files import outline, place, rectangle, ring

SQUARE = outline(rectangle(0, 0, 100, 100))
WITH_HOLE = outline(rectangle(0, 0, 100, 100), rectangle(40, 40, 60, 60))


@pytest.mark.parametrize(
    ("x", "y", "metres"), [(50, 50, 0), (99.9, 0.1, 0), (150, 50, 50), (50, -20, 20), (-30, -40, 50), (103, 104, 5)]
)
def test_the_gap_is_the_way_to_the_outline(x: float, y: float, metres: float) -> None:
    assert gap(SQUARE, place(x, y)) == pytest.approx(metres, abs=0.02)


def test_in_a_hole_the_gap_is_the_way_out_of_it() -> None:
    assert gap(WITH_HOLE, place(50, 55)) == pytest.approx(5, abs=0.02)
    assert gap(WITH_HOLE, place(30, 50)) == 0


def test_the_border_is_as_far_from_within_as_from_without() -> None:
    assert border_gap(SQUARE, place(90, 50)) == pytest.approx(10, abs=0.02)
    assert border_gap(SQUARE, place(110, 50)) == pytest.approx(10, abs=0.02)


def test_a_ray_through_a_corner_counts_it_once() -> None:
    diamond = outline(ring((0, 50), (50, 0), (100, 50), (50, 100)))
    west, east = place(-10, 50), place(50, 50)
    assert gap(diamond, west) > 9 and gap(diamond, east) == 0
