"""The public page of a report over HTTP: its link is asked for and taken back; whoever has it needs no account."""

from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING

from chalice.app import Response
from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask, Visit
from chalicelib.api.outcomes import images
from chalicelib.api.sentences import texts
from chalicelib.api.shapes import ImageLink, Instant
from chalicelib.domain.errors import NotFound
from chalicelib.domain.notifications.messages import Messages
from chalicelib.domain.reports.model import Status

if TYPE_CHECKING:
    from chalicelib.services.reports.public_pages import Page

api = Api(__name__)

HTML = "text/html"


class PageLink(Struct, frozen=True, kw_only=True):
    """Where the page is, below the address of this API, and until when the link opens it."""

    id: str
    path: str
    expires_at: Instant


class ClosedPage(Struct, frozen=True, kw_only=True):
    """All links to the page are dead."""

    id: str
    closed: bool = True


class PublicStep(Struct, frozen=True, kw_only=True):
    """What happened on a day (of the township), and what the public was told then."""

    on: str
    step: str
    zh: str
    en: str
    answer: str | None


class PublicPhoto(Struct, frozen=True, kw_only=True):
    """A photo that a person has marked free of faces, plates, waybills and interiors."""

    purpose: str
    links: list[ImageLink]


class PublicReport(Struct, frozen=True, kw_only=True):
    """All that everybody may know of a report: no person, no exact place, no word of the report itself."""

    matter_zh: str
    matter_en: str
    village_zh: str
    village_en: str
    reported_on: str
    status: Status
    steps: list[PublicStep]
    photos: list[PublicPhoto]
    expires_at: Instant


@api.route("/reports/{report_id}/public-link", methods=["POST"], authorizer=authorize)
def give_page_link(ask: Ask, report_id: str) -> PageLink:
    """A link to the public page of a report, for months: for its reporter, who joined it, centre, village and lead.

    Where the centre has closed the page, its asking opens it again.
    """
    from chalicelib.gateways import links
    from chalicelib.services.reports import public_pages

    given = public_pages.give(report_id, by=ask.actor, now=ask.now)
    return PageLink(id=report_id, path=links.page_path(given.token), expires_at=given.expires_at)


@api.route("/reports/{report_id}/public-link", methods=["DELETE"], authorizer=authorize)
def close_page(ask: Ask, report_id: str) -> ClosedPage:
    """Close the public page of a report, for the centre: every link to it is dead, and nobody else gets a new one."""
    from chalicelib.services.reports import public_pages

    public_pages.close(report_id, by=ask.actor, now=ask.now)
    return ClosedPage(id=report_id)


@api.route("/p/{token}", methods=["GET"], answer_type=HTML)
def show_page(visit: Visit, token: str) -> Response:
    """The public page of a report: what it was, when, which village, what was done, and photos that may be seen.

    Of a link that is none, has lapsed or was taken back, only that (404).
    """
    from chalicelib.services.reports import public_pages

    return _page(public_pages.show(token, now=visit.now))


@api.route("/p/{token}/data", methods=["GET"])
def get_page(visit: Visit, token: str) -> PublicReport:
    """The same for programs."""
    from chalicelib.services.reports import public_pages

    page = public_pages.show(token, now=visit.now)
    if page is None:
        raise NotFound("no_such_page")
    return PublicReport(
        matter_zh=page.matter[0],
        matter_en=page.matter[1],
        village_zh=page.village[0],
        village_en=page.village[1],
        reported_on=page.reported,
        status=page.status,
        steps=_steps(page),
        photos=[PublicPhoto(purpose=photo.purpose, links=images(links)) for photo, links in page.photos],
        expires_at=page.expires_at,
    )


def _steps(page: "Page") -> list[PublicStep]:
    words = Messages(templates=texts())
    told = [(one, words.render(f"page.step.{one.step}", {"body": one.body})) for one in page.past]
    return [PublicStep(on=one.day, step=one.step, zh=zh, en=en, answer=one.answer or None) for one, (zh, en) in told]


def _page(shown: "Page | None") -> Response:
    from chalicelib.api.pages.public import page, policy

    headers: dict[str, str | list[str]] = {
        "Content-Type": f"{HTML}; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy(),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }
    body = page(shown)
    if shown is None:
        return Response(body, headers=headers, status_code=HTTPStatus.NOT_FOUND)
    return Response(body, headers=headers | {"ETag": f'"{sha256(body.encode()).hexdigest()[:16]}"'})
