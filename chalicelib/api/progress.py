"""What runs beside a report's stage, as staff see it: the department's request, the co-handlers' parts."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.api.shapes import Instant
from chalicelib.domain.notifications.deliveries import Channel, DeliveryState, Sent
from chalicelib.domain.reports.running import Part, PartState, Request
from chalicelib.domain.reports.terms import ReturnReason, Wish

if TYPE_CHECKING:
    from chalicelib.services.reports.reports import Whole


class RequestView(Struct, frozen=True, kw_only=True):
    """What the department asks of the centre, to be answered by `due_at`; `hours` of its clock."""

    wish: Wish
    at: Instant
    due_at: Instant
    hours: float
    reason: str
    plan: str


class PartView(Struct, frozen=True, kw_only=True):
    """A co-handler's part; it may be returned until `return_by`. `recorded`: the centre records for the body (代录)."""

    department: str
    state: PartState
    due_at: Instant
    return_by: Instant
    late: bool
    recorded: bool
    result: str


class ReturnedView(Struct, frozen=True, kw_only=True):
    """Who sent the order back, when and why; `recorded`: the centre has said so for it (代录)."""

    department: str
    reason: ReturnReason
    text: str
    at: Instant
    recorded: bool


class MergedView(Struct, frozen=True, kw_only=True):
    """A report of the same matter that was merged into this one at `since`, or has joined it ("me too")."""

    id: str
    created_at: Instant
    since: Instant


class SentView(Struct, frozen=True, kw_only=True):
    """What was sent outside the app: which message, by which channel, to how many of which role, with what result."""

    at: Instant
    template: str
    channel: Channel
    role: str
    state: DeliveryState
    people: int


class ReportProgress(Struct, frozen=True, kw_only=True):
    """`recorded`: the lead has no account, the centre records what it does (代录). `binding`: it cannot be returned.

    `returns`: who sent the order back, and why; `final`: after so many, the centre's next order is final (终审).
    """

    request: RequestView | None
    parts: list[PartView]
    recorded: bool
    binding: bool
    returns: list[ReturnedView]
    final: bool
    merged: list[MergedView]
    suspended_reviews: int
    awaits_class: bool
    sent: list[SentView]


def progress(whole: "Whole") -> ReportProgress:
    """What runs beside the report's stage, and what was sent about it."""
    report = whole.seen.report
    return ReportProgress(
        request=_request(report.request) if report.request else None,
        parts=[_part(part) for part in report.parts],
        recorded=report.proxied,
        binding=report.binding,
        returns=[ReturnedView(**asdict(one)) for one in report.returns],
        final=whole.final,
        merged=[MergedView(id=one.id, created_at=one.created_at, since=one.since) for one in whole.merged],
        suspended_reviews=report.reviews,
        awaits_class=report.awaits_class,
        sent=[_sent(one) for one in whole.sent],
    )


def _sent(sent: Sent) -> SentView:
    return SentView(
        at=sent.at,
        template=sent.template,
        channel=sent.channel,
        role=sent.role,
        state=sent.state,
        people=sent.people,
    )


def _request(asked: Request) -> RequestView:
    return RequestView(
        wish=asked.wish,
        at=asked.at,
        due_at=asked.due_at,
        hours=asked.hours,
        reason=asked.reason,
        plan=asked.plan,
    )


def _part(part: Part) -> PartView:
    return PartView(
        department=part.department,
        state=part.state,
        due_at=part.due_at,
        return_by=part.return_by,
        late=part.late,
        recorded=part.proxied,
        result=part.result,
    )
