"""What may be done to a meeting, and what it is afterwards. Who may, `powers` says."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.domain.meetings.model import Body, Decision, Item, Meeting, MeetingState, Minutes, Plan, Verdict
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reference.departments import Departments
from chalicelib.domain.reference.taxonomy import VILLAGE

LATEST = timedelta(days=366)  # a meeting further off is a slip of the pen
OF_CASES = frozenset({Verdict.DISPATCH, Verdict.TO_VILLAGE, Verdict.SUSPEND, Verdict.CLOSE_UNSOLVED})
VERDICTS = {Body.TOWN: OF_CASES | {Verdict.POSTPONE}, Body.JOINT: frozenset({Verdict.FOLLOW_UP, Verdict.POSTPONE})}


def planned(plan: Plan, *, departments: Departments, now: datetime) -> Plan:
    """The plan, if it makes sense; departments once each.

    Raises Invalid (`meeting_title_needed`, `meeting_day_far`, `unknown_department`).
    """
    if not plan.title.strip():
        raise Invalid("meeting_title_needed")
    if abs(plan.day - date.fromisoformat(local_day(now))) > LATEST:
        raise Invalid("meeting_day_far", days=LATEST.days)
    for code in plan.invited:
        departments.named(code)
    return replace(plan, invited=tuple(dict.fromkeys(plan.invited)))


def edited(meeting: Meeting) -> Meeting:
    """The next version of a draft. Raises Conflict (`meeting_not_draft`)."""
    if meeting.state is not MeetingState.DRAFT:
        raise Conflict("meeting_not_draft", state=meeting.state)
    return replace(meeting, version=meeting.version + 1)


def gathered(minutes: Minutes, items: Sequence[str], *, most: int) -> tuple[str, ...]:
    """What is new among the ids, each once. Raises Conflict (`meeting_full`)."""
    known = {item.id for item in minutes.items}
    fresh = tuple(id for id in dict.fromkeys(items) if id not in known)
    if len(known) + len(fresh) > most:
        raise Conflict("meeting_full", most=most)
    return fresh


def dropped(minutes: Minutes, ids: Collection[str]) -> tuple[Item, ...]:
    """The items with these ids. Raises NotFound (`not_on_meeting`)."""
    return tuple(named(minutes, id) for id in dict.fromkeys(ids))


def named(minutes: Minutes, id: str) -> Item:
    """The item with this id. Raises NotFound (`not_on_meeting`)."""
    if (item := minutes.item(id)) is None:
        raise NotFound("not_on_meeting", item=id)
    return item


def decided(minutes: Minutes, id: str, decision: Decision) -> Item:
    """The item with what was decided of it, in the place of what was before.

    Raises NotFound (`not_on_meeting`), Invalid (`verdict_of_other_meeting`, `who_needed`, `day_needed`,
    `review_after_day`).
    """
    item, body = named(minutes, id), minutes.meeting.body
    if decision.verdict not in VERDICTS[body]:
        raise Invalid("verdict_of_other_meeting", verdict=decision.verdict, body=body)
    if decision.verdict is Verdict.FOLLOW_UP:
        _can_be_followed(decision)
    return replace(item, decision=decision)


def _can_be_followed(decision: Decision) -> None:
    if not any(name.strip() for name in decision.who):
        raise Invalid("who_needed")
    if decision.day is None:
        raise Invalid("day_needed")
    if decision.review and decision.review > decision.day:
        raise Invalid("review_after_day")


def announced(minutes: Minutes, now: datetime) -> Meeting:
    """The agenda is published. Raises Conflict (`meeting_not_draft`, `meeting_empty`)."""
    meeting = edited(minutes.meeting)
    if not minutes.items:
        raise Conflict("meeting_empty")
    return replace(meeting, announced_at=now)


def published(minutes: Minutes, *, by: str, now: datetime) -> Meeting:
    """The minutes stand: from now on they are carried out and no longer edited.

    Raises Conflict (`meeting_not_draft`, `meeting_empty`, `items_undecided`).
    """
    meeting = edited(minutes.meeting)
    if not minutes.items:
        raise Conflict("meeting_empty")
    if undecided := sum(item.decision is None for item in minutes.items):
        raise Conflict("items_undecided", count=undecided)
    return replace(
        meeting, state=MeetingState.PUBLISHING, published_by=by, published_at=now, involved=_involved(minutes)
    )


def _involved(minutes: Minutes) -> tuple[str, ...]:
    decisions = [item.decision for item in minutes.items if item.decision]
    codes = [code for one in decisions for code in (one.department, *one.co_handlers) if code and code != VILLAGE]
    return tuple(dict.fromkeys(codes))


def finished(meeting: Meeting) -> Meeting:
    """All that it decided was carried out."""
    return replace(meeting, state=MeetingState.PUBLISHED, version=meeting.version + 1)


def cancelled(meeting: Meeting, reason: str) -> Meeting:
    """It does not take place. Raises Invalid (`reason_needed`), Conflict (`meeting_not_draft`)."""
    if not reason.strip():
        raise Invalid("reason_needed")
    return replace(edited(meeting), state=MeetingState.CANCELLED, reason=reason)
