"""Sentences are data, checked when they are read."""

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.notifications.messages import Messages, read, same
from tests.builders import DATA


def edition(*rows: str) -> bytes:
    return "\n".join(["template,zh,en", *rows]).encode()


def test_the_shipped_sentences_are_good() -> None:
    assert len(read((DATA / "messages.csv").read_bytes()).templates) > 40


def test_a_sentence_is_filled_in_both_languages() -> None:
    messages = Messages(templates={"hello": ("{who}你好", "hello {who}")})
    assert messages.render("hello", {"who": ("王", "Wang"), "more": same(1)}) == ("王你好", "hello Wang")


def test_what_people_wrote_is_never_read_as_a_blank() -> None:
    messages = Messages(templates={"note": ("{note}", "{note}")})
    assert messages.render("note", {"note": same("{0} {x!r}")}) == ("{0} {x!r}", "{0} {x!r}")


@pytest.mark.parametrize(
    "row",
    [
        "a,你好,",
        "a, ,hello",
        "a,{who}你好,hello",
        "a,{who}你好,hello {whom}",
        "a,{who.name}你好,hello {who.name}",
        "a,{0}你好,hello {0}",
        "a,{who!r}你好,hello {who!r}",
        "a,{who:>9}你好,hello {who:>9}",
        "a,{who你好,hello {who",
        "A b,你好,hello",
    ],
)
def test_a_wrong_row_is_refused_with_its_line(row: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(edition("fine,好,fine", row))
    assert refusal.value.facts["line"] == 3


def test_a_template_stands_once() -> None:
    with pytest.raises(Invalid):
        read(edition("a,好,fine", "a,好,fine"))
