"""Use case: the lane of couriers' own needs, what is open by deadline and then what has ended, with its figures."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.figures import statistics
from chalicelib.domain.figures.figures import By
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_month
from chalicelib.domain.reports import riders
from chalicelib.domain.reports.riders import Need, Wanted
from chalicelib.services.figures import indicators
from chalicelib.services.figures.indicators import Answer, Question
from chalicelib.services.reference import areas
from chalicelib.store.reports import listings


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Some needs, and where the next ones begin; on the first page also the figures of the present local month."""

    needs: list[Need]
    figures: Answer | None
    cursor: str | None


def page(wanted: Wanted, *, by: Actor, limit: int, cursor: str | None, now: datetime) -> Lane:
    """A page of the township's lane as the caller may see it: one query, and one for the figures.

    Raises Forbidden where the caller is neither a courier nor of the centre, the committee or the district.
    """
    township = areas.listing(now=now)[0].township
    seen = riders.view(by, township, now=now)
    found = listings.lane(township, keep=wanted.holds, limit=limit, cursor=cursor)
    return Lane(
        needs=[seen(report) for report in found.reports],
        figures=None if cursor else _figures(township, now=now),
        cursor=found.cursor,
    )


def _figures(township: str, *, now: datetime) -> Answer:
    month = statistics.period(local_month(now), None)
    question = Question(by=By.KIND, first=month.first, last=month.last, group=riders.GROUP)
    return indicators.of(township, question, now=now)
