"""The OpenAPI 3.1 document, made of the operations that views have registered and the Structs they speak.

Nothing is said twice: parameters, bodies and answers come from the views' signatures, descriptions from their
docstrings, refusals from `codes`, titles from `data/labels.csv`, Chinese descriptions from `data/docs/`.
"""

import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeAliasType

import msgspec
from chalice.app import Response

from chalicelib import __version__
from chalicelib.api.codes import codes, reads, status_of
from chalicelib.api.http import JSON, LONGEST_ID, LONGEST_KEY, Operation
from chalicelib.api.problems import Problem
from chalicelib.api.sentences import accounts, examples, labels, refusals, shapes

PROBLEM = "application/problem+json"
REF = "#/components/schemas/{name}"
RETRIED = (429, 503)
NOT_FOUND = "404"

type Json = dict[str, Any]


def document(operations: Sequence[Operation]) -> Json:
    """The whole API, as OpenAPI 3.1 has it."""
    spoken = [kind for operation in operations for kind in _spoken(operation)]
    schemas, components = _schemas([*spoken, Problem])
    shape = dict(zip(map(id, spoken), schemas, strict=False))
    paths: dict[str, Json] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, shape, components)
    for operation in operations:
        components.pop(_name(shape[id(operation.query)]), None) if operation.query else None
    made = {
        "openapi": "3.1.0",
        "info": _info(),
        "servers": [{"url": "/v1"}],
        "security": [{"bearer": []}],
        "tags": [{"name": tag, "description": _title(f"tag.{tag}")} for tag in _tags(operations)],
        "paths": paths,
        "components": {"securitySchemes": _schemes(), "parameters": _headers(), "schemas": components},
    }
    plain: Json = msgspec.json.decode(msgspec.json.encode(made))  # defaults are tuples and enums still
    return plain


def tag_of(operation: Operation) -> str:
    """The chapter an operation stands in: the first word of its path, where that is a chapter."""
    word = operation.path.split("/")[1].partition(".")[0]
    return word if f"tag.{word}" in labels() else "docs"


def _info() -> Json:
    zh, en = labels()["api"]
    return {
        "title": "分拣 Fenjian",
        "version": __version__,
        "description": f"{zh}\n\n{en}",
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }


def _schemes() -> Json:
    zh, en = labels()["bearer"]
    return {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": f"{zh} {en}"}}


def _tags(operations: Iterable[Operation]) -> list[str]:
    used = {f"tag.{tag_of(operation)}" for operation in operations}
    return [key.removeprefix("tag.") for key in labels() if key in used]


def _title(key: str) -> str:
    zh, en = labels()[key]
    return f"{zh} · {en}"


def _spoken(operation: Operation) -> list[Any]:
    """The types whose schemas an operation needs."""
    kinds = (operation.body, operation.query, operation.answer)
    return [kind for kind in kinds if kind not in (None, bytes, Response)]


def _schemas(kinds: Sequence[Any]) -> tuple[list[Json], dict[str, Json]]:
    """A schema for each type, and the components these refer to; a union that has a name becomes one too."""
    schemas, components = msgspec.json.schema_components(
        kinds, ref_template=REF, schema_hook=lambda _: {"description": "anything"}
    )
    made = list(schemas)
    for place, kind in enumerate(kinds):
        if isinstance(kind, TypeAliasType):
            components[kind.__name__] = made[place]
            made[place] = {"$ref": REF.format(name=kind.__name__)}
    components = {name: _referring(schema, components) for name, schema in components.items()}
    for name, zh in shapes().items():
        components[name]["description"] = f"{zh}\n\n{components[name]['description']}"
    return made, components


def _referring(schema: Json, components: dict[str, Json]) -> Json:
    """With a union that has a name named, where a field may be any of it: not all its variants over again."""
    unions = [(name, union) for name, union in components.items() if "discriminator" in union and union is not schema]

    def named(part: Any) -> Any:
        if isinstance(part, list):
            return [named(one) for one in part]
        if not isinstance(part, dict):
            return part
        for name, union in unions:
            if part == union:
                return {"$ref": REF.format(name=name)}
        return {key: named(value) for key, value in part.items()}

    found: Json = named(schema)
    return found


def _name(schema: Json) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _operation(operation: Operation, shape: dict[int, Json], components: dict[str, Json]) -> Json:
    query = components[_name(shape[id(operation.query)])] if operation.query else {}
    described: Json = {
        "operationId": operation.name,
        "tags": [tag_of(operation)],
        "summary": _title(f"operation.{operation.name}"),
        "description": f"{accounts()[operation.name]}\n\n{inspect.getdoc(operation.view)}",
        "parameters": [*_in_path(operation), *_in_query(query), *_in_headers(operation)],
        "responses": {str(operation.status): _success(operation, shape), **_problems(operation)},
    }
    if operation.body is not None:
        schema = {} if operation.body is bytes else shape[id(operation.body)]
        content = {media: {"schema": schema, **_asked(operation)} for media in operation.body_types}
        described["requestBody"] = {"required": True, "content": content}
    if operation.public:
        described["security"] = []
    return described


def _asked(operation: Operation) -> Json:
    """Examples of a body: one for each variant of a union that has a name, else one."""
    if isinstance(operation.body, TypeAliasType):
        variants = examples()["variants"].get(operation.name) or examples()["actions"]
        return {"examples": {name: {"value": value} for name, value in variants.items()}}
    shown = examples()["requests"].get(operation.name)
    return {"example": shown} if shown else {}


def _in_path(operation: Operation) -> list[Json]:
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}
    names = re.findall(r"{(\w+)}", operation.path)
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in names]


