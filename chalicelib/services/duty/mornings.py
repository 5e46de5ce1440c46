"""What a day begins with: digests, tomorrow's empty duty slots; last week's and month's reports, results of rankings;
points that expire, appeals that wait for an answer."""

from datetime import date, datetime, time
from functools import partial
from typing import Protocol

from chalicelib.domain.duty.rosters import Gap
from chalicelib.domain.notifications.inbox import Message, unprompted
from chalicelib.domain.notifications.messages import Both, Messages, listed, same
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.services.attempts import Attempts
from chalicelib.services.documents import monthly, weekly
from chalicelib.services.duty import rosters
from chalicelib.services.notifications import digests
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.points import expiry, reminding
from chalicelib.services.rankings import results
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.figures import marks
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people

HOUR, TEMPLATE = "roster_check_hour", "roster_gaps"
NAMED = 12  # gaps; the rest is counted


class Task(Protocol):
    """Does what is due by now; how much it was."""

    def __call__(self, *, now: datetime) -> int: ...


def begin(*, now: datetime) -> dict[str, int]:
    """Do what this hour has to do, and what earlier ones have missed; how many people heard, how many reports.

    What fails keeps nothing else from being done: raises ExceptionGroup at the end, and the next hour tries again.
    """
    tasks: dict[str, Task] = {
        "digests": digests.send,
        "rosters": check_rosters,
        "weekly": weekly.send,
        "monthly": monthly.make_due,
        "rankings": results.freeze_due,
        "expiry": expiry.run,
        "expiry_notices": expiry.notify,
        "appeals": reminding.remind,
    }
    attempts = Attempts("morning")
    made = {name: attempts.make(f"morning: {name}", partial(task, now=now)) or 0 for name, task in tasks.items()}
    attempts.done()
    return made


def check_rosters(*, now: datetime) -> int:
    """Tell of each slot that is empty tomorrow, once a day: the post itself, and all of them centre and admin."""
    book, day = rulebook.in_force(now=now), rosters.tomorrow(now)
    mark = f"{TEMPLATE}#{day.isoformat()}"
    if now.astimezone(ZONE).hour < book.numbers.count(HOUR) or marks.is_set(mark):
        return 0
    told = _tell(rosters.gaps(day, now=now), day, book, now)
    marks.set_once(mark, at=now)
    return told


def _tell(gaps: dict[str, list[Gap]], day: date, book: Rulebook, now: datetime) -> int:
    places = areas.listing(now=now)[0]
    names = _names(book, now)
    hear = {person: own for post, own in gaps.items() for person in people.holders(post)}
    everything = [gap for own in gaps.values() for gap in own]
    for role in (Role.CENTRE, Role.ADMIN) if everything else ():
        hear |= dict.fromkeys(people.holders(Post(role, places.township).key), everything)
    at = datetime.combine(rosters.today(now), time(book.numbers.count(HOUR)), ZONE)
    for person, empty in sorted(hear.items()):
        inbox.leave(_message(person, empty, day, names, at))
    return len(hear)


def _names(book: Rulebook, now: datetime) -> dict[str, Both]:
    """What posts are called."""
    places = areas.listing(now=now)[0]
    villages = {Post(Role.VILLAGE, one.code).key: (one.name, one.name_en) for one in places.villages}
    bodies = {Post(Role.DEPARTMENT, one.code).key: (one.zh, one.en) for one in book.departments.by_code.values()}
    return villages | bodies | {Post(Role.CENTRE, places.township).key: sentences().templates["word_centre"]}


def _message(person: str, gaps: list[Gap], day: date, names: dict[str, Both], at: datetime) -> Message:
    told = listed(_gap(gap, names, sentences()) for gap in gaps[:NAMED])
    if more := len(gaps[NAMED:]):
        told = (f"{told[0]}，另有{more}处", f"{told[1]}; and {more} more")
    words = sentences().render(TEMPLATE, {"day": same(day.isoformat()), "gaps": told})
    return unprompted(person, TEMPLATE, day.isoformat(), words, at=at)


def _gap(gap: Gap, names: dict[str, Both], words: Messages) -> Both:
    post, slot = names.get(gap.post, same(gap.post)), words.templates[f"word_{gap.slot}"]
    since = "" if gap.begins == "00:00" else f" {gap.begins}–"
    return f"{post[0]}{slot[0]}{since}", f"{post[1]} {slot[1]}{since}"
