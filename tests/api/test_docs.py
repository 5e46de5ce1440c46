"""The documentation page: complete, whole by itself, and without a loose end."""

import inspect
import re
from html.parser import HTMLParser
from typing import get_args

import pytest

from chalicelib.api.codes import ERRORS
from chalicelib.api.operations import operations
from chalicelib.api.pages.html import el
from chalicelib.api.sentences import accounts, labels, refusals, rules, shapes
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.parties import Party
from tests.api.client import Client
from tests.api.conformance import promised

VOID = {"meta", "br"}


class Outline(HTMLParser):
    """Which anchors and links a page has, which text, and whether every element is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.anchors += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        self.open += [tag] if tag not in VOID else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def page(api: Client) -> Outline:
    answer = api.get("/docs")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!doctype html>")
    return Outline(answer.text)


def test_the_page_is_well_formed(page: Outline) -> None:
    assert page.open == []
    assert len(set(page.anchors)) == len(page.anchors)


def test_the_page_needs_nothing_from_elsewhere(page: Outline, api: Client) -> None:
    assert {link for link in page.links if not link.startswith("#")} == {"openapi.json"}
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\((?!#)", api.get("/docs").text)


def test_every_link_leads_somewhere(page: Outline) -> None:
    assert {link[1:] for link in page.links if link.startswith("#")} - set(page.anchors) == set()


def test_every_operation_is_shown(page: Outline) -> None:
    assert {operation.name for operation in operations()} <= set(page.anchors)
    assert all(f"/v1{operation.path}" in page.text for operation in operations())


def test_every_operation_is_told_in_both_languages(page: Outline) -> None:
    assert accounts().keys() == {operation.name for operation in operations()}
    for operation in operations():
        told = f"{accounts()[operation.name]}{inspect.getdoc(operation.view)}"
        assert told.replace("`", "").replace("\n\n", "") in page.text, operation.name
        assert "\n" not in accounts()[operation.name]  # one paragraph: what follows is English


def test_every_body_is_told_in_chinese_first(page: Outline) -> None:
    """A body that may be one of several is told variant by variant."""
    components = promised()["components"]["schemas"]
    bodies = {operation.body for operation in operations() if operation.body not in (None, bytes)}
    unions = [one for one in bodies if "anyOf" in components[one.__name__]]
    variants = {variant.__name__ for union in unions for variant in get_args(union.__value__)}
    assert shapes().keys() == {one.__name__ for one in bodies if one not in unions} | variants
    assert all(zh.replace("`", "") in page.text for zh in shapes().values())


def test_what_a_query_is_for_programmers_is_not_said_to_readers(page: Outline) -> None:
    said = {(inspect.getdoc(operation.query) or "").replace("`", "") for operation in operations() if operation.query}
    assert not [sentence for sentence in said if sentence in page.text]


def test_what_is_public_is_marked_so(page: Outline) -> None:
    """The page says that every operation without this mark needs a token."""
    assert page.text.count("公开 public") == sum(operation.public for operation in operations())


def test_every_problem_type_is_an_anchor(page: Outline) -> None:
    """`type` of a problem is `/v1/docs#<code>`."""
    assert {code for code in ERRORS if rules().get(code)} | {"InternalError"} <= set(page.anchors)


def test_every_rule_is_told_in_both_languages(page: Outline) -> None:
    for rule in {rule for listed in rules().values() for rule in listed}:
        assert all(sentence in page.text for sentence in refusals()[rule]), rule


@pytest.mark.parametrize(("kind", "words"), [("status", Status), ("action", Action), ("party", Party)])
def test_every_word_of_a_reports_life_has_a_name(kind: str, words: type[Status | Action | Party]) -> None:
    assert {f"{kind}.{word}" for word in words} == {key for key in labels() if key.startswith(f"{kind}.")}


def test_what_is_written_is_never_markup() -> None:
    assert el("p", "<b>&", title='"') == '<p title="&quot;">&lt;b&gt;&amp;</p>'
