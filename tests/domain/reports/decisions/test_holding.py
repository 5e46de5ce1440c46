"""Who of the pool does it, and where it lies."""

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports.commands import Around
from chalicelib.domain.reports.model import OPEN, Action, Status
from chalicelib.domain.reports.running import Stage
from tests.builders import (
    CENTRE,
    COMMITTEE,
    GRID,
    GRID_MEMBER,
    NEIGHBOUR,
    NEXT_GRID,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    WORKS,
    actor,
    report,
)
from tests.deeds import PHOTO, do, local, offered, person, refusal, rung

S, A = Status, Action
COLLEAGUE = actor("colleague", (Role.DEPARTMENT, "D04"))
THERE = Around(grid=NEXT_GRID, village=VILLAGE)
FAR = Around(grid="350211102203001", village="350211102203")


def to(someone: Actor) -> Around:
    return Around(person=person(someone))


@pytest.mark.parametrize("status", sorted(OPEN - {S.NEEDS_INFO}))
def test_in_every_open_status_somebody_of_the_pool_takes_it_and_no_deadline_moves(status: Status) -> None:
    held = report(status)
    assert held.holder
    mine = actor("mine", (held.holder.role, held.holder.scope))
    after = do(held, A.CLAIM, mine).report
    assert after.assignee == "mine" and (after.run, after.due_at) == (held.run, held.due_at)
    assert refusal(after, A.CLAIM, mine) == (Conflict, "yours_already")
    other = actor("other", (held.holder.role, held.holder.scope))
    assert refusal(after, A.CLAIM, other) == (Conflict, "claimed_by_another")
    assert A.CLAIM in offered(held, other) and A.CLAIM not in offered(after, other)


def test_nobody_claims_what_another_pool_holds() -> None:
    assert refusal(report(S.IN_HANDLING), A.CLAIM, CENTRE) == (Forbidden, "pool_only")


@pytest.mark.parametrize(
    ("status", "by"),
    [
        (S.SUBMITTED, VILLAGER),
        (S.SUBMITTED, CENTRE),
        (S.WITH_VILLAGE, CENTRE),
        (S.IN_HANDLING, CENTRE),
        (S.IN_HANDLING, WORKS),
        (S.WITH_CENTRE, COMMITTEE),
    ],
)
def test_the_pool_and_who_stands_above_it_name_who_does_it(status: Status, by: Actor) -> None:
    held = report(status)
    assert held.holder
    mine = actor("mine", (held.holder.role, held.holder.scope))
    after = do(held, A.ASSIGN, by, around=to(mine)).report
    assert after.assignee == "mine"
    assert do(after, A.HAND_OVER, by).report.assignee is None  # into the pool
    other = actor("other", (held.holder.role, held.holder.scope))
    change = do(after, A.HAND_OVER, by, around=to(other))
    assert change.details == {"assignee": "other", "before": "mine"}


def test_an_assignment_names_somebody_of_the_pool_who_has_it_not_yet() -> None:
    held = do(report(S.IN_HANDLING), A.CLAIM, WORKS).report
    assert refusal(held, A.ASSIGN, CENTRE) == (Invalid, "person_needed")
    assert refusal(held, A.ASSIGN, CENTRE, around=to(VILLAGER)) == (Invalid, "not_of_the_pool")
    assert refusal(held, A.HAND_OVER, WORKS, around=to(WORKS)) == (Conflict, "holds_it_already")
    assert refusal(held, A.ASSIGN, GRID_MEMBER, around=to(COLLEAGUE)) == (Forbidden, "pool_or_above")
    assert refusal(report(S.IN_HANDLING), A.HAND_OVER, WORKS) == (Conflict, "holds_it_already")


def test_a_new_pool_has_nobody_named() -> None:
    held = do(report(S.IN_HANDLING), A.CLAIM, WORKS).report
    assert do(held, A.RESOLVE, WORKS, text="已修", after_photos=PHOTO).report.assignee is None
    mine = do(report(), A.CLAIM, GRID_MEMBER).report
    assert do(mine, A.RELOCATE, GRID_MEMBER, around=THERE).report.assignee is None


@pytest.mark.parametrize(("around", "grid"), [(THERE, NEXT_GRID), (FAR, FAR.grid)])
def test_relocated_another_grid_holds_it_with_the_same_deadline(around: Around, grid: str) -> None:
    held = report()
    after = do(held, A.RELOCATE, GRID_MEMBER, around=around, now=local(11, 23, 11)).report
    assert after.holder == Post(Role.GRID_MEMBER, grid) and after.place.point == held.place.point
    assert (after.status, after.run, after.due_at) == (held.status, held.run, held.due_at)


def test_relocated_a_village_matter_goes_to_the_other_village() -> None:
    after = do(report(S.WITH_VILLAGE), A.RELOCATE, VILLAGER, around=FAR).report
    assert (after.status, after.holder) == (S.WITH_VILLAGE, Post(Role.VILLAGE, FAR.village or ""))


@pytest.mark.parametrize(("status", "by"), [(S.SUBMITTED, NEIGHBOUR), (S.WITH_VILLAGE, VILLAGER)])
def test_relocated_a_second_time_it_goes_to_the_centre_with_the_same_deadline(status: Status, by: Actor) -> None:
    held = do(report(status), A.RELOCATE, CENTRE, around=THERE).report
    after = do(held, A.RELOCATE, by, around=Around(grid=GRID, village=VILLAGE), now=local(11, 23, 10)).report
    assert (after.status, after.holder) == (S.WITH_CENTRE, Post(Role.CENTRE, TOWNSHIP))
    assert after.due_at == held.due_at and after.run and after.run.stage is Stage.DISPATCH
    assert held.due_at and [c.details["effect"] for c in rung(after, held.due_at)][-1] == "tell_committee"


def test_the_centre_relocates_what_it_sorts_as_often_as_it_likes() -> None:
    held = do(report(S.WITH_CENTRE), A.RELOCATE, CENTRE, around=THERE).report
    after = do(held, A.RELOCATE, CENTRE, around=FAR).report
    assert (after.status, after.run, after.place.village) == (S.WITH_CENTRE, held.run, FAR.village)


def test_a_relocation_says_from_where_to_where() -> None:
    change = do(report(), A.RELOCATE, GRID_MEMBER, around=THERE)
    assert change.details == {"from": GRID, "to": NEXT_GRID}
    beyond = do(change.report, A.RELOCATE, CENTRE, around=Around(village=FAR.village))
    assert beyond.details == {"from": NEXT_GRID, "to": FAR.village}
    assert do(beyond.report, A.RELOCATE, CENTRE, around=THERE).details == {"from": FAR.village, "to": NEXT_GRID}


def test_a_relocation_names_another_place() -> None:
    assert refusal(report(), A.RELOCATE, GRID_MEMBER) == (Invalid, "area_needed")
    same = Around(grid=GRID, village=VILLAGE)
    assert refusal(report(), A.RELOCATE, GRID_MEMBER, around=same) == (Invalid, "nothing_changes")


def test_another_village_is_not_shown_what_was_given_to_the_one_before() -> None:
    held = do(report(S.WITH_VILLAGE, kind="0602", village_held=True), A.ESCALATE, VILLAGER, text="x").report
    assert not do(held, A.RELOCATE, CENTRE, around=FAR).report.village_held
    assert do(held, A.RELOCATE, CENTRE, around=THERE).report.village_held  # another grid of the same village
