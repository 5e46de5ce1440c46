"""Every route by every role, in its own scope and in another: the table in `matrix` is held against the API."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from chalicelib.api.operations import operations
from chalicelib.domain.exports.asking import Wish
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reference.calendar import local_month
from chalicelib.domain.reports.model import Report, Status
from chalicelib.domain.reports.terms import Watch
from tests.api import calls, figure_calls, people_calls, volume_calls
from tests.api.act_calls import ACTS
from tests.api.client import Client
from tests.api.conformance import promised
from tests.api.gateway import Answer
from tests.api.matrix import COLUMNS, ROWS
from tests.api.people import PEOPLE
from tests.api.placed import stored
from tests.builders import CENTRE, COURIER, GRID, TOWNSHIP, VILLAGE
from tests.conftest import DATA

HERE = {"lat": 24.6085, "lon": 117.9795}
SIGNS = {401: "·", 403: "✗", 404: "?"}
ACTION = "POST /reports/{report_id}/actions"
FILES = "POST /reports/{report_id}/photos"

type Call = Callable[[Client, Actor | None, str], Answer]


def get(path: str, **query: Any) -> Call:
    return lambda api, by, id: api.get(path.format(id=id), by=by, **query)


def post(path: str, **body: Any) -> Call:
    return lambda api, by, id: api.post(path.format(id=id), body, by=by)


def act(**action: Any) -> Call:
    return post("/reports/{id}/actions", **action)


def add(purpose: str) -> Call:
    return post("/reports/{id}/photos", files=[{"content_type": "image/jpeg", "purpose": purpose}])


def put_areas(api: Client, by: Actor | None, _: str) -> Answer:
    return api.send("PUT", "/areas", by=by, body=(DATA / "areas.geojson").read_bytes())


def put_words(api: Client, by: Actor | None, _: str) -> Answer:
    body = (DATA / "danger_words.csv").read_bytes()
    return api.send("PUT", "/reference/danger_words", by=by, body=body, headers={"Content-Type": "text/csv"})


def of_export(method: str = "GET", key: Key | None = None, **query: Any) -> Call:
    """An export that the centre asked for and the worker has finished; the same for everybody who asks with a key."""

    def call(api: Client, by: Actor | None, _: str) -> Answer:
        from chalicelib.domain.exports import jobs
        from chalicelib.services.exports import exports

        job = exports.ask(str(uuid4()), WISH, key=key or OF_CENTRE, by=CENTRE, now=(now := datetime.now(UTC)))
        if not job.is_over:
            exports.save(jobs.finished(job, now))
        return api.send(method, f"/exports/{job.id}", by=by, query=query)

    return call


def figures(**query: str) -> Call:
    return lambda api, by, _: api.send("GET", "/statistics/reports", by=by, query=query)


def this_month(api: Client, by: Actor | None, _: str) -> Answer:
    return api.send("GET", "/map/cells", by=by, query={"until": local_month(datetime.now(UTC))})


OF_CENTRE = Key(caller_id=CENTRE.id, key="export", fingerprint="")
WISH = Wish(first="2026-11", last="2026-11", purpose="月度分析")
EXPORT = {"from": "2026-11", "to": "2026-11", "purpose": "月度分析"}
VILLAGE_POST, DEPARTMENT = Post(Role.VILLAGE, VILLAGE), Post(Role.DEPARTMENT, "D04")
PLAIN: dict[str, Any] = {"status": Status.SUBMITTED}
WITH_VILLAGE = {"status": Status.WITH_VILLAGE, "holder": VILLAGE_POST, "village_held": True}
WITH_CENTRE = {"status": Status.WITH_CENTRE, "holder": Post(Role.CENTRE, TOWNSHIP)}
DISPATCHED = {"status": Status.DISPATCHED, "holder": DEPARTMENT, "department": "D04"}
IN_HANDLING = {**DISPATCHED, "status": Status.IN_HANDLING}
RESOLVED = {**WITH_VILLAGE, "status": Status.RESOLVED, "origin": VILLAGE_POST, "resolved_by": "village"}
BY_GRID = {**RESOLVED, "origin": Post(Role.GRID_MEMBER, GRID), "resolved_by": "grid_member"}
CLOSED = {**RESOLVED, "status": Status.CLOSED, "holder": None, "due_at": None}

# These name a person, a report, a photo or a kind of their own: `test_actions` and the tests of the domain try them.
NEED_MORE = {"answer", "assign", "merge", "make_safe"}

# What is asked, and of which report: the rows of the table.
SITUATIONS: dict[str, tuple[Call, dict[str, Any] | None]] = {
    "GET /openapi.json": (get("/openapi.json"), None),
    "GET /docs": (get("/docs"), None),
    "GET /me": (get("/me"), None),
    "GET /areas": (get("/areas"), None),
    "GET /areas/locate": (get("/areas/locate", **HERE), None),
    "PUT /areas": (put_areas, None),
    "GET /areas/outlines": (get("/areas/outlines", crs="gcj02"), None),
    "GET /reference/{name}": (get("/reference/taxonomy"), None),
    "PUT /reference/{name}": (put_words, None),
    "GET /inbox": (get("/inbox"), None),
    "POST /inbox/read": (post("/inbox/read", ids=[]), None),
    "GET /points": (get("/points"), None),
    "GET /reports/nearby": (get("/reports/nearby", **HERE, kind="0201"), None),
    "POST /reports": (post("/reports", text="a"), None),
    "POST /reports for someone": (post("/reports", text="a", source="patrol"), None),
    "GET /reports/mine": (get("/reports/mine"), PLAIN),
    "GET /reports/inbox": (get("/reports/inbox"), PLAIN),
    "GET /reports/inbox at village": (get("/reports/inbox", post=VILLAGE_POST.key), WITH_VILLAGE),
    "GET /reports/supervised": (get("/reports/supervised"), PLAIN | {"watch": Watch.RED}),
    "GET /reports": (get("/reports", area=VILLAGE), PLAIN),
    "GET /reports outside": (get("/reports", area="outside"), {"outside": True}),
    "GET /reports/{report_id} submitted": (get("/reports/{id}"), PLAIN),
    "GET /reports/{report_id} in_handling": (get("/reports/{id}"), IN_HANDLING),
    "GET /reports/{report_id} resolved by grid": (get("/reports/{id}"), BY_GRID),
    "GET /reports/{report_id} confidential": (get("/reports/{id}"), {"confidential": True}),
    "GET /reports/{report_id} centre only": (get("/reports/{id}"), {"confidential": True, "verify_by_centre": True}),
    "GET /reports/{report_id}/duplicates": (get("/reports/{id}/duplicates"), PLAIN),
    f"{ACTION} verify": (act(action="verify", basis="on_site"), PLAIN),
    f"{ACTION} verify class E": (act(action="verify", basis="on_site", kind="0105"), {"klass": "E", "severity": 4}),
    f"{ACTION} verify centre only": (act(action="verify", basis="phone"), {"verify_by_centre": True}),
    f"{ACTION} reject": (act(action="reject", reason="not_found"), PLAIN),
    f"{ACTION} reject at centre": (act(action="reject", reason="not_found"), WITH_CENTRE),
    f"{ACTION} resolve at village": (act(action="resolve", answer="a", no_photo_reason="b"), WITH_VILLAGE),
    f"{ACTION} resolve in_handling": (act(action="resolve", answer="a", no_photo_reason="b"), IN_HANDLING),
    f"{ACTION} escalate": (act(action="escalate", reason="a"), WITH_VILLAGE),
    f"{ACTION} dispatch": (act(action="dispatch", department="D04"), WITH_CENTRE),
    f"{ACTION} accept": (act(action="accept"), DISPATCHED),
    f"{ACTION} confirm": (act(action="confirm", solved=True), RESOLVED),
    f"{ACTION} confirm after grid": (act(action="confirm", solved=True), BY_GRID),
    f"{ACTION} reopen": (act(action="reopen", reason="a"), RESOLVED),
    f"{ACTION} reopen closed": (act(action="reopen", reason="a"), CLOSED),
    f"{ACTION} withdraw": (act(action="withdraw"), PLAIN),
    f"{ACTION} comment": (act(action="comment", text="a"), IN_HANDLING),
    f"{ACTION} add_info": (act(action="add_info", text="a"), IN_HANDLING),
    f"{FILES} before": (add("before"), PLAIN),
    f"{FILES} after": (add("after"), IN_HANDLING),
    f"{FILES} evidence": (add("evidence"), IN_HANDLING),
    **people_calls.SITUATIONS,
    "GET /me/contribution": (get("/me/contribution"), None),
    "GET /statistics/reports": (figures(by="kind"), None),
    "GET /statistics/reports of village": (figures(area=VILLAGE), None),
    "GET /statistics/reports of grid": (figures(area=GRID, by="day"), None),
    "GET /map/cells": (get("/map/cells"), None),
    "GET /map/cells of this month": (this_month, None),
    "GET /map/hexagons": (get("/map/hexagons"), None),
    "GET /map/gaps": (get("/map/gaps"), None),
    **figure_calls.SITUATIONS,
    "POST /exports": (post("/exports", **EXPORT), None),
    "POST /exports of village": (post("/exports", **EXPORT, villages=[VILLAGE]), None),
    "POST /exports personal": (post("/exports", **EXPORT, personal=True, ground="contact"), None),
    "GET /exports": (get("/exports"), None),
    "GET /exports/{export_id}": (of_export(), None),
    "GET /exports/{export_id} its file": (of_export(file="true"), None),
    "DELETE /exports/{export_id}": (of_export("DELETE", replace(OF_CENTRE, key="mistaken")), None),
    **calls.BEFORE_ACTS,
    **{f"{ACTION} {name}": (act(action=name.split()[0], **body), held) for name, (body, held) in ACTS.items()},
    **volume_calls.SITUATIONS,
    **calls.AFTER_VOLUME,
}


@pytest.fixture(scope="module")
def model(api: Client) -> Report:
    """A report as the API took it in, which others are varied from."""
    from chalicelib.store.reports import reports

    body = {"text": "a", "kind": "0201", "location": {**HERE, "crs": "wgs84"}}
    return reports.get(api.post("/reports", body, by=COURIER).json["id"])


def outcome(row: str, person: Actor | None, api: Client, model: Report) -> str:
    """The sign of what this person gets, with a report of his own to try it on, which is gone afterwards."""
    from chalicelib.store.reports.reports import HEAD, ReportItem

    call, changes = SITUATIONS[row]
    if changes is None:
        return sign(call(api, person, ""), "")
    id = stored(model, changes)
    found = sign(call(api, person, id), id)
    ReportItem.get(id, HEAD).delete()
    return found


def sign(answer: Answer, id: str) -> str:
    """One of the table's signs."""
    if answer.status >= 300:
        return SIGNS.get(answer.status, str(answer.status))
    return "0" if id and '"reports":' in answer.text and id not in answer.text else "✓"


@pytest.mark.parametrize("row", SITUATIONS)
def test_every_person_may_do_what_the_table_says(row: str, api: Client, model: Report) -> None:
    found = [outcome(row, person, api, model) for person in PEOPLE.values()]
    wrong = [
        f"{who}: {is_} instead of {said}"
        for who, is_, said in zip(PEOPLE, found, ROWS[row], strict=True)
        if is_ != said
    ]
    assert wrong == []


def test_the_table_has_the_rows_and_columns_that_are_tried() -> None:
    assert list(ROWS) == list(SITUATIONS)
    assert list(PEOPLE) == COLUMNS


def test_every_route_has_a_row() -> None:
    routes = {f"{operation.method} {operation.path}" for operation in operations()}
    assert routes - {" ".join(row.split()[:2]) for row in SITUATIONS} == set()


def test_every_action_has_a_row() -> None:
    actions = promised()["components"]["schemas"]["AnyAction"]["discriminator"]["mapping"]
    assert actions.keys() - {row.split()[2] for row in SITUATIONS if row.startswith(ACTION)} == NEED_MORE


def test_every_role_has_a_column() -> None:
    assert {post.role for person in PEOPLE.values() if person for post in person.posts} == set(Role)
