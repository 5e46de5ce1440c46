"""How a visit changes: the one way in which any step of it is stored.

One transaction holds the visit over the version that was decided on, the books of the couriers whom it comes to or
leaves, when the clock looks at it next, and what happened. Who was overtaken decides anew on what is there by then.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.care import books
from chalicelib.domain.care.clock import next_at
from chalicelib.domain.care.model import Step, Visit
from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.happenings import Happening, Thing, happened
from chalicelib.domain.idempotency import Key
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.services.reference import rulebook
from chalicelib.store import history, idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.care import carriers, due, ladders, visits

TRIES = 20  # each that is lost means that somebody else took a step

type Decide = Callable[[Visit], Step | None]
type Also = Callable[[Step, Transaction], None]


def change(visit_id: str, decide: Decide, *, now: datetime, key: Key | None = None, also: Also | None = None) -> Visit:
    """Decide on the visit as it stands, and store that; where the decision is None, nothing: what there is, is given.

    `also` adds to the transaction. One read, a read for each book that changes, one transaction. Raises NotFound
    (`no_such_visit`), what `decide` and the books refuse (`care_open_runs`, `care_overlap`, `care_offers_paused`),
    KeyReused, and Busy (`visit_contention`) under contention that does not end.
    """
    for _ in range(TRIES):
        before = visits.get(visit_id)
        step = decide(before)
        if step is None:
            return before
        try:
            return _store(step, now=now, key=key, also=also)
        except StaleVersion:
            continue
    raise Busy("visit_contention")


def _store(step: Step, *, now: datetime, key: Key | None, also: Also | None) -> Visit:
    transaction = Transaction()
    after = add(step, numbers=rulebook.in_force(now=now).numbers, transaction=transaction)
    if key:
        idempotency.claim(key, after.id, now=now, transaction=transaction)
    if also:
        also(step, transaction)
    transaction.commit()
    return after


def add(step: Step, *, numbers: Numbers, transaction: Transaction) -> Visit:
    """Put a step into a transaction that may hold more: the visit as it is stored. The transaction raises StaleVersion
    where anything changed since it was decided."""
    after = replace(step.after, next_at=next_at(step.after, numbers))
    visits.put(after, transaction)
    if after.next_at:
        due.put(after.id, due.VISIT, at=after.next_at, transaction=transaction)
    elif step.before and step.before.next_at:
        due.remove(after.id, due.VISIT, transaction)
    ladders.follow(step, transaction)
    _write_books(step, numbers, transaction)
    history.append(_line(step), transaction)
    return after


def _write_books(step: Step, numbers: Numbers, transaction: Transaction) -> None:
    for courier_id in sorted(books.courier_ids(step)):
        book = carriers.book(courier_id)
        changed = books.follow(book, step, numbers)
        if changed is not book:
            carriers.put_book(changed, transaction)


def _line(step: Step) -> Happening:
    visit = step.after
    return happened(
        Thing.VISIT,
        visit.id,
        number=visit.version,
        deed=step.deed,
        at=step.by.at,
        actor_id=step.by.id,
        as_role=step.by.role,
        township=visit.township,
        village=visit.village,
        person_id=step.person_id,
        facts={**_facts(visit), **step.facts},
    )


def _facts(visit: Visit) -> dict[str, object]:
    start, end = visit.start.isoformat(), visit.end.isoformat()
    return {"plan": visit.plan_id, "service": visit.service, "start": start, "end": end, "items": visit.items}
