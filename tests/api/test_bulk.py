"""Many reports in one request over HTTP: the two forms of its body, a result for each, and what it refuses whole."""

from typing import Any

import pytest

from tests.api.client import Client, refused
from tests.builders import CENTRE, COURIER, GRID_MEMBER
from tests.conftest import BACKENDS

pytestmark = pytest.mark.parametrize("store", BACKENDS, indirect=True, scope="module")
PATH = "/reports/actions"
HOLE = {"text": "路面有个大坑", "kind": "0303", "location": {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84"}}
VERIFY = {"action": "verify", "basis": "photo"}
DISPATCH = {"action": "dispatch", "department": "D04"}
REMARK = {"action": "comment", "text": "已收到"}


@pytest.fixture
def ids(api: Client, report: str) -> list[str]:
    """Three reports that wait for their verification."""
    return [report, *(api.post("/reports", HOLE, by=COURIER).json["id"] for _ in range(2))]


def read(ids: list[str], version: int | None = None) -> list[dict[str, Any]]:
    return [{"id": id} | ({"version": version} if version else {}) for id in ids]


def test_one_action_for_all(api: Client, ids: list[str]) -> None:
    answer = api.post(PATH, {"reports": read(ids, 1), "action": VERIFY}, by=GRID_MEMBER)
    assert (answer.status, answer.json["done"], answer.json["refused"]) == (200, 3, 0)
    assert [one["report"] for one in answer.json["results"]] == ids
    standings = [one["standing"] for one in answer.json["results"]]
    assert {(one["status"], one["version"]) for one in standings} == {("with_centre", 2)}
    assert all("comment" in one["actions"] for one in standings)


def test_an_action_for_each(api: Client, ids: list[str]) -> None:
    items = [{"report": ids[0], "action": VERIFY}, {"report": ids[1], "version": 1, "action": REMARK}]
    answer = api.post(PATH, {"items": items}, by=GRID_MEMBER)
    assert [one["standing"]["status"] for one in answer.json["results"]] == ["with_centre", "submitted"]


def test_what_is_refused_says_why_in_both_languages_and_shows_the_other_change(api: Client, ids: list[str]) -> None:
    api.post(PATH, {"reports": read(ids), "action": VERIFY}, by=GRID_MEMBER)
    api.post(f"/reports/{ids[1]}/actions", DISPATCH, by=CENTRE)
    answer = api.post(PATH, {"reports": read([*ids, "nowhere"], 2), "action": DISPATCH}, by=CENTRE)
    assert (answer.json["done"], answer.json["refused"]) == (2, 2)
    stale, unknown = (one["problem"] for one in answer.json["results"] if one["result"] == "refused")
    assert (stale["status"], stale["code"], stale["rule"]) == (412, "StaleVersion", "stale_version")
    assert stale["detail"] and stale["detail_en"]
    assert [one["action"] for one in stale["meanwhile"]["changes"]] == ["dispatch"]
    assert (unknown["status"], unknown["rule"]) == (404, "no_such_report")


def test_what_is_not_done_in_bulk_is_refused_by_name(api: Client, ids: list[str]) -> None:
    answer = api.post(PATH, {"reports": read(ids), "action": {"action": "reject", "reason": "false"}}, by=GRID_MEMBER)
    assert {one["problem"]["rule"] for one in answer.json["results"]} == {"not_in_bulk"}
    assert api.get(f"/reports/{ids[0]}", by=GRID_MEMBER).json["status"] == "submitted"


def test_it_is_done_once_with_its_key(api: Client, ids: list[str]) -> None:
    body = {"reports": read(ids), "action": REMARK}
    first = api.post(PATH, body, by=GRID_MEMBER, idempotency_key="bulk")
    again = api.post(PATH, body, by=GRID_MEMBER, idempotency_key="bulk")
    assert again.json == first.json
    other = api.post(PATH, body | {"action": VERIFY}, by=GRID_MEMBER, idempotency_key="bulk")
    refused(other, 422, "KeyReused", "key_reused")
    assert [line["action"] for line in api.get(f"/reports/{ids[0]}", by=CENTRE).json["history"]] == [
        "submit",
        "comment",
    ]


BODIES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "no reports": {"reports": [], "action": REMARK},
    "no items": {"items": []},
    "no action": {"reports": [{"id": "a"}]},
    "an action and no reports": {"action": REMARK},
    "both forms": {"reports": [{"id": "a"}], "action": REMARK, "items": [{"report": "a", "action": REMARK}]},
    "items and an action": {"action": REMARK, "items": [{"report": "a", "action": REMARK}]},
    "items and reports": {"reports": [{"id": "a"}], "items": [{"report": "a", "action": REMARK}]},
    "more than fifty": {"reports": [{"id": f"r{number}"} for number in range(51)], "action": REMARK},
    "an action that is none": {"items": [{"report": "a", "action": {"action": "burn"}}]},
    "a field of another action": {"reports": [{"id": "a"}], "action": {"action": "claim", "department": "D04"}},
    "no id": {"reports": [{"id": ""}], "action": REMARK},
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_makes_no_sense_is_refused_whole(name: str, api: Client) -> None:
    refused(api.post(PATH, BODIES[name], by=CENTRE), 400, "Invalid", "malformed")


def test_a_report_that_stands_twice_is_refused_whole(api: Client, ids: list[str]) -> None:
    answer = api.post(PATH, {"reports": read([*ids, ids[0]]), "action": REMARK}, by=GRID_MEMBER)
    refused(answer, 400, "Invalid", "report_twice")


@pytest.mark.parametrize("version", [-1, 0, 10**60])
def test_a_version_that_never_was_is_stale(version: int, api: Client, ids: list[str]) -> None:
    items = [{"report": ids[0], "version": version, "action": REMARK}]
    answer = api.post(PATH, {"items": items}, by=GRID_MEMBER)
    assert answer.status == 200 and answer.json["results"][0]["problem"]["rule"] == "stale_version"
