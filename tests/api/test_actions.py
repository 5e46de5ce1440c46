"""Every action as clients send it: the body, what it becomes, and the rarer ways through a report's life over HTTP."""

from typing import Any, get_args

import msgspec
import pytest

from chalicelib.api.actions import AnyAction, command
from chalicelib.domain.reports.decisions import DECISIONS
from chalicelib.domain.reports.terms import ReturnReason, Ruling, Service, Watch
from tests.api.client import Client, refused
from tests.builders import (
    CENTRE,
    COMMITTEE,
    COURIER,
    COURIER2,
    GRID_MEMBER,
    NEXT_GRID,
    SANITATION,
    VILLAGE,
    VILLAGER,
    WORKS,
)

HERE = {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84"}
PROXY = {"person": "值班民警", "phone": "110", "at": "2026-11-23T01:00:00Z", "letter": "回函照片"}


def test_there_is_one_body_for_every_action_that_can_be_decided() -> None:
    tags = {struct.__struct_config__.tag for struct in get_args(AnyAction.__value__)}
    assert tags == {str(action) for action in DECISIONS}


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        ({"action": "return", "reason": "not_ours", "explanation": "x"}, "return_reason", ReturnReason.NOT_OURS),
        ({"action": "decide", "decision": "close_unsolved", "reason": "x"}, "decision", Ruling.CLOSE_UNSOLVED),
        ({"action": "transfer", "service": "110", "number": "7"}, "service", Service.POLICE),
        ({"action": "supervise", "watch": "red", "text": "x"}, "watch", Watch.RED),
        ({"action": "reclassify", "class": "D", "reason": "x"}, "klass", "D"),
        ({"action": "request_extension", "hours": 8, "reason": "x"}, "hours", 8.0),
        ({"action": "grant"}, "hours", 0.0),
        ({"action": "relocate", "grid": NEXT_GRID}, "grid", NEXT_GRID),
        ({"action": "suspend", "cause": "等材料", "plan": "12月到货"}, "text", "等材料"),
    ],
)
def test_a_body_becomes_the_command_it_says(body: dict[str, Any], field: str, value: object) -> None:
    decoded = msgspec.json.decode(msgspec.json.encode(body), type=AnyAction)
    assert getattr(command(decoded), field) == value


def filed(api: Client, kind: str = "0303") -> str:
    id: str = api.post("/reports", {"text": "请处理", "kind": kind, "location": HERE}, by=COURIER).json["id"]
    return id


def act(api: Client, id: str, by: Any, action: str, **fields: Any) -> dict[str, Any]:
    answer = api.post(f"/reports/{id}/actions", {"action": action, **fields}, by=by)
    assert answer.status == 200, answer.text
    seen: dict[str, Any] = answer.json
    return seen


def dispatched(api: Client, department: str, *, kind: str = "0303", helpers: tuple[str, ...] = ()) -> str:
    id = filed(api, kind)
    act(api, id, GRID_MEMBER, "verify", basis="on_site", outcome="to_centre")
    act(api, id, CENTRE, "dispatch", department=department, co_handlers=helpers)
    return id


def test_the_centre_records_what_a_body_without_account_does(api: Client) -> None:
    id = dispatched(api, "D06", kind="0101")
    api_at = api.get(f"/reports/{id}", by=CENTRE).json["history"][-1]["at"]
    proxy = PROXY | {"at": api_at}
    nameless = api.post(f"/reports/{id}/actions", {"action": "accept"}, by=CENTRE)
    refused(nameless, 400, "Invalid", "proxy_needed")
    seen = act(api, id, CENTRE, "accept", proxy=proxy)
    assert seen["status"] == "in_handling" and "make_safe" in seen["actions"]
    whole = api.get(f"/reports/{id}", by=CENTRE).json
    assert whole["progress"]["recorded"] and whole["history"][-1]["details"]["proxy"]["person"] == "值班民警"
    assert "proxy" not in api.get(f"/reports/{id}", by=COURIER).json["history"][-1]["details"]
    own = dispatched(api, "D04")
    refused(api.post(f"/reports/{own}/actions", {"action": "accept"}, by=CENTRE), 403, "Forbidden", "not_your_part")


def test_a_department_returns_an_order_and_the_village_is_asked_again(api: Client) -> None:
    id = dispatched(api, "D04")
    seen = act(api, id, WORKS, "return", reason="not_ours", explanation="道路归交通")
    assert (seen["status"], seen["department"]) == ("with_centre", None)
    act(api, id, CENTRE, "return_to_village", reason="村道")
    again = api.post(f"/reports/{id}/actions", {"action": "return_to_village", "reason": "x"}, by=CENTRE)
    refused(again, 409, "IllegalAction", "no_such_step")


