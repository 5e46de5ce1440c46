"""Where nobody has reported from."""

from chalicelib.domain.maps import gaps
from chalicelib.domain.maps.gaps import Ground
from chalicelib.domain.maps.hexagons import Hexagon
from chalicelib.domain.places import Point
from tests.builders import GRID, VILLAGE

OTHER = "350211102004"
TODAY = "2026-11-23"


def ground(cell: str, village: str = VILLAGE) -> Ground:
    return Ground(hexagon=Hexagon(cell=cell, centre=Point(lat=0, lon=0), corners=()), village=village, grid=GRID)


def found(last_days: dict[str, str], *, days: int = 30, village: str | None = VILLAGE) -> list[tuple[str, int]]:
    grounds = [ground("a"), ground("b"), ground("c"), ground("d", OTHER)]
    listed = gaps.gaps(grounds, last_days, {village: 2} if village else {}, days=days, today=TODAY)
    return [(gap.ground.cell, -1 if gap.days is None else gap.days) for gap in listed]


def test_what_was_never_reported_from_comes_first_and_then_the_longest_ago() -> None:
    assert found({"a": "2026-10-01", "b": "2026-09-01"}) == [("c", -1), ("b", 83), ("a", 53)]


def test_a_gap_begins_on_the_very_day() -> None:
    assert found({"a": "2026-10-24", "b": "2026-10-25", "c": TODAY}) == [("a", 30)]
    assert found({"a": TODAY, "b": "2026-11-22", "c": TODAY}, days=1) == [("b", 1)]


def test_only_villages_on_somebodys_round_have_gaps() -> None:
    assert found({}, village=None) == []
    assert found({}, village=OTHER) == [("d", -1)]


def test_a_gap_says_how_many_couriers_have_the_village_on_their_round() -> None:
    declared = gaps.couriers([(VILLAGE, "x"), (VILLAGE, "y"), (VILLAGE, "y"), (OTHER, "x")])
    assert declared == {VILLAGE: 2, OTHER: 1}
    (gap,) = gaps.gaps([ground("a")], {}, declared, days=1, today=TODAY)
    assert (gap.couriers, gap.last_day, gap.days, gap.position) == (2, None, None, ("", "a", VILLAGE))
