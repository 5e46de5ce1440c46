"""Use case: act on many reports at once, each by itself (docs/adr/0037). One that is refused stops no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import Busy, DomainError, NotFound, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Person
from chalicelib.domain.reports import bulk, sight
from chalicelib.domain.reports.bulk import Item
from chalicelib.domain.reports.commands import Around, Command
from chalicelib.domain.reports.model import Report
from chalicelib.services.reports import meanwhile
from chalicelib.services.reports.once import once
from chalicelib.services.reports.reports import Seen, act_on, done_before
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.idempotency import KeySeen
from chalicelib.store.people import people
from chalicelib.store.reports import reports

BULK = "bulk"  # what the key of a whole bulk stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one item: the report as it stands, or why it was refused."""

    report: str
    seen: Seen | None = None
    refusal: DomainError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What all items share: who asks, what was read for them at once, and what an earlier go has done already."""

    by: Actor
    now: datetime
    key: Key | None
    spent: Callable[[], bool]
    done: frozenset[str]
    heads: dict[str, Report]
    people: dict[str, Person]


def act(
    items: Sequence[Item], *, key: Key | None, by: Actor, now: datetime, spent: Callable[[], bool] = lambda: False
) -> list[Result]:
    """Do each item, in this order, as if it came alone: one read for all reports, one more where people are named, and
    one transaction an item. What was refused says why, and costs a query where somebody else was faster.

    With a key each item is done once, however often the bulk is sent; what was left is done then. Once `spent`, the
    rest is left for that. Raises Invalid (`report_twice`), KeyReused, Busy.
    """
    bulk.require_distinct(items)
    desk = _Desk(
        by=by,
        now=now,
        key=key,
        spent=spent,
        done=_done_before(key, items, now=now),
        heads=_heads(items),
        people=_people(items),
    )
    return [_result(item, desk) for item in items]


def _done_before(key: Key | None, items: Sequence[Item], *, now: datetime) -> frozenset[str]:
    """Which reports an earlier go with this key has done. The key itself is used up first, so that the same key with
    other items does nothing. Raises KeyReused."""
    if key is None:
        return frozenset()
    transaction = Transaction()
    idempotency.claim(key, BULK, now=now, transaction=transaction)
    try:
        transaction.commit()
    except KeySeen:
        idempotency.recall(key)
        return frozenset(idempotency.recall_all([_own(key, item) for item in items]))
    return frozenset()


def _own(key: Key, item: Item) -> Key:
    """The key of one item. No caller's key holds a line feed, so it is nobody else's."""
    return replace(key, key=f"{key.key}\n{item.report}")


def _heads(items: Sequence[Item]) -> dict[str, Report]:
    """The reports that are acted on or merged into, as they stand: one call."""
    named = [id for item in items for id in (item.report, item.command.main) if id]
    return {head.id: head for head in reports.several(list(dict.fromkeys(named)), consistent=True)}


def _people(items: Sequence[Item]) -> dict[str, Person]:
    named = dict.fromkeys(item.command.person for item in items if item.command.person)
    return {person.id: person for person in people.several(named, consistent=True)}


def _result(item: Item, desk: _Desk) -> Result:
    try:
        return Result(report=item.report, seen=_done(item, desk))
    except DomainError as refusal:
        return Result(report=item.report, refusal=refusal)


def _done(item: Item, desk: _Desk) -> Seen:
    bulk.require_allowed(item.command)
    head = _head(item.report, desk)
    if item.report in desk.done:
        return done_before(head, by=desk.by, now=desk.now)
    if desk.spent():
        raise Busy("bulk_unfinished")
    key = _own(desk.key, item) if desk.key else None

    def do() -> Seen:
        return act_on(
            head,
            item.command,
            version=item.version,
            key=key,
            by=desk.by,
            now=desk.now,
            around=lambda: _around(item.command, desk),
        )

    try:
        seen = once(key, do, lambda done: done_before(reports.get(done), by=desk.by, now=desk.now))
    except StaleVersion as error:
        raise meanwhile.told(error, head, version=item.version, by=desk.by) from error
    desk.heads[item.report] = seen.report  # for what is merged into it
    return seen


def _head(report_id: str, desk: _Desk) -> Report:
    if report_id not in desk.heads:
        raise NotFound("no_such_report", report=report_id)
    return desk.heads[report_id]


def _around(command: Command, desk: _Desk) -> Around:
    """What the command names, from what was read for all. Raises NotFound."""
    main = _head(command.main, desk) if command.main else None
    if main:
        sight.require_sight(desk.by, main)
    if command.person and command.person not in desk.people:
        raise NotFound("no_such_person", person=command.person)
    return Around(person=desk.people[command.person] if command.person else None, main=main)
