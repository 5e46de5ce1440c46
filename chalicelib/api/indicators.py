"""The figures a township is judged by, over HTTP; and the reports behind each number."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api import shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.listings import CardPaging
from chalicelib.api.sentences import labels
from chalicelib.api.shapes import Card, Instant, KindCode
from chalicelib.api.statistics import AreaCode, Day
from chalicelib.domain.figures.columns import Column
from chalicelib.domain.figures.figures import By

if TYPE_CHECKING:
    from chalicelib.domain.figures.indicators import Row
    from chalicelib.services.figures.indicators import Question

api = Api(__name__)

GroupCode = Annotated[str, Meta(pattern=r"^\d{2}$")]
BodyCode = Annotated[str, Meta(pattern=r"^([A-Z]\d{2}|V|C|committee|none)$")]


class Grouping(StrEnum):
    """What indicators are told apart by."""

    DAY = "day"
    VILLAGE = "village"
    GRID = "grid"
    KIND = "kind"
    DEPARTMENT = "department"


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Local days, both included. `area`: a township's, village's or grid's code, or `outside`; `department`: `D01` …,
    `V` the village with its grid members, `C` the centre, `committee`."""

    first: Day
    last: Day
    area: AreaCode | None = None
    kind: KindCode | None = None
    group: GroupCode | None = None
    department: BodyCode | None = None


class IndicatorQuery(Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What rows are told apart `by`."""

    by: Grouping = Grouping.DAY


class BehindQuery(CardPaging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same question, and the column whose reports are asked for."""

    column: Column
    first: Day
    last: Day
    area: AreaCode | None = None
    kind: KindCode | None = None
    group: GroupCode | None = None
    department: BodyCode | None = None


class Rates(Struct, frozen=True, kw_only=True):
    """Parts of one, null where there is nothing to divide by; see the operation for what they mean."""

    response_rate: float | None
    on_time_rate: float | None
    solved_rate: float | None
    answer_rate: float | None
    satisfaction: float | None


class Indicators(Rates, frozen=True, kw_only=True):
    """Rates, and `counts` by column; a column that is not named is nought."""

    counts: dict[Column, int]


class IndicatorRow(Indicators, frozen=True, kw_only=True):
    """A day, or a village, grid, kind or department by its code and name."""

    key: str
    name: str
    name_en: str


class IndicatorFigures(Struct, frozen=True, kw_only=True):
    """Of the local days `first` … `last`, as counted by `as_of`; `confidential`: secret matters are counted too."""

    township: str
    first: str
    last: str
    by: Grouping
    as_of: Instant
    confidential: bool
    rows: list[IndicatorRow]
    total: Indicators


class CountedReport(Struct, frozen=True, kw_only=True):
    """A report behind a number, the local `day` it counts on, and the body it counts for."""

    day: str
    department: str
    report: Card


class CountedReports(Struct, frozen=True, kw_only=True):
    """By day. `hidden`: how many more of this page are counted that the caller may not see."""

    counted: list[CountedReport]
    hidden: int
    cursor: str | None


@api.route("/statistics/indicators", methods=["GET"], authorizer=authorize)
def count_indicators(ask: Ask, query: IndicatorQuery) -> IndicatorFigures:
    """How promptly and how well reports were dealt with, in local days from `first` to `last`.

    What hangs on a deadline counts on that deadline's day, all else on the day it happened. `response_rate`: first
    answer of staff by the deadline of verification; `on_time_rate`: of each body that had it to do, by its own
    deadline, ÷ (ended + overdue); `solved_rate`: confirmed ÷ re-checked; `answer_rate`: of the reporters asked;
    `satisfaction`: of those who answered.
    """
    from chalicelib.services.figures import indicators

    answer = indicators.ask(_question(query, By(query.by)), by=ask.actor, now=ask.now)
    return IndicatorFigures(
        township=answer.township,
        first=answer.period.first,
        last=answer.period.last,
        by=query.by,
        as_of=answer.as_of,
        confidential=answer.confidential,
        rows=[_row(row, query.by, answer.names) for row in answer.rows],
        total=indicators_of(answer.total),
    )


@api.route("/statistics/indicators/reports", methods=["GET"], authorizer=authorize)
def list_counted_reports(ask: Ask, query: BehindQuery) -> CountedReports:
    """The reports behind a `column` of the indicators: `counted` and `hidden` of all pages add up to its number."""
    from chalicelib.services.figures import behind

    page = behind.page(
        _question(query, By.DAY), query.column, by=ask.actor, limit=query.limit, cursor=query.cursor, now=ask.now
    )
    return CountedReports(
        counted=[
            CountedReport(
                day=one.day, department=one.body, report=shapes.card(one.report, query.crs, internal=ask.actor.is_staff)
            )
            for one in page.counted
        ],
        hidden=page.hidden,
        cursor=page.cursor,
    )


def indicators_of(row: "Row") -> Indicators:
    """A row without its name."""
    return Indicators(counts=dict(row.counts), **_rates(row))


def _question(query: Asked | BehindQuery, by: By) -> "Question":
    from chalicelib.services.figures.indicators import Question

    return Question(
        by=by,
        first=query.first,
        last=query.last,
        area=query.area,
        kind=query.kind,
        group=query.group,
        body=query.department,
    )


def _row(row: "Row", by: Grouping, names: dict[str, tuple[str, str]]) -> IndicatorRow:
    zh, en = names.get(row.key) or labels().get(f"{by}.{row.key}") or (row.key, row.key)
    return IndicatorRow(key=row.key, name=zh, name_en=en, counts=dict(row.counts), **_rates(row))


def _rates(row: "Row") -> dict[str, float | None]:
    return {name: getattr(row, name) for name in Rates.__struct_fields__}
