"""Meetings over HTTP: the town's coordination of hard cases, the district's joint meeting."""

from datetime import date

from msgspec import Struct

from chalicelib.api import meeting_actions, meeting_shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.meeting_actions import AnyMeetingAction, Guests
from chalicelib.api.meeting_shapes import MeetingCard, MeetingView, Place, Title
from chalicelib.api.shapes import InCrs, Paging
from chalicelib.domain.meetings.model import Body, Plan

api = Api(__name__)


class NewMeeting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A meeting of the town or the joint meeting, on a local day; `invited` are codes of departments."""

    body: Body
    title: Title
    day: date
    place: Place = ""
    invited: Guests = ()


class MeetingsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose meetings."""

    body: Body = Body.TOWN


class MeetingPage(Struct, frozen=True, kw_only=True):
    """Some meetings, latest first; `cursor` asks for the next ones, null at the end."""

    meetings: list[MeetingCard]
    cursor: str | None


@api.route("/meetings", methods=["POST"], status=201, authorizer=authorize)
def call_meeting(ask: Ask, body: NewMeeting) -> MeetingView:
    """Call a meeting: the committee the town's, the centre the joint meeting."""
    from chalicelib.services.meetings import meetings

    plan = Plan(title=body.title, day=body.day, place=body.place, invited=body.invited)
    made = meetings.create(new_id(ask.now), body.body, plan, key=ask.key, by=ask.actor, now=ask.now)
    return meeting_shapes.view(made)


@api.route("/meetings", methods=["GET"], authorizer=authorize)
def list_meetings(ask: Ask, query: MeetingsQuery) -> MeetingPage:
    """A body's meetings, latest first; to a department those it is invited to or charged by, once they are known."""
    from chalicelib.services.meetings import meetings

    page = meetings.listing(query.body, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return MeetingPage(meetings=[meeting_shapes.card(one) for one in page.meetings], cursor=page.cursor)


@api.route("/meetings/{meeting_id}", methods=["GET"], authorizer=authorize)
def get_meeting(ask: Ask, meeting_id: str, query: InCrs) -> MeetingView:
    """A meeting with its matters as they stand now, what was decided, and what became of it.

    A department sees the cases that are its own, and decisions once the minutes are published.
    """
    from chalicelib.services.meetings import meetings

    return meeting_shapes.view(meetings.view(meeting_id, by=ask.actor, now=ask.now), query.crs)


@api.route("/meetings/{meeting_id}/actions", methods=["POST"], authorizer=authorize)
def act_on_meeting(ask: Ask, meeting_id: str, body: AnyMeetingAction) -> MeetingView:
    """Do something to a meeting. Send the version you read as If-Match; published minutes are no longer edited."""
    from chalicelib.services.meetings import editing

    edit = meeting_actions.edit(body)
    done = editing.act(meeting_id, edit, version=ask.version, key=ask.key, by=ask.actor, now=ask.now)
    return meeting_shapes.view(done)
