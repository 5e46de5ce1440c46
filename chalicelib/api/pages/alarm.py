"""The page that whoever was called by SMS answers an alarm on. It says as little as the SMS does."""

from chalicelib.api.pages.html import Html, both, el
from chalicelib.api.sentences import texts
from chalicelib.domain.alarms import Alarm
from chalicelib.services.alarms import Shown

STYLE = (
    "body{font:1.2rem/1.6 sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem}"
    ".en{display:block;color:#555;font-size:.85em}"
    "button{font:inherit;width:100%;padding:1rem;background:#b00;color:#fff;border:0;border-radius:.5rem}"
)


def page(shown: Shown) -> str:
    """The whole page."""
    head = el(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        el("title", texts()["alarm.title"][0]),
        el("style", Html(STYLE)),
    )
    body = el("body", el("h1", both(texts()["alarm.title"])), *_content(shown.alarm))
    return "<!doctype html>" + el("html", head, body, lang="zh-CN")


def _content(alarm: Alarm | None) -> list[Html]:
    if alarm is None:
        return [_said("alarm.link_dead")]
    if alarm.acknowledged_at:
        return [_said("alarm.answered")]
    if not alarm.is_open:
        return [_said("alarm.over")]
    button = el("button", both(texts()["alarm.answer"]), type="submit")
    return [_said("alarm.please"), el("form", button, method="post")]


def _said(key: str) -> Html:
    return el("p", both(texts()[key]))
