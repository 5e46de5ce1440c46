"""One form for each shape, its size, and the mistakes of drawings."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.areas.outlines import (
    Bounds,
    Piece,
    area_m2,
    bounds,
    close_pairs,
    mean_width_m,
    meets_itself,
    normal_outline,
    normal_ring,
)
from tests.area_files import outline, rectangle

SQUARE = outline(rectangle(0, 0, 100, 100))
boxes = st.lists(
    st.tuples(*[st.integers(0, 20)] * 4).map(lambda n: Bounds(n[0], n[1], n[0] + n[2] % 5, n[1] + n[3] % 5))
)


@given(st.integers(0, 3), st.booleans())
def test_a_ring_is_the_same_wherever_it_starts_and_whichever_way_it_turns(start: int, reverse: bool) -> None:
    vertices = [(0.0, 0.0), (2.0, 0.5), (1.5, 2.0), (0.2, 1.0)]
    turned = vertices[start:] + vertices[:start]
    assert normal_ring(reversed(turned) if reverse else turned) == normal_ring(vertices)


def test_vertices_that_rounding_makes_equal_are_one() -> None:
    assert normal_ring([(0, 0), (1, 0), (1, 1e-9), (1, 1), (1e-8, 1e-8)]) == ((0, 0), (1, 0), (1, 1))
    assert normal_ring([(1, 1), (1, 1), (1, 1)]) == ((1, 1),)


def test_parts_and_holes_have_one_order() -> None:
    one, two, three = (
        ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0)),
        ((2.0, 1.0), (3.0, 1.0), (3.0, 2.0)),
        ((5.0, 1.0), (6.0, 1.0), (6.0, 2.0)),
    )
    assert normal_outline([[one, three, two]]) == ((one, two, three),)
    assert normal_outline([[three], [two]]) == ((two,), (three,))


@pytest.mark.parametrize(
    "corners",
    [
        pytest.param([(0, 0), (10, 10), (10, 0), (0, 10)], id="bow tie"),
        pytest.param([(0, 0), (10, 0), (5, 5), (10, 10), (0, 10), (5, 5)], id="a corner passed twice"),
        pytest.param([(0, 0), (10, 0), (10, 10), (5, 0), (0, 10)], id="a corner on an edge"),
        pytest.param([(0, 0), (10, 0), (20, 0), (10, 0), (10, 10)], id="a spike"),
        pytest.param([(0, 0), (10, 0), (5, 0)], id="there and back"),
        pytest.param([(0, 0), (10, 0), (10, 10), (20, 10), (20, 0), (5, 0), (5, -5)], id="edges on top of each other"),
    ],
)
def test_a_ring_that_meets_itself_is_found_wherever_it_starts(corners: list[tuple[int, int]]) -> None:
    for start in range(len(corners)):
        turned = corners[start:] + corners[:start]
        assert meets_itself(tuple((x / 1e4, y / 1e4) for x, y in turned))
        assert meets_itself(tuple((x / 1e4, y / 1e4) for x, y in reversed(turned)))


@pytest.mark.parametrize(
    "corners",
    [
        pytest.param([(0, 0), (10, 0), (0, 10)], id="triangle"),
        pytest.param([(0, 0), (5, 0), (10, 0), (10, 10)], id="a vertex on a straight line"),
        pytest.param([(0, 0), (10, 0), (10, 10), (9, 1), (0, 10)], id="a notch that nearly touches"),
    ],
)
def test_a_plain_ring_does_not_meet_itself(corners: list[tuple[int, int]]) -> None:
    assert not meets_itself(tuple((x / 1e4, y / 1e4) for x, y in corners))


@given(st.integers(3, 60))
def test_a_star_drawn_around_a_centre_does_not_meet_itself(points: int) -> None:
    def corner(i: int) -> tuple[float, float]:
        turn, reach = math.tau * i / (2 * points), 0.01 if i % 2 else 0.004
        return reach * math.cos(turn), reach * math.sin(turn)

    assert not meets_itself(normal_ring(map(corner, range(2 * points))))


@given(boxes)
def test_the_sweep_finds_each_pair_of_boxes_that_meet_once(some: list[Bounds]) -> None:
    def meet(a: Bounds, b: Bounds) -> bool:
        return a.west <= b.east and b.west <= a.east and a.south <= b.north and b.south <= a.north

    expected = [(i, j) for i, j in combinations(range(len(some)), 2) if meet(some[i], some[j])]
    assert sorted(close_pairs(some)) == expected


def test_bounds_and_area_are_those_of_the_outline() -> None:
    box = bounds(SQUARE)
    assert (box.west, box.south) == (118.0, 24.6)
    assert area_m2(SQUARE[0][0]) == pytest.approx(10_000, rel=1e-3)


@pytest.mark.parametrize(("width", "length"), [(1.0, 500.0), (4.0, 4.0), (2.0, 3.0)])
def test_the_mean_width_of_a_rectangle_is_its_short_side(width: float, length: float) -> None:
    assert mean_width_m(Piece(area_m2=width * length, perimeter_m=2 * (width + length))) == pytest.approx(width)


def test_the_mean_width_of_a_disc_is_that_of_a_square_of_its_perimeter() -> None:
    assert mean_width_m(Piece(area_m2=math.pi, perimeter_m=math.tau)) == pytest.approx(math.pi / 2)
