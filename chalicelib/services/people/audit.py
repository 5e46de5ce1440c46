"""Use cases of the auditor: history, ledger, what was taken away. Masked, and every look is noted (DOMAIN §1, §6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Annotated

from msgspec import Meta

from chalicelib.domain.errors import Invalid
from chalicelib.domain.events import Event
from chalicelib.domain.exports.asking import span
from chalicelib.domain.people import audit as rules
from chalicelib.domain.people.access import READERS, What
from chalicelib.domain.people.audit import Line
from chalicelib.domain.people.model import Actor, masked_name, require_any
from chalicelib.domain.points import audited, transfers
from chalicelib.domain.points.audited import Posting
from chalicelib.domain.reference.calendar import instants
from chalicelib.services.people import access
from chalicelib.services.points import places
from chalicelib.services.reference import areas
from chalicelib.store import cursors, history
from chalicelib.store.people import access as access_store
from chalicelib.store.people import people
from chalicelib.store.people.access import Page
from chalicelib.store.points import ledger as ledger_store

type Text = Annotated[str, Meta(max_length=300)]
type Position = tuple[Text, Text, int]  # instant, report and number of a line
type Skipped = Annotated[int, Meta(ge=0, le=100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Some lines of history, oldest first, and where the next ones begin; None at the end."""

    lines: list[Line]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """Some entries of the ledger, and where the next ones begin; `name`: whose they are, masked, if that is asked."""

    name: str | None
    postings: list[Posting]
    cursor: str | None


def history_lines(
    *, report: str | None, day: str | None, by: Actor, now: datetime, limit: int, cursor: str | None
) -> Lines:
    """What happened to a report, or on a local day, oldest first: a query; of a day one a shard and a batch a hundred.

    Raises Forbidden (`role_needed`, `not_your_area`) unless the township's auditor asks, Invalid (`one_of_two_needed`,
    `export_span`, `bad_cursor`).
    """
    township = _require(by, now)
    if (report is None) is (day is None):
        raise Invalid("one_of_two_needed", first="report", second="day")
    after = _position(cursor)
    found = _of_report(report, after, limit) if report else _of_day(day or "", after)
    some = list(islice((line for line in found if line.standing.township == township), limit + 1))
    access.record(by, What.READ_HISTORY, report or f"day:{day}", now=now)
    shown, more = some[:limit], len(some) > limit
    return Lines(lines=[rules.line(line) for line in shown], cursor=_sealed(shown[-1]) if more else None)


def postings_of(courier: str, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Postings:
    """A courier's entries, those of the newest report first, without what they were given for: a query and a read.

    Raises Forbidden unless the township's auditor asks, NotFound for nobody, Invalid (`bad_cursor`).
    """
    _require(by, now)
    person = people.get(courier)
    skipped = cursors.opened(cursor, Skipped) if cursor else 0
    found = ledger_store.page(transfers.account(courier), limit=skipped + limit + 1, before=None)[skipped:]
    access.record(by, What.READ_LEDGER, courier, now=now)
    more = len(found) > limit
    return Postings(
        name=masked_name(person.name),
        postings=[audited.by_courier(entry) for entry in found[:limit]],
        cursor=cursors.sealed(skipped + limit) if more else None,
    )


def postings_within(first: str, last: str, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Postings:
    """Everybody's entries of these local days, newest first, without whose they are: a query a month.

    Raises Forbidden unless the township's auditor asks, Invalid (`export_span`, `bad_cursor`).
    """
    township = _require(by, now)
    days = span(first, last, longest=audited.LONGEST_SPAN)
    start, end = instants(*days)
    before, skipped = begins = places.opened(cursor)
    found = ledger_store.within(start, end, before=before, limit=skipped + limit + 1)[skipped:]
    access.record(by, What.READ_LEDGER, township, now=now, details={"first": days[0], "last": days[1]})
    more = len(found) > limit
    return Postings(
        name=None,
        postings=[audited.by_day(entry) for _, entry in found[:limit]],
        cursor=places.sealed(begins, found[:limit]) if more else None,
    )


def exports(*, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """Who asked for which file and what for, who fetched it, who took it back, newest first: one query.

    Raises Forbidden unless the township's auditor asks, Invalid (`bad_cursor`).
    """
    township = _require(by, now)
    page = access_store.of_exports(limit=limit, cursor=cursor)
    access.record(by, What.READ_EXPORT_LOG, township, now=now)
    return page


def honours(*, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """Who looked at whose case of honours and what for, and who took which step, newest first: one query.

    Raises Forbidden unless the township's auditor asks, Invalid (`bad_cursor`).
    """
    township = _require(by, now)
    page = access_store.of_honours(limit=limit, cursor=cursor)
    access.record(by, What.READ_HONOURS_LOG, township, now=now)
    return page


def _require(by: Actor, now: datetime) -> str:
    township = areas.township(now=now)
    require_any(by, READERS, township)
    return township


def _position(cursor: str | None) -> Position | None:
    if cursor is None:
        return None
    position: Position = cursors.opened(cursor, Position)
    try:
        datetime.fromisoformat(position[0])
    except ValueError as error:
        raise Invalid("bad_cursor") from error
    return position


def _sealed(line: Event) -> str:
    return cursors.sealed((line.at.isoformat(), line.subject_id, line.number))


def _of_report(report: str, after: Position | None, limit: int) -> Iterator[Event]:
    yield from history.page(report, after=after[2] if after else 0, limit=limit + 1)


def _of_day(day: str, after: Position | None) -> Iterator[Event]:
    """From the place on where the last page ended: several lines may bear the same instant."""
    start, end = instants(*span(day, day, longest=1))
    since = max(start, datetime.fromisoformat(after[0])) if after else start
    for line in history.since(since, end):
        behind = after is None or (line.at.isoformat(), line.subject_id, line.number) > after
        if behind and line.at < end:
            yield line
