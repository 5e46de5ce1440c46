"""Agendas over HTTP: the cases that wait for the town's meeting; what is put before the joint meeting."""

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from chalicelib.api import meeting_shapes, shapes
from chalicelib.api.actions.words import ReportId
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.listings import CardPaging
from chalicelib.api.meeting_shapes import Title, TopicCard
from chalicelib.api.shapes import Card, Instant, NeededText

if TYPE_CHECKING:
    from chalicelib.services.meetings.agenda import Put

api = Api(__name__)


class Case(Card, frozen=True, kw_only=True):
    """A case that waits for the town's meeting. `overdue`: its time with the committee is over, which puts it on the
    agenda of the chair."""

    overdue: bool


class CasePage(Struct, frozen=True, kw_only=True):
    """Some cases, the most urgent first; `cursor` asks for the next ones, null at the end. A page may be short."""

    cases: list[Case]
    cursor: str | None


class Nominate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="about", tag="report"):
    """A couriers' need, group 12, and why it is one for the joint meeting."""

    report: ReportId
    text: NeededText


class Propose(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="about", tag="service"):
    """A service for couriers."""

    title: Title
    text: NeededText


type AnyTopic = Nominate | Propose


class TopicView(Struct, frozen=True, kw_only=True):
    """What is on the joint meeting's agenda: a couriers' need (`report`), or a proposal."""

    id: str
    title: str
    text: str
    report: TopicCard | None
    put_at: Instant


class Topics(Struct, frozen=True, kw_only=True):
    """The joint meeting's agenda, the oldest topic first."""

    topics: list[TopicView]


class TakenOff(Struct, frozen=True, kw_only=True):
    """It is no longer on the agenda."""

    state: Literal["taken_off"] = "taken_off"


@api.route("/agenda/cases", methods=["GET"], authorizer=authorize)
def list_waiting_cases(ask: Ask, query: CardPaging) -> CasePage:
    """Cases that stand with the committee and are on no open meeting, by deadline."""
    from chalicelib.domain.meetings.cases import overdue
    from chalicelib.services.meetings import agenda

    page = agenda.cases(by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    cases = [Case(**shapes.card_fields(one, query.crs, internal=True), overdue=overdue(one)) for one in page.reports]
    return CasePage(cases=cases, cursor=page.cursor)


@api.route("/agenda/topics", methods=["GET"], authorizer=authorize)
def list_topics(ask: Ask) -> Topics:
    """What waits for the joint meeting: no reporter, no address, of a report its kind, village, status and excerpt."""
    from chalicelib.services.meetings import agenda

    return Topics(topics=[_topic(one) for one in agenda.joint(by=ask.actor, now=ask.now)])


@api.route("/agenda/topics", methods=["POST"], status=201, result="/agenda/topics", authorizer=authorize)
def put_topic(ask: Ask, body: AnyTopic) -> TopicView:
    """Put a couriers' need or a proposal before the joint meeting: the centre."""
    from chalicelib.services.meetings import agenda

    if isinstance(body, Nominate):
        return _topic(agenda.nominate(body.report, body.text, key=ask.key, by=ask.actor, now=ask.now))
    made = agenda.propose(new_id(ask.now), body.title, body.text, key=ask.key, by=ask.actor, now=ask.now)
    return _topic(made)


@api.route("/agenda/topics/{topic_id}", methods=["DELETE"], authorizer=authorize)
def take_off_topic(ask: Ask, topic_id: str) -> TakenOff:
    """Take a topic off the joint meeting's agenda, unless a meeting has it."""
    from chalicelib.services.meetings import agenda

    agenda.take_off(topic_id, by=ask.actor, now=ask.now)
    return TakenOff()


def _topic(put: "Put") -> TopicView:
    topic = put.topic
    return TopicView(
        id=topic.id,
        title=topic.title,
        text=topic.text,
        report=meeting_shapes.topic(put.card) if put.card else None,
        put_at=topic.put_at,
    )
