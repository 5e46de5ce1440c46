"""JSON schemas as people read them."""

import json
from typing import Any

from chalicelib.api.pages.html import Html, code, el, join, prose, table
from chalicelib.api.sentences import shapes

type Json = dict[str, Any]

HEADS = ("字段 Field", "类型 Type", "约束 Constraints")
LIMITS = {
    "minLength": "≥ {} 字 chars",
    "maxLength": "≤ {} 字 chars",
    "minimum": "≥ {}",
    "maximum": "≤ {}",
    "maxItems": "≤ {} 项 items",
    "pattern": "{}",
    "const": "{}",
}


def kind(schema: Json) -> Html:
    """The type, with links to what it refers to."""
    if "$ref" in schema:
        return link(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return _joined([kind(option) for option in schema["anyOf"]], " | ")
    if "enum" in schema:
        return _joined([code(value) for value in schema["enum"]], " ")
    if schema.get("type") == "array":
        return join(kind(schema["items"]), "[]")
    if "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
        return join("{", kind(schema["additionalProperties"]), "}")
    return join(schema.get("format") or schema.get("type", "any"))


def link(name: str) -> Html:
    """To a shape further down the page."""
    return el("a", name, href=f"#shape-{name}")


def limits(schema: Json, *, required: bool) -> Html:
    """What a value must keep to."""
    options = [option for option in schema.get("anyOf", []) if option.get("type") != "null"]
    own = {key: value for part in (schema, *options) for key, value in part.items() if key in LIMITS}
    said = [el("span", LIMITS[key].format(value), class_="limit") for key, value in own.items()]
    if required:
        return join(el("span", "必填 required", class_="must"), *said)
    default = schema.get("default")
    shown = (
        el("span", "默认 default ", code(json.dumps(default)), class_="limit") if default not in (None, "") else None
    )
    return join(*said, shown)


def fields(schema: Json) -> Html:
    """An object's fields as a table. What is asked for may be required; what is answered is always there."""
    required = schema.get("required", []) if schema.get("additionalProperties") is False else []
    rows: list[list[object]] = [
        [code(name), kind(value), limits(value, required=name in required)]
        for name, value in schema.get("properties", {}).items()
    ]
    return table(HEADS, rows) if rows else el("p", "—")


def described(text: str, *, zh: bool) -> Html:
    """What something is for, by paragraphs; where there is a Chinese one it is the first."""
    parts = text.split("\n\n")
    return join(*(el("p", prose(said), class_=None if zh and said is parts[0] else "en") for said in parts))


def shape(name: str, schema: Json) -> Html:
    """One component: what it is for, and its fields, values or variants."""
    heading = el("h3", code(name), id=f"shape-{name}")
    said = described(schema.get("description", ""), zh=name in shapes())
    if "enum" in schema:
        return el("section", heading, said, el("p", _joined([code(value) for value in schema["enum"]], " ")))
    if "anyOf" in schema:
        return el("section", heading, said, el("p", kind(schema)))
    return el("section", heading, said, fields(schema))


def example(value: object) -> Html:
    """A value as JSON."""
    return el("pre", el("code", json.dumps(value, ensure_ascii=False, indent=2)))


def _joined(parts: list[Html], between: str) -> Html:
    spread = [piece for part in parts for piece in (between, part)][1:]
    return join(*spread)
