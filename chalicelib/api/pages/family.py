"""The family contact's page: what was brought, who comes next, who has looked; three forms, and no script.

It names nobody who is cared for and no place but the village: whoever finds the phone learns where no door is.
"""

from base64 import b64encode
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from chalicelib.api.pages import public
from chalicelib.api.pages.html import Html, both, el, void
from chalicelib.api.sentences import labels, texts
from chalicelib.domain.care.beneficiaries import PausedBy
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.notifications.messages import Both, Messages, same
from chalicelib.domain.notifications.outcomes import day
from chalicelib.domain.reference.calendar import local_minute
from chalicelib.services.care.family import Line, Page
from chalicelib.services.care.registers import Look

OWN = Path(__file__).parents[2] / "data" / "family.css"
WORDS = 300


def page(shown: Page | None, notice: tuple[str, Both] | None = None) -> str:
    """The whole page, None where the link is none; `notice`: how what was sent went (`notice` or `wrong`), in words."""
    head = el(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="robots", content="noindex, nofollow, noarchive"),
        el("title", texts()["family.title"][0]),
        el("style", Html(style())),
    )
    content = _content(shown, notice) if shown else [el("h1", _told("none")), el("p", _told("none_why"))]
    brand = el("header", el("p", _told("title")))
    return "<!doctype html>" + el("html", head, el("body", brand, el("main", *content)), lang="zh-CN")


def policy() -> str:
    """What a browser may load and where the forms go (CSP): this page's style, and the page itself."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    nothing = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    return f"{nothing}; style-src 'sha256-{digest}'"


@cache
def style() -> str:
    """How it looks, read once a process."""
    return public.style() + OWN.read_text(encoding="utf-8")


def _content(shown: Page, notice: tuple[str, Both] | None) -> list[Html | None]:
    return [
        el("p", both(notice[1]), class_=f"card {notice[0]}") if notice else None,
        el("h1", _told("heading")),
        el("div", el("p", both(shown.village)), el("p", _services(shown)), class_="facts"),
        *(_pause(shown, number) for number in range(len(shown.pauses))),
        el("h2", _told("next")),
        *(map(_ahead, shown.ahead[:3]) if shown.ahead else [el("p", _told("nothing_next"))]),
        el("h2", _told("past")),
        el("ol", *map(_past, shown.past), class_="lines") if shown.past else el("p", _told("nothing_past")),
        el("h2", _told("wishes")),
        *_forms(shown),
        *_complaints(shown),
        el("h2", _told("looks")),
        el("ol", *map(_look, shown.looks), class_="lines") if shown.looks else el("p", _told("no_looks")),
        el("footer", el("p", _told("foot")), el("p", _told("until", day=same(day(shown.expires_at))))),
    ]


def _services(shown: Page) -> Html:
    named = [texts()[f"family.service.{service}"] for service in shown.services]
    return both(("、".join(zh for zh, _ in named), ", ".join(en for _, en in named)))


def _pause(shown: Page, number: int) -> Html:
    pause = shown.pauses[number]
    key = "asked" if pause.asked else "paused_by_you" if pause.by is PausedBy.FAMILY else "paused"
    days = {"first": same(f"{pause.first}"), "last": same(f"{pause.last}")}
    return el("div", el("p", _told(key, **days)), class_="card pause")


def _ahead(line: Line) -> Html:
    surname, employer = line.courier
    comes = _told("comes", surname=same(surname), employer=same(employer)) if surname else None
    sought = None if comes else _told(f"state.{_ahead_key(line)}")
    return el(
        "div",
        el("p", el("strong", _window(line)), " ", _service(line)),
        el("p", comes or sought or "", class_=None if comes else "waits"),
        el("p", *_result(line)) if line.delivered or line.welfare else None,
        class_="card",
    )


def _ahead_key(line: Line) -> str:
    off = (VisitState.CANCELLED, VisitState.MISSED)
    return line.state.value if line.state in off else "sought"


def _past(line: Line) -> Html:
    return el("li", el("time", _window(line)), el("p", _service(line), " ", *_result(line)))


def _result(line: Line) -> list[Html]:
    if line.left_behind:
        found = [el("span", _told("left"), class_="tag left")]
    elif line.delivered:
        found = [el("span", _told("delivered"), class_="tag fine")]
    else:
        found = []
    if line.welfare:
        found.append(el("span", _told(f"welfare.{line.welfare}"), class_=f"tag {line.welfare}"))
    return found or [el("span", _told(f"state.{_past_key(line)}"), class_="tag waits")]


def _past_key(line: Line) -> str:
    known = (VisitState.CANCELLED, VisitState.MISSED, VisitState.UNANSWERED, VisitState.DONE)
    return line.state.value if line.state in known else "open"


def _forms(shown: Page) -> list[Html]:
    if shown.pauses:
        first = _form(shown, "resume")
    else:
        until = void("input", type="date", name="until", min=shown.today, required="required")
        first = _form(shown, "pause", el("label", _told("until_day"), until), days=same(str(shown.longest)))
    words = el("textarea", "", name="words", maxlength=str(WORDS), required="required")
    return [first, _form(shown, "stop"), _form(shown, "complain", el("label", _told("words"), words))]


def _form(shown: Page, wish: str, *fields: Html, **blanks: Both) -> Html:
    hidden = [
        void("input", type="hidden", name=name, value=value) for name, value in (("form", shown.form), ("wish", wish))
    ]
    button = el("button", _told(f"do.{wish}"), type="submit")
    form = el("form", el("p", _told(f"why.{wish}", **blanks)), *hidden, *fields, button, method="post")
    return el("details", el("summary", _told(f"wish.{wish}")), form)


def _complaints(shown: Page) -> list[Html]:
    if not shown.complaints:
        return []
    rows = [
        el("li", el("time", day(one.at)), el("p", _told(f"answer.{one.outcome}")), class_=f"{one.outcome}")
        for one in shown.complaints
    ]
    return [el("h2", _told("complaints")), el("ol", *rows, class_="lines")]


def _look(look: Look) -> Html:
    roles = [labels()[f"role.{role}"] for role in look.roles]
    who = both(("、".join(zh for zh, _ in roles), ", ".join(en for _, en in roles)))
    fields = [texts()[f"family.field.{field}"] for field in look.fields]
    what = both(("、".join(zh for zh, _ in fields), ", ".join(en for _, en in fields))) if fields else None
    return el("li", el("time", local_minute(look.at)), el("p", who), el("p", what) if what else None)


def _window(line: Line) -> str:
    return f"{local_minute(line.start)}–{_clock(line.end)}"


def _clock(at: datetime) -> str:
    return local_minute(at)[-5:]


def _service(line: Line) -> Html:
    return both(texts()[f"family.service.{line.service}"])


def _told(key: str, **blanks: Both) -> Html:
    return both(Messages(templates=texts()).render(f"family.{key}", blanks))
