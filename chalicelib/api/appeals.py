"""Appeals against entries of points over HTTP: the courier's, and the centre's answers."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.awards import EntryId
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.points import Entry, entry
from chalicelib.api.shapes import Instant, NeededText, Paging
from chalicelib.domain.points.appeals import AppealState

if TYPE_CHECKING:
    from chalicelib.domain.points.appeals import Appeal

api = Api(__name__)


class NewAppeal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which entry is wrong, and why."""

    entry: EntryId
    text: NeededText


class AppealCard(Struct, frozen=True, kw_only=True):
    """An appeal against an `entry` that meant `points`, to be answered by `due_at`; `award` is by what it is put right.

    `agreed`: upheld, and others must still agree to the points. `decided_by` is for the centre.
    """

    id: str
    courier: str
    entry: str
    report: str
    rule: str
    points: int
    text: str
    appealed_at: Instant
    due_at: Instant
    overdue: bool
    state: AppealState
    decided_by: str
    decided_at: Instant | None
    answer: str
    award: str
    version: int


class AppealView(AppealCard, frozen=True, kw_only=True):
    """An appeal with the entry as the ledger has it."""

    appealed: Entry | None


class AppealPage(Struct, frozen=True, kw_only=True):
    """Some appeals; `cursor` asks for the next ones, null at the end."""

    appeals: list[AppealCard]
    cursor: str | None


class AppealsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In which state; `overdue` for those that should have been answered by now."""

    state: AppealState = AppealState.OPEN
    overdue: bool = False


class AppealDecision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Upheld with `points` (negative where even more is taken), or refused: null. The courier reads the answer."""

    points: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] | None = None
    answer: NeededText


@api.route("/appeals", methods=["POST"], status=201, authorizer=authorize)
def appeal_entry(ask: Ask, body: NewAppeal) -> AppealCard:
    """Appeal against an entry of your points, once and within the days that the township gives."""
    from chalicelib.services.points import appeals

    made = appeals.appeal(body.entry, body.text, key=ask.key, by=ask.actor, now=ask.now)
    return AppealCard(**_fields(made, ask.now))


@api.route("/appeals", methods=["GET"], authorizer=authorize)
def list_appeals(ask: Ask, query: AppealsQuery) -> AppealPage:
    """The centre's list of appeals in a state, the earliest due first."""
    from chalicelib.services.points import appeals

    page = appeals.listing(
        query.state, overdue=query.overdue, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor
    )
    return AppealPage(appeals=[AppealCard(**_fields(one, ask.now)) for one in page.appeals], cursor=page.cursor)


@api.route("/me/appeals", methods=["GET"], authorizer=authorize)
def list_my_appeals(ask: Ask, query: Paging) -> AppealPage:
    """Your own appeals, newest first, and what came of them."""
    from chalicelib.services.points import appeals

    page = appeals.mine(by=ask.actor, limit=query.limit, cursor=query.cursor)
    return AppealPage(appeals=[AppealCard(**_fields(one, ask.now)) for one in page.appeals], cursor=page.cursor)


@api.route("/appeals/{appeal_id}", methods=["GET"], authorizer=authorize)
def get_appeal(ask: Ask, appeal_id: str) -> AppealView:
    """An appeal with its entry: for the centre, and for who appealed."""
    from chalicelib.services.points import appeals

    found = appeals.view(appeal_id, by=ask.actor, now=ask.now)
    appealed = entry(found.entry) if found.entry else None
    return AppealView(**_fields(found.appeal, ask.now), appealed=appealed)


@api.route("/appeals/{appeal_id}/decision", methods=["POST"], authorizer=authorize)
def decide_appeal(ask: Ask, appeal_id: str, body: AppealDecision) -> AppealCard:
    """Answer an appeal: somebody of the centre who had no part in the entry, nor verified its report. Upheld, it
    becomes an entry; where the rule asks for two, or it is much, two others must agree first."""
    from chalicelib.domain.points.appeals import Decision
    from chalicelib.services.points import answering

    decision = Decision(points=body.points, answer=body.answer)
    award_id = new_id(ask.now)
    done = answering.decide(appeal_id, decision, award_id=award_id, key=ask.key, by=ask.actor, now=ask.now)
    return AppealCard(**_fields(done, ask.now))


def card(one: "Appeal", now: datetime) -> AppealCard:
    """An appeal as a client reads it."""
    return AppealCard(**_fields(one, now))


def _fields(one: "Appeal", now: datetime) -> dict[str, Any]:
    from chalicelib.domain.points.appeals import is_overdue

    return {
        "id": one.id,
        "courier": one.courier_id,
        "entry": one.entry_id,
        "report": one.report_id,
        "rule": one.rule,
        "points": one.points,
        "text": one.text,
        "appealed_at": one.appealed_at,
        "due_at": one.due_at,
        "overdue": is_overdue(one, now),
        "state": one.state,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at,
        "answer": one.answer,
        "award": one.award_id,
        "version": one.version,
    }
