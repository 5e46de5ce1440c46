"""One operation of the document, as a section of the page."""

from typing import Any

from chalicelib.api.pages import schemas
from chalicelib.api.pages.html import Html, both, code, el, join, table
from chalicelib.api.sentences import labels, refusals, shapes

type Json = dict[str, Any]

PROBLEM = "application/problem+json"
EVERYWHERE = ("Accept-Language",)  # said once, at the start


def section(path: str, method: str, described: Json, components: Json) -> Html:
    """Title, parameters, body, answer, refusals."""
    name = described["operationId"]
    badge = el("span", method.upper(), class_=f"method {method}")
    lock = el("span", "公开 public", class_="open") if described.get("security") == [] else None
    return el(
        "section",
        el("h3", both(labels()[f"operation.{name}"]), id=name),
        el("p", badge, " ", el("code", f"/v1{path}", class_="path"), " ", lock, class_="route"),
        schemas.described(described["description"], zh=True),
        _parameters(described["parameters"], components["parameters"]),
        _body(name, described.get("requestBody"), components["schemas"]),
        _answers(described["responses"]),
        class_="operation",
    )


def _parameters(parameters: list[Json], named: Json) -> Html | None:
    resolved = [named[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in parameters]
    rows: list[list[object]] = [
        [
            code(one["name"]),
            one["in"],
            schemas.kind(one["schema"]),
            join(schemas.limits(one["schema"], required=one.get("required", False)), " ", one.get("description")),
        ]
        for one in resolved
        if one["name"] not in EVERYWHERE
    ]
    heads = ("参数 Parameter", "位置 In", "类型 Type", "说明 Notes")
    return join(el("h4", "参数 Parameters"), table(heads, rows)) if rows else None


def _body(operation: str, body: Json | None, components: Json) -> Html | None:
    if body is None:
        return None
    content = next(iter(body["content"].values()))
    heading = el("h4", "请求内容 Body ", *(el("span", name, class_="media") for name in body["content"]))
    if not content["schema"]:
        return heading
    name = content["schema"]["$ref"].rpartition("/")[2]
    if "anyOf" in components[name]:
        return join(heading, _variants(operation, components[name], content["examples"], components))
    shown = schemas.example(content["example"]) if "example" in content else None
    said = schemas.described(components[name].get("description", ""), zh=name in shapes())
    return join(heading, said, schemas.fields(components[name]), shown)


def _variants(operation: str, union: Json, examples: Json, components: Json) -> Html:
    """What `action` may be: each opens to its fields and an example. An operation may have words of its own."""
    found, field = [], union["discriminator"]["propertyName"]
    for action, reference in union["discriminator"]["mapping"].items():
        name = reference.rpartition("/")[2]
        variant = components[name]
        label = labels().get(f"{operation}.{action}") or labels()[f"{field}.{action}"]
        summary = el("summary", code(action), " ", both(label))
        said = schemas.described(variant["description"], zh=name in shapes())
        shown = schemas.example(examples[action]["value"])
        found.append(el("details", summary, said, schemas.fields(variant), shown))
    return el("div", *found, class_="variants")


def _answers(responses: Json) -> Html:
    good = [(status, answer) for status, answer in responses.items() if status.startswith("2")]
    bad = [(status, answer) for status, answer in responses.items() if not status.startswith("2")]
    return join(*(_good(status, answer) for status, answer in good), _bad(bad))


def _good(status: str, answer: Json) -> Html:
    media, content = next(iter(answer["content"].items()))
    headers = [code(name) for name in answer.get("headers", {})]
    also = join(" · ", *(join(header, " ") for header in headers)) if headers else None
    line = el("p", el("span", status, class_="status good"), " ", schemas.kind(content["schema"]), also)
    shown = schemas.example(content["example"]) if "example" in content else None
    opened = el("details", el("summary", "回答示例 Example answer"), shown) if shown else None
    return join(el("h4", "回答 Answer ", el("span", media, class_="media")), line, opened)


def _bad(answers: list[tuple[str, Json]]) -> Html:
    """The refusals, each leading to its rules."""
    chips = [
        el("a", el("b", status), " ", name, href=f"#{name}", title=" · ".join(refusals()[name]), class_="chip")
        for status, answer in answers
        for name in answer["content"][PROBLEM]["schema"]["allOf"][1]["properties"]["code"]["enum"]
    ]
    return join(el("h4", "可能的拒绝 Refusals"), el("p", *(join(chip, " ") for chip in chips), class_="chips"))
