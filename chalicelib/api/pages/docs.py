"""The page that people read: made of the OpenAPI document, in one piece, with nothing from elsewhere."""

from collections.abc import Iterator
from typing import Any

from chalicelib.api.pages import life, operations, refusal_list, schemas
from chalicelib.api.pages.html import Html, both, code, el, join
from chalicelib.api.sentences import DATA, labels

type Json = dict[str, Any]
type Chapter = tuple[str, tuple[str, str], Html, list[tuple[str, str]]]

STYLE = DATA / "docs" / "page.css"
CONVENTIONS = ("auth", "key", "version", "pages", "time", "place", "files", "words")


def page(document: Json) -> str:
    """The whole page."""
    chapters = list(_chapters(document))
    style = Html(STYLE.read_text(encoding="utf-8"))
    head = el(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        el("title", "分拣 Fenjian API"),
        el("style", style),
    )
    main = el("main", _top(document["info"]), *(_chapter(*chapter) for chapter in chapters))
    return "<!doctype html>\n" + el("html", head, el("body", _contents(chapters), main), lang="zh-CN")


def _chapters(document: Json) -> Iterator[Chapter]:
    """Anchor, title, content and entries of each chapter."""
    yield "start", labels()["docs.start"], _start(), []
    yield "life", labels()["docs.life"], join(life.picture(), life.steps()), []
    for tag in document["tags"]:
        yield _tagged(tag["name"], document)
    components = document["components"]["schemas"]
    shown = join(*(schemas.shape(name, schema) for name, schema in sorted(components.items())))
    yield "shapes", labels()["docs.shapes"], shown, []
    yield "refusals", labels()["docs.refusals"], refusal_list.section(), []


def _tagged(tag: str, document: Json) -> Chapter:
    found = [
        (path, method, described)
        for path, methods in document["paths"].items()
        for method, described in methods.items()
        if tag in described["tags"]
    ]
    order = list(labels())
    found.sort(key=lambda one: order.index(f"operation.{one[2]['operationId']}"))
    made = [operations.section(path, method, each, document["components"]) for path, method, each in found]
    names = [(each["operationId"], labels()[f"operation.{each['operationId']}"][0]) for _, _, each in found]
    return f"tag-{tag}", labels()[f"tag.{tag}"], join(*made), names


def _top(info: Json) -> Html:
    zh, en = labels()["api"]
    links = el("p", el("a", "OpenAPI 3.1", href="openapi.json"), f" · {info['version']} · {info['license']['name']}")
    return el("header", el("h1", info["title"]), el("p", zh), el("p", en, class_="en"), links)


def _start() -> Html:
    """What holds for every request, and the first one to try."""
    rows = [el("div", el("dt", both(labels()[f"how.{name}"])), _said(name)) for name in CONVENTIONS]
    return join(el("dl", *rows, class_="how"), el("pre", el("code", (DATA / "docs" / "first.sh").read_text("utf-8"))))


def _said(name: str) -> Html:
    zh, en = labels()[f"how.{name}.said"]
    return el("dd", el("span", zh), el("span", en, class_="en"))


def _chapter(anchor: str, title: tuple[str, str], content: Html, _: list[tuple[str, str]]) -> Html:
    return el("section", el("h2", both(title), id=anchor), content, class_="chapter")


def _contents(chapters: list[Chapter]) -> Html:
    def entry(anchor: str, text: object) -> Html:
        return el("li", el("a", text, href=f"#{anchor}"))

    found = [
        join(entry(anchor, title[0]), el("ul", *(entry(*each) for each in entries)) if entries else None)
        for anchor, title, _, entries in chapters
    ]
    return el("nav", el("p", "分拣 ", code("v1"), class_="brand"), el("ul", *found), aria_label="目录 Contents")
