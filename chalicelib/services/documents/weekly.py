"""Use cases on a week's summaries: a message for each village's people, a document of what each company's couriers did.

Made on the first working morning after the week, or later where it was missed. What broke off goes on in the next
hour: a message stands in its inbox once, the document on its shelf once.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from chalicelib.domain.areas.model import Area, Areas
from chalicelib.domain.documents import weekly as rules
from chalicelib.domain.documents.weekly import Helped, Weekly
from chalicelib.domain.errors import NotFound
from chalicelib.domain.figures import weeks
from chalicelib.domain.figures.weeks import Effort
from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.people.model import Actor, Post, Role, require_any
from chalicelib.domain.reference.calendar import ZONE, instants
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.services.attempts import Attempts
from chalicelib.services.documents.counting import of_villages, reader
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import areas, rulebook
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.documents import documents as store
from chalicelib.store.documents.documents import DocumentThere, Kind, Page
from chalicelib.store.figures import marks
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people

log = logging.getLogger(__name__)

HOUR, LEAST = "digest_hour", "small_group"
BACK = 12  # weeks that are made up for: longer than any holiday, and than most outages
REMEMBERED = 56  # weeks whose marks are kept (`store/figures/marks.py`)
VILLAGES, COMPANIES = "weekly_village", "weekly_companies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The week that is told of: its name, its first and last local day, and when people hear of it."""

    name: str
    first: date
    last: date
    at: datetime

    @property
    def days(self) -> tuple[str, str]:
        """As text."""
        return self.first.isoformat(), self.last.isoformat()


def send(*, now: datetime) -> int:
    """Tell of the weeks that are over, once it is time and until it is done; how many people there are to be told.

    A week, a village or a person of whom it fails keeps nobody else from hearing, and is tried again in the next hour.
    Raises ExceptionGroup where anything failed.
    """
    book, local = rulebook.in_force(now=now), now.astimezone(ZONE)
    if local.hour < book.numbers.count(HOUR) or not book.calendar.is_workday(local.date()):
        return 0
    tries = Attempts(VILLAGES)
    told = [tries.make(f"week {name}", partial(_tell, _week(name, book), book, now)) for name in _untold(now)]
    tries.done()
    return sum(one or 0 for one in told)


def _untold(now: datetime) -> list[str]:
    """The weeks to tell of, oldest first: one batch; one more where none of the last ones was told of."""
    past = weeks.past(now, back=BACK)
    if told := _told(past):
        return weeks.untold(past, told)
    older = weeks.past(now, back=REMEMBERED)[:-BACK]
    if not (long_ago := _told(older)):
        return weeks.untold(past, told)
    if missed := weeks.untold(older, long_ago):
        log.warning("Weeks that nobody is told of any more: %s", ", ".join(missed))
    return past


def _told(past: list[str]) -> frozenset[str]:
    marked = marks.which(map(_mark, past))
    return frozenset(week for week in past if _mark(week) in marked)


def _mark(week: str) -> str:
    return f"{Kind.WEEKLY}#{week}"


def _tell(week: Week, book: Rulebook, now: datetime) -> int:
    places, tries = areas.listing(now=now)[0], Attempts(week.name)
    start, end = instants(*week.days)
    lines = (line for line in history.since(start, end) if line.at < end and line.standing.township == places.township)
    efforts = weeks.efforts(lines)
    told = [
        tries.make(f"{VILLAGES} {week.name}", partial(_tell_villages, week, places, rules.helped(efforts), tries, now)),
        tries.make(f"{COMPANIES} {week.name}", partial(_tell_centre, week, places, efforts, book, tries, now)),
    ]
    tries.done()
    marks.set_once(_mark(week.name), at=now)
    return sum(one or 0 for one in told)


def get(week: str, *, by: Actor, now: datetime) -> Weekly:
    """A week's summary of companies: one read. Raises Forbidden to who reads none, NotFound (`no_such_document`)."""
    township = _require_reader(by, now)
    if found := store.weekly(township, week):
        return found
    raise NotFound("no_such_document", document=week)


