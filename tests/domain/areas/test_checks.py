"""Areas that fit together pass, rounding included; mistakes are refused by the name of the area."""

from dataclasses import dataclass

import pytest

from chalicelib.domain.areas.checks import check
from chalicelib.domain.areas.geojson import read
from chalicelib.domain.areas.outlines import Piece
from chalicelib.domain.areas.polygons import Outline
from chalicelib.domain.errors import Invalid
from chalicelib.gateways import clipping
from tests.area_files import SHIPPED, TOWNSHIP, VILLAGE, Feature, feature, file, grid, rectangle, ring, village

LEFT, RIGHT = grid(1, rectangle(0, 0, 500, 1000)), grid(2, rectangle(500, 0, 1000, 1000))


def passes(*features: Feature, township: str = TOWNSHIP) -> None:
    check(read(file(*features, township=township)), clipping)


def refused(*features: Feature, township: str = TOWNSHIP) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        passes(*features, township=township)
    return refusal.value


def test_the_shipped_file_passes() -> None:
    check(read(SHIPPED), clipping)


def test_neighbours_that_share_a_border_pass() -> None:
    passes(village(), LEFT, RIGHT)


@pytest.mark.parametrize(
    ("wrong", "rule", "name"),
    [
        (feature("grid", "350211102202", VILLAGE, [rectangle(0, 0, 9, 9)]), "area_code_duplicate", "grid 202"),
        (feature("grid", f"{VILLAGE}01", VILLAGE, [rectangle(0, 0, 9, 9)]), "area_code_malformed", "grid 201"),
        (feature("grid", f"{VILLAGE}00a", VILLAGE, [rectangle(0, 0, 9, 9)]), "area_code_malformed", "grid 00a"),
        (feature("grid", f"{VILLAGE}００１", VILLAGE, [rectangle(0, 0, 9, 9)]), "area_code_malformed", "grid ００１"),
        (feature("grid", "350211102203001", VILLAGE, [rectangle(0, 0, 9, 9)]), "area_code_malformed", "grid 001"),
        (grid(7, rectangle(0, 0, 9, 9), parent="350211102999"), "area_parent_unknown", "grid 007"),
        (village(rectangle(2000, 0, 2009, 9), code="350211103001"), "area_code_malformed", "village 001"),
        (village(code="350211103001", parent="350211103"), "area_parent_unknown", "village 001"),
    ],
)
def test_codes_must_nest_and_be_unique(wrong: Feature, rule: str, name: str) -> None:
    refusal = refused(village(), LEFT, wrong)
    assert (refusal.rule, refusal.facts["feature"]) == (rule, name)


@pytest.mark.parametrize("township", ["35021110", "35021110x", "3502111020"])
def test_a_township_has_nine_digits(township: str) -> None:
    assert refused(village(), LEFT, township=township).rule == "areas_without_township"


@pytest.mark.parametrize(
    ("positions", "rule"),
    [
        (ring((0, 0), (90, 90), (90, 0), (0, 90)), "ring_crosses_itself"),
        (ring((0, 0), (90, 0), (45, 45), (90, 90), (0, 90), (45, 45)), "ring_crosses_itself"),
        (ring((0, 0), (0.5, 0), (0.5, 0.5), (0, 0.5)), "ring_too_small"),
    ],
)
def test_a_ring_that_is_no_outline_is_refused(positions: list[list[float]], rule: str) -> None:
    refusal = refused(village(), grid(1, positions))
    assert (refusal.rule, refusal.facts["feature"]) == (rule, "grid 001")


def test_areas_far_apart_are_no_township() -> None:
    far = village(rectangle(60_000, 0, 61_000, 1000), code=f"{TOWNSHIP}203")
    assert refused(village(), LEFT, far).rule == "areas_too_wide"


@pytest.mark.parametrize(("width", "length"), [(0.9, 900), (3, 3), (0.2, 1000), (9.5, 1)])
def test_slivers_of_rounding_are_tolerated(width: float, length: float) -> None:
    passes(village(), LEFT, grid(2, rectangle(500 - width, 0, 1000, length)))
    passes(village(), LEFT, grid(2, rectangle(500, 0, 1000 + width, length)))


