"""The shapes meetings take over HTTP, and how domain values become them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct

from chalicelib.api import shapes
from chalicelib.api.sentences import refusals
from chalicelib.api.shapes import Card, Instant
from chalicelib.domain.meetings.model import Body, MeetingState, Result, Verdict
from chalicelib.domain.meetings.records import Deed
from chalicelib.domain.places import Crs

if TYPE_CHECKING:
    from chalicelib.domain.meetings import topics
    from chalicelib.domain.meetings.model import Decision, Meeting, Outcome
    from chalicelib.domain.meetings.records import Record
    from chalicelib.services.meetings.meetings import Entry, Shown

Title = Annotated[str, Meta(min_length=1, max_length=100)]
Place = Annotated[str, Meta(max_length=100)]
ItemId = Annotated[str, Meta(min_length=1, max_length=60)]
Who = Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=60)], ...], Meta(max_length=18)]


class DecisionView(Struct, frozen=True, kw_only=True):
    """What was decided: a ruling on a case, what is to be followed up, or that it is postponed. `by` is a local day."""

    verdict: Verdict
    text: str
    department: str | None
    co_handlers: tuple[str, ...]
    by: date | None
    resources: str
    plan: str
    letter: str
    who: tuple[str, ...]
    review: date | None


class OutcomeView(Struct, frozen=True, kw_only=True):
    """What became of it: `rule` names why it was overtaken or refused, which `why` and `why_en` say in words;
    `follow_up` is the id of what it led to."""

    result: Result
    rule: str
    why: str
    why_en: str
    follow_up: str | None
    at: Instant


class TopicCard(Struct, frozen=True, kw_only=True):
    """What the joint meeting sees of a report: nothing of its reporter, and of its place only the village."""

    id: str
    kind: str | None
    village: str | None
    excerpt: str
    status: str


class MeetingItemView(Struct, frozen=True, kw_only=True):
    """A matter of a meeting: of the town's the case (`report`) as it stands now, of the joint meeting's the topic.

    `left`: the case is with the committee no longer, whatever was decided.
    """

    id: str
    title: str
    text: str
    report: Card | None
    topic: TopicCard | None
    left: bool
    decision: DecisionView | None
    outcome: OutcomeView | None


class RecordView(Struct, frozen=True, kw_only=True):
    """A line of a meeting's own history: who did what, and to which matter. `by` is empty where a worker did."""

    at: Instant
    by: str
    deed: Deed
    item: str
    details: dict[str, object]


class MeetingCard(Struct, frozen=True, kw_only=True):
    """A meeting as a list shows it. `invited` and `involved` are departments: guests, and those that were charged."""

    id: str
    body: Body
    state: MeetingState
    title: str
    day: date
    place: str
    invited: tuple[str, ...]
    involved: tuple[str, ...]
    announced_at: Instant | None
    published_at: Instant | None
    reason: str
    version: int


class MeetingView(MeetingCard, frozen=True, kw_only=True):
    """A meeting with its matters, and its history for those who read all of it."""

    items: list[MeetingItemView]
    records: list[RecordView]


def view(shown: "Shown", crs: Crs = Crs.WGS84) -> MeetingView:
    """The meeting as its reader sees it."""
    return MeetingView(
        **_fields(shown.meeting),
        items=[_item(entry, crs) for entry in shown.entries],
        records=[record(line) for line in shown.records],
    )


def card(meeting: "Meeting") -> MeetingCard:
    """The meeting as a list shows it."""
    return MeetingCard(**_fields(meeting))


def _fields(meeting: "Meeting") -> dict[str, Any]:
    return {
        "id": meeting.id,
        "body": meeting.body,
        "state": meeting.state,
        "title": meeting.plan.title,
        "day": meeting.plan.day,
        "place": meeting.plan.place,
        "invited": meeting.plan.invited,
        "involved": meeting.involved,
        "announced_at": meeting.announced_at,
        "published_at": meeting.published_at,
        "reason": meeting.reason,
        "version": meeting.version,
    }


def _item(entry: "Entry", crs: Crs) -> MeetingItemView:
    item, report = entry.item, entry.report
    return MeetingItemView(
        id=item.id,
        title=item.title,
        text=item.text,
        report=shapes.card(report, crs, internal=entry.internal) if report else None,
        topic=topic(entry.card) if entry.card else None,
        left=entry.left,
        decision=_decision(item.decision) if item.decision else None,
        outcome=_outcome(item.outcome) if item.outcome else None,
    )


def topic(seen: "topics.Card") -> TopicCard:
    """What the joint meeting sees of a report."""
    return TopicCard(id=seen.id, kind=seen.kind, village=seen.village, excerpt=seen.excerpt, status=seen.status)


def _decision(made: "Decision") -> DecisionView:
    return DecisionView(
        verdict=made.verdict,
        text=made.text,
        department=made.department,
        co_handlers=made.co_handlers,
        by=made.day,
        resources=made.resources,
        plan=made.plan,
        letter=made.letter,
        who=made.who,
        review=made.review,
    )


def _outcome(came: "Outcome") -> OutcomeView:
    zh, en = refusals()[came.rule] if came.rule else ("", "")
    return OutcomeView(
        result=came.result,
        rule=came.rule,
        why=zh.format(**came.facts),
        why_en=en.format(**came.facts),
        follow_up=came.follow_up,
        at=came.at,
    )


def record(line: "Record") -> RecordView:
    """A line of history."""
    return RecordView(at=line.at, by=line.actor_id, deed=line.deed, item=line.item, details=line.details)
