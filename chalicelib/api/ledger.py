"""The ledger of points over HTTP, for staff: what a courier has; entries by report, days, rule. Looks are noted."""

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.awards import RuleCode
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, Paging
from chalicelib.domain.errors import Invalid
from chalicelib.domain.points.terms import EntryState, Kind

if TYPE_CHECKING:
    from chalicelib.domain.points.transfers import Transfer
    from chalicelib.services.points.searching import Found, Question

api = Api(__name__)

Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class LedgerQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Local days, both included, and a rule: all of them where none is named. `purpose` says what it is for."""

    purpose: Annotated[str, Meta(min_length=1, max_length=200)]
    first: Day | None = msgspec.field(name="from", default=None)
    last: Day | None = msgspec.field(name="to", default=None)
    rule: RuleCode | None = None


class EntriesQuery(LedgerQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of a `report`, or of the days."""

    report: Annotated[str, Meta(min_length=1, max_length=100)] | None = None


class LedgerEntry(Struct, frozen=True, kw_only=True):
    """An entry, negative where points were taken, with its rule and edition, the event, and why, in a sentence.

    To the auditor either whose it is or what for is null, and then the instant too: `day` is when, locally. Of what
    people decided about a report both are.
    """

    id: str | None
    courier: str | None
    report: str | None
    event: str | None
    at: Instant | None
    corrects: str | None
    day: str
    kind: Kind
    rule: str
    edition: int
    points: int
    state: EntryState
    honour: bool
    text: str
    text_en: str


class LedgerPage(Struct, frozen=True, kw_only=True):
    """Some entries, newest first; `cursor` asks for the next ones, null at the end. With a rule a page may hold few."""

    entries: list[LedgerEntry]
    cursor: str | None


class WalletView(Struct, frozen=True, kw_only=True):
    """`balance` to redeem, by the year in which it expires in `lots`; `pending` until approved; `honour`."""

    balance: int
    pending: int
    honour: int
    lots: dict[str, int]
    frozen_until: Instant | None


class CourierPoints(LedgerPage, frozen=True, kw_only=True):
    """A courier's entries with his name, to the auditor masked; and for the centre what he has."""

    name: str
    wallet: WalletView | None


@api.route("/points/couriers/{courier_id}", methods=["GET"], authorizer=authorize)
def get_courier_points(ask: Ask, courier_id: str, query: LedgerQuery) -> CourierPoints:
    """What a courier has, and his entries, by days and rule. He can see that somebody looked, and what for."""
    from chalicelib.services.points import searching

    found = searching.of_courier(courier_id, _question(query), by=ask.actor, now=ask.now)
    return CourierPoints(name=found.name or "", wallet=_wallet(found), **_page(found, what_for=not found.masked))


@api.route("/points/entries", methods=["GET"], authorizer=authorize)
def search_entries(ask: Ask, query: EntriesQuery) -> LedgerPage:
    """Entries of a report, or of local days, whosever they are; by rule. To the auditor not whose."""
    from chalicelib.services.points import searching

    question = _question(query)
    if query.report is None:
        return LedgerPage(**_page(searching.of_days(question, by=ask.actor, now=ask.now), what_for=True))
    if query.first or query.last or query.cursor:
        raise Invalid("one_of_two_needed", first="report", second="from, to")
    return LedgerPage(**_page(searching.of_report(query.report, question, by=ask.actor, now=ask.now), what_for=True))


def _question(query: LedgerQuery) -> "Question":
    from chalicelib.services.points.searching import Question

    return Question(
        purpose=query.purpose,
        first=query.first,
        last=query.last,
        rule=query.rule,
        limit=query.limit,
        cursor=query.cursor,
    )


def _page(found: "Found", *, what_for: bool) -> dict[str, Any]:
    from chalicelib.domain.points.adjusting import is_told_apart

    whose = not (found.masked and what_for)
    entries = [
        _entry(one, whose=whose, what_for=what_for and (whose or not is_told_apart(one))) for one in found.entries
    ]
    return {"entries": entries, "cursor": found.cursor}


def _entry(one: "Transfer", *, whose: bool, what_for: bool) -> LedgerEntry:
    from chalicelib.domain.reference.calendar import local_day

    return LedgerEntry(
        id=one.id if what_for else None,
        courier=one.courier_id if whose else None,
        report=one.report_id if what_for else None,
        event=one.event_id if what_for else None,
        at=one.at if what_for else None,
        corrects=one.corrects if what_for else None,
        day=one.day if what_for else local_day(one.at),
        kind=one.kind,
        rule=one.rule,
        edition=one.edition,
        points=one.earned,
        state=one.state,
        honour=one.honour,
        text=one.zh,
        text_en=one.en,
    )


def _wallet(found: "Found") -> WalletView | None:
    if (held := found.holding) is None:
        return None
    return WalletView(
        balance=held.wallet.balance,
        pending=held.wallet.pending,
        honour=held.wallet.honour,
        lots=held.lots,
        frozen_until=held.frozen_until,
    )
