"""Each working morning the centre hears how many appeals wait for an answer, and how many of them are late; it and the
committee, how many points wait for somebody to agree."""

from datetime import datetime, time

from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.points.appeals import AppealState, is_overdue
from chalicelib.domain.points.proposals import ProposalState
from chalicelib.domain.reference.calendar import ZONE, local_day
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.figures import marks
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people
from chalicelib.store.points import appeals, awards

HOUR, TEMPLATE, AWARDS = "digest_hour", "appeals_due", "points_waiting"
MOST = 1000  # of either that are counted, what is due or waits longest first


def remind(*, now: datetime) -> int:
    """Tell everybody of the centre and the committee, once a working day, where anything waits; how many heard.

    Two reads and four queries, and a transaction a person. What broke off goes on in the next hour: again is once.
    """
    book, local = rulebook.in_force(now=now), now.astimezone(ZONE)
    day = local.date()
    mark = f"{TEMPLATE}#{day.isoformat()}"
    if local.hour < book.numbers.count(HOUR) or not book.calendar.is_workday(day) or marks.is_set(mark):
        return 0
    at = datetime.combine(day, time(book.numbers.count(HOUR)), ZONE)
    told = sum(_tell(township, at, now) for township in areas.townships(now=now))
    marks.set_once(mark, at=now)
    return told


def _tell(township: str, at: datetime, now: datetime) -> int:
    asked, waiting = _asked(township, now), _waiting(township, now)
    told = {Role.CENTRE: asked + waiting, Role.COMMITTEE: waiting}
    heard = set[str]()
    for role, said in told.items():
        hearers = set(people.holders(Post(role, township).key)) - heard if said else set[str]()
        words = "".join(zh for zh, _ in said), " ".join(en for _, en in said)
        for person in sorted(hearers):
            inbox.leave(unprompted(person, TEMPLATE, local_day(at), words, at=at))
        heard |= hearers
    return len(heard)


def _asked(township: str, now: datetime) -> list[Both]:
    """Appeals that wait for an answer."""
    waiting = appeals.page(township, AppealState.OPEN, due=None, limit=MOST, cursor=None).appeals
    late = sum(is_overdue(one, now) for one in waiting)
    today = sum(local_day(one.due_at) == local_day(now) and not is_overdue(one, now) for one in waiting)
    counts = {"open": same(len(waiting)), "late": same(late), "today": same(today)}
    return [sentences().render(TEMPLATE, counts)] if waiting else []


def _waiting(township: str, now: datetime) -> list[Both]:
    """Points that wait for somebody to agree: these have no deadline, so it is said for how long the first has."""
    waiting = awards.page(township, ProposalState.OPEN, limit=MOST, cursor=None).proposals
    if not waiting:
        return []
    days = (now - waiting[0].proposed_at).days
    return [sentences().render(AWARDS, {"open": same(len(waiting)), "days": same(days)})]
