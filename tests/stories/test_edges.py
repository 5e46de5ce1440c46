"""What a client meets at the door: problem details with CORS headers whatever goes wrong, and the way in described."""

import pytest
import requests

from demo.client import Cast
from infra.local.cloud import Cloud

PROBLEM = "application/problem+json"
ORIGIN = "https://app.example"


def ask(cloud: Cloud, method: str, path: str, **more: object) -> requests.Response:
    headers = {"Origin": ORIGIN, **more.pop("headers", {})}  # type: ignore[dict-item]  # always a dictionary
    return requests.request(method, f"{cloud.api}/v1{path}", headers=headers, timeout=60, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "path", "authorization", "status", "code"),
    [
        ("GET", "/me", None, 401, "Unauthenticated"),
        ("GET", "/me", "Bearer nonsense", 401, "Unauthenticated"),
        ("GET", "/me", "Basic dXNlcjpwYXNz", 401, "Unauthenticated"),
        ("GET", "/nowhere", "good", 404, "NotFound"),
        ("GET", "/reports/mine/too/deep", "good", 404, "NotFound"),
        ("DELETE", "/me", "good", 404, "NotFound"),
        ("GET", "/reports/00000000-0000-4000-8000-000000000000", "good", 404, "NotFound"),
        ("GET", "/reports?area=350211102202", "good", 403, "Forbidden"),
        ("GET", "/reports/nearby?lat=91&lon=0&kind=0303", "good", 400, "Invalid"),
        ("POST", "/reports", "good", 400, "Invalid"),
    ],
)
def test_every_refusal_is_a_problem_with_cors_headers(
    cloud: Cloud, cast: Cast, method: str, path: str, authorization: str | None, status: int, code: str
) -> None:
    token = f"Bearer {cast['courier'].token}" if authorization == "good" else authorization
    answer = ask(cloud, method, path, headers={"Authorization": token} if token else {})
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM
    assert answer.headers["access-control-allow-origin"] == "*"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]
    assert problem["detail_en"]


def test_a_bad_body_is_refused_in_the_same_form(cloud: Cloud, cast: Cast) -> None:
    bodies: list[tuple[bytes, str, int]] = [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"surprise": 1}', "application/json", 400),
        (b"text=x", "application/x-www-form-urlencoded", 415),
    ]
    for body, kind, status in bodies:
        headers = {"Authorization": f"Bearer {cast['courier'].token}", "Content-Type": kind}
        answer = ask(cloud, "POST", "/reports", data=body, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), body[:20]


def test_a_browser_is_told_what_it_may_send(cloud: Cloud) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "if-match,idempotency-key"}
    answer = ask(cloud, "OPTIONS", "/reports", headers=asked)
    assert answer.ok
    assert answer.headers["access-control-allow-origin"] == "*"
    allowed = {name.strip().lower() for name in answer.headers["access-control-allow-headers"].split(",")}
    assert {"authorization", "content-type", "if-match", "idempotency-key"} <= allowed
    assert {"GET", "POST", "OPTIONS"} <= set(answer.headers["access-control-allow-methods"].split(","))


def test_a_browser_may_read_version_and_place_of_an_answer(cloud: Cloud, cast: Cast) -> None:
    answer = ask(cloud, "GET", "/me", headers={"Authorization": f"Bearer {cast['courier'].token}"})
    exposed = {name.strip() for name in answer.headers["access-control-expose-headers"].split(",")}
    assert {"ETag", "Location", "Retry-After"} <= exposed


def test_the_api_describes_itself_to_programs_and_people(cloud: Cloud) -> None:
    document = ask(cloud, "GET", "/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {"/reports", "/reports/{report_id}/actions", "/inbox", "/points"} <= {
        path.removeprefix("/v1") for path in document["paths"]
    }
    page = ask(cloud, "GET", "/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "/reports" in page.text
