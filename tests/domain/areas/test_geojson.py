"""Area files: what is read, what is refused, and how they are written again."""

import json
from typing import Any

import pytest

from chalicelib.domain.areas.geojson import MOST_BYTES, MOST_FEATURES, MOST_VERTICES, read, write
from chalicelib.domain.areas.model import decode, encode
from chalicelib.domain.errors import Invalid, TooLarge
from chalicelib.domain.places import Crs
from tests.area_files import SHIPPED, VILLAGE, file, grid, rectangle, ring, village

GRID = grid(1, rectangle(0, 0, 500, 1000))
HALF = "东\ud800"  # half of a surrogate pair: JSON can say it, UTF-8 cannot


def refused(body: bytes) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        read(body)
    return refusal.value


def altered(**changes: Any) -> bytes:
    """A file whose one grid has other properties, or another geometry."""
    geometry = changes.pop("geometry", GRID["geometry"])
    properties = {**GRID["properties"], **changes}
    return file(village(), {"type": "Feature", "properties": properties, "geometry": geometry})


def test_the_shipped_file_is_read_in_the_order_of_codes() -> None:
    areas = read(SHIPPED)
    assert (areas.township, areas.name) == ("350211102", "灌口镇")
    assert [area.name for area in areas.villages] == ["上头亭社区", "铁山社区", "深青村"]
    assert len(areas.grids) == 18 and list(areas.grids) == sorted(areas.grids, key=lambda area: area.code)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (b"", "areas_not_json"),
        (b"{", "areas_not_json"),
        (b'"\xff\xfe\xfd"', "areas_not_json"),
        (b"[" * 100_000, "areas_not_json"),
        (b'{"a":' * 100_000, "areas_not_json"),
        (b"[]", "areas_not_a_collection"),
        (b'{"type":"Feature"}', "areas_not_a_collection"),
        (b'{"type":"FeatureCollection","features":{}}', "areas_not_a_collection"),
        (b'{"type":"FeatureCollection","features":[]}', "areas_without_township"),
        (file(village(), GRID, township=350211102), "areas_without_township"),
        (file(village(), GRID, name=""), "areas_without_township"),
        (file(village(), GRID, name=HALF), "areas_without_township"),
        (file(village(), GRID, township=HALF), "areas_without_township"),
        (file(village(), GRID, crs="BD-09"), "areas_crs_unknown"),
        (file(village(), GRID, crs=["WGS-84"]), "areas_crs_unknown"),
        (file(village()), "areas_without_grids"),
        (file(*[GRID] * (MOST_FEATURES + 1)), "areas_too_many"),
        (b" " * (MOST_BYTES + 1), "areas_file_too_large"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(body: bytes, rule: str) -> None:
    assert refused(body).rule == rule


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"level": "block"}, "area_level_unknown"),
        ({"level": None}, "area_level_unknown"),
        ({"code": 350211102202001}, "area_property_wrong"),
        ({"parent": ""}, "area_property_wrong"),
        ({"name_en": 7}, "area_property_wrong"),
        ({"name_en": "x" * 101}, "area_property_wrong"),
        ({"name_en": HALF}, "area_property_wrong"),
        ({"code": HALF}, "area_property_wrong"),
        ({"parent": HALF}, "area_property_wrong"),
        ({"geometry": None}, "area_geometry_unknown"),
        ({"geometry": {"type": "Point", "coordinates": [118, 24]}}, "area_geometry_unknown"),
        ({"geometry": {"type": "Polygon"}}, "area_geometry_unknown"),
        ({"geometry": {"type": "Polygon", "coordinates": []}}, "area_geometry_unknown"),
        ({"geometry": {"type": "Polygon", "coordinates": [[]]}}, "area_geometry_unknown"),
        ({"geometry": {"type": "MultiPolygon", "coordinates": [[1]]}}, "area_geometry_unknown"),
    ],
)
def test_a_feature_of_the_wrong_shape_is_refused_by_its_name(changes: dict[str, Any], rule: str) -> None:
    refusal = refused(altered(**changes))
    assert (refusal.rule, refusal.facts["feature"]) == (rule, "grid 001")


