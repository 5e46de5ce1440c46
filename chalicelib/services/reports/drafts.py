"""Use cases on parked drafts: park one, look at them, throw one away; the clock reminds. `intake` files them."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.places import Crs, point_from
from chalicelib.domain.reference.calendar import local_minute
from chalicelib.domain.reports import drafts as rules
from chalicelib.domain.reports.drafts import Drawer, Parked
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import rulebook, terms
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox
from chalicelib.store.reports import drafts as store

TERM, TEMPLATE = "parked_draft", "drafts_waiting"
TRIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """What a phone sends: when by its own clock, where if it knows, a picture's name on the phone, a word."""

    at: datetime | None
    lat: float | None
    lon: float | None
    crs: Crs
    accuracy: float | None
    photo: str
    word: str


def park(id: str, tap: Tap, *, key: Key | None, by: Actor, now: datetime) -> Parked:
    """Keep time and place: a read and a transaction. It may come late, with its own time.

    Raises Forbidden (`role_needed`), Invalid (`draft_too_old`, `observed_in_future`), CapReached (`parked_drafts`),
    KeyReused, Busy.
    """
    by.require(Role.COURIER)
    draft, numbers = _draft(id, tap, now), rulebook.in_force(now=now).numbers

    def do() -> Parked:
        drawer = rules.parked(store.get(by.id), draft, numbers=numbers, now=now)
        transaction = Transaction()
        store.put(drawer, transaction)
        if remind_at := rules.remind_at(drawer, numbers=numbers, now=now):
            store.remind(by.id, at=remind_at, transaction=transaction)
        if key:
            idempotency.claim(key, id, now=now, transaction=transaction)
        transaction.commit()
        return draft

    return once(key, lambda: tried(do), lambda made: _again(replace(draft, id=made), by, now))


def _draft(id: str, tap: Tap, now: datetime) -> Parked:
    kept = terms.kept(TERM, now=now)
    at = rules.dated(tap.at, kept=kept, now=now)
    return Parked(
        id=id,
        at=at,
        told_at=now,
        expires_at=at + kept,
        point=None if tap.lat is None or tap.lon is None else point_from(tap.lat, tap.lon, crs=tap.crs),
        crs=tap.crs,
        accuracy=tap.accuracy,
        photo=tap.photo,
        word=tap.word.strip(),
    )


def _again(draft: Parked, by: Actor, now: datetime) -> Parked:
    """The draft as it was parked; as it is told again where it was filed or thrown away since."""
    return next((one for one in own(by.id, now=now) if one.id == draft.id), draft)


def own(person_id: str, *, now: datetime) -> tuple[Parked, ...]:
    """What somebody has parked, oldest first: one read."""
    return store.get(person_id).alive(now)


def view(draft_id: str, *, by: Actor, now: datetime) -> Parked:
    """One that somebody has parked: one read. Raises NotFound (`no_such_draft`)."""
    return rules.find(store.get(by.id), draft_id, now=now)


def remove(draft_id: str, *, by: Actor, now: datetime) -> None:
    """Throw one away: a read and a write. Raises NotFound (`no_such_draft`), Busy."""

    def do() -> None:
        transaction = Transaction()
        store.put(rules.without(store.get(by.id), draft_id, now=now), transaction)
        transaction.commit()

    tried(do)


def taken_out(draft_id: str, *, by: Actor, now: datetime) -> tuple[Parked, Drawer]:
    """One that becomes a report, and the drawer without it, to be stored with the report. Raises NotFound."""
    drawer = store.get(by.id)
    return rules.find(drawer, draft_id, now=now), rules.without(drawer, draft_id, now=now)


def tried[T](attempt: Callable[[], T]) -> T:
    """What the attempt gives; his other phone may be faster. Raises Busy (`store_contention`)."""
    for _ in range(TRIES):
        with suppress(StaleVersion):
            return attempt()
    raise Busy("store_contention")


def fire(person_id: str, *, at: datetime, now: datetime) -> None:
    """Remind somebody of what he parked, once an evening however often it is asked; nothing where nothing is left: a
    read and at most two writes."""
    drawer, numbers = store.get(person_id), rulebook.in_force(now=now).numbers
    waiting = drawer.alive(now)
    if waiting:
        first = min(one.expires_at for one in waiting)
        facts = {"count": same(len(waiting)), "until": same(local_minute(first))}
        words = sentences().render(TEMPLATE, facts)
        inbox.leave(unprompted(person_id, TEMPLATE, at.isoformat(), words, at=at))
    if next_at := rules.remind_at(drawer, numbers=numbers, now=now):
        transaction = Transaction()
        store.remind(person_id, at=next_at, transaction=transaction)
        transaction.commit()
    else:
        store.reminded(person_id, at=at)
