"""The routing over HTTP: its draft, the trial of the draft on past reports, its publication. What is in force is
`/reference/routing`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from chalicelib.api.areas import Edition
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.reference import CSV
from chalicelib.api.shapes import Cursor, Instant
from chalicelib.api.suggestions import SuggestionView, suggestion
from chalicelib.domain.reports.model import Status

if TYPE_CHECKING:
    from chalicelib.domain.reports.trials import Order, Trial

api = Api(__name__)

TrialLimit = Annotated[int, Meta(ge=1, le=500)]
TrialDays = Annotated[int, Meta(ge=1, le=3660)]


class SavedDraft(Struct, frozen=True, kw_only=True):
    """The draft as it is now; `base` is the edition it was made of."""

    version: int
    base: int


class DiscardedDraft(Struct, frozen=True, kw_only=True):
    """There is no draft any more."""


class NewTrial(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Reports of the last `days`. Rules count as on the local day `as_of`, today by default; `limit` reports are read
    at a time, and with `changed_only` those that the draft leaves as they are are counted and not shown."""

    days: TrialDays
    as_of: date | None = None
    changed_only: bool = False
    limit: TrialLimit = 200
    cursor: Cursor | None = None


class OrderView(Struct, frozen=True, kw_only=True):
    """Who leads (`V`: the village) and who helps."""

    lead: str
    co_handlers: tuple[str, ...]


class TriedReport(Struct, frozen=True, kw_only=True):
    """A report side by side: what was ordered, what the routing in force suggests, what the draft would.

    `changes`: lead or co-handlers would be others; `rewords`: only the instruction; `followed`, `would_follow`: what
    was ordered is what the one or the other suggests."""

    id: str
    status: Status
    kind: str | None
    severity: int | None
    village: str | None
    grid: str | None
    created_at: Instant
    ordered: OrderView | None
    in_force: SuggestionView | None
    draft: SuggestionView | None
    changes: bool
    rewords: bool
    followed: bool
    would_follow: bool


class TrialTotals(Struct, frozen=True, kw_only=True):
    """Of this page and all before. `withheld`: confidential, counted and not shown."""

    reports: int
    changed: int
    reworded: int
    same: int
    ordered: int
    followed: int
    would_follow: int
    withheld: int


class TriedDraft(Struct, frozen=True, kw_only=True):
    """A page of the trial, oldest first; `version` is the draft's, `edition` that of the routing in force."""

    version: int
    edition: int
    as_of: date
    since: Instant
    until: Instant
    reports: list[TriedReport]
    totals: TrialTotals
    cursor: str | None


@api.route("/routing/draft", methods=["GET"], answer_type=CSV, authorizer=authorize)
def get_routing_draft(ask: Ask) -> Response:
    """The draft of the routing, as CSV, for the admin; to begin one, save an edited copy of `/reference/routing`."""
    from chalicelib.services.reference import routing

    draft = routing.draft(by=ask.actor, now=ask.now)
    headers: dict[str, str | list[str]] = {
        "Content-Type": f"{CSV}; charset=utf-8",
        "Cache-Control": "no-store",
        "ETag": f'"{draft.version}"',
    }
    return Response(draft.body.decode("utf-8-sig"), headers=headers)


@api.route("/routing/draft", methods=["PUT"], authorizer=authorize, body_types=(CSV,))
def save_routing_draft(ask: Ask, body: bytes) -> SavedDraft:
    """Save the draft, or begin one: the whole table as CSV in UTF-8, checked cell by cell.

    If-Match: the version of the draft, or of the routing in force where there is none yet.
    """
    from chalicelib.services.reference import routing

    draft = routing.save(body, version=ask.version, by=ask.actor, now=ask.now)
    return SavedDraft(version=draft.version, base=draft.base)


@api.route("/routing/draft", methods=["DELETE"], authorizer=authorize)
def discard_routing_draft(ask: Ask) -> DiscardedDraft:
    """Discard the draft. Again is once."""
    from chalicelib.services.reference import routing

    routing.discard(version=ask.version, by=ask.actor, now=ask.now)
    return DiscardedDraft()


@api.route("/routing/draft/trial", methods=["POST"], authorizer=authorize)
def try_routing_draft(ask: Ask, body: NewTrial) -> TriedDraft:
    """Try the draft on reports of the last days that were verified or ordered; nothing changes. A page at a time."""
    from chalicelib.services.reference import routing_trials

    wish = routing_trials.Wish(days=body.days, as_of=body.as_of, limit=body.limit, cursor=body.cursor)
    found = routing_trials.tried(wish, version=ask.version, by=ask.actor, now=ask.now)
    totals = found.totals
    return TriedDraft(
        version=found.version,
        edition=found.edition,
        as_of=found.as_of,
        since=found.since,
        until=found.until,
        reports=[_tried(one) for one in found.trials if one.changes or one.rewords or not body.changed_only],
        totals=TrialTotals(**{name: getattr(totals, name) for name in TrialTotals.__struct_fields__}),
        cursor=found.cursor,
    )


@api.route("/routing/draft/publication", methods=["POST"], authorizer=authorize)
def publish_routing_draft(ask: Ask) -> Edition:
    """Put the draft in force, checked against the taxonomy, departments and areas in force. The draft is gone then."""
    from chalicelib.services.reference import routing

    return Edition(version=routing.publish(version=ask.version, key=ask.key, by=ask.actor, now=ask.now))


def _tried(one: "Trial") -> TriedReport:
    report = one.report
    return TriedReport(
        id=report.id,
        status=report.status,
        kind=report.nature.kind,
        severity=report.nature.severity,
        village=report.place.village,
        grid=report.place.grid,
        created_at=report.created_at,
        ordered=_order(one.ordered),
        in_force=suggestion(one.in_force),
        draft=suggestion(one.draft),
        changes=one.changes,
        rewords=one.rewords,
        followed=one.followed,
        would_follow=one.would_follow,
    )


def _order(order: "Order | None") -> OrderView | None:
    return OrderView(lead=order.lead, co_handlers=order.co_handlers) if order else None
