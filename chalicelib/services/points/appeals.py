"""Use cases on appeals: a courier against an entry of his points, the centre's answer, what waits for one."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.domain.points import appeals as rules
from chalicelib.domain.points import transfers
from chalicelib.domain.points.appeals import Appeal, AppealState
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reference.clocks import Clock
from chalicelib.services.people import access
from chalicelib.services.points import causes
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.points import appeals as store
from chalicelib.store.points import ledger
from chalicelib.store.points.appeals import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An appeal with the entry that it is against, as it stands in the ledger."""

    appeal: Appeal
    entry: Transfer | None


def appeal(entry_id: str, text: str, *, key: Key | None, by: Actor, now: datetime) -> Appeal:
    """Appeal against an entry of one's own, once: one read, another of the line that took it back, one transaction.

    Raises NotFound, Conflict (`entry_not_appealable`, `appeal_too_late`, `entry_of_finding`), AlreadyDone, KeyReused.
    """

    def do() -> Appeal:
        entry, book = entry_of(by.id, entry_id), rulebook.in_force(now=now)
        rules.require_appealable(entry, within=book.numbers.days("appeal_days"), now=now)
        causes.require_no_findings(entry)
        made = Appeal(
            id=store.id_of(entry_id),
            courier_id=by.id,
            township=areas.township(now=now),
            entry_id=entry.id,
            report_id=entry.report_id,
            rule=entry.rule,
            points=entry.earned,
            text=text.strip(),
            appealed_at=now,
            due_at=book.calendar.add(Clock.WH, now, book.numbers.of("appeal_answer_hours")),
        )
        transaction = Transaction()
        store.put(made, transaction)
        if key:
            idempotency.claim(key, made.id, now=now, transaction=transaction)
        transaction.commit()
        return made

    return once(key, do, store.get)


def listing(state: AppealState, *, overdue: bool, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """The township's appeals in a state, the earliest due first; with `overdue` only what is late: one query. That he
    looked is noted of each whose they are.

    Raises Forbidden (`role_needed`, `not_your_area`) unless the centre asks, which knows who reported; Invalid
    (`bad_cursor`).
    """
    township = areas.township(now=now)
    require_any(by, [Role.CENTRE], township)
    page = store.page(township, state, due=now if overdue else None, limit=limit, cursor=cursor)
    access.record_all(by, What.SAW_POINTS, (one.courier_id for one in page.appeals), now=now)
    return page


def mine(*, by: Actor, limit: int, cursor: str | None) -> Page:
    """The caller's own appeals, newest first, without who decided them: one query. Raises Invalid (`bad_cursor`)."""
    page = store.of(by.id, limit=limit, cursor=cursor)
    return replace(page, appeals=[replace(one, decided_by="") for one in page.appeals])


def view(id: str, *, by: Actor, now: datetime) -> Seen:
    """An appeal with its entry, for the centre, whose look is noted, and for who appealed: two reads.

    Raises NotFound (`no_such_appeal`) to everybody else.
    """
    found = store.get(id)
    if not by.holds(Role.CENTRE, found.township):
        if by.id != found.courier_id:
            raise NotFound("no_such_appeal", appeal=id)
        found = replace(found, decided_by="")
    else:
        access.record(by, What.SAW_POINTS, found.courier_id, now=now)
    entries = ledger.several(transfers.account(found.courier_id), [found.entry_id])
    return Seen(appeal=found, entry=entries.get(found.entry_id))


def entry_of(courier_id: str, entry_id: str) -> Transfer:
    """An entry of this courier: one read. Raises NotFound (`no_such_entry`)."""
    found = ledger.several(transfers.account(courier_id), [entry_id]).get(entry_id)
    if found is None:
        raise NotFound("no_such_entry", entry=entry_id)
    return found
