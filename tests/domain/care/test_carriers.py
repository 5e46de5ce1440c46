"""Who carries is found where he declares to, and nowhere else."""

from datetime import time

import pytest

from chalicelib.domain.care.carriers import Carrier, Free, areas, check, on_round
from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import Invalid
from tests.builders import GRID, NEXT_GRID, VILLAGE

OTHER = "350211102004"
ONE = Carrier(courier_id="c1", villages=(VILLAGE, OTHER), willing=frozenset({Service.MEAL}))
NOON = ((time(11), time(13)),)


def grids(*some: str) -> Carrier:
    return Carrier(courier_id="c1", villages=ONE.villages, willing=ONE.willing, grids=some)


def test_who_declares_no_grid_of_a_village_is_found_in_all_of_it() -> None:
    assert areas(ONE) == {f"whole:{VILLAGE}", f"whole:{OTHER}", f"village:{VILLAGE}", f"village:{OTHER}"}
    assert areas(grids(GRID)) == {f"grid:{GRID}", f"whole:{OTHER}", f"village:{VILLAGE}", f"village:{OTHER}"}


def test_who_is_willing_to_do_nothing_or_has_no_round_is_found_nowhere() -> None:
    assert areas(Carrier(courier_id="c1", villages=(VILLAGE,))) == set()
    assert areas(on_round(grids(GRID), (), "")) == set()


def test_grids_of_a_village_that_he_left_mean_nothing_until_he_is_back() -> None:
    away = on_round(grids(GRID), (OTHER,), "")
    assert areas(away) == {f"whole:{OTHER}", f"village:{OTHER}"}
    assert f"grid:{GRID}" in areas(on_round(away, (VILLAGE,), ""))


@pytest.mark.parametrize(
    ("free", "some", "rule"),
    [
        ({0: ((time(13), time(11)),)}, (), "free_hours"),
        ({0: ((time(9), time(11)), (time(11), time(12)))}, (), "free_hours"),
        ({7: NOON}, (), "free_hours"),
        ({0: NOON}, (GRID, GRID), "grids_most"),
        ({0: NOON}, (f"{OTHER}001",), "unknown_area"),
        ({0: NOON}, (f"{VILLAGE}999",), "unknown_area"),
    ],
)
def test_what_cannot_be_declared_is_refused(free: Free, some: tuple[str, ...], rule: str) -> None:
    with pytest.raises(Invalid, match=rule):
        check(free, some, villages=(VILLAGE,), known={GRID, NEXT_GRID, f"{OTHER}001"})
