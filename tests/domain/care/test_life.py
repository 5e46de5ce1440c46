"""A visit's table, walked."""

import pytest

from chalicelib.domain.care.life import ENDED, HELD, OPEN, TRANSITIONS, leads_to
from chalicelib.domain.care.terms import VisitAction, VisitState

A, S = VisitAction, VisitState


def reachable(start: VisitState) -> set[VisitState]:
    """Every state that a visit may come to from there."""
    seen, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        new = {after for action in A for after in leads_to(state, action)} - seen
        seen |= new
        waiting += new
    return seen


def test_every_state_is_come_to_and_every_action_is_of_use() -> None:
    assert reachable(S.PLANNED) == set(S)
    assert {action for _, action in TRANSITIONS} == set(A)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_stays_so(state: VisitState) -> None:
    assert all(leads_to(state, action) == () for action in A)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_what_is_open_can_end_and_the_clock_looks_after_it(state: VisitState) -> None:
    assert reachable(state) & ENDED
    assert leads_to(state, A.FALL_DUE)


@pytest.mark.parametrize("state", sorted(HELD))
def test_what_a_courier_has_is_offered_to_nobody(state: VisitState) -> None:
    assert not any(leads_to(state, action) for action in (A.OFFER, A.ACCEPT, A.ASSIGN, A.LAPSE))


def test_nobody_has_a_visit_who_has_not_said_yes() -> None:
    into = {(state, action) for (state, action), after in TRANSITIONS.items() if S.ACCEPTED in after}
    assert {action for state, action in into if state not in HELD} == {A.ACCEPT, A.ASSIGN}


def test_once_a_bag_is_out_nobody_lets_go_of_it() -> None:
    for state in (S.PICKED_UP, S.ARRIVED, S.HANDED_OVER):
        assert S.PLANNED not in reachable(state)


def test_a_door_that_stays_shut_is_the_villages_to_the_end() -> None:
    assert reachable(S.UNANSWERED) == {S.UNANSWERED, S.DONE}
