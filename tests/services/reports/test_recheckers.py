"""Who is asked to look at what is said to be solved, from the people there are."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.people.model import Actor, Person, Post, Role
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.terms import Basis, Outcome
from chalicelib.services.reports import recheckers
from chalicelib.services.reports import reports as use_cases
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.reports import reports
from tests.bench.calls import counted
from tests.builders import CENTRE, COURIER, GRID, GRID_MEMBER, NEXT_GRID, NOW, TOWNSHIP, VILLAGER, WORKS, report

pytestmark = pytest.mark.usefixtures("rules")
RESOLVE = Command(action=Action.RESOLVE, text="已清理", no_photo_reason="夜间作业")
ON_THE_SPOT = Command(action=Action.VERIFY, basis=Basis.ON_SITE, outcome=Outcome.SOLVED_ON_SPOT)


def enrol(id: str, *grids: str) -> None:
    posts = tuple(Post(Role.GRID_MEMBER, grid) for grid in grids)
    people.put(Person(id=id, name=id, phone="", posts=posts, valid_from=NOW))


def save(held: Report) -> Report:
    made, transaction = replace(held, version=1), Transaction()
    reports.put(made, transaction=transaction)
    transaction.commit()
    return made


def resolved(by: Actor = VILLAGER) -> tuple[Any, str | None]:
    save(report(Status.WITH_VILLAGE, village_held=True))
    after = use_cases.act("r1", RESOLVE, version=None, key=None, by=by, now=NOW).report
    return after.holder, after.assignee


def asked(held: Report, command: Command, by: Actor) -> list[str]:
    """The grids that were asked."""
    return [pool.post.scope for pool in recheckers.pools(held, command, by=by, now=NOW)]


def test_the_grids_member_is_named() -> None:
    enrol("grid_member", GRID, NEXT_GRID)
    assert resolved() == (Post(Role.GRID_MEMBER, GRID), "grid_member")


def test_the_neighbours_where_the_grid_has_nobody() -> None:
    enrol("neighbour", NEXT_GRID)
    assert resolved() == (Post(Role.GRID_MEMBER, NEXT_GRID), "neighbour")


def test_the_centre_where_nobody_is_near() -> None:
    assert resolved() == (Post(Role.CENTRE, TOWNSHIP), None)


def test_one_query_where_the_grid_has_somebody_and_no_more_than_five() -> None:
    held = report(Status.WITH_VILLAGE)
    enrol("village", GRID)  # the one who resolves it
    nearest = asked(held, RESOLVE, VILLAGER)
    assert nearest[:2] == [GRID, NEXT_GRID] and len(nearest) == recheckers.GRIDS
    enrol("grid_member", GRID)
    with counted() as calls:
        assert asked(held, RESOLVE, VILLAGER) == [GRID]
    assert calls.names == ["Query"]


def test_nobody_is_asked_for_what_claims_nothing_or_the_centre_looks_at_anyway() -> None:
    held = report()
    assert asked(held, Command(action=Action.VERIFY, basis=Basis.PHOTO), GRID_MEMBER) == []
    assert asked(held, ON_THE_SPOT, GRID_MEMBER)
    assert asked(report(Status.WITH_CENTRE, kind="1204"), Command(action=Action.ANSWER), CENTRE) == []
    nowhere = replace(held, place=replace(held.place, grid=None, village=None))
    assert asked(nowhere, RESOLVE, WORKS) == []


def test_a_place_without_a_grid_is_its_villages_grids() -> None:
    enrol("neighbour", NEXT_GRID)
    held = replace(report(), place=replace(report().place, grid=None))
    assert asked(held, RESOLVE, WORKS) == [GRID, NEXT_GRID]


def test_staff_read_what_closing_takes_and_the_reporter_need_not() -> None:
    save(report(Status.IN_HANDLING))
    for who in (WORKS, CENTRE, GRID_MEMBER):
        needs = use_cases.view("r1", by=who, now=NOW).seen.needs
        assert needs is not None and (needs.photos, needs.may_excuse, needs.on_site) == (1, True, False)
    assert use_cases.view("r1", by=COURIER, now=NOW).seen.needs is None
