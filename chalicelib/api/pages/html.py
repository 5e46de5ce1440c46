"""HTML from nested calls: text is escaped, elements are not escaped twice."""

from html import escape
from typing import Any


class Html(str):
    """Markup that is ready to be sent."""

    __slots__ = ()


def el(name: str, /, *children: object, **attributes: Any) -> Html:
    """An element. None among the children is left out; `class_` and `for_` lose their underscore."""
    return Html(f"<{name}{_written(attributes)}>{join(*children)}</{name}>")


def void(name: str, /, **attributes: Any) -> Html:
    """An element that holds nothing, such as a picture."""
    return Html(f"<{name}{_written(attributes)}>")


def _written(attributes: dict[str, Any]) -> str:
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None}
    return "".join(f' {key}="{escape(str(value))}"' for key, value in given.items())


def join(*children: object) -> Html:
    """Children one after the other: markup as it is, everything else as text."""
    return Html("".join(c if isinstance(c, Html) else escape(str(c)) for c in children if c is not None))


def code(text: object) -> Html:
    """A word of the program."""
    return el("code", text)


def both(pair: tuple[str, str]) -> Html:
    """Chinese, then English."""
    zh, en = pair
    return join(el("span", zh, lang="zh"), " ", el("span", en, lang="en", class_="en"))


def prose(text: str) -> Html:
    """Text whose `words in backticks` are code."""
    parts = text.split("`")
    return join(*(code(part) if place % 2 else part for place, part in enumerate(parts)))


def table(heads: tuple[str, ...], rows: list[list[object]]) -> Html:
    """A table that scrolls by itself where the page is narrow."""
    head = el("tr", *(el("th", name) for name in heads))
    body = join(*(el("tr", *(el("td", cell) for cell in row)) for row in rows))
    return el("div", el("table", el("thead", head), el("tbody", body)), class_="wide")
