"""A visit is given by hand, taken off, or asked to be at another time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.care.model import CalledOff
from chalicelib.domain.care.offering import DeclineReason
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.errors import Conflict, Forbidden, NotFound
from chalicelib.services.care import allocating, offers, steps
from chalicelib.store.base import Transaction
from chalicelib.store.care import carriers, visits
from tests.builders import CENTRE, VILLAGE, VILLAGER
from tests.care_desk import actor, asked, carries, deeds, person, tick, waiting
from tests.caring import EVE, HOUR, NOON, NUMBERS, born, visit

S = VisitState
ID = "p1.20261123"
MINUTE = timedelta(minutes=1)
BESIDE, FAR = "350211102004", "350211102999"
GET, QUERY, BATCH, WRITE = "GetItem", "Query", "BatchGetItem", "TransactWriteItems"
pytestmark = pytest.mark.usefixtures("rules")


def test_by_hand_he_who_has_said_yes_has_it_and_else_he_alone_is_asked() -> None:
    carries("c1", (FAR,))
    carries("c2", free={})
    waiting()
    allocating.assign(ID, "c1", said_yes=False, key=None, by=CENTRE, now=EVE)
    assert (visits.get(ID).state, asked(), visits.get(ID).by_hand) == (S.OFFERED, "c1", True)
    given = allocating.assign(ID, "c2", said_yes=True, key=None, by=CENTRE, now=EVE)
    assert (given.state, given.courier_id, deeds()[-1]) == (S.ACCEPTED, "c2", "assigned")
    assert carriers.book("c1").open == ()


def test_nobody_is_given_what_he_is_not_trained_or_insured_for_nor_asked_once_he_has_declined() -> None:
    carries("c1", trained=frozenset())
    carries("c2")
    person("c3")
    waiting()
    for who in ("c1", "c3"):
        with pytest.raises(Conflict, match="carrier_barred"):
            allocating.assign(ID, who, said_yes=True, key=None, by=CENTRE, now=EVE)
    tick(EVE)
    offers.decline(ID, DeclineReason.NO_TIME, key=None, by=actor("c2"), now=EVE)
    with pytest.raises(Conflict, match="carrier_barred"):
        allocating.assign(ID, "c2", said_yes=False, key=None, by=CENTRE, now=EVE)
    with pytest.raises(Forbidden):
        allocating.assign(ID, "c2", said_yes=True, key=None, by=VILLAGER, now=EVE)


def test_one_that_is_called_off_by_hand_is_not_needed_any_more() -> None:
    waiting()
    after = allocating.call_off(ID, key=None, by=VILLAGER, now=EVE)
    assert (after.state, after.called_off) == (S.CANCELLED, CalledOff.BY_HAND)
    assert allocating.call_off(ID, key=None, by=VILLAGER, now=EVE) == after


def test_a_day_is_a_villages_or_for_the_centre_the_townships() -> None:
    waiting(visit(), visit(id="p2.20261123", village=BESIDE, start=NOON + HOUR, end=NOON + 2 * HOUR))
    page = allocating.day("2026-11-23", VILLAGE, limit=9, cursor=None, by=VILLAGER, now=EVE)
    assert [one.id for one in page.visits] == [ID]
    page = allocating.day("2026-11-23", None, limit=1, cursor=None, by=CENTRE, now=EVE)
    assert [one.id for one in page.visits] == [ID]
    page = allocating.day("2026-11-23", None, limit=1, cursor=page.cursor, by=CENTRE, now=EVE)
    assert ([one.id for one in page.visits], page.cursor) == (["p2.20261123"], None)
    with pytest.raises(NotFound):
        allocating.day("2026-11-23", BESIDE, limit=9, cursor=None, by=VILLAGER, now=EVE)
    with pytest.raises(Forbidden):
        allocating.day("2026-11-23", None, limit=9, cursor=None, by=VILLAGER, now=EVE)


def moving(courier_id: str = "c1") -> None:
    from chalicelib.domain.care.model import Move

    one = visit(state=S.ACCEPTED, courier_id=courier_id, asked=(courier_id,))
    move = Move(
        start=NOON + HOUR, end=NOON + 2 * HOUR, items=2, seal="", heavy=False, asked_at=EVE, until=EVE + 12 * HOUR
    )
    transaction = Transaction()
    steps.add(born(replace(one, move=move)), numbers=NUMBERS, transaction=transaction)
    transaction.commit()


def test_who_agrees_has_it_at_the_other_time_in_his_book_too() -> None:
    moving()
    after = offers.answer_move(ID, True, key=None, by=actor("c1"), now=EVE)
    assert (after.start, after.items, after.move, deeds()[-1]) == (NOON + HOUR, 2, None, "move_agreed")
    assert carriers.book("c1").held[0].start == NOON + HOUR


def test_whom_it_does_not_suit_lets_it_go_to_others_for_that_time() -> None:
    moving()
    after = offers.answer_move(ID, False, key=None, by=actor("c1"), now=EVE)
    assert (after.state, after.start, after.decliners) == (S.PLANNED, NOON + HOUR, ("c1",))
    assert carriers.book("c1").open == ()
    with pytest.raises(NotFound):
        offers.answer_move(ID, True, key=None, by=actor("c1"), now=EVE)


def test_who_does_not_answer_keeps_it_as_it_was() -> None:
    moving()
    tick(EVE + 12 * HOUR, times=2)
    after = visits.get(ID)
    assert (after.state, after.start, after.move, deeds()[-1]) == (S.ACCEPTED, NOON, None, "move_unanswered")
    with pytest.raises(Conflict, match="no_move_asked"):
        offers.answer_move(ID, True, key=None, by=actor("c1"), now=EVE + 13 * HOUR)


def test_what_would_overlap_at_the_other_time_stays_his_as_it_was() -> None:
    moving()
    waiting(visit(id="p2.20261123", start=NOON + HOUR, end=NOON + 2 * HOUR))
    carries("c1")
    allocating.assign("p2.20261123", "c1", said_yes=True, key=None, by=CENTRE, now=EVE)
    with pytest.raises(Conflict, match="care_overlap"):
        offers.answer_move(ID, True, key=None, by=actor("c1"), now=EVE)
