"""Lists of slots and sign-ups: a query each (see `items`)."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Annotated

from msgspec import Meta

from chalicelib.domain.volunteering.attendance import SignUp
from chalicelib.domain.volunteering.model import Slot
from chalicelib.domain.volunteering.terms import SlotState
from chalicelib.store import cursors
from chalicelib.store.volunteering.items import ByCourier, ByList, SlotItem, stamp
from chalicelib.store.volunteering.slots import DISPUTED, OPENED, TO_CONFIRM, sign_up_of, slot_of

type Key = Annotated[str, Meta(min_length=1, max_length=400)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A slot as a list has it: without its roster, with how many have a place and how many wait."""

    slot: Slot
    taken: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPage:
    """Some slots, what begins first in front, and where the next ones begin; None at the end."""

    slots: list[Listed]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUpPage:
    """Some sign-ups, and where the next ones begin; None at the end."""

    sign_ups: list[SignUp]
    cursor: str | None


def slots(places: Iterable[str], state: SlotState, *, since: datetime, limit: int, cursor: str | None) -> SlotPage:
    """What is called for in these villages (or a township, for all of it) from `since` on: a query for each."""
    behind = max(cursors.opened(cursor, Key) if cursor else "", stamp(since))
    queries = [_query(f"{place}#{state}", behind, limit) for place in places]
    found = list(heapq.merge(*queries, key=attrgetter("sort_key")))[: limit + 1]
    more = cursors.sealed(found[limit - 1].sort_key) if len(found) > limit else None
    return SlotPage(slots=[_listed(item) for item in found[:limit]], cursor=more)


def opened(person_id: str, *, limit: int, cursor: str | None) -> SlotPage:
    """The mediations that somebody opened and that were not called off: one query."""
    found = list(_query(f"{OPENED}{person_id}#{SlotState.OPEN}", cursors.opened(cursor, Key) if cursor else "", limit))
    more = cursors.sealed(found[limit - 1].sort_key) if len(found) > limit else None
    return SlotPage(slots=[_listed(item) for item in found[:limit]], cursor=more)


def to_confirm(village: str, *, limit: int, cursor: str | None) -> SignUpPage:
    """Whose hours in a village wait to be confirmed, the oldest first: one query."""
    return _waiting(f"{village}#{TO_CONFIRM}", limit, cursor)


def disputed(township: str, *, limit: int, cursor: str | None) -> SignUpPage:
    """What couriers dispute, the oldest first: one query."""
    return _waiting(f"{township}#{DISPUTED}", limit, cursor)


def _waiting(list_key: str, limit: int, cursor: str | None) -> SignUpPage:
    found = list(_query(list_key, cursors.opened(cursor, Key) if cursor else "", limit))
    more = cursors.sealed(found[limit - 1].sort_key) if len(found) > limit else None
    return SignUpPage(sign_ups=[sign_up_of(item) for item in found[:limit]], cursor=more)


def of_courier(courier_id: str, *, limit: int, cursor: str | None) -> SignUpPage:
    """A courier's sign-ups, the latest start in front: one query."""
    before = ByCourier.start_key < cursors.opened(cursor, Key) if cursor else None
    query = SlotItem.by_courier.query
    found = list(query(courier_id, before, scan_index_forward=False, limit=limit + 1))
    more = cursors.sealed(found[limit - 1].start_key) if len(found) > limit else None
    return SignUpPage(sign_ups=[sign_up_of(item) for item in found[:limit]], cursor=more)


def between(courier_id: str, start: datetime, end: datetime) -> Iterator[SignUp]:
    """A courier's sign-ups for what begins from `start` on and before `end`: a query a megabyte."""
    within = ByCourier.start_key.between(stamp(start), stamp(end))
    for item in SlotItem.by_courier.query(courier_id, within):
        yield sign_up_of(item)


def _query(list_key: str, behind: str, limit: int) -> Iterator[SlotItem]:
    later = ByList.sort_key > behind if behind else None
    yield from SlotItem.by_list.query(list_key, later, limit=limit + 1)


def _listed(item: SlotItem) -> Listed:
    return Listed(slot=slot_of(item), taken=int(item.taken or 0), waiting=int(item.waiting or 0))
