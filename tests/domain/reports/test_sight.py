"""Who sees what of a report."""

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.photos import Purpose
from chalicelib.domain.reports import sight
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.parties import Party
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
    NEXT_GRID,
    SANITATION,
    VILLAGER,
    WORKS,
    report,
)
from tests.rechecking import blind_line

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


def test_who_looked_again_blindly_the_centre_alone_knows() -> None:
    line = blind_line("not_solved")
    named = {party for party in Party if sight.masked(line, frozenset({party})).actor_id}
    assert named == {Party.CENTRE}
    assert not sight.masked(line, frozenset({Party.CENTRE, Party.REPORTER})).actor_id  # of his own report


def test_what_he_photographed_is_for_staff() -> None:
    shown = {party for party in Party if sight.shows(Purpose.RECHECK, frozenset({party}))}
    assert shown == sight.INTERNAL
    assert all(sight.shows(Purpose.BEFORE, frozenset({party})) for party in Party)


def test_a_neighbour_sees_what_he_is_to_recheck_and_only_while_he_is() -> None:
    next_door = Post(Role.GRID_MEMBER, NEXT_GRID)
    assert sight.viewers(NEIGHBOUR, report(Status.RESOLVED, recheck_by=next_door))
    assert not sight.viewers(NEIGHBOUR, report(Status.CLOSED, recheck_by=next_door))
    assert not sight.viewers(NEIGHBOUR, report(Status.RESOLVED))
