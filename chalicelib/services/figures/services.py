"""Figures of the care relay, volunteering and the like, for staff by scope."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.figures import services as rules
from chalicelib.domain.figures import statistics
from chalicelib.domain.figures.services import ServiceRow
from chalicelib.domain.figures.statistics import Period
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_month
from chalicelib.services.reference import areas
from chalicelib.store.figures import deeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Of a period, by village; `names` are Chinese and English, by code."""

    township: str
    period: Period
    rows: list[ServiceRow]
    names: dict[str, tuple[str, str]]


def counted(month: str | None, day: str | None, area: str | None, *, by: Actor, now: datetime) -> Services:
    """What was done in a local month or day, this month by default, in the caller's villages: one query.

    Raises Forbidden (`statistics_for_staff`, `not_your_area`), Invalid (`no_such_day`).
    """
    township = areas.township(now=now)
    scope = statistics.scope(by, area, township)
    asked = statistics.period(month or local_month(now), day)
    found = deeds.of(township, asked.first[:7], asked.first, asked.last)
    villages = areas.listing(now=now)[0].villages
    names = {village.code: (village.name, village.name_en) for village in villages}
    return Services(township=township, period=asked, rows=rules.rows(found, scope.areas), names=names)
