"""Staff over HTTP, from their enrolment to the copy that is fetched for who left."""

from uuid import uuid4

from tests.api.client import Client, refused
from tests.api.login_calls import bearer, sign_in
from tests.api.people_calls import form, new_call, newcomer, pages, who_left
from tests.builders import ADMIN, CENTRE, VILLAGE


def test_who_is_enrolled_signs_in_and_holds_his_posts(api: Client) -> None:
    body = newcomer()
    key = str(uuid4())
    answer = api.post("/people", body, by=ADMIN, idempotency_key=key)
    assert answer.status == 201 and answer.headers["Location"] == f"/v1/people/{answer.json['id']}"
    assert answer.json["posts"] == [f"village:{VILLAGE}"] and answer.json["sight"] == "full"
    assert api.post("/people", body, by=ADMIN, idempotency_key=key).text == answer.text
    me = api.send("GET", "/me", headers=bearer(sign_in(api, body["phone"]).json)).json
    assert (me["id"], me["posts"]) == (answer.json["id"], [f"village:{VILLAGE}"])
    refused(api.post("/people", body, by=ADMIN), 409, "Conflict", "phone_taken")


def test_who_is_no_staff_or_not_whole_is_not_enrolled(api: Client) -> None:
    courier = newcomer(posts=[{"role": "courier", "scope": "p1"}])
    refused(api.post("/people", courier, by=ADMIN), 403, "Forbidden", "couriers_apply")
    refused(api.post("/people", newcomer(posts=[]), by=ADMIN), 400, "Invalid", "malformed")
    refused(api.post("/people", newcomer(phone="1234567890a"), by=ADMIN), 400, "Invalid", "phone_malformed")


def test_a_copy_for_who_left_says_what_it_is_for(api: Client) -> None:
    id = who_left()
    refused(api.get(f"/people/{id}/data", by=CENTRE), 400, "Invalid", "malformed")
    page = api.get(f"/people/{id}/data", by=CENTRE, purpose="本人书面申请").json
    assert page["profile"]["id"] == id and page["part"] == "profile" and page["cursor"]


def test_who_left_is_forgotten_for_a_reason(api: Client) -> None:
    path = f"/people/{who_left()}/actions"
    refused(api.post(path, {"action": "erase"}, by=CENTRE), 400, "Invalid", "malformed")
    answer = api.post(path, {"action": "erase", "reason": "本人到场书面申请"}, by=CENTRE).json
    assert answer["state"] == "left" and answer["erase_asked_at"]


def test_the_centre_sees_who_applied_with_the_same_number(api: Client) -> None:
    body = form(new_call(api))
    for name in ("申请人", "别人"):
        assert api.post("/applications", body | {"name": name}).status == 202
    waiting = [one for one in pages(api, "/applications", "applications") if one["phone"] == body["phone"]]
    assert {one["id"]: one["same_phone"] for one in waiting} == {
        waiting[0]["id"]: [waiting[1]["id"]],
        waiting[1]["id"]: [waiting[0]["id"]],
    }
    decision = {"decision": "approve", "trained_on": "2026-01-05", "trained_by": "讲师"}
    assert api.post(f"/applications/{waiting[0]['id']}/decision", decision, by=CENTRE).json["state"] == "approved"
    again = api.post(f"/applications/{waiting[1]['id']}/decision", decision, by=CENTRE)
    refused(again, 409, "AlreadyDone", "application_superseded")
