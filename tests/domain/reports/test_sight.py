"""Who sees what of a report."""

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports import sight
from chalicelib.domain.reports.model import Status
from tests.builders import (
    ADMIN,
    AUDITOR,
    CENTRE,
    COMMITTEE,
    COURIER,
    COURIER2,
    DISTRICT,
    EVERYONE,
    GRID,
    GRID_MEMBER,
    NEIGHBOUR,
    SANITATION,
    VILLAGER,
    WORKS,
    report,
)

TOWN = {COURIER.id, CENTRE.id, COMMITTEE.id, AUDITOR.id}


@pytest.mark.parametrize(
    ("kind", "status", "village_held", "more"),
    [
        ("0303", Status.SUBMITTED, False, {GRID_MEMBER.id, VILLAGER.id}),
        ("0303", Status.IN_HANDLING, False, {GRID_MEMBER.id, VILLAGER.id, WORKS.id}),
        ("0701", Status.SUBMITTED, False, {GRID_MEMBER.id}),  # confidential: not yet the village's
        ("0701", Status.WITH_VILLAGE, True, {GRID_MEMBER.id, VILLAGER.id}),  # … until it is given to it
        ("0901", Status.SUBMITTED, False, {GRID_MEMBER.id, VILLAGER.id}),  # confidential, but a life in danger
        ("0801", Status.SUBMITTED, False, set()),  # the centre alone
        ("0705", Status.SUBMITTED, False, set()),  # the centre alone, although a life is in danger
        (None, Status.SUBMITTED, False, {GRID_MEMBER.id}),  # unclassified is confidential
    ],
)
def test_who_sees_it(kind: str | None, status: Status, village_held: bool, more: set[str]) -> None:
    held = report(status, kind=kind, village_held=village_held)
    assert {someone.id for someone in EVERYONE if sight.viewers(someone, held)} == TOWN | more


def test_a_stranger_is_not_told_that_it_exists() -> None:
    for stranger in (COURIER2, NEIGHBOUR, SANITATION, ADMIN, DISTRICT):
        with pytest.raises(NotFound):
            sight.require_sight(stranger, report())


def test_a_neighbour_sees_what_he_is_to_recheck_and_nothing_else() -> None:
    solved = report(Status.RESOLVED, origin=Post(Role.GRID_MEMBER, GRID))
    assert sight.viewers(NEIGHBOUR, solved)
    assert not sight.viewers(NEIGHBOUR, report(Status.RESOLVED))


def test_only_the_centre_and_himself_know_the_reporter() -> None:
    held = report(Status.IN_HANDLING)
    known = {someone.id for someone in EVERYONE if sight.knows_reporter(sight.viewers(someone, held))}
    assert known == {COURIER.id, CENTRE.id}


def test_internal_remarks_are_for_staff() -> None:
    held = report(Status.IN_HANDLING)
    assert not sight.reads_internal(sight.viewers(COURIER, held))
    assert sight.reads_internal(sight.viewers(WORKS, held))
