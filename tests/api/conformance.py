"""Holds every answer to what the OpenAPI document promises: status, media type, headers, shape."""

import copy
import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from chalicelib.api.http import JSON, Operation
from chalicelib.api.openapi import PROBLEM, document
from chalicelib.api.operations import operations
from tests.api.gateway import Answer

type Json = dict[str, Any]


@cache
def promised() -> Json:
    """The document as served, with every object closed: what it does not name, no answer may hold."""
    made: Json = json.loads(json.dumps(document(operations())))
    for schema in made["components"]["schemas"].values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return made


def operation(route: str, method: str) -> Operation:
    """The operation behind a route."""
    return next(one for one in operations() if (one.path, one.method) == (route, method))


def check(answer: Answer, method: str) -> None:
    """Fails where the answer is not one that its operation promises."""
    if answer.route is None:
        _shaped(answer, {"$ref": "#/components/schemas/Problem"}, f"API Gateway {answer.status}")
        return
    what = f"{method} {answer.route} {answer.status}"
    responses = promised()["paths"][answer.route][method.lower()]["responses"]
    assert str(answer.status) in responses, f"{what} is not promised: {answer.text[:500]}"
    promise = responses[str(answer.status)]
    for name in promise.get("headers", {}):
        assert answer.headers.get(name), f"{what} lacks {name}"
    media = answer.headers["Content-Type"].partition(";")[0]
    assert media in promise["content"], f"{what} is {media}"
    _shaped(answer, promise["content"][media]["schema"], what)
    assert "ETag" not in answer.headers or "ETag" in promise["headers"], f"{what} has an ETag nobody promised"


def _shaped(answer: Answer, schema: Json, what: str) -> None:
    value = answer.json if answer.headers["Content-Type"].partition(";")[0] in (JSON, PROBLEM) else answer.text
    faults = list(errors(schema, value))
    assert not faults, f"{what} has another shape:\n" + "\n".join(faults[:5])


def errors(schema: Json, value: Any) -> list[str]:
    """What is wrong with a value, by a schema that may refer to the document's components."""
    whole = copy.copy(schema) | {"components": promised()["components"]}
    validator = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(value)]
