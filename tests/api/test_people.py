"""People over HTTP: what a stranger cannot find out, and what each of us can find out about himself."""

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reference.calendar import local_day
from tests.api.client import Client, refused
from tests.api.people_calls import TRAINED, double, form, new_call, new_person, pages
from tests.builders import ADMIN, AUDITOR, CENTRE, COURIER, COURIER2, VILLAGE

PACK = local_day(datetime.now(UTC) - timedelta(days=1))


def known_phone(id: str) -> str:
    """The number of somebody who is known."""
    from chalicelib.store.people import people

    return people.get(id).phone


def test_the_answer_does_not_tell_whether_a_number_is_known(api: Client) -> None:
    code = new_call(api)
    stranger = form(code)
    bodies = [stranger, stranger, form(code, phone=known_phone(new_person())), form(code, name="另一人")]
    answers = [api.post("/applications", body) for body in bodies]
    assert {(one.status, one.text, str(sorted(one.headers.items()))) for one in answers} == {
        (202, '{"state":"received"}', str(sorted(answers[0].headers.items())))
    }


def test_an_application_becomes_a_courier_who_may_report(api: Client) -> None:
    body = form(new_call(api), skills=["急救"])
    api.post("/applications", body)
    (waiting,) = (one for one in pages(api, "/applications", "applications") if one["phone"] == body["phone"])
    decision = {"decision": "approve", **TRAINED, "pack_on": PACK}
    answer = api.post(f"/applications/{waiting['id']}/decision", decision, by=CENTRE, idempotency_key="approve")
    assert answer.json["state"] == "approved" and answer.json["phone"] == "" and answer.headers["ETag"] == '"2"'
    again = api.post(f"/applications/{waiting['id']}/decision", decision, by=CENTRE, idempotency_key="approve")
    assert again.text == answer.text
    courier = Actor(id=waiting["id"], posts=())
    me = api.get("/me", by=courier).json
    assert me["state"] == "active" and me["posts"] == [f"courier:{waiting['id']}"]
    seen = api.get(f"/people/{waiting['id']}", by=CENTRE).json
    assert (seen["sight"], seen["phone"], seen["skills"], seen["pack_on"]) == (
        "full",
        body["phone"],
        ["急救"],
        PACK,
    )
    masked = api.get(f"/people/{waiting['id']}", by=AUDITOR).json
    assert (masked["sight"], masked["name"], masked["phone"][3:7], masked["skills"]) == ("masked", "申**", "****", [])


def test_numbers_are_one_however_they_are_written(api: Client) -> None:
    body = form(new_call(api))
    for phone in (body["phone"], f"+86 {body['phone'][:3]}-{body['phone'][3:]}"):
        api.post("/applications", body | {"phone": phone})
    waiting = [one for one in pages(api, "/applications", "applications") if one["phone"] == body["phone"]]
    assert len(waiting) == 1
    refused(api.post("/applications", body | {"phone": "1234567890a"}), 400, "Invalid", "phone_malformed")


def test_what_is_no_application(api: Client) -> None:
    code = new_call(api)
    cases: list[tuple[dict[str, Any], int, str, str]] = [
        ({"adult": False}, 400, "Invalid", "adults_only"),
        ({"consent": 9}, 409, "Conflict", "consent_outdated"),
        ({"code": "guess"}, 404, "NotFound", "unknown_recruitment"),
        ({"villages": ["350211102203"]}, 400, "Invalid", "unknown_village"),
        ({"villages": []}, 400, "Invalid", "malformed"),
        ({"extra": 1}, 400, "Invalid", "malformed"),
    ]
    for changes, status, name, rule in cases:
        refused(api.post("/applications", form(code) | changes), status, name, rule)


def test_whoever_lets_himself_be_forgotten_is_signed_out(api: Client) -> None:
    by = double(COURIER)
    assert by and api.get("/me", by=by).status == 200
    answer = api.send("POST", "/me/erasure", by=by).json
    assert answer["state"] == "left"
    api.gateway._decided.clear()  # the authorizer's answer is kept for a minute
    assert api.get("/me", by=by).status == 401


def test_a_role_that_is_taken_ends_within_the_minute(api: Client) -> None:
    id = new_person(*COURIER2.posts, courier=False)
    role = {"role": "village", "scope": VILLAGE}
    api.post(f"/people/{id}/actions", {"action": "grant_role", **role}, by=ADMIN)
    by = Actor(id=id, posts=())
    assert f"village:{VILLAGE}" in api.get("/me", by=by).json["posts"]
    api.post(f"/people/{id}/actions", {"action": "revoke_role", **role}, by=ADMIN)
    api.gateway._decided.clear()
    assert api.get("/me", by=by).status == 401


def test_everyone_reads_which_role_looked_at_him_and_not_who(api: Client) -> None:
    id = new_person()
    by = Actor(id=id, posts=())
    api.get(f"/people/{id}", by=CENTRE)
    api.get("/access-log", by=AUDITOR, subject=id)
    answer = api.get("/me/access-log", by=by)
    assert {(line["what"], *line["roles"], line["own"]) for line in answer.json["entries"]} == {
        ("saw_person", Role.CENTRE, False),
        ("read_access_log", Role.AUDITOR, False),
    }
    assert f'"{CENTRE.id}"' not in answer.text.replace(f'["{CENTRE.id}"]', "")
    whole = api.get("/access-log", by=AUDITOR, subject=id).json["entries"]
    assert {line["actor"] for line in whole} == {CENTRE.id, AUDITOR.id}


def test_a_copy_leads_through_all_parts(api: Client) -> None:
    api.post("/reports", {"text": "路灯不亮"}, by=COURIER)
    seen: list[str] = []
    texts: list[str] = []
    cursor = None
    while cursor or not seen:
        page = api.get("/me/data", by=COURIER, **({"cursor": cursor} if cursor else {})).json
        seen.append(page["part"])
        texts += [report["text"] for report in page["reports"]]
        if not (cursor := page["cursor"]):
            break
    parts = ["profile", "reports", "points", "messages", "access", "filters", "redemptions", "honours", "handouts"]
    parts += [
        "visits",
        "findings",
        "appeals",
        "volunteering",
        "teams",
        "lookouts",
        "guardian_consents",
        "drafts",
        "certificates",
    ]
    assert list(dict.fromkeys(seen)) == parts
    assert "路灯不亮" in texts


def test_a_person_changed_meanwhile_is_not_written_over(api: Client) -> None:
    id = new_person()
    tag = api.get(f"/people/{id}", by=CENTRE).headers["ETag"]
    first = api.post(f"/people/{id}/actions", {"action": "pause"}, by=CENTRE, if_match=tag)
    assert first.status == 200
    body = {"action": "resume"}
    refused(api.post(f"/people/{id}/actions", body, by=CENTRE, if_match=tag), 412, "StaleVersion", "stale_version")
    assert api.post(f"/people/{id}/actions", body, by=CENTRE, if_match=first.headers["ETag"]).status == 200


def test_either_a_phone_or_a_post(api: Client) -> None:
    refused(api.get("/people", by=CENTRE), 400, "Invalid", "malformed")
    refused(api.get("/people", by=CENTRE, post="mayor:1"), 400, "Invalid", "unknown_scope")
