"""Use cases on who carries: what a courier says of himself, what the centre records, what follows from his round."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain.care import books, offering
from chalicelib.domain.care import carriers as rules
from chalicelib.domain.care.books import Book
from chalicelib.domain.care.carriers import Carrier, Free
from chalicelib.domain.care.model import By, Step, Visit, clock
from chalicelib.domain.care.terms import Service, VisitState
from chalicelib.domain.errors import Busy, IllegalAction, StaleVersion
from chalicelib.domain.happenings import Thing, happened
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Person, Role, require_any
from chalicelib.services.care import steps
from chalicelib.services.people import access
from chalicelib.services.reference import areas
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.care import carriers as store
from chalicelib.store.care import due
from chalicelib.store.people import people

TRIES = 10

type Change = Callable[[Carrier], Carrier]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A courier as one who carries, with his book."""

    carrier: Carrier
    book: Book


def mine(*, by: Actor) -> Shown:
    """One's own profile: two reads. Raises Forbidden (`role_needed`)."""
    by.require(Role.COURIER)
    return shown(by.id)


def show(courier_id: str, *, by: Actor, now: datetime) -> Shown:
    """Somebody's, for the centre: three reads, and the look is noted. Raises Forbidden (`role_needed`,
    `not_your_area`) before anything is read, NotFound."""
    require_any(by, [Role.CENTRE], areas.township(now=now))
    courier = people.get(courier_id).id
    access.record(by, What.SAW_PERSON, courier, now=now, details={"care": True})
    return shown(courier)


def profile(
    willing: frozenset[Service], free: Free, grids: tuple[str, ...], *, version: int | None, by: Actor, now: datetime
) -> Shown:
    """What a courier says of himself: what he is willing to do, when, in which grids of his round's villages.

    Two reads, one transaction with a copy in every area that he is found in. Raises Forbidden (`role_needed`),
    Invalid (`free_hours`, `unknown_area`, `grids_most`), StaleVersion.
    """
    by.require(Role.COURIER)
    person = people.get(by.id)
    known = frozenset(area.code for area in areas.listing(now=now)[0].grids)
    rules.check(free, grids, villages=person.round, known=known)
    before = store.find(by.id)
    if version not in (None, before.version):
        raise StaleVersion("stale_version", version=before.version)
    said = replace(before, willing=willing, free=free, grids=grids)
    after = rules.on_round(said, person.round, person.employer)
    _store(before, after, "profiled", By(id=by.id, role=Role.COURIER, at=now), now=now)
    return shown(by.id)


def train(courier_id: str, services: frozenset[Service], *, by: Actor, now: datetime) -> Shown:
    """The centre records for which services somebody is trained: all of them, each time."""
    return _record(courier_id, "trained", lambda one: replace(one, trained=services), by=by, now=now)


def insure(courier_id: str, until: date | None, *, by: Actor, now: datetime) -> Shown:
    """The centre records until which day somebody's accident insurance is valid; None where it is not."""
    return _record(courier_id, "insured", lambda one: replace(one, insured_until=until), by=by, now=now)


def lift(courier_id: str, *, by: Actor, now: datetime) -> Shown:
    """A person has looked at somebody who let go of too many: he is offered visits again.

    Raises Forbidden, NotFound, IllegalAction (`care_not_paused`), Busy.
    """
    require_any(by, [Role.CENTRE], areas.township(now=now))
    for _ in range(TRIES):
        book, carrier = store.book(courier_id), store.find(courier_id)
        if book.paused_until is None or book.paused_until <= now:
            raise IllegalAction("care_not_paused")
        transaction = Transaction()
        store.put_book(books.lifted(book), transaction)
        after = replace(carrier, version=carrier.version + 1)
        _write(carrier, after, "lifted", By(id=by.id, role=Role.CENTRE, at=now), transaction, now=now)
        try:
            transaction.commit()
            return Shown(carrier=after, book=books.lifted(book))
        except StaleVersion:
            continue
    raise Busy("store_contention")


def follow(before: Person, after: Person, *, now: datetime, transaction: Transaction) -> None:
    """What a change of a person does to him as a carrier, with it: where he is found; and that what he has is looked
    at. One read, where his round is another, or his employer while he has one; nothing for who never carried."""
    same = (before.round, before.employer) == (after.round, after.employer)
    if same or not (before.round or after.round):
        return
    carrier = store.find(after.id)
    if not carrier.version:
        return
    changed = rules.on_round(carrier, after.round, after.employer)
    _write(carrier, changed, "round_changed", clock(now), transaction, now=now)
    due.put(after.id, due.CARRIER, at=now, transaction=transaction)


def release(courier_id: str, *, at: datetime, now: datetime) -> None:
    """Let others have what somebody is asked for, and has not begun, where his round does not lead any more.

    Two reads, then what a step takes for each. As often as it is told. Raises Busy.
    """
    person = people.find(courier_id)
    villages = person.round if person else ()

    def decide(one: Visit) -> Step | None:
        if one.courier_id != courier_id or one.village in villages:
            return None
        if one.state is VisitState.OFFERED:
            return offering.withdrawn(one, clock(now))
        return offering.released(one, clock(now)) if one.state is VisitState.ACCEPTED else None

    for entry in store.book(courier_id).open:
        steps.change(entry.visit_id, decide, now=now)
    due.done(courier_id, due.CARRIER, at=at)


def forget(courier_id: str) -> None:
    """Let go of all that is kept of somebody as a carrier: a read, a transaction."""
    store.erase(store.find(courier_id))


def _record(courier_id: str, deed: str, change: Change, *, by: Actor, now: datetime) -> Shown:
    """Raises Forbidden (`role_needed`, `not_your_area`), NotFound, IllegalAction (`not_a_courier`), Busy."""
    require_any(by, [Role.CENTRE], areas.township(now=now))
    person = people.get(courier_id)
    if person.own_post not in person.posts:
        raise IllegalAction("not_a_courier")
    for _ in range(TRIES):
        before = store.find(courier_id)
        after = rules.on_round(change(before), person.round, person.employer)
        try:
            _store(before, after, deed, By(id=by.id, role=Role.CENTRE, at=now), now=now)
            return Shown(carrier=after, book=store.book(courier_id))
        except StaleVersion:
            continue
    raise Busy("store_contention")


def _store(before: Carrier, after: Carrier, deed: str, by: By, *, now: datetime) -> None:
    transaction = Transaction()
    _write(before, after, deed, by, transaction, now=now)
    transaction.commit()


def _write(before: Carrier, after: Carrier, deed: str, by: By, transaction: Transaction, *, now: datetime) -> None:
    store.put(before, after, transaction)
    line = happened(
        Thing.CARRIER,
        after.courier_id,
        number=after.version,
        deed=deed,
        at=by.at,
        actor_id=by.id,
        as_role=by.role,
        township=areas.township(now=now),
        person_id=after.courier_id,
        facts=_facts(after, deed),
    )
    history.append(line, transaction)


def _facts(carrier: Carrier, deed: str) -> Mapping[str, object]:
    """What was recorded, by the deed."""
    until = carrier.insured_until.isoformat() if carrier.insured_until else None
    facts: Mapping[str, Mapping[str, object]] = {
        "trained": {"services": sorted(carrier.trained)},
        "insured": {"until": until},
        "profiled": {"services": sorted(carrier.willing), "grids": len(carrier.grids)},
    }
    return facts.get(deed, {})


def shown(courier_id: str) -> Shown:
    """Somebody as one who carries: two reads."""
    return Shown(carrier=store.find(courier_id), book=store.book(courier_id))
