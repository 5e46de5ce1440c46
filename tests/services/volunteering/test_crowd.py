"""Many press at once on the real store; a death at any call leaves all of a step or nothing; what is asked of AWS."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from random import Random
from threading import Barrier

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.volunteering.terms import Direction, SlotState
from chalicelib.services.reference import terms as reference
from chalicelib.services.volunteering import calls, clock, hours, keeping, signing, slots
from chalicelib.services.volunteering.calls import Wish
from chalicelib.store.volunteering import slots as store
from tests.bench.calls import counted
from tests.builders import COURIER, NOW, VILLAGE, VILLAGER
from tests.machine import Dead, Machine, plugged_in
from tests.volunteers import (
    DAY,
    HOUR,
    SLOT,
    START,
    called,
    confirm,
    courier,
    deeds,
    leave,
    matter,
    own,
    scan,
    sign_up,
    slot,
    terms,
)

pytestmark = pytest.mark.usefixtures("rules")
READ, LOOK, QUERY, WRITE = "BatchGetItem", "GetItem", "Query", "TransactWriteItems"


def at_once(steps: Sequence[Callable[..., object]]) -> None:
    """All of them in the same moment; who is refused is refused."""
    gate = Barrier(len(steps))

    def run(step: Callable[..., object]) -> None:
        gate.wait()
        try:
            step()
        except DomainError as refusal:
            assert refusal.rule in ("slot_clash", "slot_full", "slot_waiting_full"), refusal.rule

    with ThreadPoolExecutor(len(steps)) as pool:
        list(pool.map(run, steps))


def test_of_twelve_who_press_at_once_for_two_overlapping_slots_nobody_is_in_both() -> None:
    called(terms(capacity=4), terms(start=START + HOUR, capacity=4))
    riders = [courier(number) for number in range(8)]
    steps = [lambda id=id, who=who: sign_up(id, by=who) for who in riders for id in (SLOT, "c1.2")]
    Random(7).shuffle(steps)
    at_once(steps)
    one, other = slot(), slot("c1.2")
    assert len(one.taken) == len(other.taken) == 4 and not set(one.taken) & set(other.taken)
    assert len(set(one.waiting)) == len(one.waiting) and not set(one.waiting) & set(one.taken)


def test_leaving_and_coming_at_once_neither_loses_nor_doubles_a_place() -> None:
    called(terms(capacity=3))
    riders = [courier(number) for number in range(9)]
    for who in riders[:6]:
        sign_up(by=who)
    leavers = [lambda who=who: leave(by=who) for who in riders[:3]]
    at_once(leavers + [lambda who=who: sign_up(by=who) for who in riders[6:]])
    assert slot().taken == ("rider-3", "rider-4", "rider-5")
    assert set(slot().waiting) == {"rider-6", "rider-7", "rider-8"}
    assert slot().version == len(deeds())


@pytest.mark.parametrize("after", [False, True])
def test_a_death_between_any_two_calls_leaves_all_of_it_or_nothing(after: bool) -> None:
    called(terms(capacity=1))
    sign_up(by=courier(0))
    sign_up(by=courier(1))
    number = 0
    while True:
        try:
            with plugged_in(Machine(dies_at=number, after=after)):
                leave(by=courier(0))
        except Dead:
            number += 1
            assert slot().taken in (("rider-0",), ("rider-1",))
            assert [one.slot_id for one in store.books(slot().taken)[slot().taken[0]].held] == [SLOT]
            continue
        break
    assert slot().taken == ("rider-1",) and deeds()[-2:] == ["cancelled", "promoted"] and number > 1


type Cost = Callable[..., list[str]]


@pytest.fixture
def cost(rules: None) -> Iterator[Cost]:
    """What a step asks of AWS, by a process that knows the rules in force."""
    for who in (0, 1, COURIER.id):
        courier(who)
    called(id="warm")
    with counted() as made:

        def of(step: Callable[[], object], at: datetime = NOW) -> list[str]:
            knows_the_rules(at)
            made.made.clear()
            step()
            return made.names

        yield of


def test_a_call_with_twenty_slots_is_one_transaction_and_a_list_a_query_for_each_place(cost: Cost) -> None:
    key = Key(caller_id=VILLAGER.id, key="k", fingerprint="f")
    wish = Wish(matter=matter(), each=[terms(start=START + number * 3 * HOUR) for number in range(20)])
    assert cost(lambda: calls.make("c1", wish, key=key, by=VILLAGER, now=NOW)) == [WRITE]
    assert cost(lambda: listed(VILLAGE)) == [QUERY]
    assert cost(lambda: listed(None)) == [LOOK, QUERY, QUERY]


def test_coming_and_going_is_two_reads_and_a_transaction_and_who_waits_two_reads_more(cost: Cost) -> None:
    called(terms(capacity=1))
    assert cost(lambda: sign_up(by=courier_of(0))) == [LOOK, READ, WRITE]
    assert cost(lambda: sign_up()) == [LOOK, READ, WRITE]
    assert cost(lambda: leave(by=courier_of(0))) == [READ, READ, READ, WRITE]
    assert cost(lambda: slots.view(SLOT, by=COURIER)) == [READ]
    assert cost(lambda: signing.own(COURIER.id, limit=9, cursor=None)) == [QUERY]


def test_a_change_is_a_read_and_a_transaction_and_for_each_of_the_people_as_much(cost: Cost) -> None:
    called(terms(capacity=1))
    sign_up()
    later = terms(capacity=1, start=START + HOUR)
    assert cost(lambda: slots.change(SLOT, later, version=1, by=VILLAGER, now=NOW)) == [READ, WRITE]
    assert cost(lambda: clock.fire(SLOT, at=NOW, now=NOW)) == [READ, QUERY, READ, WRITE, READ, QUERY, WRITE]


def test_a_scan_and_a_confirmation_are_a_read_and_a_transaction_and_a_statement_a_query(cost: Cost) -> None:
    called()
    sign_up()
    assert cost(lambda: scan(Direction.IN, START), START) == [READ, WRITE]
    assert cost(lambda: scan(Direction.OUT, START + 2 * HOUR), START + 2 * HOUR) == [READ, WRITE]
    assert cost(lambda: confirm(now=START + DAY), START + DAY) == [READ, WRITE]
    assert cost(lambda: hours.statement(COURIER.id, "2026")) == [QUERY]
    assert own().minutes == 120


def listed(village: str | None) -> object:
    """What a courier finds."""
    return slots.listing(village, SlotState.OPEN, since=None, by=COURIER, now=NOW, limit=9, cursor=None)


def knows_the_rules(now: datetime) -> None:
    """The process has read what is in force then."""
    keeping.numbers(now)
    reference.kept(keeping.HOURS, now=now)


def courier_of(number: int) -> Actor:
    """One of many, known already."""
    from tests.shop import courier as actor_of

    return actor_of(number)
