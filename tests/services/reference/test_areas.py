"""Areas in force: published whole or not at all, and used at once."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from chalicelib.domain.areas.model import How
from chalicelib.domain.errors import Invalid, StaleVersion
from chalicelib.domain.places import Point
from chalicelib.services.reference import areas
from chalicelib.store.reference.reference import Edition
from tests.area_files import SHIPPED, VILLAGE, file, grid, place, rectangle, ring, village

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ONE_GRID = file(village(), grid(1, rectangle(0, 0, 1000, 1000)))


@dataclass
class Shelf:
    """The reference store in memory."""

    bodies: list[bytes] = field(default_factory=list)

    def current(self, *names: str, now: datetime) -> dict[str, Edition]:
        return {name: Edition(name=name, version=len(self.bodies), body=self.bodies[-1]) for name in names}

    def publish(self, name: str, body: bytes, *, base: int | None, by: str, now: datetime) -> int:
        if base not in (None, len(self.bodies)):
            raise StaleVersion("changed_meanwhile")
        self.bodies.append(body)
        return len(self.bodies)


@pytest.fixture(autouse=True)
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf()
    monkeypatch.setattr(areas, "reference", shelf)
    return shelf


def test_a_place_is_located_by_the_edition_in_force() -> None:
    areas.publish(SHIPPED, base=None, by="admin", now=NOW)
    found = areas.locate(Point(lat=24.605, lon=117.985), now=NOW)
    assert (found.how, found.grid) == (How.INSIDE, f"{VILLAGE}004")
    areas.publish(ONE_GRID, base=1, by="admin", now=NOW)
    assert areas.locate(Point(lat=24.605, lon=117.985), now=NOW).how is How.CENTRE
    assert areas.locate(place(500, 500), now=NOW).grid == f"{VILLAGE}001"


def test_the_listing_says_which_edition_it_is() -> None:
    areas.publish(SHIPPED, base=None, by="admin", now=NOW)
    listed, version = areas.listing(now=NOW)
    assert version == 1 and len(listed.villages) == 3 and len(listed.grids) == 18


def test_a_bad_file_changes_nothing(shelf: Shelf) -> None:
    areas.publish(SHIPPED, base=None, by="admin", now=NOW)
    bow_tie = grid(1, ring((0, 0), (90, 90), (90, 0), (0, 90)))
    with pytest.raises(Invalid) as refusal:
        areas.publish(file(village(), bow_tie), base=1, by="admin", now=NOW)
    assert refusal.value.facts["feature"] == "grid 001"
    assert areas.listing(now=NOW)[1] == len(shelf.bodies) == 1


def test_two_editors_of_the_same_edition_do_not_overwrite_each_other() -> None:
    areas.publish(SHIPPED, base=None, by="admin", now=NOW)
    areas.publish(ONE_GRID, base=1, by="admin", now=NOW)
    with pytest.raises(StaleVersion):
        areas.publish(SHIPPED, base=1, by="another", now=NOW)
