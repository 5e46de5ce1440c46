"""A place belongs to one grid, always the same; outside every grid to the nearest; else to the centre."""

import json
import random
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.areas.geojson import read
from chalicelib.domain.areas.model import BORDER_M, Areas, How, Location, decode, encode, indexed, locate
from chalicelib.domain.areas.polygons import gap
from chalicelib.domain.places import Coordinates, Crs, Point, coordinates, point_from
from chalicelib.gateways import cells
from tests.area_files import SHIPPED, TOWNSHIP, VILLAGE, Feature, file, grid, place, rectangle, village

PILOT = indexed(read(SHIPPED), cover=cells.index_cover)
around_the_pilot = st.builds(Point, lat=st.floats(24.585, 24.63), lon=st.floats(117.965, 118.03))


def areas(*grids: Feature) -> Areas:
    return indexed(read(file(village(), *grids)), cover=cells.index_cover)


def located(point: Point, within: Areas = PILOT) -> Location:
    around = partial(cells.index_cells_around, point)
    return locate(within, point, cell=cells.index_cell(point), around=around)


def in_grid(number: int) -> Location:
    return Location(how=How.INSIDE, township=TOWNSHIP, village=VILLAGE, grid=f"{VILLAGE}{number:03}")


def shuffled(body: bytes, seed: int) -> bytes:
    """The same file with its features in another order, rings begun elsewhere and some of them reversed."""
    chance, collection = random.Random(seed), json.loads(body)
    chance.shuffle(collection["features"])
    for feature in collection["features"]:
        rings: list[list[Any]] = feature["geometry"]["coordinates"]
        for i, (first, *rest) in enumerate(rings):
            start = chance.randrange(len(rest))
            turned = [*rest[start:], *rest[:start]] if rest[-1] == first else rest
            rings[i] = [*turned, turned[0]][:: chance.choice((1, -1))]
    return json.dumps(collection).encode()


def borders(of: Areas) -> list[Point]:
    """Every corner of every grid and the middle of every edge."""
    points = []
    for area in of.grids:
        for ring in area.outline[0]:
            for (lon, lat), (next_lon, next_lat) in zip(ring, (*ring[1:], ring[0]), strict=True):
                points += [Point(lat=lat, lon=lon), Point(lat=(lat + next_lat) / 2, lon=(lon + next_lon) / 2)]
    return points


@given(around_the_pilot)
def test_the_index_finds_what_measuring_every_grid_finds(point: Point) -> None:
    gaps = [(round(gap(area.outline, point), 2), area.code) for area in PILOT.grids]
    touching = [code for metres, code in gaps if metres <= BORDER_M]
    metres, code = min(gaps)
    expected = (How.INSIDE, touching[0]) if touching else (How.NEAREST, code) if metres <= 300 else (How.CENTRE, None)
    found = located(point)
    assert (found.how, found.grid) == expected


@given(around_the_pilot)
def test_grids_do_not_share_their_insides(point: Point) -> None:
    inside = [area.code for area in PILOT.grids if gap(area.outline, point) == 0]
    assert len(inside) <= 1 or located(point).grid == min(inside)
    assert any(gap(area.outline, point) == 0 for area in PILOT.villages) <= (located(point).grid is not None)


@given(st.integers())
def test_the_order_and_direction_in_which_areas_are_drawn_changes_nothing(seed: int) -> None:
    assert encode(indexed(read(shuffled(SHIPPED, seed)), cover=cells.index_cover)) == encode(PILOT)


def test_a_place_on_a_shared_border_goes_to_the_lowest_code() -> None:
    for point in borders(PILOT):
        touching = [area.code for area in PILOT.grids if gap(area.outline, point) <= BORDER_M]
        assert located(point).grid == min(touching) and located(point).how is How.INSIDE


def test_a_place_on_a_border_has_the_same_grid_in_either_system() -> None:
    for point in borders(PILOT):
        stated = Coordinates(*(round(degrees, 9) for degrees in coordinates(point, crs=Crs.GCJ02)))
        assert located(point_from(*stated, crs=Crs.GCJ02)).grid == located(point).grid


def test_the_village_is_that_of_the_grid() -> None:
    assert located(Point(lat=24.605, lon=117.985)) == in_grid(4)


@pytest.mark.parametrize(
    ("east", "how"), [(0.005, How.INSIDE), (5, How.NEAREST), (299, How.NEAREST), (301, How.CENTRE)]
)
def test_outside_every_grid_the_nearest_within_300_metres_else_the_centre(east: float, how: How) -> None:
    found = located(place(500 + east, 500), areas(grid(1, rectangle(0, 0, 500, 1000))))
    assert found.how is how
    assert found.grid == (None if how is How.CENTRE else f"{VILLAGE}001")
    assert found.distance_m == (pytest.approx(east, abs=0.1) if how is How.NEAREST else None)


def test_far_away_is_for_the_centre_of_the_township() -> None:
    assert located(Point(lat=-89.9, lon=-179.9)) == Location(how=How.CENTRE, township=TOWNSHIP)


def test_of_two_grids_equally_near_the_lower_code_gets_the_place() -> None:
    two = areas(grid(2, rectangle(0, 0, 500, 500)), grid(1, rectangle(0, 500, 500, 1000)))
    for metres in range(1, 300, 7):
        assert located(place(500 + metres, 500), two).grid == f"{VILLAGE}001"


def test_a_gap_between_two_drawings_of_one_border_is_bridged() -> None:
    two = areas(grid(1, rectangle(0, 0, 500, 1000)), grid(2, rectangle(500.8, 0, 1000, 1000)))
    assert located(place(500.2, 500), two).grid == f"{VILLAGE}001"
    assert located(place(500.6, 500), two).grid == f"{VILLAGE}002"


def test_where_two_drawings_overlap_the_lower_code_gets_the_place() -> None:
    two = areas(grid(1, rectangle(0, 0, 500, 1000)), grid(2, rectangle(499.2, 0, 1000, 1000)))
    assert located(place(499.6, 500), two) == in_grid(1)


def test_a_hole_belongs_to_the_grid_that_fills_it() -> None:
    inner = rectangle(400, 400, 600, 600)
    ring_and_core = areas(grid(1, rectangle(0, 0, 1000, 1000), inner), grid(2, inner))
    assert located(place(500, 500), ring_and_core) == in_grid(2)
    assert located(place(350, 500), ring_and_core) == in_grid(1)


def test_a_grid_of_several_parts_holds_what_lies_in_any_of_them() -> None:
    parts = {"type": "MultiPolygon", "coordinates": [[rectangle(0, 0, 100, 100)], [rectangle(800, 800, 900, 900)]]}
    scattered = areas({**grid(1), "geometry": parts})
    assert located(place(50, 50), scattered) == located(place(850, 850), scattered) == in_grid(1)


def test_an_edition_holds_the_areas_and_their_index() -> None:
    assert encode(decode(encode(PILOT))) == encode(PILOT)
    assert replace(decode(encode(PILOT)), cells={}) == replace(PILOT, cells={})
