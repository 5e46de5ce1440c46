"""A blind re-check contradicts who had said that it is solved."""

from dataclasses import replace

from chalicelib.domain.events import Event
from chalicelib.domain.fraud import closings, signals
from chalicelib.domain.reports.model import Action, Status
from tests.builders import COURIER, COURIER2, GRID_MEMBER, WORKS
from tests.lines import event, standing, told

A, S = Action, Status


def looked(before: list[Event], answer: str = "not_solved") -> list[Event]:
    last = event(
        A.BLIND_RECHECK,
        standing(S.CLOSED),
        standing(S.CLOSED),
        number=len(before) + 1,
        actor_id=COURIER2.id,
        as_role="blind_rechecker",
        details={"answer": answer},
    )
    return [*before, last]


def test_who_resolved_it_is_named_and_who_confirmed_it_is_involved() -> None:
    lines = told((A.DISPATCH, S.IN_HANDLING), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED))
    lines[2] = replace(lines[2], actor_id=WORKS.id)
    draft = closings.contradicted(looked(lines))
    assert draft and draft.person_id == WORKS.id
    assert set(draft.involved) == {GRID_MEMBER.id, COURIER.id, COURIER2.id}
    assert draft.evidence[0].facts["line"] == 5


def test_who_verified_it_as_gone_is_contradicted_too() -> None:
    draft = closings.contradicted(looked(told((A.VERIFY, S.CLOSED))))
    assert draft and draft.person_id == GRID_MEMBER.id


def test_what_the_clock_did_is_nobodys() -> None:
    lines = told((A.FALL_DUE, S.CLOSED))
    lines[1] = replace(lines[1], actor_id="")
    assert closings.contradicted(looked(lines)) is None


def test_only_a_look_that_found_it_undone_is_heard_of() -> None:
    lines = told((A.VERIFY, S.CLOSED))
    assert [signals.concerns(looked(lines, answer)[-1]) for answer in ("not_solved", "solved", "cannot_tell")] == [
        True,
        False,
        False,
    ]


def test_the_first_line_of_what_staff_filed_is_heard_of_for_its_photos_alone() -> None:
    first = replace(told()[0], earns=False)
    assert signals.concerns(first)
