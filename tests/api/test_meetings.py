"""Meetings over HTTP: versions, keys, what is refused, what each reader gets."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from chalicelib.services.meetings import publishing
from tests.api.client import Client, refused
from tests.api.conftest import Contents
from tests.api.meeting_calls import (
    announced,
    day,
    decided,
    done,
    followed,
    new_case,
    new_meeting,
    new_topic,
    nominate,
    with_case,
)
from tests.builders import AUDITOR, CENTRE, COMMITTEE, COURIER, DISTRICT, WORKS

ORDER: dict[str, Any] = {"decision": "dispatch", "department": "D04", "reason": "牵头"}


def test_a_meeting_is_called_once_however_often_the_call_is_sent(api: Client, contents: Contents) -> None:
    body = {"body": "town", "title": "镇党委协调会", "day": day()}
    first = api.post("/meetings", body, by=COMMITTEE, idempotency_key=(key := str(uuid4())))
    assert first.status == 201 and first.headers["Location"] == f"/v1/meetings/{first.json['id']}"
    before = contents.read()
    again = api.post("/meetings", body, by=COMMITTEE, idempotency_key=key)
    assert again.json == first.json and contents.read() == before
    other = api.post("/meetings", body | {"title": "另一个"}, by=COMMITTEE, idempotency_key=key)
    refused(other, 422, "KeyReused", "key_reused")


def test_who_edits_what_somebody_else_has_changed_is_told(api: Client, contents: Contents) -> None:
    meeting, case = with_case(api)
    before = contents.read()
    stale = api.post(f"/meetings/{meeting}/actions", {"action": "drop", "items": [case]}, by=COMMITTEE, if_match='"1"')
    assert refused(stale, 412, "StaleVersion", "stale_version")["facts"] == {"version": 2}
    assert contents.read() == before
    fresh = api.post(f"/meetings/{meeting}/actions", {"action": "drop", "items": [case]}, by=COMMITTEE, if_match='"2"')
    assert fresh.headers["ETag"] == '"3"' and fresh.json["items"] == []


def test_publishing_twice_with_the_version_that_was_read_is_once(api: Client, contents: Contents) -> None:
    meeting = decided(api)
    publish = {"action": "publish"}
    first = api.post(f"/meetings/{meeting}/actions", publish, by=COMMITTEE, if_match='"3"')
    before = contents.read()
    again = api.post(f"/meetings/{meeting}/actions", publish, by=COMMITTEE, if_match='"3"')
    assert first.json["state"] == "publishing" and again.json == first.json and contents.read() == before
    edited = done(api, meeting, "drop", items=[first.json["items"][0]["id"]])
    refused(edited, 409, "Conflict", "meeting_not_draft")


BAD: dict[str, tuple[dict[str, object], int, str, str]] = {
    "no action": ({}, 400, "Invalid", "malformed"),
    "unknown action": ({"action": "adjourn"}, 400, "Invalid", "malformed"),
    "nothing gathered": ({"action": "gather", "items": []}, 400, "Invalid", "malformed"),
    "too much at once": ({"action": "gather", "items": ["a"] * 33}, 400, "Invalid", "malformed"),
    "an id of the keys' own": ({"action": "gather", "items": ["a#b"]}, 409, "Conflict", "case_not_coordinating"),
    "what is not there": ({"action": "drop", "items": ["nothing"]}, 404, "NotFound", "not_on_meeting"),
    "no day at all": (ORDER | {"action": "decide", "item": "x", "by": "soon"}, 400, "Invalid", "malformed"),
    "what is not on it": ({"action": "postpone", "item": "x", "reason": "a"}, 404, "NotFound", "not_on_meeting"),
    "nothing to publish": ({"action": "publish"}, 409, "Conflict", "meeting_empty"),
    "nothing to announce": ({"action": "announce"}, 409, "Conflict", "meeting_empty"),
    "no reason": ({"action": "cancel", "reason": " "}, 400, "Invalid", "reason_needed"),
    "a day far off": ({"action": "change", "title": "会", "day": "2099-01-01"}, 400, "Invalid", "meeting_day_far"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(name: str, api: Client, contents: Contents) -> None:
    body, status, code, rule = BAD[name]
    meeting = new_meeting(api)
    before = contents.read()
    answer = api.post(f"/meetings/{meeting}/actions", body, by=COMMITTEE, idempotency_key=str(uuid4()))
    refused(answer, status, code, rule)
    assert contents.read() == before


def test_a_decision_says_by_when_and_with_what(api: Client) -> None:
    meeting, case = with_case(api)
    said = {"action": "decide", "item": case, "co_handlers": ["D03"], "by": day(30), "resources": "应急资金"}
    (item,) = api.post(f"/meetings/{meeting}/actions", ORDER | said, by=COMMITTEE).json["items"]
    assert (item["decision"]["by"], item["decision"]["resources"]) == (day(30), "应急资金")
    assert item["report"]["status"] == "coordinating" and not item["left"] and item["outcome"] is None


def test_a_case_waits_with_its_deadline_until_it_is_gathered(api: Client) -> None:
    case = new_case()
    (shown,) = [one for one in api.get("/agenda/cases", by=COMMITTEE, limit=100).json["cases"] if one["id"] == case]
    assert shown["due_at"] and shown["overdue"] is False
    done(api, new_meeting(api), "gather", items=[case])
    assert case not in api.get("/agenda/cases", by=COMMITTEE, limit=100).text


def test_the_minutes_say_in_words_why_a_decision_was_not_carried_out(api: Client) -> None:
    meeting, case = with_case(api)
    done(api, meeting, "decide", item=case, **ORDER)
    assert api.post(f"/reports/{case}/actions", {"action": "cancel", "reason": "重复"}, by=CENTRE).status == 200
    done(api, meeting, "publish")
    publishing.settle(meeting, case, now=datetime.now(UTC))
    (item,) = api.get(f"/meetings/{meeting}", by=COMMITTEE).json["items"]
    assert (item["outcome"]["result"], item["outcome"]["rule"], item["left"]) == ("overtaken", "case_moved_on", True)
    assert item["outcome"]["why"].startswith("会后事项") and item["outcome"]["why_en"].startswith("The case had left")


def test_a_guest_reads_no_history_and_no_decision_of_a_draft(api: Client) -> None:
    meeting = announced(api)
    seen = api.get(f"/meetings/{meeting}", by=WORKS).json
    assert (seen["state"], seen["items"], seen["records"]) == ("draft", [], [])
    assert [line["deed"] for line in api.get(f"/meetings/{meeting}", by=AUDITOR).json["records"]][-1] == "announce"


def test_the_district_sees_nothing_of_who_reported_or_where(api: Client) -> None:
    topic = nominate(api, CENTRE, "").json["id"]
    text = api.get("/agenda/topics", by=DISTRICT).text
    assert topic in text and COURIER.id + '"' not in text and "lat" not in text


def test_a_topic_put_again_or_taken_off_twice_is_refused(api: Client) -> None:
    report = nominate(api, CENTRE, "").json["id"]
    again = api.post("/agenda/topics", {"about": "report", "report": report, "text": "a"}, by=CENTRE)
    refused(again, 409, "AlreadyDone", "on_agenda")
    topic = new_topic(api)
    assert api.send("DELETE", f"/agenda/topics/{topic}", by=CENTRE).status == 200
    refused(api.send("DELETE", f"/agenda/topics/{topic}", by=CENTRE), 404, "NotFound", "no_such_topic")


def test_a_follow_up_is_no_meeting_and_a_meeting_no_follow_up(api: Client) -> None:
    id = followed(api)
    refused(api.get(f"/meetings/{id}", by=CENTRE), 404, "NotFound", "no_such_meeting")
    refused(api.get(f"/follow-ups/{new_meeting(api)}", by=CENTRE), 404, "NotFound", "no_such_follow_up")
    refused(api.get("/meetings/agenda:town:350211102", by=CENTRE), 404, "NotFound", "no_such_meeting")
    stale = api.post(f"/follow-ups/{id}/steps", {"note": "a"}, by=CENTRE, if_match='"7"')
    refused(stale, 412, "StaleVersion", "stale_version")
