"""Every operation answers what the OpenAPI document promises; the client of these tests checks each answer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.api.operations import operations
from chalicelib.domain.reference.calendar import local_day
from tests.api import (
    activity_calls,
    award_calls,
    beneficiary_calls,
    care_calls,
    care_run_calls,
    certificate_calls,
    duty_calls,
    finding_calls,
    handout_calls,
    honour_calls,
    login_calls,
    lookout_calls,
    meeting_calls,
    people_calls,
    prize_calls,
    public_calls,
    ranking_calls,
    recheck_calls,
    reporting_calls,
    routing_calls,
    slot_calls,
    team_calls,
    volume_calls,
)
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import (
    ADMIN,
    CENTRE,
    COMMITTEE,
    COURIER,
    COURIER2,
    GRID,
    GRID_MEMBER,
    SANITATION,
    VILLAGE,
    VILLAGER,
    WORKS,
)
from tests.conftest import DATA

HERE = {"lat": 24.6085, "lon": 117.9795}
REFUSE = {
    "text": "垃圾桶满了，三天没有清运",
    "kind": "0201",
    "location": {**HERE, "crs": "wgs84", "accuracy": 8},
    "photos": ["image/jpeg", "image/heic"],
    "voice": "audio/ogg",
}
ACTS: list[tuple[Any, dict[str, Any]]] = [
    (GRID_MEMBER, {"action": "comment", "text": "马上去看", "internal": True}),
    (GRID_MEMBER, {"action": "verify", "basis": "on_site", "outcome": "to_village", "severity": 2}),
    (VILLAGER, {"action": "escalate", "reason": "需要环卫清运车"}),
    (CENTRE, {"action": "dispatch", "department": "D04", "co_handlers": ["D03"], "instruction": "今日清运"}),
    (WORKS, {"action": "accept"}),
    (COURIER, {"action": "add_info", "text": "路口还有一堆"}),
    (SANITATION, {"action": "file_part", "result": "已配合清扫"}),
    (WORKS, {"action": "resolve", "answer": "已清运", "no_photo_reason": "夜间作业"}),
    (COURIER, {"action": "confirm", "contacted": True, "solved": True, "satisfied": True}),
    (GRID_MEMBER, {"action": "confirm", "note": "现场已干净"}),
]

MORE = {"action": "add_info", "text": "还有一堆"}

CSV = {"Content-Type": "text/csv; charset=utf-8"}
WORDS = (DATA / "danger_words.csv").read_bytes()

INDICATORS = "/statistics/indicators"
LATELY = {
    "first": local_day(datetime.now(UTC) - timedelta(days=9)),
    "last": local_day(datetime.now(UTC) + timedelta(days=9)),
}
EXPORT = {"from": "2026-11", "to": "2026-11-23", "purpose": "月度分析", "personal": True, "ground": "contact"}


def finished_export(api: Client) -> str:
    """An export that the worker has finished."""
    from chalicelib.domain.exports import jobs
    from chalicelib.services.exports import exports
    from chalicelib.store.exports import exports as store

    id: str = api.post("/exports", EXPORT, by=CENTRE).json["id"]
    exports.save(jobs.finished(store.get(id), datetime.now(UTC)))
    return id


type Call = Callable[[Client, str], Answer]

# One call of every operation that succeeds; the second argument is the report of the journey below.
CALLS: dict[str, Call] = {
    "list_areas": lambda api, _: api.get("/areas", by=COURIER),
    "locate_place": lambda api, _: api.get("/areas/locate", by=COURIER, **HERE, crs="gcj02"),
    "replace_areas": lambda api, _: api.send("PUT", "/areas", by=ADMIN, body=(DATA / "areas.geojson").read_bytes()),
    "list_messages": lambda api, _: api.get("/inbox", by=COURIER, limit=2),
    "read_messages": lambda api, _: api.post("/inbox/read", {"until": "99991231T000000000000#~"}, by=COURIER),
    "list_my_reports": lambda api, _: api.get("/reports/mine", by=COURIER, limit=1, crs="gcj02"),
    "list_my_inbox": lambda api, _: api.get("/reports/inbox", by=GRID_MEMBER, post=f"grid_member:{GRID}"),
    "list_supervised_reports": lambda api, _: api.get("/reports/supervised", by=COMMITTEE, watch="red"),
    "list_likely_duplicates": lambda api, id: api.get(f"/reports/{id}/duplicates", by=CENTRE, crs="gcj02"),
    "list_area_reports": lambda api, _: api.get("/reports", by=CENTRE, area=VILLAGE, kind="0201"),
    "list_nearby_reports": lambda api, _: api.get("/reports/nearby", by=COURIER2, **HERE, kind="0201"),
    "get_me": lambda api, _: api.get("/me", by=VILLAGER),
    "get_points": lambda api, _: api.get("/points", by=COURIER),
    "get_outlines": lambda api, _: api.get("/areas/outlines", by=COURIER),
    "get_reference": lambda api, _: api.get("/reference/taxonomy", by=COURIER),
    "replace_reference": lambda api, _: api.send("PUT", "/reference/danger_words", by=ADMIN, body=WORDS, headers=CSV),
    "submit_report": lambda api, _: api.post("/reports", {"text": "有煤气味"}, by=COURIER, idempotency_key="k1"),
    "get_report": lambda api, id: api.get(f"/reports/{id}", by=CENTRE, crs="gcj02"),
    "act_on_report": lambda api, id: api.post(f"/reports/{id}/actions", MORE, by=COURIER),
    "add_photos": lambda api, id: api.post(f"/reports/{id}/photos", {}, by=COURIER),
    "get_contribution": lambda api, _: api.get("/me/contribution", by=COURIER),
    "count_services": lambda api, _: api.get("/statistics/services", by=CENTRE),
    "count_reports": lambda api, _: api.get("/statistics/reports", by=CENTRE),
    "list_map_cells": lambda api, _: api.get("/map/cells", by=CENTRE, area=VILLAGE),
    "list_map_hexagons": lambda api, _: api.get("/map/hexagons", by=CENTRE, kind="0201", crs="gcj02"),
    "list_map_gaps": lambda api, _: api.get("/map/gaps", by=CENTRE, limit=3, crs="gcj02"),
    "count_indicators": lambda api, _: api.send("GET", INDICATORS, by=CENTRE, query=LATELY | {"by": "kind"}),
    "list_counted_reports": lambda api, _: api.get(f"{INDICATORS}/reports", by=CENTRE, **LATELY, column="filed"),
    "list_riders_needs": lambda api, _: api.get("/riders-needs", by=CENTRE),
    "ask_export": lambda api, _: api.post("/exports", EXPORT, by=CENTRE, idempotency_key="k1"),
    "get_export": lambda api, _: api.get(f"/exports/{finished_export(api)}", by=CENTRE, file="true"),
    "withdraw_export": lambda api, _: api.send("DELETE", f"/exports/{finished_export(api)}", by=CENTRE),
    "list_exports": lambda api, _: api.get("/exports", by=CENTRE, limit=1),
    "get_openapi": lambda api, _: api.get("/openapi.json"),
    "get_docs": lambda api, _: api.get("/docs"),
    **people_calls.CALLS,
    **login_calls.CALLS,
    **duty_calls.CALLS,
    **routing_calls.CALLS,
    **meeting_calls.CALLS,
    **public_calls.CALLS,
    **volume_calls.CALLS,
    **reporting_calls.CALLS,
    **recheck_calls.CALLS,
    **ranking_calls.CALLS,
    **prize_calls.CALLS,
    **award_calls.CALLS,
    **honour_calls.CALLS,
    **care_calls.CALLS,
    **care_run_calls.CALLS,
    **handout_calls.CALLS,
    **team_calls.CALLS,
    **lookout_calls.CALLS,
    **activity_calls.CALLS,
    **beneficiary_calls.CALLS,
    **certificate_calls.CALLS,
    **finding_calls.CALLS,
    **slot_calls.CALLS,
}


@pytest.fixture(scope="module")
def journey(api: Client) -> str:
    """A report from its photos to its end, and what followed from it; another one still waits nearby."""
    from chalicelib.services.figures import figures
    from chalicelib.services.maps import counting
    from chalicelib.services.notifications import notices
    from chalicelib.services.points import points
    from chalicelib.store import history

    id: str = api.post("/reports", REFUSE, by=COURIER).json["id"]
    for by, action in ACTS:
        answer = api.post(f"/reports/{id}/actions", action, by=by)
        assert answer.status == 200, answer.text
    api.post("/reports", REFUSE | {"photos": []}, by=COURIER)
    api.post("/reports", {"text": "希望有歇脚的地方", "kind": "1202"}, by=COURIER)
    for event in history.of(id):
        notices.tell(event, now=event.at)
        points.follow(event, now=event.at)
        counting.follow(event)
        figures.count(event)
    return id


@pytest.mark.parametrize("name", [operation.name for operation in operations()])
def test_every_operation_answers_as_promised(name: str, api: Client, journey: str) -> None:
    operation = next(one for one in operations() if one.name == name)
    answer = CALLS[name](api, journey)
    assert answer.status == operation.status
    if answer.status == 201:
        is_read_where_it_says(answer, api)


def is_read_where_it_says(made: Answer, api: Client) -> None:
    """Its Location is a path that something answers."""
    place = made.headers["Location"]
    assert "{" not in place and place.startswith("/v1/")
    assert api.get(place.removeprefix("/v1"), by=CENTRE).route, place


def test_the_calls_above_are_the_operations_there_are() -> None:
    assert CALLS.keys() == {operation.name for operation in operations()}


def test_lists_and_inboxes_of_that_journey_are_not_empty(api: Client, journey: str) -> None:
    """Else their entries' shapes would not have been looked at."""
    whole = CALLS["get_report"](api, journey).json
    assert len(whole["history"]) >= 10 and len(whole["photos"]) == 3 and whole["reporter"] == "courier"
    assert CALLS["list_my_reports"](api, journey).json["cursor"]
    for name in ("list_my_inbox", "list_area_reports", "list_nearby_reports"):
        assert CALLS[name](api, journey).json["reports"], name
    assert CALLS["list_riders_needs"](api, journey).json["needs"]
    counted = CALLS["list_counted_reports"](api, journey).json["counted"]
    rows = CALLS["count_indicators"](api, journey).json["rows"]
    assert [one["report"]["id"] for one in counted] == [journey] and rows[0]["counts"]["filed"] == 1
    assert CALLS["list_messages"](api, journey).json["messages"]
    assert CALLS["get_points"](api, journey).json["entries"]
    assert CALLS["list_map_cells"](api, journey).json["cells"]


