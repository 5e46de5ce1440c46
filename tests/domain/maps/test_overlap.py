"""Rounds over grids: who covers what, where couriers lack, and who would fit; few of a company are not told."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.areas.model import Area, Areas
from chalicelib.domain.areas.neighbours import neighbours
from chalicelib.domain.maps import overlap

A, B, C = "350211102202001", "350211102202002", "350211102004001"
SIDE = 0.01


def square(code: str, east: float) -> Area:
    """A grid of about a kilometre, so many of its sides to the east."""
    west = 118 + east * SIDE
    ring = ((west, 24.6), (west + SIDE, 24.6), (west + SIDE, 24.6 + SIDE), (west, 24.6 + SIDE))
    return Area(code=code, name=code, name_en=code, parent=code[:12], outline=((ring,),))


GRIDS = (square(A, 0), square(B, 1), square(C, 3))
BESIDE = {A: (B,), B: (A,), C: ()}


def test_grids_lie_beside_each_other_where_their_outlines_meet() -> None:
    areas = Areas(township="350211102", name="", villages=(), grids=GRIDS, cells={"x": [0, 1], "y": [1, 2]})
    assert neighbours(areas) == BESIDE


def test_who_has_a_village_on_his_round_covers_all_its_grids() -> None:
    found = overlap.rounds([(A[:12], "p1"), (C[:12], "p1"), (C[:12], "p2")], GRIDS)
    assert found == {"p1": frozenset({A, B, C}), "p2": frozenset({C})}


def test_what_lacks_couriers_stands_first_and_a_company_is_told_apart_from_three_on() -> None:
    held = {f"p{number}": frozenset({A}) for number in range(4)} | {"q": frozenset({A, B})}
    employers = {f"p{number}": "甲" for number in range(3)} | {"p3": "乙"}
    first, second, third = overlap.staffed(GRIDS, held, employers, enough=2, small=3)
    assert (first.grid.code, first.couriers, first.lacks) == (C, 0, True)
    assert (second.grid.code, second.couriers, second.others) == (B, 1, 1)
    assert (third.couriers, third.lacks, third.employers, third.others) == (5, False, (("甲", 3),), 2)


def test_what_fits_a_courier_is_beside_what_he_covers_and_lacks_couriers() -> None:
    assert overlap.fit({A}, BESIDE, {B, C}) == overlap.Fit(covers=(A,), nearby=(B,))
    assert overlap.fit({A, B}, BESIDE, {B}).nearby == ()


def test_who_knows_most_of_what_lies_around_a_grid_fits_it_first() -> None:
    beside = {C: (A, B)}
    held = {"p1": frozenset({A}), "p2": frozenset({A, B}), "p3": frozenset({C, A}), "p4": frozenset({B})}
    assert [one.person_id for one in overlap.candidates(C, held, beside)] == ["p2", "p1", "p4"]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.frozensets(st.sampled_from([A, B, C]))), st.integers(3, 6))
def test_all_couriers_of_a_grid_are_counted_and_none_of_few_named(held: dict[str, frozenset[str]], small: int) -> None:
    employers = {person: "甲" if person < "e" else "乙" for person in held}
    for one in overlap.staffed(GRIDS, held, employers, enough=2, small=small):
        assert one.couriers == one.others + sum(count for _, count in one.employers)
        assert all(count >= small for _, count in one.employers)
        assert one.couriers == sum(one.grid.code in codes for codes in held.values())
