"""Follow-ups of the joint meeting over HTTP."""

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from chalicelib.api import meeting_shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.meeting_shapes import RecordView
from chalicelib.api.shapes import Instant, Paging, Text
from chalicelib.domain.meetings.follow_ups import Progress

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.meetings.follow_ups import FollowUp
    from chalicelib.services.meetings.follow_ups import Followed

api = Api(__name__)


class FollowUpsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In which state."""

    state: Progress = Progress.OPEN


class FollowUpCard(Struct, frozen=True, kw_only=True):
    """Who does what by `due`, a local day; looked at again on `review`. `note` is the latest word on it; `report` the
    report that was the occasion."""

    id: str
    meeting: str
    report: str | None
    title: str
    text: str
    who: tuple[str, ...]
    resources: str
    due: date
    review: date | None
    overdue: bool
    state: Progress
    note: str
    changed_at: Instant
    version: int


class FollowUpPage(Struct, frozen=True, kw_only=True):
    """Some follow-ups, the earliest due first; `cursor` asks for the next ones, null at the end."""

    follow_ups: list[FollowUpCard]
    cursor: str | None


class FollowUpView(FollowUpCard, frozen=True, kw_only=True):
    """A follow-up with its history, oldest line first."""

    records: list[RecordView]


class FollowUpStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far it is, or when it is due now; what is left out stays. `note` is needed where the state changes."""

    state: Progress | None = None
    due: date | None = None
    review: date | None = None
    note: Text = ""


@api.route("/follow-ups", methods=["GET"], authorizer=authorize)
def list_follow_ups(ask: Ask, query: FollowUpsQuery) -> FollowUpPage:
    """What the joint meeting agreed on, in a state; what is overdue comes first."""
    from chalicelib.services.meetings import follow_ups

    page = follow_ups.listing(query.state, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    cards = [FollowUpCard(**_fields(one, ask.now)) for one in page.follow_ups]
    return FollowUpPage(follow_ups=cards, cursor=page.cursor)


@api.route("/follow-ups/{follow_up_id}", methods=["GET"], authorizer=authorize)
def get_follow_up(ask: Ask, follow_up_id: str) -> FollowUpView:
    """A follow-up and all that was said of it."""
    from chalicelib.services.meetings import follow_ups

    return _view(follow_ups.view(follow_up_id, by=ask.actor, now=ask.now), ask.now)


@api.route("/follow-ups/{follow_up_id}/steps", methods=["POST"], authorizer=authorize)
def step_follow_up(ask: Ask, follow_up_id: str, body: FollowUpStep) -> FollowUpView:
    """Say how far a follow-up is: the centre. Send the version you read as If-Match."""
    from chalicelib.domain.meetings.follow_ups import Step
    from chalicelib.services.meetings import follow_ups

    step = Step(**msgspec.structs.asdict(body))
    done = follow_ups.change(follow_up_id, step, version=ask.version, key=ask.key, by=ask.actor, now=ask.now)
    return _view(done, ask.now)


def _view(found: "Followed", now: "datetime") -> FollowUpView:
    records = [meeting_shapes.record(line) for line in found.records]
    return FollowUpView(**_fields(found.follow_up, now), records=records)


def _fields(one: "FollowUp", now: "datetime") -> dict[str, Any]:
    from chalicelib.domain.meetings.follow_ups import is_overdue
    from chalicelib.domain.reference.calendar import local_day

    return {
        "id": one.id,
        "meeting": one.meeting_id,
        "report": one.report_id,
        "title": one.title,
        "text": one.text,
        "who": one.who,
        "resources": one.resources,
        "due": one.due,
        "review": one.review,
        "overdue": is_overdue(one, date.fromisoformat(local_day(now))),
        "state": one.state,
        "note": one.note,
        "changed_at": one.changed_at,
        "version": one.version,
    }
