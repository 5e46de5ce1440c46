"""Browsers may read what the app needs them to: the headers it sends and the headers it answers with."""

import pytest

from tests.api.client import Client
from tests.api.gateway import own_answers
from tests.builders import COURIER

EXPOSED = {"ETag", "Location", "Retry-After"}


@pytest.mark.parametrize("path", ["/me", "/reports/nothing", "/docs", "/openapi.json"])
def test_every_answer_may_be_read_by_a_page_from_anywhere(path: str, api: Client) -> None:
    headers = api.get(path, by=COURIER).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert set(headers["Access-Control-Expose-Headers"].replace(" ", "").split(",")) == EXPOSED
    assert "Access-Control-Allow-Credentials" not in headers


def test_a_page_may_send_every_header_that_is_documented() -> None:
    from app import app
    from tests.api.conformance import promised

    allowed = app.api.cors.get_access_control_headers()["Access-Control-Allow-Headers"].split(",")  # type: ignore[union-attr]
    assert {"Authorization", "Content-Type", *promised()["components"]["parameters"]} <= set(allowed)


def test_every_route_has_it() -> None:
    from app import app

    assert all(entry.cors for methods in app.routes.values() for entry in methods.values())


@pytest.mark.parametrize("name", own_answers())
def test_what_api_gateway_answers_by_itself_may_be_read_too(name: str) -> None:
    headers = own_answers()[name]["ResponseParameters"]["Headers"]
    assert headers["Access-Control-Allow-Origin"] == "'*'"
    assert set(headers["Access-Control-Expose-Headers"].strip("'").split(",")) == EXPOSED
