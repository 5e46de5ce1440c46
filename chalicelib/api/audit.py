"""The auditor's views over HTTP: history, ledger, what was exported. Masked; every look is noted; nothing to act on."""

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from chalicelib.api.access import AccessPage, line
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Cursor, Instant, Limit, Paging
from chalicelib.domain.points.terms import EntryState
from chalicelib.domain.reports.model import Action, Status

if TYPE_CHECKING:
    from chalicelib.domain.people.audit import Line
    from chalicelib.domain.points.audited import Posting

api = Api(__name__)

Id = Annotated[str, Meta(min_length=1, max_length=100)]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class AuditHistoryQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Just one of: a `report`, or a local `day`."""

    report: Id | None = None
    day: Day | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class AuditLine(Struct, frozen=True, kw_only=True):
    """What happened: `actor` is who of the staff did it; empty for who reported, and for the clock.

    Of a confidential matter neither place nor words are shown. `was` is the status before, null on intake.
    """

    report: str
    number: int
    at: Instant
    action: Action
    as_role: str
    actor: str
    status: Status
    was: Status | None
    kind: str | None
    confidential: bool
    village: str | None
    department: str | None
    due_at: Instant | None
    note: str
    internal: bool
    details: dict[str, object]


class AuditHistory(Struct, frozen=True, kw_only=True):
    """Some lines, oldest first; `cursor` asks for the next ones, null at the end."""

    lines: list[AuditLine]
    cursor: str | None


class PeriodQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Local days, both included; a year at most."""

    first: Day = msgspec.field(name="from")
    last: Day = msgspec.field(name="to")


class AuditPosting(Struct, frozen=True, kw_only=True):
    """An entry of points, negative where they were taken back, with the rule and its edition; `day` is when, locally.

    Read by courier, it does not say what for: `id`, `report`, `at` and `corrects` are null.
    """

    id: str | None
    report: str | None
    at: Instant | None
    corrects: str | None
    day: str
    rule: str
    edition: int
    points: int
    state: EntryState
    honour: bool
    text: str
    text_en: str


class AuditLedger(Struct, frozen=True, kw_only=True):
    """Some entries, newest first; `name` is the courier's, masked, where they are one's; `cursor` asks for the next."""

    name: str | None
    entries: list[AuditPosting]
    cursor: str | None


@api.route("/audit/history", methods=["GET"], authorizer=authorize)
def audit_history(ask: Ask, query: AuditHistoryQuery) -> AuditHistory:
    """What happened to a `report`, or on a local `day`, without who reported. Reading it is noted."""
    from chalicelib.services.people import audit

    found = audit.history_lines(
        report=query.report, day=query.day, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor
    )
    return AuditHistory(lines=[_line(one) for one in found.lines], cursor=found.cursor)


@api.route("/audit/ledger", methods=["GET"], authorizer=authorize)
def audit_ledger(ask: Ask, query: PeriodQuery) -> AuditLedger:
    """The township's points of a period: which rule, which report, not whose. Reading it is noted."""
    from chalicelib.services.people import audit

    found = audit.postings_within(
        query.first, query.last, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor
    )
    return AuditLedger(name=found.name, entries=[_posting(one) for one in found.postings], cursor=found.cursor)


@api.route("/audit/ledger/{courier_id}", methods=["GET"], authorizer=authorize)
def audit_courier_ledger(ask: Ask, courier_id: str, query: Paging) -> AuditLedger:
    """A courier's points: which rule and when, not for which report. Reading it is noted."""
    from chalicelib.services.people import audit

    found = audit.postings_of(courier_id, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return AuditLedger(name=found.name, entries=[_posting(one) for one in found.postings], cursor=found.cursor)


@api.route("/audit/exports", methods=["GET"], authorizer=authorize)
def audit_exports(ask: Ask, query: Paging) -> AccessPage:
    """Who asked for which file and what for, who fetched it, who took it back. Reading it is noted."""
    from chalicelib.services.people import audit

    page = audit.exports(by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return AccessPage(entries=[line(entry) for entry in page.entries], cursor=page.cursor)


@api.route("/audit/honours", methods=["GET"], authorizer=authorize)
def audit_honours(ask: Ask, query: Paging) -> AccessPage:
    """Who looked at whose case of honours and what for, and who took which step. Reading it is noted."""
    from chalicelib.services.people import audit

    page = audit.honours(by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return AccessPage(entries=[line(entry) for entry in page.entries], cursor=page.cursor)


def _line(one: "Line") -> AuditLine:
    return AuditLine(
        report=one.report_id,
        number=one.number,
        at=one.at,
        action=one.action,
        as_role=one.as_role,
        actor=one.actor_id,
        status=one.status,
        was=one.was,
        kind=one.kind,
        confidential=one.confidential,
        village=one.village,
        department=one.department,
        due_at=one.due_at,
        note=one.note,
        internal=one.internal,
        details=one.details,
    )


def _posting(one: "Posting") -> AuditPosting:
    return AuditPosting(
        id=one.id,
        report=one.report_id,
        at=one.at,
        corrects=one.corrects,
        day=one.day,
        rule=one.rule,
        edition=one.edition,
        points=one.points,
        state=one.state,
        honour=one.honour,
        text=one.zh,
        text_en=one.en,
    )
