"""Honours over HTTP: what is said to whom, and nothing more."""

from typing import Any

import pytest

from tests.api.client import Client, refused
from tests.api.conformance import promised
from tests.api.handout_calls import DAY, give
from tests.api.honour_calls import APPLY, FOR, YEAR, applied, decide, drawn, listed, new_courier, sentinel, step
from tests.builders import AUDITOR, CENTRE, COMMITTEE, VILLAGE, VILLAGER
from tests.honouring import courier

SHAPES = ("Honour", "Sentinel", "Evidence", "OwnHonours")


def names(schema: Any) -> set[str]:
    """Every name of a field in a schema."""
    if isinstance(schema, list):
        return set().union(*map(names, schema))
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {})) if isinstance(schema.get("properties"), dict) else set()
    return own.union(*map(names, schema.values()))


def test_no_answer_about_honours_has_a_place_for_employer_phone_or_skills() -> None:
    schemas = promised()["components"]["schemas"]
    found = {name: names(schema) for name, schema in schemas.items() if name.startswith(SHAPES)}
    assert len(found) > 15
    assert {field for fields in found.values() for field in fields} & {"employer", "phone", "skills", "posts"} == set()
    assert found["SentinelView"] == {"name", "villages", "score"}


def test_the_public_list_shows_name_villages_and_score_of_who_agreed(api: Client) -> None:
    named = sentinel(api, COMMITTEE).json["sentinels"][-1]
    shown = api.get(f"/honours/sentinels/{YEAR}", by=new_courier()).json["sentinels"]
    assert shown == [{"name": "试点快递员", "villages": [VILLAGE], "score": 0}] and named["shown"]
    him = courier(named["person"])
    body = '{"consent": null}'
    assert api.send("PUT", "/honours/application/publicity", by=him, body=body).json["public"] is None
    assert api.get(f"/honours/sentinels/{YEAR}", by=him).json["sentinels"] == []


def test_an_applicant_reads_why_and_not_who(api: Client) -> None:
    id = listed(api)
    seen = api.get("/honours/application", by=courier(id)).json
    assert seen["decision"]["reason"] == "群众认可" and len(seen["evidence"]) == 1
    assert {line["actor"] for line in seen["history"]} == {"", id}
    assert COMMITTEE.id not in str(seen)
    copies: list[Any] = []
    cursor: str | None = None
    while cursor or not copies:
        page = api.get("/me/data", by=courier(id), limit=100, **({"cursor": cursor} if cursor else {})).json
        copies.append(page)
        if not (cursor := page["cursor"]):
            break
    assert [page["honours"]["state"] for page in copies if page["honours"]] == ["listed"]


def test_who_read_another_version_is_refused(api: Client) -> None:
    id = drawn(api)
    answer = api.post(f"/honours/applications/{id}/evidence", {}, by=COMMITTEE, if_match='"1"')
    refused(answer, 412, "StaleVersion", "stale_version")
    assert api.post(f"/honours/applications/{id}/evidence", {}, by=COMMITTEE, if_match='"2"').headers["ETag"] == '"3"'


def test_the_rules_of_two_are_told_in_words(api: Client) -> None:
    id = drawn(api)
    refused(decide(api, id, COMMITTEE), 409, "Conflict", "recommendation_needed")
    assert step(api, id, "recommendation", {"evidence": 1, "reason": "突出"}, COMMITTEE).status == 200
    refused(decide(api, id, COMMITTEE), 403, "Forbidden", "second_person_needed")
    refused(decide(api, applied(api), COMMITTEE), 409, "Conflict", "evidence_needed")


def test_a_withdrawn_case_is_no_ones_to_read(api: Client) -> None:
    id = listed(api)
    assert api.send("DELETE", "/honours/application", by=courier(id)).json["state"] == "withdrawn"
    for someone in (COMMITTEE, AUDITOR):
        refused(api.get(f"/honours/applications/{id}", by=someone, purpose=FOR), 404, "NotFound", "no_honours_case")
    assert api.post("/honours/application", APPLY, by=courier(id)).json["state"] == "applied"


@pytest.mark.parametrize("year", ["26", "x", "2022", "２０２６"])
def test_what_is_no_year_has_no_list(year: str, api: Client) -> None:
    refused(api.get(f"/honours/sentinels/{year}", by=COMMITTEE), 400, "Invalid", "sentinels_year")


def test_a_look_without_purpose_is_none(api: Client) -> None:
    refused(api.get(f"/honours/applications/{drawn(api)}", by=COMMITTEE), 400, "Invalid", "malformed")


def test_a_handout_is_put_right_by_another_and_both_are_to_be_read(api: Client) -> None:
    old = give(api, VILLAGER).json
    body = {"count": 1, "day": DAY, "reason": "多写了一本"}
    new = api.post(f"/handouts/{old['id']}/correction", body, by=CENTRE).json
    assert new["corrects"] == old["id"]
    assert api.get(f"/handouts/{old['id']}", by=CENTRE).json["corrected_by"] == new["id"]
    page = api.get("/handouts", by=CENTRE, person=old["person"]).json
    assert [one["id"] for one in page["handouts"]] == [new["id"], old["id"]]
    refused(api.get("/handouts", by=CENTRE, good="book"), 400, "Invalid", "one_of_two_needed")


def test_the_welcome_pack_is_the_same_on_the_person_and_among_what_he_was_given(api: Client) -> None:
    given = give(api, CENTRE, good="welcome_pack", count=1).json
    assert api.get(f"/people/{given['person']}", by=CENTRE).json["pack_on"] == DAY
    action = {"action": "welcome_pack", "pack_on": DAY}
    again = api.post(f"/people/{given['person']}/actions", action, by=CENTRE)
    refused(again, 409, "CapReached", "handout_limit")
    body = {"count": 0, "day": DAY, "reason": "并未领取"}
    assert api.post(f"/handouts/{given['id']}/correction", body, by=CENTRE).status == 200
    assert api.get(f"/people/{given['person']}", by=CENTRE).json["pack_on"] is None
