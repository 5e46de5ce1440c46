"""Saved filters over HTTP: saved, used, changed by version, thrown away."""

import json
from typing import Any

import pytest

from tests.api.client import Client, refused
from tests.api.gateway import Answer
from tests.builders import CENTRE, COURIER, GRID_MEMBER, NEXT_GRID, VILLAGE
from tests.conftest import BACKENDS

pytestmark = pytest.mark.parametrize("store", BACKENDS, indirect=True, scope="module")
HOLES: dict[str, Any] = {"name": "道路", "list": "inbox", "criteria": {"kinds": ["03"], "assignee": "nobody"}}
ELSEWHERE = {"name": "隔壁网格", "list": "inbox", "criteria": {"grid": NEXT_GRID}}


def put(api: Client, id: str, body: dict[str, Any], if_match: str = "*") -> Answer:
    headers = {"If-Match": if_match}
    return api.send("PUT", f"/filters/{id}", by=GRID_MEMBER, body=json.dumps(body), headers=headers)


@pytest.fixture
def saved(api: Client) -> str:
    """A filter of the grid member's, and no other."""
    for one in api.get("/filters", by=GRID_MEMBER).json["filters"]:
        api.send("DELETE", f"/filters/{one['id']}", by=GRID_MEMBER)
    answer = api.post("/filters", HOLES, by=GRID_MEMBER)
    id: str = answer.json["id"]
    assert (answer.status, answer.headers["Location"]) == (201, f"/v1/filters/{id}")
    return id


def test_a_filter_is_used_by_its_id(api: Client, saved: str, report: str) -> None:
    inbox = api.get("/reports/inbox", by=GRID_MEMBER, filter=saved, limit=100).json["reports"]
    assert report in [one["id"] for one in inbox]
    assert put(api, saved, ELSEWHERE).status == 200
    assert api.get("/reports/inbox", by=GRID_MEMBER, filter=saved).json == {"reports": [], "cursor": None}


def test_an_area_is_filtered_too(api: Client, report: str) -> None:
    body = {"name": "本村", "list": "area", "order": "oldest", "criteria": {"kinds": ["0303"], "village": VILLAGE}}
    id = api.post("/filters", body, by=CENTRE).json["id"]
    found = api.get("/reports", by=CENTRE, area=VILLAGE, filter=id, limit=100).json["reports"]
    assert [one["id"] for one in found][-1] == report


def test_what_was_saved_is_read_as_it_was(api: Client, saved: str) -> None:
    found = api.get(f"/filters/{saved}", by=GRID_MEMBER)
    assert (found.headers["ETag"], found.json["order"]) == ('"1"', "first_due")
    criteria = found.json["criteria"]
    assert (criteria["kinds"], criteria["assignee"], criteria["statuses"]) == (["03"], "nobody", [])
    assert put(api, saved, HOLES | {"criteria": criteria}).json["criteria"] == criteria


def test_who_read_an_old_version_changes_nothing(api: Client, saved: str) -> None:
    assert put(api, saved, ELSEWHERE, '"1"').headers["ETag"] == '"2"'
    refused(put(api, saved, HOLES, '"1"'), 412, "StaleVersion", "stale_version")
    answer = api.send("DELETE", f"/filters/{saved}", by=GRID_MEMBER, headers={"If-Match": '"1"'})
    refused(answer, 412, "StaleVersion", "stale_version")
    assert api.send("DELETE", f"/filters/{saved}", by=GRID_MEMBER, headers={"If-Match": '"2"'}).status == 200
    refused(put(api, saved, HOLES), 404, "NotFound", "no_such_filter")


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"name": ""}, "malformed"),
        ({"name": "长" * 41}, "malformed"),
        ({"name": " "}, "filter_name"),
        ({"list": "mine"}, "malformed"),
        ({"order": "newest"}, "filter_order"),
        ({"order": "loudest"}, "malformed"),
        ({"criteria": {"kind": "0303"}}, "malformed"),
        ({"criteria": {"kinds": ["303"]}}, "malformed"),
        ({"criteria": {"kinds": ["9999"]}}, "unknown_kind"),
        ({"criteria": {"village": "350211102999"}}, "unknown_area"),
        ({"criteria": {"severities": [5]}}, "malformed"),
        ({"criteria": {"due_within_hours": -1}}, "malformed"),
        ({"criteria": {"post": "courier:"}}, "malformed"),
        ({"owner": "centre"}, "malformed"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(changes: dict[str, Any], rule: str, api: Client, saved: str) -> None:
    refused(api.post("/filters", HOLES | changes, by=GRID_MEMBER), 400, "Invalid", rule)


def test_who_it_belongs_to_does_not_change(api: Client, saved: str) -> None:
    refused(put(api, saved, HOLES | {"post": "centre:350211102"}), 400, "Invalid", "malformed")


def test_a_filter_that_is_not_there_is_refused_where_it_is_used(api: Client) -> None:
    for path, query in (("/reports/inbox", {}), ("/reports", {"area": VILLAGE})):
        refused(api.get(path, by=CENTRE, filter="none", **query), 404, "NotFound", "no_such_filter")
    refused(api.get("/reports/inbox", by=COURIER, filter="none"), 403, "Forbidden", "filters_for_staff")
