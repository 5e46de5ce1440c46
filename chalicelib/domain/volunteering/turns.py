"""One change of a slot: what becomes of it, of people's sign-ups and books, and the lines that tell it.

All of it is written at once or not at all. Each line is a version of the slot, so that two who press at the same moment
come one after the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from chalicelib.domain.happenings import Happening, Thing, happened
from chalicelib.domain.volunteering.attendance import Book, SignUp
from chalicelib.domain.volunteering.model import Hand, Slot
from chalicelib.domain.volunteering.terms import Deed

type Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The slot as it was read and as it becomes. `freed`: slots where somebody waits who has time for them now."""

    before: Slot
    slot: Slot
    sign_ups: tuple[SignUp, ...] = ()
    books: tuple[Book, ...] = ()
    happenings: tuple[Happening, ...] = ()
    freed: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing happens."""
        return self.slot == self.before and not self.sign_ups

    def did(
        self, deed: Deed, hand: Hand, *, at: datetime, person_id: str | None = None, facts: Facts | None = None
    ) -> Self:
        """With a line more. A line says kinds, counts and instants, never names, places or words of anybody."""
        version = self.slot.version + 1
        line = happened(
            Thing.SLOT,
            self.slot.id,
            number=version,
            deed=deed,
            at=at,
            actor_id=hand.id,
            as_role=hand.role,
            township=self.slot.township,
            village=self.slot.matter.village,
            person_id=person_id,
            facts={"kind": self.slot.matter.kind, **(facts or {})},
        )
        return replace(self, slot=replace(self.slot, version=version), happenings=(*self.happenings, line))

    def holding(self, **changes: Any) -> Self:
        """With a slot that is changed so."""
        return replace(self, slot=replace(self.slot, **changes))

    def of(self, sign_up: SignUp, book: Book | None = None) -> Self:
        """With somebody's sign-up, and his book where that changes."""
        books = self.books if book is None else (*self.books, book)
        return replace(self, sign_ups=(*self.sign_ups, sign_up), books=books)


def turn(slot: Slot) -> Turn:
    """Nothing has happened yet."""
    return Turn(before=slot, slot=slot)


def when(slot: Slot) -> Facts:
    """When it is, as a line says it."""
    return {"start": slot.terms.start.isoformat(), "end": slot.terms.end.isoformat()}
