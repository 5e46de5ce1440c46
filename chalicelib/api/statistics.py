"""Figures over HTTP: how many reports came, went and stand; and what the caller himself contributed."""

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.sentences import labels
from chalicelib.api.shapes import Instant
from chalicelib.domain.figures.figures import By

if TYPE_CHECKING:
    from chalicelib.domain.figures.contributions import Contribution
    from chalicelib.domain.figures.statistics import Row as Counted

api = Api(__name__)

Month = Annotated[str, Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Day = Annotated[str, Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])-\d{2}$")]
AreaCode = Annotated[str, Meta(pattern=r"^(\d{9}|\d{12}|\d{15}|outside)$")]


class StatisticsQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A local `month` or `day`, this month by default; `area`: a township's, village's or grid's code, or `outside`."""

    by: By = By.STATUS
    month: Month | None = None
    day: Day | None = None
    area: AreaCode | None = None

    def __post_init__(self) -> None:
        if self.month and self.day:
            raise ValueError("either month or day")


class Figure(Struct, frozen=True, kw_only=True):
    """`filed`: new reports. `entered` and `left`: moves between statuses, kinds and places; a report may count often.

    `standing`: how many there were at `as_of`, `open`: how many of these had not ended; null where it lies too far
    back.
    """

    filed: int
    entered: int
    left: int
    standing: int | None
    open: int | None


class FigureRow(Figure, frozen=True, kw_only=True):
    """A day, or a village, grid, kind or status by its code and name; `outside` and `none` stand for those without."""

    key: str
    name: str
    name_en: str


class ReportFigures(Struct, frozen=True, kw_only=True):
    """Figures of the local days `first` … `last`. `as_of`: the instant of `standing`; `counted_at`: of the counting.

    `confidential`: whether secret and unclassified matters are counted, as for those who see a whole township.
    """

    township: str
    first: str
    last: str
    by: By
    as_of: Instant
    counted_at: Instant
    confidential: bool
    rows: list[FigureRow]
    total: Figure


class Counts(Struct, frozen=True, kw_only=True):
    """`filed`, `verified` as true, re-checked as `solved`; the others: what came into that state less what left it."""

    filed: int
    verified: int
    solved: int
    open: int
    closed: int
    invalid: int
    duplicate: int
    withdrawn: int
    transferred: int


class MonthCounts(Counts, frozen=True, kw_only=True):
    """Of a local month."""

    month: str


class MyContribution(Struct, frozen=True, kw_only=True):
    """The caller's months, newest first, and all of it; `total` says how many of his reports are open, closed … now."""

    months: list[MonthCounts]
    total: Counts
    balance: int
    pending: int
    honour: int


@api.route("/statistics/reports", methods=["GET"], authorizer=authorize)
def count_reports(ask: Ask, query: StatisticsQuery) -> ReportFigures:
    """How many reports came, went and stand, in the caller's areas; whole townships and districts count every kind.

    Of a local `month` or `day`, this month by default; `area`: a township's, village's or grid's code, or `outside`.
    """
    from chalicelib.services.figures import statistics

    question = statistics.Question(by=query.by, month=query.month, day=query.day, area=query.area)
    answer = statistics.reports(question, by=ask.actor, now=ask.now)
    return ReportFigures(
        township=answer.township,
        first=answer.period.first,
        last=answer.period.last,
        by=query.by,
        as_of=answer.as_of,
        counted_at=answer.counted_at,
        confidential=answer.confidential,
        rows=[_row(row, query.by, answer.names) for row in answer.rows],
        total=Figure(**_figure(answer.total)),
    )


@api.route("/me/contribution", methods=["GET"], authorizer=authorize)
def get_contribution(ask: Ask) -> MyContribution:
    """What became of the caller's own reports, month by month, and his points."""
    from chalicelib.services.figures import statistics

    found = statistics.contribution(by=ask.actor, now=ask.now)
    return MyContribution(
        months=[MonthCounts(month=one.month, **_counts(one)) for one in found.months],
        total=Counts(**_counts(found.total)),
        balance=found.wallet.balance,
        pending=found.wallet.pending,
        honour=found.wallet.honour,
    )


def _row(row: "Counted", by: By, names: dict[str, tuple[str, str]]) -> FigureRow:
    zh, en = names.get(row.key) or labels().get(f"{by}.{row.key}") or (row.key, row.key)
    return FigureRow(key=row.key, name=zh, name_en=en, **_figure(row))


def _figure(row: "Counted") -> dict[str, Any]:
    return {name: getattr(row, name) for name in Figure.__struct_fields__}


def _counts(one: "Contribution") -> dict[str, int]:
    return {name: getattr(one, name) for name in Counts.__struct_fields__}
