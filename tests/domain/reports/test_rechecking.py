"""Another person looks at what is said to be solved: the grid's member, else a neighbour, else the centre."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.events import event
from chalicelib.domain.notifications import notices
from chalicelib.domain.notifications.notices import Call
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports.commands import Around, Pool
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.domain.reports.terms import Basis, Outcome
from tests.builders import CENTRE, COURIER, GRID, GRID_MEMBER, NEIGHBOUR, NEXT_GRID, TOWNSHIP, VILLAGE, actor, report
from tests.deeds import PHOTO, Fields, do, offered, rung
from tests.deeds import local as at

S, A = Status, Action
IN_GRID, NEXT_DOOR, AT_CENTRE = (
    Post(Role.GRID_MEMBER, GRID),
    Post(Role.GRID_MEMBER, NEXT_GRID),
    Post(Role.CENTRE, TOWNSHIP),
)
COLLEAGUE = actor("colleague", (Role.GRID_MEMBER, GRID))
BOTH = actor("both", (Role.VILLAGE, VILLAGE), (Role.GRID_MEMBER, GRID))


def pools(own: tuple[str, ...], neighbours: tuple[str, ...] = ()) -> Around:
    return Around(recheckers=(Pool(post=IN_GRID, people=own), Pool(post=NEXT_DOOR, people=neighbours)))


def on_the_spot(by: Actor, around: Around) -> Change:
    fields: Fields = {"basis": Basis.ON_SITE, "outcome": Outcome.SOLVED_ON_SPOT, "after_photos": PHOTO}
    return do(report(), A.VERIFY, by, around=around, **fields)


def by_village(by: Actor, around: Around, **changes: Any) -> Change:
    return do(report(S.WITH_VILLAGE, **changes), A.RESOLVE, by, around=around, text="已清", after_photos=PHOTO)


def who(change: Change) -> tuple[Post | None, str | None]:
    return change.report.holder, change.report.assignee


def test_who_verified_it_knows_the_place_and_is_named() -> None:
    around = pools(("colleague", "grid_member"))
    assert who(by_village(BOTH, around, verified_by="grid_member")) == (IN_GRID, "grid_member")


def test_of_several_others_nobody_is_named_and_a_single_one_is() -> None:
    assert who(by_village(BOTH, pools(("a", "b")))) == (IN_GRID, None)
    assert who(by_village(BOTH, pools(("a", "both")))) == (IN_GRID, "a")


def test_what_a_grid_member_solved_himself_his_colleague_looks_at() -> None:
    held = on_the_spot(GRID_MEMBER, pools((GRID_MEMBER.id, COLLEAGUE.id)))
    assert who(held) == (IN_GRID, COLLEAGUE.id)
    assert A.CONFIRM in offered(held.report, COLLEAGUE) and A.CONFIRM not in offered(held.report, GRID_MEMBER)


def test_a_neighbour_where_he_is_the_grids_only_one_and_is_told() -> None:
    held = on_the_spot(GRID_MEMBER, pools((GRID_MEMBER.id,), (NEIGHBOUR.id,)))
    assert who(held) == (NEXT_DOOR, NEIGHBOUR.id)
    assert Call(post=NEXT_DOOR.key, template="to_recheck") in notices.calls(event(held), centre_only=False)
    assert do(held.report, A.CONFIRM, NEIGHBOUR).report.status is S.CLOSED


def test_a_neighbour_looks_too_where_the_resolver_is_the_grids_only_member_under_another_hat() -> None:
    held = by_village(BOTH, pools(("both",), (NEIGHBOUR.id,)))
    assert who(held) == (NEXT_DOOR, NEIGHBOUR.id)
    assert A.CONFIRM in offered(held.report, NEIGHBOUR) and A.CONFIRM not in offered(held.report, BOTH)


def test_else_the_centre_and_at_once() -> None:
    for around in (pools((GRID_MEMBER.id,)), pools(())):
        held = on_the_spot(GRID_MEMBER, around)
        assert held.report.holder == AT_CENTRE
        assert Call(post=AT_CENTRE.key, template="to_recheck") in notices.calls(event(held), centre_only=False)
    assert by_village(BOTH, pools(("both", COURIER.id))).report.holder == AT_CENTRE  # it is the courier's own


def test_what_the_centre_alone_verifies_it_rechecks() -> None:
    held = do(report(S.WITH_CENTRE, kind="1204"), A.ANSWER, CENTRE, text="可以办理", around=pools(("a",)))
    assert (held.report.holder, held.report.assignee) == (AT_CENTRE, None)


def test_nobody_came_by_the_deadline_so_the_centre_is_called_as_ever() -> None:
    held = on_the_spot(GRID_MEMBER, pools((), (NEIGHBOUR.id,))).report
    late = next(line.report for line in rung(held, at(11, 25)) if line.details["effect"] == "centre_rechecks")
    assert late.holder == AT_CENTRE and A.CONFIRM in offered(late, CENTRE)


PEOPLE = st.lists(st.sampled_from(["both", COURIER.id, "a", "b", "c"]), max_size=4, unique=True).map(tuple)


@given(PEOPLE, PEOPLE, st.sampled_from([None, "both", "a", COURIER.id]))
def test_he_never_looks_at_his_own(own: tuple[str, ...], next_door: tuple[str, ...], verified_by: str | None) -> None:
    held: Report = by_village(BOTH, pools(own, next_door), verified_by=verified_by).report
    able = {*own, *next_door} - {"both", COURIER.id}
    assert held.assignee in able | {None}
    assert (held.holder == AT_CENTRE) is (not able)
