"""Every refusal: its code, its status, and the sentence of every rule that answers with it."""

import inspect

from chalicelib.api.codes import ERRORS, INTERNAL, status_of
from chalicelib.api.pages.html import Html, both, code, el, join, table
from chalicelib.api.pages.schemas import example
from chalicelib.api.problems import RETRY_AFTER
from chalicelib.api.sentences import examples, refusals, rules

HEADS = ("规则 Rule", "中文", "English")
INTRO = (
    "拒绝一律以 application/problem+json（RFC 9457）回答：code 是稳定的错误类名，rule 是拒绝的那条规则，"
    "detail 与 detail_en 是给人看的话，facts 是话里的数据。",
    "Refusals are problem+json (RFC 9457): code is the stable name of the class, rule the one rule that refused, "
    "detail and detail_en the sentence for people, facts what it speaks of.",
)


def section() -> Html:
    """The chapter on refusals."""
    chapters = [_code(name) for name in [*ERRORS, INTERNAL] if rules().get(name) or name == INTERNAL]
    return join(el("p", both(INTRO)), example(examples()["problem"]), *chapters)


def _code(name: str) -> Html:
    status = el("span", status_of(name), class_="status bad")
    rows: list[list[object]] = [[code(rule), *refusals()[rule]] for rule in rules().get(name, ["internal_error"])]
    heading = el("h3", status, " ", code(name), " ", both(refusals()[name]), id=name)
    return el("section", heading, el("p", _when(name), class_="en"), table(HEADS, rows))


def _when(name: str) -> str:
    if name == INTERNAL:
        return "A bug on our side: it is logged and raises an alarm."
    kind = ERRORS[name]
    wait = next((seconds for each, seconds in RETRY_AFTER.items() if issubclass(kind, each)), None)
    return (inspect.getdoc(kind) or "") + (f" Retry-After: {wait} s." if wait else "")