def test_a_report_waits_for_its_reporter_and_goes_on(api: Client) -> None:
    id = filed(api)
    before = act(api, id, GRID_MEMBER, "claim")
    assert before["assignee"] == GRID_MEMBER.id
    asked = act(api, id, GRID_MEMBER, "ask_info", question="在哪个路口？")
    assert (asked["status"], asked["holder"]) == ("needs_info", "courier")
    mine = api.get("/reports/inbox", by=COURIER).json["reports"]
    assert id in {one["id"] for one in mine}
    after = act(api, id, COURIER, "supply_info", text="东门")
    assert after["status"] == "submitted" and after["assignee"] is None  # who has it is for staff


def test_who_is_asked_is_nobodys_to_know_but_the_centres(api: Client) -> None:
    id: str = api.post("/reports", {"text": "请处理", "kind": "0303", "location": HERE}, by=COURIER2).json["id"]
    act(api, id, GRID_MEMBER, "verify", basis="on_site", outcome="to_centre")
    act(api, id, CENTRE, "dispatch", department="D04")
    act(api, id, WORKS, "ask_info", question="在哪个路口？")
    for someone in (WORKS, GRID_MEMBER, VILLAGER, COMMITTEE):
        assert COURIER2.id not in api.get(f"/reports/{id}", by=someone).text
    assert COURIER2.id in api.get(f"/reports/{id}", by=CENTRE).text


def test_a_co_handler_finds_its_part_and_files_it(api: Client) -> None:
    id = dispatched(api, "D04", helpers=("D03",))
    assert id in {one["id"] for one in api.get("/reports/inbox", by=SANITATION).json["reports"]}
    seen = act(api, id, SANITATION, "file_part", result="已清扫")
    assert "file_part" not in seen["actions"]
    (part,) = api.get(f"/reports/{id}", by=WORKS).json["progress"]["parts"]
    assert (part["state"], part["result"]) == ("filed", "已清扫")
    assert id not in {one["id"] for one in api.get("/reports/inbox", by=SANITATION).json["reports"]}


def test_two_reports_of_one_thing_are_merged_and_parted(api: Client) -> None:
    main, other = filed(api), filed(api)
    assert act(api, other, GRID_MEMBER, "merge", main=main)["status"] == "duplicate"
    assert act(api, other, CENTRE, "unmerge", reason="两处")["status"] == "submitted"
    act(api, main, GRID_MEMBER, "reject", reason="not_found")
    ended = api.post(f"/reports/{other}/actions", {"action": "merge", "main": main}, by=GRID_MEMBER)
    refused(ended, 409, "Conflict", "main_has_ended")
    unseen = api.post(f"/reports/{other}/actions", {"action": "merge", "main": "none"}, by=GRID_MEMBER)
    refused(unseen, 404, "NotFound", "no_such_report")


def test_a_place_is_corrected_within_the_areas_there_are(api: Client) -> None:
    id = filed(api)
    seen = act(api, id, GRID_MEMBER, "relocate", grid=NEXT_GRID)
    assert (seen["location"]["grid"], seen["location"]["village"]) == (NEXT_GRID, VILLAGE)
    nowhere = api.post(f"/reports/{id}/actions", {"action": "relocate", "grid": "350211102999001"}, by=CENTRE)
    refused(nowhere, 400, "Invalid", "unknown_area")


def test_a_hard_case_is_decided_by_the_committee(api: Client) -> None:
    id = filed(api)
    act(api, id, GRID_MEMBER, "verify", basis="phone", outcome="to_centre")
    act(api, id, CENTRE, "coordinate", reason="权属不清")
    seen = act(api, id, COMMITTEE, "decide", decision="dispatch", department="D04", reason="由市政牵头")
    assert (seen["status"], seen["department"]) == ("dispatched", "D04")
    bound = api.post(f"/reports/{id}/actions", {"action": "return", "reason": "not_ours", "explanation": "x"}, by=WORKS)
    refused(bound, 409, "Conflict", "assignment_is_final")


def test_staff_see_who_sent_it_back_and_what_was_merged_into_it(api: Client) -> None:
    id = dispatched(api, "D04")
    act(api, id, WORKS, "return", reason="not_ours", explanation="属于环卫")
    other = filed(api)
    act(api, other, CENTRE, "merge", main=id)
    seen = api.get(f"/reports/{id}", by=CENTRE).json["progress"]
    assert [(one["department"], one["reason"], one["text"]) for one in seen["returns"]] == [
        ("D04", "not_ours", "属于环卫")
    ]
    assert [one["id"] for one in seen["merged"]] == [other] and not seen["final"]
