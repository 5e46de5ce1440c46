"""The document and the routes say the same, and the document is a good OpenAPI document."""

import re
import tomllib
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from chalicelib.api.openapi import document
from chalicelib.api.operations import operations
from chalicelib.api.sentences import examples, labels
from tests.api.client import Client
from tests.api.conformance import errors, promised

ROOT = Path(__file__).parents[2]


def test_every_route_is_in_the_document_and_nothing_else() -> None:
    from app import app

    routes = {(path, method.lower()) for path, methods in app.routes.items() for method in methods}
    assert routes == {(path, method) for path, methods in promised()["paths"].items() for method in methods}


def test_the_document_is_valid_openapi() -> None:
    validate(document(operations()))


def test_the_served_document_is_this_one(api: Client) -> None:
    answer = api.get("/openapi.json")
    assert answer.json == document(operations())
    assert answer.headers["Cache-Control"] == "public, max-age=300"


def test_every_reference_points_somewhere() -> None:
    whole = promised()
    for reference in re.findall(r"'#/components/(\w+)/([\w-]+)'", str(whole)):
        assert reference[1] in whole["components"][reference[0]], reference


def test_every_operation_and_chapter_has_a_name_in_both_languages() -> None:
    for operation in operations():
        assert all(labels()[f"operation.{operation.name}"])
    assert all(zh and en for zh, en in labels().values())


def test_no_schema_is_named_after_a_module() -> None:
    """Two classes of one name would be, and a generated client would call its types so."""
    assert [name for name in promised()["components"]["schemas"] if not re.fullmatch(r"[A-Z]\w*", name)] == []


def test_operations_are_named_once() -> None:
    assert len({operation.name for operation in operations()}) == len(operations())


# What is asked before somebody is signed in, and what anybody may read.
PUBLIC = {
    "GET /alarms/{token}",
    "GET /c/{token}",
    "GET /c/{token}/data",
    "GET /f/{token}",
    "POST /f/{token}",
    "GET /docs",
    "GET /openapi.json",
    "GET /p/{token}",
    "GET /p/{token}/data",
    "GET /recruitments/{code}",
    "POST /alarms/{token}",
    "POST /applications",
    "POST /login",
    "POST /login/codes",
    "POST /login/refresh",
}


def test_only_these_are_public() -> None:
    assert {f"{one.method} {one.path}" for one in operations() if one.public} == PUBLIC


def test_the_examples_are_what_the_schemas_say() -> None:
    for operation in operations():
        described = promised()["paths"][operation.path][operation.method.lower()]
        answer = described["responses"][str(operation.status)]
        for content in [*described.get("requestBody", answer)["content"].values(), *answer["content"].values()]:
            shown = [one["value"] for one in content.get("examples", {}).values()]
            for value in [*shown, *([content["example"]] if "example" in content else [])]:
                assert errors(content["schema"], value) == [], operation.name


def test_every_action_has_an_example() -> None:
    assert (
        examples()["actions"].keys()
        == promised()["components"]["schemas"]["AnyAction"]["discriminator"]["mapping"].keys()
    )


def test_an_action_is_told_apart_by_its_name() -> None:
    union = promised()["components"]["schemas"]["AnyAction"]
    assert union["discriminator"]["propertyName"] == "action"
    assert len(union["discriminator"]["mapping"]) == len(union["anyOf"])


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/reports", "post", {"Accept-Language", "Idempotency-Key"}),
        ("/reports/{report_id}/actions", "post", {"Accept-Language", "Idempotency-Key", "If-Match"}),
        ("/areas", "put", {"Accept-Language", "If-Match"}),
        ("/reports/{report_id}", "get", {"Accept-Language"}),
    ],
)
def test_the_headers_an_operation_reads_are_listed(path: str, method: str, headers: set[str]) -> None:
    parameters = promised()["paths"][path][method]["parameters"]
    assert {one["$ref"].rpartition("/")[2] for one in parameters if "$ref" in one} == headers


def test_the_version_is_the_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert promised()["info"]["version"] == project["version"]


def test_a_cold_start_does_not_pay_for_the_document() -> None:
    import subprocess
    import sys

    program = "import sys, app; print([name for name in sys.modules if name.startswith('chalicelib.api.openapi')])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
