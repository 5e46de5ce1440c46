"""Two press at once, and the clock with them: on the store one of them has it, and each book says so."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.care.offering import DeclineReason
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.errors import DomainError
from chalicelib.services.care import allocating, offers
from chalicelib.store import history
from chalicelib.store.care import carriers, visits
from tests.builders import CENTRE
from tests.care_desk import accept, actor, carries, deeds, tick, waiting
from tests.caring import EVE, visit

S = VisitState
COURIERS = ("c0", "c1", "c2")
pytestmark = pytest.mark.usefixtures("rules")

type Presses = list[tuple[str, str]]

presses = st.lists(
    st.tuples(st.sampled_from(["accept", "decline", "assign", "clock"]), st.sampled_from(COURIERS)),
    min_size=2,
    max_size=6,
)


def press(id: str, what: str, who: str) -> None:
    now = EVE + timedelta(minutes=15)
    try:
        if what == "accept":
            accept(who, id, now=now)
        elif what == "decline":
            offers.decline(id, DeclineReason.OTHER, key=None, by=actor(who), now=now)
        elif what == "assign":
            allocating.assign(id, who, said_yes=True, key=None, by=CENTRE, now=now)
        else:
            tick(now)
    except DomainError:
        return


def press_all(id: str, many: Presses) -> None:
    for what, who in many:
        press(id, what, who)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=presses, second=presses)
def test_however_they_press_one_has_it_and_the_books_agree(first: Presses, second: Presses) -> None:
    number = next(numbers)
    id = f"q{number}.20261123"
    for who in COURIERS:
        if not carriers.find(who).version:
            carries(who)
    waiting(visit(id=id, plan_id=f"q{number}", seek_at=EVE))
    tick(EVE)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda many: press_all(id, many), (first, second)))
    found, books = visits.get(id), [carriers.book(who) for who in COURIERS]
    assert [book.courier_id for book in books if id in {one.visit_id for one in book.held}] == (
        [found.holder] if found.holder else []
    )
    has_asked = [book.courier_id for book in books if id in {one.visit_id for one in book.asked}]
    assert has_asked == ([found.courier_id] if found.state is S.OFFERED else [])
    told = deeds(id)
    assert sum(deed in ("accepted", "assigned") for deed in told) <= 1
    declined = [one.person_id for one in history.happenings(f"visit:{id}") if one.deed == "declined"]
    assert found.state is not S.OFFERED or found.courier_id not in declined
    clear(id)


def clear(id: str) -> None:
    """So that the next example finds nobody busy."""
    if visits.get(id).state in (S.PLANNED, S.OFFERED, S.ACCEPTED):
        allocating.call_off(id, key=None, by=CENTRE, now=EVE)


numbers = iter(range(10_000))
