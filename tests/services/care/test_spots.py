"""Where a door is, is opened for comparing alone, and the look is noted as the system's."""

from dataclasses import replace

import pytest

from chalicelib.domain.places import Point
from chalicelib.services.care import spots
from chalicelib.store.people import access
from tests.builders import NOW
from tests.cared_for import ELDER, active, sealing

__all__ = ["sealing"]
pytestmark = pytest.mark.usefixtures("rules", "sealing")


def test_the_place_of_a_door_is_read_and_that_is_noted() -> None:
    active(who=replace(ELDER, lat=24.6, lon=118.0))
    assert spots.of_door("b1", visit_id="p1.20261123", now=NOW) == Point(lat=24.6, lon=118.0)
    assert "system" in {one.actor_id for one in access.of("b1", limit=9)}


def test_of_nobody_there_is_no_place() -> None:
    assert spots.of_door("nobody", visit_id="p1.20261123", now=NOW) is None
