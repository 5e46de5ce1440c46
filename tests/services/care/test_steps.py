"""Every step of a visit is stored in one way: with the books of those concerned, the clock and what happened."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.domain.care import offering
from chalicelib.domain.care.model import Step, Visit, stepped
from chalicelib.domain.care.terms import VisitAction, VisitState
from chalicelib.domain.errors import CapReached, Conflict, IllegalAction, NotFound
from chalicelib.services.care import steps
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.care import carriers, due, visits
from chalicelib.store.reports import due as reports_due
from chalicelib.store.reports.reports import due_shard
from tests.caring import CLERK, EVE, HOUR, NOON, NUMBERS, born, by, taken, visit

A, S = VisitAction, VisitState
pytestmark = pytest.mark.usefixtures("rules")


def bear(*every: Visit) -> None:
    transaction = Transaction()
    for one in every:
        steps.add(born(one), numbers=NUMBERS, transaction=transaction)
    transaction.commit()


def offered(id: str = "p1.20261123", *, to: str = "c1", **changes: object) -> Visit:
    return visit(id=id, state=S.OFFERED, courier_id=to, asked_until=EVE + HOUR, **changes)


def accept(id: str = "p1.20261123", courier: str = "c1") -> Visit:
    return steps.change(id, lambda one: taken(one, courier), now=EVE)


def give(id: str, courier: str = "c1") -> Visit:
    """By hand, to who has said yes."""
    return steps.change(id, lambda one: offering.assigned(one, courier, CLERK), now=EVE)


def let_go(*, slip: bool, at: timedelta = timedelta()) -> Callable[[Visit], Step]:
    return lambda one: stepped(
        one, A.GIVE_UP, S.PLANNED, deed="released", by=by("c1", EVE + at), courier_id=None, slip=slip
    )


def dues(id: str) -> list[tuple[str, object]]:
    found = reports_due.fallen(due_shard(id), NOON + 9 * HOUR)
    return [(one.part, one.at) for one in found if one.id == id]


def test_a_step_is_stored_with_the_book_the_clock_and_a_line() -> None:
    bear(offered())
    assert dues("p1.20261123") == [(due.VISIT, EVE + HOUR)]
    after = accept()
    assert visits.get(after.id) == after
    assert [one.visit_id for one in carriers.book("c1").held] == [after.id]
    assert dues(after.id) == [(due.VISIT, NOON + HOUR / 6)]  # does he come?
    told = history.happenings(f"visit:{after.id}")
    assert [(one.number, one.deed, one.person_id) for one in told] == [(1, "planned", None), (2, "accepted", "c1")]
    assert told[1].facts["service"] == "meal"


def test_what_is_decided_to_be_nothing_changes_nothing() -> None:
    bear(offered())
    assert steps.change("p1.20261123", lambda _: None, now=EVE).version == 1


def test_the_table_of_a_visits_life_refuses_first() -> None:
    bear(visit())
    with pytest.raises(IllegalAction) as refused:
        accept()
    assert refused.value.facts == {"action": A.ACCEPT, "state": S.PLANNED}
    with pytest.raises(NotFound):
        accept("p1.20261124")


def test_nobody_has_more_than_four_nor_two_at_one_time() -> None:
    every = [visit(id=f"p{n}.20261123", start=NOON + n * HOUR, end=NOON + (n + 1) * HOUR) for n in range(5)]
    bear(*every, visit(id="p9.20261123", start=NOON + HOUR / 2, end=NOON + HOUR))
    give("p0.20261123")
    with pytest.raises(Conflict, match="care_overlap"):
        give("p9.20261123")
    for n in (1, 2, 3):
        give(f"p{n}.20261123")
    with pytest.raises(CapReached, match="care_open_runs"):
        give("p4.20261123")
    assert visits.get("p4.20261123").state is S.PLANNED


def test_pressed_at_once_no_more_than_four_are_his() -> None:
    bear(*(visit(id=f"p{n}.20261123", start=NOON + n * HOUR, end=NOON + (n + 1) * HOUR) for n in range(7)))

    def press(n: int) -> bool:
        try:
            give(f"p{n}.20261123")
        except CapReached:
            return False
        return True

    with ThreadPoolExecutor(7) as pool:
        assert sum(pool.map(press, range(7))) == 4
    book = carriers.book("c1")
    assert len(book.held) == 4
    assert {visits.get(one.visit_id).holder for one in book.held} == {"c1"}


def test_what_is_done_leaves_the_book_and_counts_there() -> None:
    bear(offered())
    accept()
    steps.change("p1.20261123", lambda one: stepped(one, A.ARRIVE, S.ARRIVED, deed="arrived", by=by("c1")), now=NOON)
    steps.change("p1.20261123", lambda one: stepped(one, A.CHECK, S.DONE, deed="done", by=by("c1", NOON)), now=NOON)
    book = carriers.book("c1")
    assert (book.held, book.recent(NOON), book.recent(NOON + timedelta(days=29))) == ((), 1, 0)
    assert dues("p1.20261123") == []


def test_who_lets_go_after_a_look_three_times_a_month_is_asked_no_more() -> None:
    ids = [f"p{n}.20261123" for n in range(4)]
    bear(*(visit(id=id) for id in ids))
    for n, id in enumerate(ids[:3]):
        give(id)
        steps.change(id, let_go(slip=True, at=n * HOUR), now=EVE)
    assert carriers.book("c1").paused_until == EVE + timedelta(days=30)
    with pytest.raises(Conflict, match="care_offers_paused"):
        give(ids[3])


def test_who_lets_go_unseen_is_not_counted() -> None:
    bear(offered())
    accept()
    steps.change("p1.20261123", let_go(slip=False), now=EVE)
    assert (carriers.book("c1").slips, carriers.book("c1").held) == ((), ())