def test_what_is_read_is_counted_no_longer(api: Client, journey: str) -> None:
    page = api.get("/inbox", by=VILLAGER).json
    first = page["messages"][0]["id"]
    assert page["unread"] > 0
    assert api.post("/inbox/read", {"ids": [first, first]}, by=VILLAGER).json == {"unread": page["unread"] - 1}
    assert api.post("/inbox/read", {"until": first}, by=VILLAGER).json == {"unread": 0}
    assert api.post("/inbox/read", {"ids": [first]}, by=CENTRE).status == 200


def test_a_points_entry_explains_itself_in_both_languages(api: Client, journey: str) -> None:
    page = api.get("/points", by=COURIER).json
    assert page["balance"] == sum(entry["points"] for entry in page["entries"]) > 0
    assert all(entry["text"] and entry["text_en"] and entry["report_id"] == journey for entry in page["entries"])


def test_pages_follow_each_other_without_gaps(api: Client, journey: str) -> None:
    whole = [one["id"] for one in api.get("/inbox", by=COURIER).json["messages"]]
    seen: list[str] = []
    cursor = None
    while cursor or not seen:
        page = api.get("/inbox", by=COURIER, limit=1, **({"cursor": cursor} if cursor else {})).json
        seen += [one["id"] for one in page["messages"]]
        cursor = page["cursor"]
    assert seen == whole
