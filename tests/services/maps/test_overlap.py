"""Rounds over grids, read by index for the whole township: two queries, whoever rides there."""

import pytest

from chalicelib.domain.people.access import What
from chalicelib.services.maps import overlap
from chalicelib.services.people import access
from tests.bench.calls import counted
from tests.builders import AUDITOR, CENTRE, COMMITTEE, COURIER, DISTRICT, GRID, NOW, VILLAGER
from tests.honouring import courier, known, rule

pytestmark = pytest.mark.usefixtures("rules")
NEXT_DOOR = "350211102004001"  # a grid of another village, beside two of the courier's


def looks() -> list[What]:
    """What was done to the courier, but for the auditor's own look."""
    found = access.page(subject=COURIER.id, by=AUDITOR, now=NOW, limit=9, cursor=None).entries
    return [entry.what for entry in found if entry.what is not What.READ_ACCESS_LOG]


def test_a_townships_overlap_is_two_queries_however_many_couriers() -> None:
    known(*(courier(f"c{number}") for number in range(12)))
    overlap.township(by=CENTRE, now=NOW)
    with counted() as calls:
        found = overlap.township(by=CENTRE, now=NOW)
    assert calls.names == ["Query", "Query"] and found.couriers == 12
    assert found.grids[0].couriers == 0 and found.grids[0].lacks
    (own,) = [one for one in found.grids if one.grid.code == GRID]
    assert own.couriers == 12 and own.employers == (("试点快递公司", 12),)


def test_centre_committee_and_district_read_it_and_nobody_else() -> None:
    for by in (CENTRE, COMMITTEE, DISTRICT):
        overlap.township(by=by, now=NOW)
    assert rule(lambda: overlap.township(by=VILLAGER, now=NOW)) == "role_needed"
    assert rule(lambda: overlap.of_grid(GRID, by=DISTRICT, now=NOW)) == "role_needed"


def test_who_fits_a_grid_is_named_and_noted() -> None:
    known(COURIER)
    found = overlap.of_grid(NEXT_DOOR, by=CENTRE, now=NOW)
    assert [(one.person_id, name) for one, name in found.candidates] == [(COURIER.id, "员courier")]
    assert looks() == [What.SAW_PERSON]
    assert rule(lambda: overlap.of_grid("350211102999001", by=CENTRE, now=NOW)) == "unknown_area"


def test_what_fits_a_courier_he_reads_himself_unnoted() -> None:
    known(COURIER)
    fit = overlap.of_courier(COURIER.id, by=COURIER, now=NOW)
    assert GRID in fit.covers and not set(fit.nearby) & set(fit.covers)
    assert rule(lambda: overlap.of_courier("nobody", by=CENTRE, now=NOW)) == "no_round"
    assert looks() == []