def listing(*, by: Actor, limit: int, cursor: str | None, now: datetime) -> Page[Weekly]:
    """The township's summaries, newest first: one query. Raises Forbidden to who reads none."""
    return store.weeklies(_require_reader(by, now), limit=limit, before=cursor)


def words(company: rules.Company, summary: Weekly) -> tuple[str, str]:
    """The sentence that a company may be sent, in Chinese and English: nobody is named in it."""
    facts = {name: same(getattr(company, name)) for name in ("couriers", "filed", "verified", "solved")}
    name = same(company.name) if company.name else sentences().templates["word_other_companies"]
    days = {"first": same(summary.first), "last": same(summary.last)}
    return sentences().render("company_week", facts | days | {"company": name})


def _require_reader(by: Actor, now: datetime) -> str:
    township = areas.township(now=now)
    require_any(by, rules.READERS, township)
    return township


def _week(name: str, book: Rulebook) -> Week:
    first, last = weeks.days_of(name)
    heard = last + timedelta(days=1)
    while not book.calendar.is_workday(heard):
        heard += timedelta(days=1)
    return Week(name=name, first=first, last=last, at=datetime.combine(heard, time(book.numbers.count(HOUR)), ZONE))


def _tell_villages(week: Week, places: Areas, helped: dict[str, Helped], tries: Attempts, now: datetime) -> int:
    """The people of each village, its grid members among them; a village where nothing happened is left alone."""
    found = of_villages(reader(places.township), *week.days, now=now)

    def tell(village: Area) -> int:
        facts = _facts(village, week, found.get(village.code, {}), helped.get(village.code, Helped(couriers=0, most=0)))
        return _leave(_people(village, places), VILLAGES, f"{week.name}#{village.code}", facts, week, tries)

    lively = [one for one in places.villages if any(found.get(one.code, {}).values()) or one.code in helped]
    return sum(tries.make(f"{VILLAGES} of {one.code}", partial(tell, one)) or 0 for one in lively)


def _facts(village: Area, week: Week, counts: dict[str, int], helped: Helped) -> dict[str, Both]:
    numbers = {name: counts.get(name, 0) for name in ("filed", "solved", "overdue", "responded", "due")}
    days = {"first": week.days[0], "last": week.days[1]}
    said = numbers | days | {"couriers": helped.couriers, "most": helped.most}
    return {"village": (village.name, village.name_en)} | {name: same(value) for name, value in said.items()}


def _people(village: Area, places: Areas) -> list[str]:
    posts = [Post(Role.VILLAGE, village.code)]
    posts += [Post(Role.GRID_MEMBER, grid.code) for grid in places.grids if grid.parent == village.code]
    return sorted({person for post in posts for person in people.holders(post.key)})


def _leave(persons: Iterable[str], template: str, of: str, facts: dict[str, Both], week: Week, tries: Attempts) -> int:
    found = sentences().render(template, facts)
    messages = [unprompted(person, template, of, found, at=week.at) for person in persons]
    there = inbox.there((one.person_id, one.id) for one in messages)
    for message in messages:
        if (message.person_id, message.id) not in there:
            tries.make(f"{template} for {message.person_id}", partial(inbox.leave, message))
    return len(messages)


def _tell_centre(
    week: Week, places: Areas, efforts: list[Effort], book: Rulebook, tries: Attempts, now: datetime
) -> int:
    """Put the companies' summary on its shelf, and tell the centre that it is there; nothing where nobody took part."""
    if not efforts:
        return 0
    made = rules.companies(efforts, _employers(efforts), least=book.numbers.count(LEAST))
    first, last = week.days
    summary = Weekly(township=places.township, week=week.name, first=first, last=last, as_of=now, companies=made)
    transaction = Transaction()
    store.add(Kind.WEEKLY, week.name, summary, transaction)
    with suppress(DocumentThere):
        transaction.commit()
    facts = {"week": same(week.name), "companies": same(len(made))}
    centre = people.holders(Post(Role.CENTRE, places.township).key)
    return _leave(centre, COMPANIES, week.name, facts, week, tries)


def _employers(efforts: list[Effort]) -> dict[str, str]:
    """For whom each courier rides now: who changed meanwhile is counted where he went."""
    return {person.id: person.employer for person in people.several(sorted({one.courier_id for one in efforts}))}
