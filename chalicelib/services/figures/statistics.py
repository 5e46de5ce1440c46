"""Use cases on figures: how many reports came, went and stand, for staff by scope; a courier's own contribution."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.figures import contributions as own
from chalicelib.domain.figures import statistics as rules
from chalicelib.domain.figures.contributions import Contribution
from chalicelib.domain.figures.figures import NO_KIND, By, Leaf
from chalicelib.domain.figures.statistics import Period, Row, Scope
from chalicelib.domain.people.model import Actor
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.reference.calendar import local_day, local_month, months
from chalicelib.services.figures import figures
from chalicelib.services.points import points
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.figures import contributions


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: a local month or day, this month by default; an area, all that is the caller's by default."""

    by: By
    month: str | None = None
    day: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Rows and their total. `as_of` is the instant whose standing they say, `counted_at` when they were counted.

    `confidential`: whether kinds that are secret, and reports not yet classified, are counted. `names` are Chinese
    and English, by key.
    """

    township: str
    period: Period
    rows: list[Row]
    total: Row
    as_of: datetime
    counted_at: datetime
    confidential: bool
    names: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributed:
    """A courier's months, newest first, all of it together, and his points."""

    months: list[Contribution]
    total: Contribution
    wallet: Wallet


def reports(question: Question, *, by: Actor, now: datetime) -> Answer:
    """How many reports came, went, and stood at the end: a query for each month since, and one of all.

    Raises Forbidden outside the caller's scope, Invalid for a day that does not exist.
    """
    township = areas.township(now=now)
    scope = rules.scope(by, question.area, township)
    asked = rules.period(question.month or local_month(now), question.day)
    flows, ever = _counted(township, asked, scope, now=now)
    return Answer(
        township=township,
        period=asked,
        rows=rules.rows(question.by, asked, flows, ever),
        total=rules.total(asked, flows, ever),
        as_of=min(asked.end, now),
        counted_at=now,
        confidential=scope.everything,
        names=_names(question.by, now=now),
    )


def contribution(*, by: Actor, now: datetime) -> Contributed:
    """The caller's own counts by month and his points: a query and a read."""
    months = contributions.of(by.id)
    return Contributed(months=months, total=own.total(months), wallet=points.spendable(by.id, now=now))


def _counted(township: str, asked: Period, scope: Scope, *, now: datetime) -> tuple[list[Leaf], list[Leaf] | None]:
    """The leaves of the period and since, and the sums of all days; without these where it lies too far back."""
    rulebook_now = rulebook.in_force(now=now)
    secret = frozenset(code for code, kind in rulebook_now.taxonomy.kinds.items() if kind.confidential) | {NO_KIND}
    since = months(asked.first, local_day(now)) or [asked.first[:7]]  # the first alone where it lies ahead
    reachable = len(since) <= rulebook_now.numbers.count("statistics_months")
    read = since if reachable else since[:1]
    flows = [leaf for month in read for leaf in figures.of(township, month) if scope.holds(leaf, secret)]
    ever = [leaf for leaf in figures.ever(township) if scope.holds(leaf, secret)] if reachable else None
    return flows, ever


def _names(by: By, *, now: datetime) -> dict[str, tuple[str, str]]:
    if by is By.KIND:
        return {code: (kind.zh, kind.en) for code, kind in rulebook.in_force(now=now).taxonomy.kinds.items()}
    found, _ = areas.listing(now=now)
    chosen = {By.VILLAGE: found.villages, By.GRID: (*found.villages, *found.grids)}.get(by, ())
    return {area.code: (area.name, area.name_en) for area in chosen}
