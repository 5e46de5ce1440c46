"""A blind re-check: who may accept it, when it is over, and who is asked next."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Conflict, DomainError, Forbidden, NotFound
from chalicelib.domain.people.model import Actor, Person, PersonState, Role
from chalicelib.domain.rechecks import tasks
from chalicelib.domain.rechecks.tasks import Finding, Task, TaskState
from tests.builders import COURIER, COURIER2, GRID, GRID_MEMBER, NOW, RULES, actor
from tests.rechecking import HOUR, offered, rider

T = TaskState


def accept(task: Task, person: Person, *, now: Any = NOW) -> Task:
    return tasks.accepted(task, person, now=now, numbers=RULES.numbers)


def refused(do: Any) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as refusal:
        do()
    return type(refusal.value), refusal.value.rule


def test_it_is_offered_for_three_days_and_answered_within_one() -> None:
    task = offered()
    assert (task.state, task.until, task.due_at) == (T.OPEN, NOW + 72 * HOUR, NOW + 72 * HOUR)
    mine = accept(task, rider(), now=NOW + HOUR)
    assert (mine.state, mine.courier, mine.due_at) == (T.ACCEPTED, COURIER2.id, NOW + 25 * HOUR)
    done = tasks.answered(mine, Finding.NOT_SOLVED, COURIER2, now=NOW + 2 * HOUR)
    assert (done.state, done.answer, done.due_at, done.barred) == (T.DONE, Finding.NOT_SOLVED, None, ())


def test_who_reported_it_or_wrote_a_line_of_it_is_not_asked() -> None:
    task = offered()
    assert set(task.barred) >= {COURIER.id, GRID_MEMBER.id}
    assert refused(lambda: accept(task, rider(COURIER.id))) == (Forbidden, "recheck_took_part")
    assert not tasks.is_shown(task, rider(COURIER.id), NOW) and tasks.is_shown(task, rider(), NOW)


def test_only_couriers_on_whose_round_it_lies() -> None:
    task = offered()
    assert refused(lambda: accept(task, rider("a", "350211102004"))) == (NotFound, "no_such_recheck")
    assert refused(lambda: accept(task, rider(state=PersonState.PAUSED))) == (NotFound, "no_such_recheck")
    assert not tasks.is_shown(task, rider("a", "350211102004"), NOW)


@pytest.mark.parametrize(
    ("by", "rule"),
    [
        (GRID_MEMBER, "role_needed"),
        (actor("both", (Role.COURIER, "both"), (Role.GRID_MEMBER, GRID)), "couriers_recheck"),
    ],
)
def test_staff_do_not_look_blindly(by: Actor, rule: str) -> None:
    assert refused(lambda: tasks.require_courier(by)) == (Forbidden, rule)
    tasks.require_courier(COURIER)


def test_the_first_has_it() -> None:
    mine = accept(offered(), rider())
    assert refused(lambda: accept(mine, rider("third"))) == (Conflict, "recheck_taken")
    assert tasks.is_shown(mine, rider(), NOW) and not tasks.is_shown(mine, rider("third"), NOW)
    assert refused(lambda: tasks.answered(mine, Finding.SOLVED, COURIER, now=NOW)) == (NotFound, "no_such_recheck")


def test_what_is_over_is_neither_accepted_nor_answered() -> None:
    task = offered()
    assert refused(lambda: accept(task, rider(), now=NOW + 72 * HOUR)) == (Conflict, "recheck_over")
    assert not tasks.is_shown(task, rider(), NOW + 72 * HOUR)
    void = tasks.voided(task, task.number + 1)
    assert void is not None and refused(lambda: accept(void, rider())) == (Conflict, "recheck_over")
    mine = accept(task, rider())
    late = mine.due_at or NOW
    assert refused(lambda: tasks.answered(mine, Finding.SOLVED, COURIER2, now=late)) == (Conflict, "recheck_over")


def test_not_answered_in_time_it_is_offered_anew_and_not_to_him() -> None:
    mine = accept(offered(), rider())
    assert tasks.lapsed(mine, NOW + 23 * HOUR) is None
    again = tasks.lapsed(mine, NOW + 24 * HOUR)
    assert again is not None and (again.state, again.courier, again.due_at) == (T.OPEN, None, NOW + 72 * HOUR)
    assert COURIER2.id in again.barred
    assert accept(again, rider("third"), now=NOW + 30 * HOUR).courier == "third"


def test_who_cannot_tell_leaves_it_to_somebody_else() -> None:
    mine = accept(offered(), rider())
    again = tasks.answered(mine, Finding.CANNOT_TELL, COURIER2, now=NOW + HOUR)
    assert again.state is T.OPEN and COURIER2.id in again.barred and again.answer is None


def test_when_the_time_for_offers_is_over_so_is_it() -> None:
    expired = tasks.lapsed(offered(), NOW + 72 * HOUR)
    assert expired is not None and (expired.state, expired.due_at, expired.barred) == (T.EXPIRED, None, ())
    last = accept(offered(), rider(), now=NOW + 60 * HOUR)
    over = tasks.lapsed(last, NOW + 84 * HOUR)
    assert over is not None and over.state is T.EXPIRED
    told = tasks.answered(last, Finding.CANNOT_TELL, COURIER2, now=NOW + 80 * HOUR)
    assert told.state is T.EXPIRED


def test_what_is_opened_again_later_voids_it_and_earlier_does_not() -> None:
    task = offered()
    for live in (task, accept(task, rider())):
        void = tasks.voided(live, task.number + 1)
        assert void is not None and (void.state, void.due_at) == (T.VOID, None)
        assert tasks.voided(live, task.number) is None and tasks.voided(void, task.number + 9) is None


STEPS = st.lists(
    st.tuples(st.sampled_from(["accept", "answer", "cannot", "fire", "void"]), st.integers(0, 4), st.integers(0, 40)),
    max_size=30,
)
PEOPLE = (COURIER.id, GRID_MEMBER.id, "a", "b", "c")


@given(STEPS)
def test_whatever_happens_one_at_most_has_it_never_who_took_part_and_it_ends(steps: list[tuple[str, int, int]]) -> None:
    task, now = offered(), NOW
    barred = set(task.barred)
    for what, who, hours in steps:
        now, person = now + hours * HOUR, rider(PEOPLE[who])
        before = task
        try:
            task = done(task, what, person, now) or task
        except DomainError:
            assert task is before
        assert task.courier not in barred
        assert (task.due_at is not None) is (task.state in tasks.LIVE)
        assert task.state is not T.ACCEPTED or task.courier is not None
        assert before.state in tasks.LIVE or task is before
    for _ in range(len(PEOPLE) * 2):
        if task.due_at:
            task = tasks.lapsed(task, task.due_at) or task
    assert task.state not in tasks.LIVE


def done(task: Task, what: str, person: Person, now: Any) -> Task | None:
    if what == "accept":
        return accept(task, person, now=now)
    if what in ("answer", "cannot"):
        said = Finding.SOLVED if what == "answer" else Finding.CANNOT_TELL
        return tasks.answered(task, said, person.actor, now=now)
    return tasks.lapsed(task, now) if what == "fire" else tasks.voided(task, task.number + 1)
