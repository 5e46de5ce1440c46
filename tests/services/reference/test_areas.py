"""Areas in force: published whole or not at all, and used at once."""

from datetime import UTC, datetime

import pytest

from chalicelib.domain.areas.model import How
from chalicelib.domain.errors import Invalid, StaleVersion
from chalicelib.domain.places import Point
from chalicelib.services.reference import area_editions, areas
from chalicelib.store.reference import reference
from tests.area_files import SHIPPED, VILLAGE, file, grid, place, rectangle, ring, village

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ONE_GRID = file(village(), grid(1, rectangle(0, 0, 1000, 1000)))


pytestmark = pytest.mark.usefixtures("tables")


def test_a_place_is_located_by_the_edition_in_force() -> None:
    area_editions.publish(SHIPPED, base=None, by="admin", now=NOW)
    found = areas.locate(Point(lat=24.605, lon=117.985), now=NOW)
    assert (found.how, found.grid) == (How.INSIDE, f"{VILLAGE}004")
    area_editions.publish(ONE_GRID, base=1, by="admin", now=NOW)
    assert areas.locate(Point(lat=24.605, lon=117.985), now=NOW).how is How.CENTRE
    assert areas.locate(place(500, 500), now=NOW).grid == f"{VILLAGE}001"


def test_the_listing_says_which_edition_it_is() -> None:
    area_editions.publish(SHIPPED, base=None, by="admin", now=NOW)
    listed, version = areas.listing(now=NOW)
    assert version == 1 and len(listed.villages) == 3 and len(listed.grids) == 18


def test_a_bad_file_changes_nothing() -> None:
    area_editions.publish(SHIPPED, base=None, by="admin", now=NOW)
    bow_tie = grid(1, ring((0, 0), (90, 90), (90, 0), (0, 90)))
    with pytest.raises(Invalid) as refusal:
        area_editions.publish(file(village(), bow_tie), base=1, by="admin", now=NOW)
    assert refusal.value.facts["feature"] == "grid 001"
    assert areas.listing(now=NOW)[1] == reference.version_of(areas.NAME) == 1


def test_two_editors_of_the_same_edition_do_not_overwrite_each_other() -> None:
    area_editions.publish(SHIPPED, base=None, by="admin", now=NOW)
    area_editions.publish(ONE_GRID, base=1, by="admin", now=NOW)
    with pytest.raises(StaleVersion):
        area_editions.publish(SHIPPED, base=1, by="another", now=NOW)
