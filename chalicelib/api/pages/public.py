"""The public page of a report, for whoever has its link: Chinese first, for a phone held in one hand, without a script.

Everything written by people goes through `el`, which escapes it; the policy lets nothing in but this page's own style
and photos from the place where public copies stand.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from chalicelib.api.pages.html import Html, both, el, void
from chalicelib.api.sentences import labels, texts
from chalicelib.domain.notifications.messages import Both, Messages, same
from chalicelib.domain.notifications.outcomes import day
from chalicelib.domain.photos import Link, Photo, Purpose
from chalicelib.gateways.files import public_address
from chalicelib.services.reports.public_pages import Page, Past

STYLE = Path(__file__).parents[2] / "data" / "public.css"
SHOWN = 1024  # pixels of the copy on the page; a tap opens the largest


def page(shown: Page | None) -> str:
    """The whole page; None where the link is none."""
    title = f"{shown.matter[0]} · {texts()['page.title'][0]}" if shown else texts()["page.none"][0]
    head = el(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="robots", content="noindex, nofollow, noarchive"),
        el("title", title),
        el("style", Html(style())),
    )
    content = _content(shown) if shown else _none()
    brand = el("header", el("p", _told("title")))
    return "<!doctype html>" + el("html", head, el("body", brand, el("main", *content)), lang="zh-CN")


def policy() -> str:
    """What a browser may load for this page (CSP): its style, known by its digest, and public copies of photos."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return f"{nothing}; style-src 'sha256-{digest}'; img-src {public_address()}"


@cache
def style() -> str:
    """How it looks, read once a process."""
    return STYLE.read_text(encoding="utf-8")


def _content(shown: Page) -> list[Html | None]:
    state = el("p", both(labels()[f"status.{shown.status}"]), class_=f"state {shown.status}")
    where, when = el("p", both(shown.village)), el("p", _told("reported", day=same(shown.reported)))
    return [
        el("h1", both(shown.matter)),
        state,
        el("div", where, when, class_="facts"),
        _photos(shown.photos),
        el("h2", _told("steps")),
        el("ol", *map(_step, shown.past)),
        el("footer", el("p", _told("foot")), el("p", _told("until", day=same(day(shown.expires_at))))),
    ]


def _none() -> list[Html]:
    return [el("h1", _told("none")), el("p", _told("none_why"))]


def _photos(shown: list[tuple[Photo, list[Link]]]) -> Html | None:
    """Before beside after where the screen is wide enough."""
    sides = [_side(purpose, shown) for purpose in (Purpose.BEFORE, Purpose.AFTER)]
    return el("div", *sides, class_="photos") if any(sides) else None


def _side(purpose: Purpose, shown: Iterable[tuple[Photo, list[Link]]]) -> Html | None:
    pictures = [_picture(photo, links) for photo, links in shown if photo.purpose is purpose]
    return el("section", el("h2", _told(purpose)), *pictures) if pictures else None


def _picture(photo: Photo, links: list[Link]) -> Html:
    sizes = {link.size or 0: link.url for link in links}
    url = sizes[min((size for size in sizes if size >= SHOWN), default=max(sizes))]
    found = photo.found
    size = {"width": found.width, "height": found.height} if found else {}
    image = void("img", src=url, alt=texts()[f"page.{photo.purpose}"][0], **size)
    return el("a", image, href=sizes[max(sizes)], rel="noreferrer")


def _step(one: Past) -> Html:
    answer = el("blockquote", one.answer) if one.answer else None
    return el("li", el("time", one.day, datetime=one.day), el("p", _told(f"step.{one.step}", body=one.body)), answer)


def _told(key: str, **blanks: Both) -> Html:
    return both(Messages(templates=texts()).render(f"page.{key}", blanks))
