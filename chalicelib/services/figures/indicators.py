"""Use cases on the figures a township is judged by: how prompt, how well, by whom (DOMAIN §2 Figures).

Columns are those of `domain.figures.columns`, rates those of `domain.figures.indicators.Row`.
"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.figures import indicators as rules
from chalicelib.domain.figures.figures import NO_KIND, By
from chalicelib.domain.figures.indicators import Only, Row, Scope
from chalicelib.domain.figures.statistics import Period
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import months
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.figures import figures as store


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: local days from `first` to `last`, both included, told apart `by` anything but the status.

    `area`: a township's, village's or grid's code or `outside`; `kind` or `group`: of the taxonomy; `body`: `D01` …,
    `V` the village with its grid members, `C` the centre, `committee`. None for all that is the caller's.
    """

    by: By
    first: str
    last: str
    area: str | None = None
    kind: str | None = None
    group: str | None = None
    body: str | None = None

    @property
    def only(self) -> Only:
        """Which cells are asked for, beside the area."""
        return Only(kind=self.kind, group=self.group, body=self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Rows by key, and all of it as `total`: what was counted by `as_of`.

    `confidential`: whether secret and unclassified matters are counted. `names` are Chinese and English, by key.
    """

    township: str
    period: Period
    rows: list[Row]
    total: Row
    as_of: datetime
    confidential: bool
    names: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A question with the period and the scope that it is answered for."""

    township: str
    period: Period
    scope: Scope
    secret: frozenset[str]


def ask(question: Question, *, by: Actor, now: datetime) -> Answer:
    """The indicators as the caller may read them: one query for each calendar month that the period touches.

    Raises Forbidden outside the caller's scope, Invalid for a period that is none.
    """
    return _answered(question, reading(question, by=by, now=now), now=now)


def of(township: str, question: Question, *, everything: bool = True, now: datetime) -> Answer:
    """The same for the system itself, of a whole township; without secret kinds unless `everything`. Raises Invalid."""
    book = rulebook.in_force(now=now)
    scope = Scope(areas=(question.area or township,), everything=everything)
    return _answered(question, _reading(township, question, scope, book), now=now)


def reading(question: Question, *, by: Actor, now: datetime) -> Reading:
    """What the caller may read of what he asks. Raises Forbidden, Invalid."""
    township = areas.township(now=now)
    scope = rules.scope(by, area=question.area, body=question.body, township=township)
    return _reading(township, question, scope, rulebook.in_force(now=now))


def _reading(township: str, question: Question, scope: Scope, book: Rulebook) -> Reading:
    longest = book.numbers.count("indicator_days")
    kinds = book.taxonomy.kinds.items()
    return Reading(
        township=township,
        period=rules.period(question.first, question.last, longest=longest),
        scope=scope,
        secret=frozenset(code for code, kind in kinds if kind.confidential) | {NO_KIND},
    )


def _answered(question: Question, read: Reading, *, now: datetime) -> Answer:
    first, last = read.period.first, read.period.last
    counters = [
        counter
        for month in months(first, last)
        for counter in store.of(read.township, month, first, last)
        if read.scope.holds(rules.cell(counter), read.secret) and question.only.holds(rules.cell(counter))
    ]
    return Answer(
        township=read.township,
        period=read.period,
        rows=rules.rows(question.by, counters),
        total=rules.total(counters),
        as_of=now,
        confidential=read.scope.everything,
        names=names(question.by, now=now),
    )


def names(by: By, *, now: datetime) -> dict[str, tuple[str, str]]:
    """Chinese and English, of whatever rows are told apart by."""
    book = rulebook.in_force(now=now)
    if by is By.KIND:
        return {code: (kind.zh, kind.en) for code, kind in book.taxonomy.kinds.items()}
    if by is By.DEPARTMENT:
        return {code: (body.zh, body.en) for code, body in book.departments.by_code.items()}
    found, _ = areas.listing(now=now)
    chosen = {By.VILLAGE: found.villages, By.GRID: (*found.villages, *found.grids)}.get(by, ())
    return {area.code: (area.name, area.name_en) for area in chosen}
