"""Who hears of an agenda or of minutes: the body, the centre, and the departments that are invited or charged."""

from datetime import datetime

from chalicelib.domain.meetings.model import Body, Meeting, Minutes
from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.people.model import Post, Role
from chalicelib.services.notifications.wording import sentences
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people

AGENDA, MINUTES, CANCELLED = "meeting_agenda", "meeting_minutes", "meeting_cancelled"


def agenda(minutes: Minutes, *, now: datetime) -> None:
    """The agenda, each time that it is published anew: a query a post, a transaction a person. Again is once."""
    meeting = minutes.meeting
    _tell(minutes, AGENDA, f"{meeting.id}#{meeting.version}", meeting.announced_at or now)


def cancelled(minutes: Minutes, *, now: datetime) -> None:
    """That it does not take place, to whoever was told that it would. Again is once."""
    _tell(minutes, CANCELLED, minutes.meeting.id, now)


def published(minutes: Minutes, *, now: datetime) -> None:
    """The minutes, once they are carried out. Again is once."""
    meeting = minutes.meeting
    _tell(minutes, MINUTES, meeting.id, meeting.published_at or now)


def _tell(minutes: Minutes, template: str, of: str, at: datetime) -> None:
    meeting, plan = minutes.meeting, minutes.meeting.plan
    facts = {"title": plan.title, "day": plan.day.isoformat(), "place": plan.place, "count": len(minutes.items)}
    words = sentences().render(template, {name: same(fact) for name, fact in facts.items()})
    people_told = {person for post in _posts(meeting) for person in people.holders(post.key)}
    for person in sorted(people_told - {meeting.published_by}):
        inbox.leave(unprompted(person, template, of, words, at=at))


def _posts(meeting: Meeting) -> list[Post]:
    bodies = [Post(Role.COMMITTEE, meeting.township), Post(Role.CENTRE, meeting.township)]
    if meeting.body is Body.JOINT:
        bodies.append(Post(Role.DISTRICT, meeting.scope))
    codes = dict.fromkeys((*meeting.plan.invited, *meeting.involved))
    return bodies + [Post(Role.DEPARTMENT, code) for code in codes]