def test_a_name_that_cannot_be_written_is_refused_and_one_beyond_the_first_plane_is_kept() -> None:
    assert refused(altered(name=HALF)).rule == "area_property_wrong"
    areas = read(file(village(), {**GRID, "properties": {**GRID["properties"], "name": "𠮷村"}}, name="𠮷镇"))
    assert (areas.name, areas.grids[0].name) == ("𠮷镇", "𠮷村") and decode(encode(areas)) == areas


@pytest.mark.parametrize(
    ("positions", "rule"),
    [
        (rectangle(0, 0, 9, 9)[:-1], "ring_unclosed"),
        (ring((0, 0), (9, 9)), "ring_too_short"),
        (ring((0, 0), (9, 9), (9.001, 9.001), (0.001, 0)), "ring_too_short"),
        ([[118, 24], [118.1, 24], [118.1, 91], [118, 24]], "area_position_wrong"),
        ([[181, 24], [118.1, 24], [118.1, 24.1], [181, 24]], "area_position_wrong"),
        ([[float("nan"), 24], [118.1, 24], [118.1, 24.1], [float("nan"), 24]], "area_position_wrong"),
        ([[118, float("inf")], [118.1, 24], [118.1, 24.1], [118, float("inf")]], "area_position_wrong"),
        ([[118, 10**400], [118.1, 24], [118.1, 24.1], [118, 10**400]], "area_position_wrong"),
        ([[118], [118.1, 24], [118.1, 24.1], [118]], "area_position_wrong"),
        ([["118", "24"], [118.1, 24], [118.1, 24.1], ["118", "24"]], "area_position_wrong"),
        ([[True, False], [118.1, 24], [118.1, 24.1], [True, False]], "area_position_wrong"),
    ],
)
def test_a_broken_ring_is_refused_by_the_name_of_its_feature(positions: list[Any], rule: str) -> None:
    refusal = refused(altered(geometry={"type": "Polygon", "coordinates": [positions]}))
    assert (refusal.rule, refusal.facts["feature"]) == (rule, "grid 001")


@pytest.mark.parametrize(
    ("feature", "title"),
    [
        (7, "#2"),
        ({"type": "Feature"}, "#2"),
        ({"properties": {"level": "grid", "code": "42"}}, "42"),
        ({"properties": {"level": "grid", "name": "东村" * 100}}, "东村" * 50),
    ],
)
def test_a_feature_without_a_name_is_refused_by_what_it_has(feature: Any, title: str) -> None:
    assert refused(file(village(), feature)).facts["feature"] == title


def test_outlines_too_detailed_are_refused() -> None:
    zigzag = ring(*((x, x % 2) for x in range(MOST_VERTICES)))
    refusal = refused(altered(geometry={"type": "Polygon", "coordinates": [zigzag]}))
    assert isinstance(refusal, TooLarge) and refusal.rule == "areas_too_detailed"


def test_heights_are_dropped() -> None:
    positions = [[*position, 12.5] for position in rectangle(0, 0, 500, 1000)]
    assert read(altered(geometry={"type": "Polygon", "coordinates": [positions]})) == read(file(village(), GRID))


@pytest.mark.parametrize("crs", Crs)
def test_what_is_written_is_read_again_as_the_same_areas(crs: Crs) -> None:
    island = {"type": "MultiPolygon", "coordinates": [[rectangle(0, 0, 9, 9)], [rectangle(20, 0, 29, 9)]]}
    for body in (SHIPPED, altered(geometry=island, name_en="Islands")):
        assert read(json.dumps(write(read(body), crs=crs)).encode()) == read(body)


def test_in_gcj02_the_same_village_is_drawn_elsewhere() -> None:
    drawn: Any = write(read(file(village(), GRID)), crs=Crs.GCJ02)
    assert drawn["properties"]["crs"] == "GCJ-02" and drawn["features"][0]["properties"]["code"] == VILLAGE
    assert drawn["features"][0]["geometry"]["coordinates"][0][0][0] == pytest.approx(118.005, abs=0.002)
