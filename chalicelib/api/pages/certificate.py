"""A help certificate as a page: to be shown, printed, and verified by who reads its QR code."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from chalicelib.api.pages import public
from chalicelib.api.pages.html import Html, both, el, join, void
from chalicelib.api.sentences import texts
from chalicelib.domain.care.certificates import Paper
from chalicelib.domain.notifications.messages import Both, Messages, same
from chalicelib.domain.notifications.outcomes import day
from chalicelib.services.care.certifying import Checked

OWN = Path(__file__).parents[2] / "data" / "certificate.css"


def page(found: Checked, code: str) -> str:
    """The whole page; `code` is the QR code of its own address, an SVG document."""
    head = el(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="robots", content="noindex, nofollow, noarchive"),
        el("title", texts()["certificate.title"][0]),
        el("style", Html(style())),
    )
    state = el("p", _told(f"verdict.{found.verdict}"), class_=f"state {found.verdict}")
    paper = _paper(found, found.paper, code) if found.paper else el("p", _told(f"why.{found.verdict}"))
    brand, foot = el("header", el("p", _told("brand"))), el("footer", el("p", _told("foot")))
    body = el("body", brand, el("main", el("div", state, class_="facts"), paper, foot))
    return "<!doctype html>" + el("html", head, body, lang="zh-CN")


def policy() -> str:
    """What a browser may load (CSP): its style, and the picture of the code that comes with it."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return f"{nothing}; style-src 'sha256-{digest}'; img-src data:"


@cache
def style() -> str:
    """How it looks, read once a process."""
    return public.style() + OWN.read_text(encoding="utf-8")


def _paper(found: Checked, said: Paper, code: str) -> Html:
    kind = texts()[f"certificate.kind.{said.kind}"]
    rows: list[tuple[str, Both]] = [
        ("holder", same(said.name) if said.name else texts()["certificate.nameless"]),
        ("kind", kind),
        ("village", found.village),
        ("day", same(f"{said.day}")),
        ("minutes", Messages(templates=texts()).render("certificate.lasted", {"minutes": same(str(said.minutes))})),
        ("issued", same(day(said.issued_at))),
        ("number", same(said.id)),
    ]
    if found.revoked_at:
        rows.append(("revoked", same(day(found.revoked_at))))
    listed = join(*(join(el("dt", _told(key)), el("dd", _pair(words))) for key, words in rows))
    drawn = f"data:image/svg+xml;base64,{b64encode(code.encode()).decode()}"
    picture = void("img", src=drawn, alt=texts()["certificate.qr"][0])
    thanks = el("p", _told("thanks"))
    return el("div", el("h1", _told("title")), thanks, el("dl", listed), picture, class_=f"paper {found.verdict}")


def _pair(words: Both) -> Html:
    """Both languages; what is the same in both, once."""
    return el("span", words[0]) if words[0] == words[1] else both(words)


def _told(key: str) -> Html:
    return both(texts()[f"certificate.{key}"])
