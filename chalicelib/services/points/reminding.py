"""Each working morning the centre hears how many appeals wait for an answer, and how many of them are late."""

from datetime import datetime, time

from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.points.appeals import Appeal, AppealState, is_overdue
from chalicelib.domain.reference.calendar import ZONE, local_day
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.figures import marks
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people
from chalicelib.store.points import appeals

HOUR, TEMPLATE = "digest_hour", "appeals_due"
MOST = 1000  # that are counted, the earliest due first


def remind(*, now: datetime) -> int:
    """Tell everybody of the centre, once a working day, where anything waits; how many heard.

    Two reads and two queries, and a transaction a person. What broke off goes on in the next hour: again is once.
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
    waiting = appeals.page(township, AppealState.OPEN, due=None, limit=MOST, cursor=None).appeals
    if not waiting:
        return 0
    words = sentences().render(TEMPLATE, _counts(waiting, now))
    centre = people.holders(Post(Role.CENTRE, township).key)
    for person in centre:
        inbox.leave(unprompted(person, TEMPLATE, local_day(at), words, at=at))
    return len(centre)


def _counts(waiting: list[Appeal], now: datetime) -> dict[str, tuple[str, str]]:
    late = sum(is_overdue(one, now) for one in waiting)
    today = sum(local_day(one.due_at) == local_day(now) and not is_overdue(one, now) for one in waiting)
    return {"open": same(len(waiting)), "late": same(late), "today": same(today)}
