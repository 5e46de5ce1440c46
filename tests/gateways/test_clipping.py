"""Clipping: the pieces that outlines share, and those that stick out, in metres."""

import pytest

from chalicelib.domain.areas.outlines import Piece, normal_outline
from chalicelib.gateways import clipping
from tests.area_files import outline, rectangle


def size(area_m2: float, perimeter_m: float) -> object:
    return pytest.approx(Piece(area_m2=area_m2, perimeter_m=perimeter_m), rel=1e-3)


SQUARE = outline(rectangle(0, 0, 100, 100))


def test_an_overlap_has_its_area_and_perimeter() -> None:
    assert clipping.overlap(SQUARE, outline(rectangle(90, 0, 200, 50))) == [size(500, 120)]


def test_neighbours_share_nothing() -> None:
    assert clipping.overlap(SQUARE, outline(rectangle(100, 0, 200, 100))) == []


def test_what_lies_within_does_not_stick_out() -> None:
    assert clipping.excess(SQUARE, SQUARE) == []
    assert clipping.excess(outline(rectangle(20, 20, 80, 80)), SQUARE) == []


def test_what_sticks_out_in_two_places_is_two_pieces() -> None:
    band = outline(rectangle(-10, 40, 130, 60))
    assert sorted(clipping.excess(band, SQUARE)) == [size(200, 60), size(600, 100)]


def test_a_hole_is_missing_from_the_area_and_its_rim_counts() -> None:
    around = outline(rectangle(-10, -10, 110, 110))
    assert clipping.excess(around, SQUARE) == [size(120 * 120 - 100 * 100, 4 * 120 + 4 * 100)]


def test_what_lies_in_a_hole_is_not_shared() -> None:
    hollow = outline(rectangle(0, 0, 100, 100), rectangle(20, 20, 80, 80))
    assert clipping.overlap(hollow, outline(rectangle(30, 30, 70, 70))) == []
    assert clipping.excess(outline(rectangle(30, 30, 70, 70)), hollow) == [size(1600, 160)]


def test_an_island_in_a_hole_is_a_piece_of_its_own() -> None:
    hollow = outline(rectangle(0, 0, 100, 100), rectangle(20, 20, 80, 80))
    with_island = normal_outline([*hollow, *outline(rectangle(40, 40, 60, 60))])
    assert sorted(clipping.overlap(with_island, SQUARE)) == [size(400, 80), size(6400, 640)]
