"""Weekly summaries of companies over HTTP: for the centre, to hand over. Nobody is named in them."""

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, Paging

if TYPE_CHECKING:
    from chalicelib.domain.documents.weekly import Company, Weekly

api = Api(__name__)


class CompanyWeek(Struct, frozen=True, kw_only=True):
    """How many of a company's couriers took part, what they filed, and how much was found true and solved.

    `company` is empty for those with too few couriers to be told apart. `text` is a sentence to send to the company.
    """

    company: str
    couriers: int
    filed: int
    verified: int
    solved: int
    text: str
    text_en: str


class WeeklyReport(Struct, frozen=True, kw_only=True):
    """A week by ISO 8601 (`2026-W48`), local days `from` … `to`, as known `as_of` then."""

    id: str
    first: str = msgspec.field(name="from")
    last: str = msgspec.field(name="to")
    as_of: Instant
    companies: list[CompanyWeek]


class WeeklyReports(Struct, frozen=True, kw_only=True):
    """Some weeks, newest first; `cursor` asks for the next ones, null at the end."""

    reports: list[WeeklyReport]
    cursor: str | None


@api.route("/weekly-reports", methods=["GET"], authorizer=authorize)
def list_weekly_reports(ask: Ask, query: Paging) -> WeeklyReports:
    """What each company's couriers did, by week, newest first. Small groups stand together or nowhere."""
    from chalicelib.services.documents import weekly

    page = weekly.listing(by=ask.actor, limit=query.limit, cursor=query.cursor, now=ask.now)
    return WeeklyReports(reports=[_report(one) for one in page.documents], cursor=page.cursor)


@api.route("/weekly-reports/{week}", methods=["GET"], authorizer=authorize)
def get_weekly_report(ask: Ask, week: str) -> WeeklyReport:
    """What each company's couriers did in a week (`2026-W48`), with a sentence to send to each."""
    from chalicelib.services.documents import weekly

    return _report(weekly.get(week, by=ask.actor, now=ask.now))


def _report(one: "Weekly") -> WeeklyReport:
    companies = [_company(company, one) for company in one.companies]
    return WeeklyReport(id=one.week, first=one.first, last=one.last, as_of=one.as_of, companies=companies)


def _company(company: "Company", summary: "Weekly") -> CompanyWeek:
    from chalicelib.services.documents import weekly

    text, text_en = weekly.words(company, summary)
    return CompanyWeek(
        company=company.name,
        couriers=company.couriers,
        filed=company.filed,
        verified=company.verified,
        solved=company.solved,
        text=text,
        text_en=text_en,
    )
