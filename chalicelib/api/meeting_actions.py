"""What is done to a meeting over HTTP: one Struct per action, told apart by `action`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from chalicelib.api.actions.words import BodyCode, Helpers, Letter
from chalicelib.api.meeting_shapes import ItemId, Place, Title, Who
from chalicelib.api.shapes import NeededText, Text
from chalicelib.domain.meetings.model import Decision, Plan, Verdict
from chalicelib.domain.reports.terms import Ruling

if TYPE_CHECKING:
    from chalicelib.services.meetings.editing import Edit

Items = Annotated[tuple[ItemId, ...], Meta(min_length=1, max_length=32)]
Guests = Annotated[tuple[BodyCode, ...], Meta(max_length=30)]
Resources = Annotated[str, Meta(max_length=500)]


class MeetingAct(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action"):
    """Something done to a meeting."""


class ChangeMeeting(MeetingAct, frozen=True, kw_only=True, tag="change"):
    """Another title, day or place, other guests: as a whole."""

    title: Title
    day: date
    place: Place = ""
    invited: Guests = ()


class GatherItems(MeetingAct, frozen=True, kw_only=True, tag="gather"):
    """Take matters from the agenda: cases by their reports' ids, topics by their own."""

    items: Items


class DropItems(MeetingAct, frozen=True, kw_only=True, tag="drop"):
    """Give matters back to the agenda."""

    items: Items


class DecideItem(MeetingAct, frozen=True, kw_only=True, tag="decide"):
    """What the town's meeting decides of a case: who leads, `by` which day, with what; the village, a wait (`plan`), or
    no solution, said in public."""

    item: ItemId
    decision: Ruling
    department: BodyCode | None = None
    co_handlers: Helpers = ()
    by: date | None = None
    resources: Resources = ""
    letter: Letter = ""
    plan: Text = ""
    text: NeededText = msgspec.field(name="reason")


class AgreeOnItem(MeetingAct, frozen=True, kw_only=True, tag="agree"):
    """What the joint meeting agrees on: who does what `by` which day, with what, and when it is looked at again."""

    item: ItemId
    who: Who
    by: date
    review: date | None = None
    resources: Resources = ""
    text: NeededText


class PostponeItem(MeetingAct, frozen=True, kw_only=True, tag="postpone"):
    """To the next meeting: it is on the agenda again once the minutes are published."""

    item: ItemId
    text: NeededText = msgspec.field(name="reason")


class AnnounceMeeting(MeetingAct, frozen=True, kw_only=True, tag="announce"):
    """Publish the agenda: the body and its guests hear of it."""


class PublishMinutes(MeetingAct, frozen=True, kw_only=True, tag="publish"):
    """Publish the minutes: each decision is carried out, once."""


class CancelMeeting(MeetingAct, frozen=True, kw_only=True, tag="cancel"):
    """It does not take place; its matters wait for another."""

    text: NeededText = msgspec.field(name="reason")


type AnyMeetingAction = (
    ChangeMeeting
    | GatherItems
    | DropItems
    | DecideItem
    | AgreeOnItem
    | PostponeItem
    | AnnounceMeeting
    | PublishMinutes
    | CancelMeeting
)


def edit(asked: AnyMeetingAction) -> "Edit":
    """The edit that a decoded action is."""
    from chalicelib.services.meetings import editing

    match asked:
        case ChangeMeeting():
            return editing.change(Plan(title=asked.title, day=asked.day, place=asked.place, invited=asked.invited))
        case GatherItems():
            return editing.gather(asked.items)
        case DropItems():
            return editing.drop(asked.items)
        case DecideItem() | AgreeOnItem():
            return editing.decide(asked.item, _decision(asked))
        case PostponeItem():
            return editing.postpone(asked.item, asked.text)
        case AnnounceMeeting():
            return editing.announce()
        case PublishMinutes():
            return editing.publish()
        case CancelMeeting():
            return editing.cancel(asked.text)


def _decision(asked: DecideItem | AgreeOnItem) -> Decision:
    if isinstance(asked, AgreeOnItem):
        return Decision(
            verdict=Verdict.FOLLOW_UP,
            text=asked.text,
            who=asked.who,
            day=asked.by,
            review=asked.review,
            resources=asked.resources,
        )
    return Decision(
        verdict=Verdict(asked.decision.value),
        text=asked.text,
        department=asked.department,
        co_handlers=asked.co_handlers,
        day=asked.by,
        resources=asked.resources,
        letter=asked.letter,
        plan=asked.plan,
    )
