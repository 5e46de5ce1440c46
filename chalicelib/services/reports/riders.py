"""Use case: the lane of couriers' own needs, what is open by deadline and then what has ended, with its figures."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from chalicelib.domain.figures import statistics
from chalicelib.domain.figures.figures import By
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_month
from chalicelib.domain.reports import audited, riders
from chalicelib.domain.reports.riders import Need, Wanted
from chalicelib.services.figures import indicators
from chalicelib.services.figures.indicators import Answer, Question
from chalicelib.services.people import looks
from chalicelib.services.reference import areas
from chalicelib.store.reports import lanes


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Some needs, and where the next ones begin; on the first page also the figures of the present local month."""

    needs: list[Need]
    figures: Answer | None
    cursor: str | None


def page(wanted: Wanted, *, by: Actor, limit: int, cursor: str | None, now: datetime) -> Lane:
    """A page of the township's lane as the caller may see it: one query, and one for the figures. An auditor's look is
    noted.

    It looks at 500 matters at most: where few are wanted it is short, or empty, and its cursor leads on. Raises
    Forbidden where the caller is neither a courier nor of the centre, the committee or the district, Invalid
    (`bad_cursor`).
    """
    township = areas.township(now=now)
    staff = riders.reads_as_staff(by, township)
    seen, visible = riders.view(by, staff=staff, now=now), partial(riders.shows, staff=staff)
    looks.note(by, lanes.key(township), township=township, now=now)
    asked = lambda report: wanted.holds(audited.as_read(report, by))  # noqa: E731  # by what he may read of it
    found = lanes.page(township, visible=visible, wanted=asked, limit=limit, cursor=cursor)
    return Lane(
        needs=[seen(report) for report in found.reports],
        figures=None if cursor else _figures(township, staff=staff, now=now),
        cursor=found.cursor,
    )


def _figures(township: str, *, staff: bool, now: datetime) -> Answer:
    month = statistics.period(local_month(now), None)
    question = Question(by=By.KIND, first=month.first, last=month.last, group=riders.GROUP)
    return indicators.of(township, question, everything=staff, now=now)
