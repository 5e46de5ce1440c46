"""A courier says what he is willing to do, the centre records training and insurance; each moves where he is found."""

from datetime import date, time, timedelta

import pytest

from chalicelib.domain.care.books import Book
from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import Forbidden, IllegalAction, Invalid, StaleVersion
from chalicelib.domain.people.actions import PersonAction
from chalicelib.services.care import carriers
from chalicelib.services.people import own_data
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.care import carriers as store
from tests.bench.calls import counted
from tests.builders import CENTRE, GRID, NEXT_GRID, NOW, TOWNSHIP, VILLAGE, VILLAGER
from tests.care_desk import actor, carries, person
from tests.known import act

MEAL, FREE = frozenset({Service.MEAL}), {0: ((time(9), time(18)),)}
pytestmark = pytest.mark.usefixtures("rules")


def said(*grids: str, version: int | None = None, services: frozenset[Service] = MEAL) -> carriers.Shown:
    return carriers.profile(services, FREE, grids, version=version, by=actor("c1"), now=NOW)


def found(area: str) -> list[str]:
    return [one.courier_id for one in store.within(area)]


def test_who_says_where_he_carries_is_found_there() -> None:
    person("c1")
    said()
    assert (found(f"whole:{VILLAGE}"), found(f"village:{VILLAGE}")) == (["c1"], ["c1"])
    said(GRID, NEXT_GRID)
    assert (found(f"whole:{VILLAGE}"), found(f"grid:{GRID}")) == ([], ["c1"])
    assert [one.area for one in store.of_township(TOWNSHIP, "grid")] == [f"grid:{GRID}", f"grid:{NEXT_GRID}"]
    said(services=frozenset())
    assert (found(f"grid:{GRID}"), found(f"village:{VILLAGE}")) == ([], [])


def test_what_the_centre_records_is_in_every_copy_and_in_history() -> None:
    person("c1")
    said(GRID)
    carriers.train("c1", MEAL, by=CENTRE, now=NOW)
    carriers.insure("c1", date(2027, 1, 1), by=CENTRE, now=NOW)
    (copy,) = store.within(f"grid:{GRID}")
    assert (copy.trained, copy.insured_until, copy.employer) == (MEAL, date(2027, 1, 1), "圆通")
    told = history.happenings("carrier:c1")
    assert [(one.number, one.deed, one.actor_id) for one in told] == [
        (1, "profiled", "c1"),
        (2, "trained", CENTRE.id),
        (3, "insured", CENTRE.id),
    ]
    assert told[2].facts == {"until": "2027-01-01"}


def test_a_profile_is_written_over_what_was_read_alone() -> None:
    person("c1")
    said()
    with pytest.raises(StaleVersion):
        said(version=0)
    with pytest.raises(Invalid, match="unknown_area"):
        said("350211102004001")


def test_training_and_insurance_are_the_centres_to_record() -> None:
    person("c1")
    for by in (VILLAGER, actor("c1")):
        with pytest.raises(Forbidden):
            carriers.train("c1", MEAL, by=by, now=NOW)
    act(PersonAction.PAUSE, "c1")
    with pytest.raises(IllegalAction, match="not_a_courier"):
        carriers.insure("c1", None, by=CENTRE, now=NOW)


def test_saying_it_takes_two_reads_and_a_transaction_and_what_is_shown_two_more() -> None:
    person("c1")
    said()
    with counted() as calls:
        said(GRID)
    assert calls.names == ["GetItem", "GetItem", "TransactWriteItems", "GetItem", "GetItem"]


def test_who_let_go_of_too_many_is_asked_again_once_a_person_says_so() -> None:
    carries("c1")
    transaction = Transaction()
    store.put_book(Book(courier_id="c1", slips=(NOW,), paused_until=NOW + timedelta(days=9), version=1), transaction)
    transaction.commit()
    assert carriers.lift("c1", by=CENTRE, now=NOW).book.paused_until is None
    assert (store.book("c1").slips, history.happenings("carrier:c1")[-1].deed) == ((), "lifted")
    with pytest.raises(IllegalAction, match="care_not_paused"):
        carriers.lift("c1", by=CENTRE, now=NOW)


def test_of_who_is_forgotten_nothing_is_left_here() -> None:
    person("c1")
    said(GRID)
    own_data.close_account(actor("c1"), now=NOW)
    assert found(f"grid:{GRID}") == []
    assert own_data.erase("c1", now=NOW)
    assert (store.find("c1").version, store.book("c1").version) == (0, 0)