@pytest.mark.parametrize(("width", "length"), [(1.1, 900), (3.5, 3.5), (5, 2.2), (400, 400)])
def test_more_than_a_sliver_is_refused_with_both_names(width: float, length: float) -> None:
    overlap = refused(village(), LEFT, grid(2, rectangle(500 - width, 0, 1000, length)))
    assert (overlap.rule, overlap.facts["feature"], overlap.facts["other"]) == ("area_overlaps", "grid 002", "grid 001")
    beyond = refused(village(), LEFT, grid(2, rectangle(500, 0, 1000 + width, length)))
    assert (beyond.rule, beyond.facts["feature"], beyond.facts["other"]) == (
        "area_sticks_out",
        "grid 002",
        "village 202",
    )
    assert beyond.facts["width_m"] == pytest.approx(min(width, length), abs=0.1)


def test_a_mistake_is_not_hidden_by_slivers_elsewhere() -> None:
    seam = ring(
        (499.9, 0),
        (1000, 0),
        (1000, 1000),
        (499.9, 1000),
        (499.9, 950),
        (501, 950),
        (501, 60),
        (490, 60),
        (490, 50),
        (499.9, 50),
    )
    assert refused(village(), LEFT, grid(2, seam)).rule == "area_overlaps"


def test_two_drawings_of_one_grid_overlap() -> None:
    assert refused(village(), LEFT, grid(2, rectangle(0, 0, 500, 1000))).rule == "area_overlaps"


def test_villages_may_not_overlap_either() -> None:
    other = village(rectangle(900, 0, 1900, 1000), code=f"{TOWNSHIP}203")
    refusal = refused(village(), LEFT, other)
    assert (refusal.rule, refusal.facts["feature"]) == ("area_overlaps", "village 203")


def test_a_grid_may_lie_in_the_hole_of_another() -> None:
    inner = rectangle(400, 400, 600, 600)
    passes(village(), grid(1, rectangle(0, 0, 1000, 1000), inner), grid(2, inner))


def test_a_grid_may_not_lie_in_the_hole_of_its_village() -> None:
    hollow = village(rectangle(0, 0, 1000, 1000), rectangle(400, 400, 600, 600))
    assert refused(hollow, grid(1, rectangle(450, 450, 550, 550))).rule == "area_sticks_out"


@pytest.mark.parametrize(
    ("holes", "rule"),
    [
        ([rectangle(400, 400, 600, 600)], "hole_sticks_out"),
        ([rectangle(700, 700, 900, 900)], "hole_sticks_out"),
        ([rectangle(100, 100, 200, 200), rectangle(150, 150, 250, 250)], "area_parts_overlap"),
    ],
)
def test_holes_lie_apart_and_within(holes: list[list[list[float]]], rule: str) -> None:
    assert refused(village(), grid(1, rectangle(0, 0, 500, 500), *holes)).rule == rule


def test_the_parts_of_a_grid_lie_apart() -> None:
    def parts(west: float) -> Feature:
        rings = [[rectangle(0, 0, 100, 100)], [rectangle(west, 0, west + 100, 100)]]
        return {**LEFT, "geometry": {"type": "MultiPolygon", "coordinates": rings}}

    passes(village(), parts(200))
    assert refused(village(), parts(50)).rule == "area_parts_overlap"


@dataclass
class Counting:
    """Clipping that counts how often it is asked."""

    overlaps: int = 0

    def overlap(self, one: Outline, other: Outline, /) -> list[Piece]:
        self.overlaps += 1
        return clipping.overlap(one, other)

    def excess(self, one: Outline, other: Outline, /) -> list[Piece]:
        return clipping.excess(one, other)


def test_only_neighbours_are_clipped() -> None:
    side, clipper = 22, Counting()
    squares = [
        grid(side * x + y, rectangle(45 * x, 45 * y, 45 * x + 45, 45 * y + 45))
        for x in range(side)
        for y in range(side)
    ]
    check(read(file(village(), *squares)), clipper)
    assert clipper.overlaps <= 4 * len(squares)
