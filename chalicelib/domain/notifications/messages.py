"""Sentences in Chinese and English with `{blanks}`, kept as data (`data/messages.csv`)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

from chalicelib.domain.reference.tables import parsed

COLUMNS = ("template", "zh", "en")
NAME = re.compile(r"[a-z][a-z_]*")

type Both = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """Every template's sentence in both languages."""

    templates: dict[str, Both]

    def render(self, template: str, facts: Mapping[str, Both]) -> Both:
        """The sentence in Chinese and English; a fact has a word for each. KeyError for a template or fact missing."""
        zh, en = self.templates[template]
        return (
            zh.format_map({name: words[0] for name, words in facts.items()}),
            en.format_map({name: words[1] for name, words in facts.items()}),
        )


def same(word: object) -> Both:
    """A fact that reads alike in both languages: a number, a code, a quotation."""
    return str(word), str(word)


def listed(words: Iterable[Both]) -> Both:
    """One after the other, as each language lists."""
    found = list(words)
    return "、".join(zh for zh, _ in found), "; ".join(en for _, en in found)


def blanks(sentence: str) -> frozenset[str]:
    """The names of its blanks. ValueError if one is no plain name."""
    found = set()
    for _, name, form, conversion in Formatter().parse(sentence):
        if name is None:
            continue
        if form or conversion or not NAME.fullmatch(name):
            raise ValueError(f"{{{name}}}")
        found.add(name)
    return frozenset(found)


def read(body: bytes) -> Messages:
    """Parse the templates. Raises Invalid naming the line: both languages, the same blanks, no name twice."""
    templates: dict[str, Both] = {}

    def parse(cells: dict[str, str]) -> None:
        name, zh, en = cells["template"], cells["zh"], cells["en"]
        if not NAME.fullmatch(name) or name in templates:
            raise ValueError("template")
        if not zh.strip() or not en.strip() or blanks(zh) != blanks(en):
            raise ValueError("zh, en")
        templates[name] = (zh, en)

    parsed("messages", body, COLUMNS, parse)
    return Messages(templates=templates)
