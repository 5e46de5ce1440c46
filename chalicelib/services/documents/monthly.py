"""Use cases on monthly reports: make one, once, by hand or by the clock; read it; ask what is different since."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

from chalicelib.domain.documents import monthly as rules
from chalicelib.domain.documents import periods
from chalicelib.domain.documents.monthly import Correction, Monthly, Row
from chalicelib.domain.documents.periods import Period
from chalicelib.domain.errors import Busy, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.services.documents import files
from chalicelib.services.documents.counting import Read, counted, reader
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.documents import documents as store
from chalicelib.store.documents.documents import DocumentThere, Kind, Page
from chalicelib.store.figures import marks
from chalicelib.store.reference import reference

FIRST_DAY, HOUR, BACK = "month_first_day", "digest_hour", "month_corrections"
BESIDE = ("points_rules", areas.NAME)  # tables behind a report that are no part of the rulebook


def make(month: str | None, *, key: Key | None, by: Actor, now: datetime) -> Monthly:
    """The report of a month's period, of the last one that is over by default: made now if there is none, as told once.

    Raises Forbidden (`role_needed`, `not_your_area`) to all but centre and committee, Invalid (`no_such_month`,
    `period_not_over`), KeyReused, Busy.
    """
    township = areas.township(now=now)
    require_any(by, rules.MAKERS, township)
    wanted = month or periods.latest(now, first_day=_first_day(now))
    made = once(key, lambda: _made(wanted, by.id, key=key, now=now), lambda id: get(id, by=by, now=now))
    if not store.is_filed(Kind.MONTHLY, township, made.month):
        files.send_for(made.id)
    return made


def make_due(*, now: datetime) -> int:
    """Make the report of the last period, on the morning after its end, if nobody did; how many were made.

    Where nothing was counted there is nothing to report.
    """
    book, township = rulebook.in_force(now=now), areas.township(now=now)
    month = periods.latest(now, first_day=book.numbers.count(FIRST_DAY))
    mark = f"{Kind.MONTHLY}#{rules.id_of(township, month)}"
    if now.astimezone(ZONE).hour < book.numbers.count(HOUR) or marks.is_set(mark):
        return 0
    done = 0
    if store.monthly(township, month) is None:
        with suppress(DocumentThere):
            done = _make_unasked(month, now=now)
    marks.set_once(mark, at=now)
    return done


def get(id: str, *, by: Actor, now: datetime) -> Monthly:
    """A report as it was made: one read. Raises Forbidden to who reads none, NotFound (`no_such_document`)."""
    township = _require_reader(by, now)
    named, month = rules.split(id)
    found = store.monthly(township, month) if named == township else None
    if found is None:
        raise NotFound("no_such_document", document=id)
    return found


def listing(*, by: Actor, limit: int, cursor: str | None, now: datetime) -> Page[Monthly]:
    """The township's reports, newest first: one query. Raises Forbidden to who reads none."""
    return store.monthlies(_require_reader(by, now), limit=limit, before=cursor)


def corrections(id: str, *, by: Actor, now: datetime) -> list[Correction]:
    """What is different now from what the report said. Raises Forbidden, NotFound as `get` does."""
    report = get(id, by=by, now=now)
    return _different(report, report.rows, reader(report.township), now=now)


def _made(month: str, by: str, *, key: Key | None, now: datetime) -> Monthly:
    """The report that there is, else one made now: one transaction. Raises KeyReused."""
    township = areas.township(now=now)
    if found := store.monthly(township, month):
        if key:
            idempotency.recall(key)  # it may have been another month's
        return found
    report = _frozen(month, by, now=now)
    transaction = Transaction()
    store.add(Kind.MONTHLY, month, report, transaction)
    if key:
        idempotency.claim(key, report.id, now=now, transaction=transaction)
    try:
        transaction.commit()
    except DocumentThere:  # another was faster: his it is
        return store.monthly(township, month) or report
    return report


def _make_unasked(month: str, *, now: datetime) -> int:
    report = _frozen(month, "", now=now)
    if not any(row.counts for row in report.rows):
        return 0
    transaction = Transaction()
    store.add(Kind.MONTHLY, month, report, transaction)
    transaction.commit()
    with suppress(Busy):  # whoever asks for the file sends for it again
        files.send_for(report.id)
    return 1


def _frozen(month: str, by: str, *, now: datetime) -> Monthly:
    """Figures, corrections of the reports before, and the editions behind them, as of now."""
    township, book = areas.township(now=now), rulebook.in_force(now=now)
    before = store.monthly(township, periods.before(month))
    period = _period(month, before, book)
    rules.require_over(period.is_over(now), month, period.last.isoformat())
    first, last = period.first.isoformat(), period.last.isoformat()
    read = reader(township)
    return Monthly(
        id=rules.id_of(township, month),
        township=township,
        month=month,
        first=first,
        last=last,
        as_of=now,
        made_by=by,
        editions=_editions(book, now),
        rows=counted(read, first, last, now=now),
        corrections=tuple(_earlier(township, month, book, read, now=now)),
    )


def _period(month: str, before: Monthly | None, book: Rulebook) -> Period:
    after = date.fromisoformat(before.last) if before else None
    return periods.named(month, first_day=book.numbers.count(FIRST_DAY), after=after)


def _earlier(township: str, month: str, book: Rulebook, read: Read, *, now: datetime) -> list[Correction]:
    """What has become different of the reports before, and was not told as such by one of them."""
    back = book.numbers.count(BACK)
    told = store.monthlies(township, limit=back, before=month).documents
    return [
        one
        for place in reversed(range(len(told)))
        for one in _different(told[place], rules.known(told[place], reversed(told[:place])), read, now=now)
    ]


def _different(report: Monthly, told: Sequence[Row], read: Read, *, now: datetime) -> list[Correction]:
    return rules.corrections(report.month, told, counted(read, report.first, report.last, now=now))


def _editions(book: Rulebook, now: datetime) -> dict[str, int]:
    beside = {name: edition.version for name, edition in reference.current(*BESIDE, now=now).items()}
    return book.editions | beside


def _first_day(now: datetime) -> int:
    return rulebook.in_force(now=now).numbers.count(FIRST_DAY)


def _require_reader(by: Actor, now: datetime) -> str:
    """The township whose reports somebody reads. Raises Forbidden."""
    township = areas.township(now=now)
    if not any(post.role is Role.DISTRICT and township.startswith(post.scope) for post in by.posts):
        require_any(by, rules.READERS, township)
    return township