def _in_query(query: Json) -> list[Json]:
    required = query.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _sendable(schema)}
        for name, schema in query.get("properties", {}).items()
    ]


def _sendable(schema: Json) -> Json:
    """Without null, which a query string cannot say: it leaves the parameter out."""
    options = [option for option in schema.get("anyOf", []) if option != {"type": "null"}]
    return options[0] if len(options) == 1 else schema


def _in_headers(operation: Operation) -> list[Json]:
    names = ["Accept-Language"]
    if reads(operation, "key"):
        names.append("Idempotency-Key")
    if reads(operation, "version"):
        names.append("If-Match")
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _headers() -> Json:
    """The request headers the API reads, as components."""
    schemas: dict[str, Json] = {
        "Accept-Language": {"type": "string", "default": "zh", "examples": ["zh", "en"]},
        "Idempotency-Key": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
        "If-Match": {"type": "string", "examples": ['"3"', "*"]},
    }
    return {
        name: {"name": name, "in": "header", "description": " ".join(labels()[f"header.{name}"]), "schema": schema}
        for name, schema in schemas.items()
    }


def _success(operation: Operation, shape: dict[int, Json]) -> Json:
    if operation.answer is Response:
        schema: Json = {"type": "object" if operation.answer_type == JSON else "string"}
    else:
        schema = shape[id(operation.answer)]
    shown = examples()["answers"].get(operation.name)
    content = {"schema": schema} | ({"example": shown} if shown else {})
    answer: Json = {"description": "OK", "content": {operation.answer_type: content}}
    if headers := _answer_headers(operation):
        answer["headers"] = headers
    return answer


def _answer_headers(operation: Operation) -> Json:
    headers: Json = {}
    if operation.answer is Response or "version" in operation.answer.__struct_fields__:
        headers["ETag"] = _header("ETag", {"type": "string"})
    if operation.status == 201:
        headers["Location"] = _header("Location", {"type": "string", "format": "uri-reference"})
    return headers


def _header(name: str, schema: Json) -> Json:
    return {"description": " ".join(labels()[f"header.{name}"]), "required": True, "schema": schema}


def _problems(operation: Operation) -> dict[str, Json]:
    """One answer per status; the codes it may carry are listed in it."""
    by_status: dict[int, list[str]] = {}
    for code in codes(operation):
        by_status.setdefault(status_of(code), []).append(code)
    answers = {str(status): _problem(status, names) for status, names in sorted(by_status.items())}
    if operation.answer_type != JSON and NOT_FOUND in answers:  # whoever opens a dead link reads a page too
        answers[NOT_FOUND]["content"][operation.answer_type] = {"schema": {"type": "string"}}
    return answers


def _problem(status: int, names: list[str]) -> Json:
    narrowed = {"properties": {"status": {"const": status}, "code": {"enum": names}}}
    answer: Json = {
        "description": "\n".join(f"`{name}` {' · '.join(refusals()[name])}" for name in names),
        "content": {PROBLEM: {"schema": {"allOf": [{"$ref": REF.format(name="Problem")}, narrowed]}}},
    }
    if status in RETRIED:
        answer["headers"] = {"Retry-After": _header("Retry-After", {"type": "string", "pattern": "^[0-9]+$"})}
    return answer
