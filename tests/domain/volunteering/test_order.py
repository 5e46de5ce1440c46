"""Sign-ups, cancels, changes and the clock in whatever order: places, order of waiting, and nobody in two at once."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import DomainError
from chalicelib.domain.reference import numbers
from chalicelib.domain.volunteering import calling, following, signing
from chalicelib.domain.volunteering.attendance import Book, SignUp, Volunteer
from chalicelib.domain.volunteering.model import Call, Hand, Slot
from chalicelib.domain.volunteering.signing import Held
from chalicelib.domain.volunteering.terms import HELD, SignUpState
from chalicelib.domain.volunteering.turns import Turn, turn
from tests.builders import DATA, NOW, TOWNSHIP, VILLAGE
from tests.volunteers import HOUR, START, matter, terms

NUMBERS = numbers.read((Path(DATA) / "numbers.csv").read_bytes())
VILLAGER = Hand(id="village", role="village")
COURIERS, SLOTS = 5, 3
S = SignUpState


@dataclass
class World:
    """What a store would hold; a turn is written whole."""

    slots: dict[str, Slot] = field(default_factory=dict)
    sign_ups: dict[tuple[str, str], SignUp] = field(default_factory=dict)
    books: dict[str, Book] = field(default_factory=dict)
    lines: int = 0
    now: timedelta = timedelta()

    def begin(self) -> None:
        each = [terms(start=START + number * HOUR, capacity=1 + number % 2) for number in range(SLOTS)]
        call = Call(id="c", township=TOWNSHIP, matter=matter(), slots=SLOTS, by="village", as_role="village", at=NOW)
        for made in calling.slots_of(call, each, mediators=(), now=NOW):
            self.write(made)

    def write(self, turn: Turn) -> None:
        self.slots[turn.slot.id] = turn.slot
        for one in turn.sign_ups:
            held = self.sign_ups.get((one.slot_id, one.courier_id))
            assert one.version == (held.version if held else 0) + 1
            self.sign_ups[one.slot_id, one.courier_id] = one
        for book in turn.books:
            assert book.version == self.book(book.courier_id).version + 1
            self.books[book.courier_id] = book
        assert [line.number for line in turn.happenings] == list(range(turn.before.version + 1, turn.slot.version + 1))
        for slot_id in turn.freed:
            self.fill(slot_id)

    def book(self, id: str) -> Book:
        return self.books.get(id, Book(courier_id=id))

    def held(self, slot_id: str, id: str) -> Held:
        return Held(sign_up=self.sign_ups[slot_id, id], book=self.book(id))

    def waiters(self, slot_id: str) -> dict[str, Held]:
        return {id: self.held(slot_id, id) for id in self.slots[slot_id].waiting}

    def fill(self, slot_id: str) -> None:
        self.write(signing.promoted(turn(self.slots[slot_id]), self.waiters(slot_id), now=NOW + self.now))

    def sign_up(self, slot_id: str, id: str, _: int) -> None:
        slot = self.slots[slot_id]
        if slot.has_room and slot.waiting:
            self.fill(slot_id)
        who = Volunteer(id=id, villages=frozenset({VILLAGE}))
        own, now = self.sign_ups.get((slot_id, id)), NOW + self.now
        self.write(signing.signed_up(self.slots[slot_id], who, own, self.book(id), now=now, numbers=NUMBERS))

    def leave(self, slot_id: str, id: str, _: int) -> None:
        if (slot_id, id) in self.sign_ups:
            hand, now, waiters = Hand(id=id, role="courier"), NOW + self.now, self.waiters(slot_id)
            held = self.held(slot_id, id)
            self.write(signing.left(self.slots[slot_id], held, waiters, reason="", hand=hand, now=now, numbers=NUMBERS))

    def change(self, slot_id: str, _: str, by: int) -> None:
        slot = self.slots[slot_id]
        moved = terms(start=START + by * HOUR, capacity=max(1, len(slot.taken)) + by % 2)
        self.write(calling.changed(slot, moved, VILLAGER, now=NOW + self.now))

    def call_off(self, slot_id: str, _: str, by: int) -> None:
        if by == 0:  # rarely
            self.write(calling.called_off(self.slots[slot_id], "雨", VILLAGER, now=NOW + self.now))

    def follow(self, slot_id: str, id: str, _: int) -> None:
        if (slot_id, id) in self.sign_ups:
            held, waiters = self.held(slot_id, id), self.waiters(slot_id)
            self.write(following.followed(self.slots[slot_id], held, waiters, now=NOW + self.now))

    def wait(self, _: str, __: str, by: int) -> None:
        self.now += by * HOUR

    def holds(self) -> None:
        for slot in self.slots.values():
            assert len(slot.taken) <= slot.terms.capacity
            assert len({*slot.taken, *slot.waiting}) == len(slot.taken) + len(slot.waiting)
            signed = {one.courier_id: one for one in self.sign_ups.values() if one.slot_id == slot.id}
            assert {id for id, one in signed.items() if one.state in HELD} == set(slot.taken)
            assert {id for id, one in signed.items() if one.state is S.WAITING} == set(slot.waiting)
            assert [signed[id].at for id in slot.waiting] == sorted(signed[id].at for id in slot.waiting)
        for id, book in self.books.items():
            mine = {one.slot_id for one in self.sign_ups.values() if one.courier_id == id and one.state in HELD}
            assert {one.slot_id for one in book.held} == mine
            assert all(one.end <= other.start or other.end <= one.start for one, other in combinations(book.held, 2))


STEPS = ("sign_up", "sign_up", "sign_up", "leave", "leave", "change", "call_off", "follow", "follow", "wait")
STEP = st.tuples(st.sampled_from(STEPS), st.integers(1, SLOTS), st.integers(1, COURIERS), st.integers(0, 6))


@given(st.lists(STEP, max_size=60))
@settings(max_examples=300)
def test_whatever_the_order_places_are_not_exceeded_and_nobody_is_in_two_at_once(
    steps: list[tuple[str, int, int, int]],
) -> None:
    world = World()
    world.begin()
    for step, slot, courier, by in steps:
        world.now += timedelta(seconds=1)
        with suppress(DomainError):
            getattr(world, step)(f"c.{slot}", f"rider-{courier}", by)
        world.holds()
