"""Monthly reports over HTTP: made once and frozen; as JSON, as a workbook, and what has become different since."""

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, Paging
from chalicelib.domain.documents.monthly import Part

if TYPE_CHECKING:
    from chalicelib.domain.documents.monthly import Correction, Monthly, Row
    from chalicelib.services.documents.files import Fetch

api = Api(__name__)

Month = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}$")]


class NewMonthlyReport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The report of the period that ends in this `month`; by default of the last one that is over."""

    month: Month | None = None


class MonthlyRow(Struct, frozen=True, kw_only=True):
    """Counts by column and rates (null where there is nothing to divide by) of a village, department or group of kinds.

    `name` and `name_en` are what it was called then; `key` is empty for the whole.
    """

    part: Part
    key: str
    name: str
    name_en: str
    counts: dict[str, int]
    rates: dict[str, float | None]


class MonthlyCorrection(Struct, frozen=True, kw_only=True):
    """A count of an earlier `month` that was told as `before` and is `after`."""

    month: str
    part: Part
    key: str
    name: str
    name_en: str
    column: str
    before: int
    after: int


class MonthlySummary(Struct, frozen=True, kw_only=True):
    """A frozen report: local days `from` … `to`, both included; what is in it was known `as_of` then.

    `made_by` is empty where it was made by the clock. `editions`: versions of the reference tables behind it.
    """

    id: str
    month: str
    first: str = msgspec.field(name="from")
    last: str = msgspec.field(name="to")
    as_of: Instant
    made_by: str
    editions: dict[str, int]


class MonthlyFile(Struct, frozen=True, kw_only=True):
    """Where the workbook is to be had until `expires_at`, without any token; `filename`: what a browser saves it as."""

    url: str
    filename: str
    expires_at: Instant


class MonthlyReport(MonthlySummary, frozen=True, kw_only=True):
    """A frozen report; `corrections` are of reports before it. `file` where it was asked for."""

    rows: list[MonthlyRow]
    corrections: list[MonthlyCorrection]
    file: MonthlyFile | None = None


class MonthlyReports(Struct, frozen=True, kw_only=True):
    """Some reports, newest first; `cursor` asks for the next ones, null at the end."""

    reports: list[MonthlySummary]
    cursor: str | None


class MonthlyCorrections(Struct, frozen=True, kw_only=True):
    """What is different now from what the report said; `as_of` now."""

    as_of: Instant
    corrections: list[MonthlyCorrection]


class MonthlyQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`file=true` asks for the address of the workbook."""

    file: bool = False


@api.route("/monthly-reports", methods=["POST"], status=201, authorizer=authorize)
def make_monthly_report(ask: Ask, body: NewMonthlyReport) -> MonthlyReport:
    """Make the report of a period that is over, and freeze it. There is one of each: who asks again gets the same."""
    from chalicelib.services.documents import monthly

    return MonthlyReport(**_whole(monthly.make(body.month, key=ask.key, by=ask.actor, now=ask.now)))


@api.route("/monthly-reports", methods=["GET"], authorizer=authorize)
def list_monthly_reports(ask: Ask, query: Paging) -> MonthlyReports:
    """The township's monthly reports, newest first."""
    from chalicelib.services.documents import monthly

    page = monthly.listing(by=ask.actor, limit=query.limit, cursor=query.cursor, now=ask.now)
    return MonthlyReports(reports=[MonthlySummary(**_summary(one)) for one in page.documents], cursor=page.cursor)


@api.route("/monthly-reports/{report_id}", methods=["GET"], authorizer=authorize)
def get_monthly_report(ask: Ask, report_id: str, query: MonthlyQuery) -> MonthlyReport:
    """A monthly report as it was made; with `file=true` a short-lived link to it as a workbook."""
    from chalicelib.services.documents import files, monthly

    report = monthly.get(report_id, by=ask.actor, now=ask.now)
    file = _file(files.fetch(report, now=ask.now)) if query.file else None
    return MonthlyReport(**_whole(report), file=file)


@api.route("/monthly-reports/{report_id}/corrections", methods=["GET"], authorizer=authorize)
def get_monthly_corrections(ask: Ask, report_id: str) -> MonthlyCorrections:
    """What is different now from what a monthly report said: late entries, reopenings, corrected kinds."""
    from chalicelib.services.documents import monthly

    found = monthly.corrections(report_id, by=ask.actor, now=ask.now)
    return MonthlyCorrections(as_of=ask.now, corrections=[_correction(one) for one in found])


def _summary(report: "Monthly") -> dict[str, Any]:
    return {
        "id": report.id,
        "month": report.month,
        "first": report.first,
        "last": report.last,
        "as_of": report.as_of,
        "made_by": report.made_by,
        "editions": report.editions,
    }


def _whole(report: "Monthly") -> dict[str, Any]:
    return _summary(report) | {
        "rows": [_row(one) for one in report.rows],
        "corrections": [_correction(one) for one in report.corrections],
    }


def _row(row: "Row") -> MonthlyRow:
    from chalicelib.domain.documents.sheets import SHARES, share

    shares = {name: share(row.counts, name) for name in SHARES}
    rates = {name: round(one.part / one.whole, 4) if one.whole else None for name, one in shares.items()}
    return MonthlyRow(part=row.part, key=row.key, name=row.zh, name_en=row.en, counts=row.counts, rates=rates)


def _correction(one: "Correction") -> MonthlyCorrection:
    return MonthlyCorrection(
        month=one.month,
        part=one.part,
        key=one.key,
        name=one.zh,
        name_en=one.en,
        column=one.column,
        before=one.before,
        after=one.after,
    )


def _file(made: "Fetch") -> MonthlyFile:
    return MonthlyFile(url=made.url, filename=made.filename, expires_at=made.expires_at)
