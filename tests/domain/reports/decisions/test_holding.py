"""Who of the pool does it, where it lies, what kind of matter it is."""

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.people import Actor, Post, Role
from chalicelib.domain.reports.commands import Around
from chalicelib.domain.reports.model import OPEN, Action, Report, Status
from chalicelib.domain.reports.running import Stage
from tests.builders import (
    CENTRE,
    COMMITTEE,
    COURIER,
    GRID,
    GRID_MEMBER,
    NEIGHBOUR,
    NEXT_GRID,
    SANITATION,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    WORKS,
    actor,
    report,
)
from tests.deeds import PHOTO, Fields, dispatched, do, handled, local, offered, person, refusal, rung

S, A = Status, Action
COLLEAGUE = actor("colleague", (Role.DEPARTMENT, "D04"))
THERE = Around(grid=NEXT_GRID, village=VILLAGE)
FAR = Around(grid="350211102203001", village="350211102203")


def to(someone: Actor) -> Around:
    return Around(person=person(someone))


def safe(kind: str = "0301") -> Report:
    """Made safe by works and parks; its class is open."""
    return do(handled("D18", kind=kind), A.MAKE_SAFE, WORKS, text="已围挡", after_photos=PHOTO).report


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


def test_a_grid_member_only_raises() -> None:
    up = do(report(kind="0303"), A.RECLASSIFY, GRID_MEMBER, kind="0302", text="更急").report
    assert (up.nature.klass, up.nature.severity) == ("A", 3)
    graver = do(report(kind="0303"), A.RECLASSIFY, GRID_MEMBER, severity=3, text="更重").report
    assert (graver.nature.klass, graver.nature.severity) == ("B", 3)
    lower: list[Fields] = [{"kind": "0313"}, {"severity": 1}, {"kind": "0404", "severity": 3}]
    for fields in lower:
        assert refusal(report(kind="0303"), A.RECLASSIFY, GRID_MEMBER, text="x", **fields) == (
            Forbidden,
            "only_upward",
        )


@pytest.mark.parametrize("kind", ["0313", "0302", "0301"])
def test_the_centre_classifies_any_way(kind: str) -> None:
    after = do(report(S.WITH_CENTRE, kind="0303"), A.RECLASSIFY, CENTRE, kind=kind, text="x").report
    assert after.nature.kind == kind


def test_a_reclassification_says_why_and_changes_something() -> None:
    held = report(kind="0303")
    assert refusal(held, A.RECLASSIFY, CENTRE, kind="0303", text="x") == (Invalid, "nothing_changes")
    assert refusal(held, A.RECLASSIFY, CENTRE, kind="0302") == (Invalid, "reason_needed")
    assert refusal(held, A.RECLASSIFY, CENTRE, kind="9999", text="x") == (Invalid, "unknown_kind")
    assert refusal(held, A.RECLASSIFY, CENTRE, severity=4, text="x") == (Invalid, "severity_4_is_class_e")
    assert refusal(report(kind=None), A.RECLASSIFY, CENTRE, severity=2, text="x") == (Invalid, "kind_needed")
    own = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.GRID_MEMBER, GRID))
    assert refusal(held, A.RECLASSIFY, own, kind="0302", text="x") == (Forbidden, "nobody_judges_his_own")


def test_what_becomes_the_centres_to_verify_the_centre_holds_at_once() -> None:
    after = do(report(kind="0303"), A.RECLASSIFY, GRID_MEMBER, kind="0902", text="有孩子").report
    assert (after.status, after.holder) == (S.SUBMITTED, Post(Role.CENTRE, TOWNSHIP))


@pytest.mark.parametrize("klass", ["B", "D", "L"])
@pytest.mark.parametrize("kind", ["0301", "0302"])
def test_made_safe_it_gets_the_class_of_its_repair_and_a_new_limit(kind: str, klass: str) -> None:
    now = local(11, 23, 9, 20)
    after = do(safe(kind), A.RECLASSIFY, CENTRE, klass=klass, text="大修", now=now).report
    assert (after.nature.klass, after.nature.kind, after.awaits_class) == (klass, kind, False)
    assert (after.nature.severity or 0) < 4
    assert after.run and (after.run.stage, after.run.since, after.run.fired) == (Stage.DEPT, now, 0)
    assert after.run.hours == {"B": 24, "D": 120, "L": 160}[klass]
    assert after.parts[0].since == now and after.parts[0].hours == pytest.approx(after.run.hours * 0.8)


def test_the_class_of_a_repair_is_one_of_three_and_the_centres() -> None:
    held = safe()
    assert refusal(held, A.RECLASSIFY, CENTRE, klass="Q", text="x") == (Invalid, "repair_class_unknown")
    assert refusal(held, A.RECLASSIFY, GRID_MEMBER, klass="B", text="x") == (Forbidden, "only_upward")
    assert refusal(handled(), A.RECLASSIFY, CENTRE, klass="D", text="x") == (Conflict, "class_after_made_safe")


def test_another_urgent_kind_leaves_the_class_of_the_repair_open() -> None:
    after = do(safe("0302"), A.RECLASSIFY, GRID_MEMBER, kind="0301", text="全塌了").report
    assert after.awaits_class and after.run and after.run.stage is Stage.DISPATCH
    assert not do(safe("0301"), A.RECLASSIFY, CENTRE, kind="0303", text="x").report.awaits_class  # class B by its kind


def test_a_helpers_part_keeps_its_share_of_another_class_and_what_is_filed_stays() -> None:
    held = do(dispatched("D04", "D03", "D18"), A.FILE_PART, SANITATION, text="已清扫").report
    after = do(held, A.RECLASSIFY, CENTRE, kind="0313", text="x").report  # class C: 56 h
    assert after.parts[0] == held.parts[0]
    assert after.parts[1].hours == pytest.approx(44.8)
    assert after.parts[1].due_at == local(11, 30, 15, 48)  # 7 h on Monday, four days of eight, and 5.8
