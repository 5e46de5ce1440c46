"""Use cases of staff who look into the ledger: by courier, by report, by days, by rule. Every look is noted, with what
it was for; the auditor reads masked, who or what for (docs/adr/0033)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from msgspec import Meta

from chalicelib.domain.errors import Invalid
from chalicelib.domain.events import Event
from chalicelib.domain.exports.asking import span
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role, masked_name, require_any
from chalicelib.domain.points import transfers
from chalicelib.domain.points.adjusting import is_told_apart
from chalicelib.domain.points.audited import LONGEST_SPAN
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reference.calendar import instants
from chalicelib.domain.reports.model import Action
from chalicelib.services.fraud import penalties
from chalicelib.services.people import access
from chalicelib.services.points import places, posting
from chalicelib.services.points.places import Rows
from chalicelib.services.reference import areas
from chalicelib.store import cursors, history
from chalicelib.store.people import people
from chalicelib.store.points import ledger
from chalicelib.store.points.wallets import Holding

READERS = (Role.CENTRE, Role.AUDITOR)
INSTANT = timedelta(microseconds=1)
SIFTED = 1000  # entries that one page looks at, at most, where a rule is asked for

type Counted = tuple[Annotated[datetime, Meta(tz=True)], Annotated[int, Meta(ge=0, le=100_000)]]
type Read = Callable[[str | None, int], Rows]  # so many entries behind a moment, newest first
type ReadUpto = Callable[[str | None, int, datetime | None], Rows]  # the same, of those before an instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Of which local days (all where none are named) and by which rule; what the answer is for, and which page."""

    purpose: str
    first: str | None = None
    last: str | None = None
    rule: str | None = None
    limit: int
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Entries, newest first. `masked`: for the auditor. Of one courier: his name and, for the centre, what he has."""

    entries: list[Transfer]
    cursor: str | None
    masked: bool
    name: str | None = None
    holding: Holding | None = None


def of_courier(courier_id: str, asked: Question, *, by: Actor, now: datetime) -> Found:
    """A courier's wallet and entries: two reads and a query. The auditor gets his name masked, and not what for.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`export_purpose`, `export_span`, `bad_cursor`) and
    NotFound.
    """
    masked = _allowed(asked, by, now)
    person, account = people.get(courier_id), transfers.account(courier_id)
    start, end = _bounds(asked, needed=False)

    def read(before: str | None, limit: int, upto: datetime | None = end) -> Rows:
        return ledger.timeline(account, start=start, end=upto, before=before, limit=limit)

    entries, cursor = _counted(read, asked, end, now) if masked else _page(read, asked)
    access.record(by, What.SAW_POINTS, courier_id, purpose=asked.purpose.strip(), now=now)
    return Found(
        entries=entries,
        cursor=cursor,
        masked=masked,
        name=masked_name(person.name) if masked else person.name,
        holding=None if masked else posting.holding(courier_id, now=now),
    )


def of_report(report_id: str, asked: Question, *, by: Actor, now: datetime) -> Found:
    """All that a report gave or took, whosever, in one page: its history, a query for each who earned by it, and what
    findings about it took of its reporter. The auditor is not told of what people decided about it.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`export_purpose`).
    """
    masked = _allowed(asked, by, now)
    lines = history.of(report_id)
    accounts = sorted({transfers.account(courier) for courier in _earners(lines)})
    found = [entry for account in accounts for entry in ledger.beginning(account, f"{report_id}#")]
    found += [entry for one in {line.reporter_id for line in lines} for entry in penalties.about(report_id, one)]
    told = (one for one in found if asked.rule in (None, one.rule) and not (masked and is_told_apart(one)))
    entries = sorted(told, key=lambda one: one.at, reverse=True)
    _note(entries, report_id, asked, masked=masked, by=by, now=now)
    return Found(entries=entries, cursor=None, masked=masked)


def of_days(asked: Question, *, by: Actor, now: datetime) -> Found:
    """Everybody's entries of local days: a query a month.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`export_purpose`, `export_span`, `bad_cursor`).
    """
    masked = _allowed(asked, by, now)
    start, end = _bounds(asked, needed=True)

    def read(before: str | None, limit: int) -> Rows:
        return ledger.within(start or now, end or now, before=before, limit=limit)

    entries, cursor = _page(read, asked)
    _note(entries, f"{asked.first}/{asked.last}", asked, masked=masked, by=by, now=now)
    return Found(entries=entries, cursor=cursor, masked=masked)


def _allowed(asked: Question, by: Actor, now: datetime) -> bool:
    """Whether the answer is masked."""
    township = areas.township(now=now)
    require_any(by, READERS, township)
    if not asked.purpose.strip():
        raise Invalid("export_purpose")
    return not by.holds(Role.CENTRE, township)


def _bounds(asked: Question, *, needed: bool) -> tuple[datetime | None, datetime | None]:
    if not needed and asked.first is asked.last is None:
        return None, None
    return instants(*span(asked.first or "", asked.last or "", longest=LONGEST_SPAN))


def _page(read: Read, asked: Question) -> tuple[list[Transfer], str | None]:
    """The entries by the rule asked for. A page may hold fewer than `limit`, even none, and yet have a cursor."""
    before, skipped = begins = places.opened(asked.cursor)
    rows = read(before, skipped + _most(asked) + 1)[skipped:]
    shown, behind = _sifted(rows, asked)
    return shown, places.sealed(begins, rows[:behind]) if behind else None


def _counted(read: ReadUpto, asked: Question, end: datetime | None, now: datetime) -> tuple[list[Transfer], str | None]:
    """The same for who is not told what for: pages are counted from what there was at the first look, since a moment
    names entry and instant. The last page costs as much as all."""
    first, skipped = cursors.opened(asked.cursor, Counted) if asked.cursor else (now, 0)
    upto = min(first + INSTANT, end or datetime.max.replace(tzinfo=UTC))
    shown, behind = _sifted(read(None, skipped + _most(asked) + 1, upto)[skipped:], asked)
    return shown, cursors.sealed((first, skipped + behind)) if behind else None


def _most(asked: Question) -> int:
    """How many rows a page looks at."""
    return SIFTED if asked.rule else asked.limit


def _sifted(rows: Rows, asked: Question) -> tuple[list[Transfer], int]:
    """What a page shows of one row more than it looks at, and behind how many of them the next begins; 0: none."""
    most = _most(asked)
    fitting = [number for number, (_, entry) in enumerate(rows[:most]) if asked.rule in (None, entry.rule)]
    shown = [rows[number][1] for number in fitting[: asked.limit]]
    if len(fitting) > asked.limit:
        return shown, fitting[asked.limit - 1] + 1
    return shown, most if len(rows) > most else 0


def _earners(lines: Sequence[Event]) -> Iterator[str]:
    """Who can have earned by the report: its reporter, and who looked at it again blindly."""
    yield from (line.reporter_id for line in lines)
    yield from (line.actor_id for line in lines if line.action is Action.BLIND_RECHECK)


def _note(
    entries: Iterable[Transfer], subject: str, asked: Question, *, masked: bool, by: Actor, now: datetime
) -> None:
    """Each whose entries are shown may know of it; the auditor, who is not told whose they are, read the ledger."""
    purpose = asked.purpose.strip()
    if masked:
        access.record(by, What.READ_LEDGER, subject, purpose=purpose, now=now)
        return
    seen = dict.fromkeys(entry.courier_id for entry in entries)
    access.record_all(by, What.SAW_POINTS, seen, purpose=purpose, now=now)
