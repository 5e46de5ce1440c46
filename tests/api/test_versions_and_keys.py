"""Two people at once, and one person twice: If-Match and Idempotency-Key."""

import pytest

from tests.api.client import Client, refused
from tests.api.conftest import Contents
from tests.builders import ADMIN, CENTRE, COURIER, GRID_MEMBER
from tests.conftest import BACKENDS, DATA

# The emulator takes some things that DynamoDB refuses.
pytestmark = pytest.mark.parametrize("store", BACKENDS, indirect=True, scope="module")
HERE = {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84"}
HOLE = {"text": "路面有个大坑", "kind": "0303", "location": HERE}
VERIFY = {"action": "verify", "basis": "on_site"}


def test_a_stale_version_is_refused_and_leaves_nothing(api: Client, report: str, contents: Contents) -> None:
    api.post(f"/reports/{report}/actions", {"action": "comment", "text": "a"}, by=GRID_MEMBER, if_match='"1"')
    before = contents.read()
    answer = api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER, if_match='"1"')
    assert refused(answer, 412, "StaleVersion", "stale_version")["facts"] == {"version": 2}
    assert contents.read() == before


def test_a_stale_version_shows_the_other_change(api: Client, report: str) -> None:
    api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER, if_match='"1"')
    answer = api.post(f"/reports/{report}/actions", {"action": "claim"}, by=CENTRE, if_match='"1"')
    found = refused(answer, 412, "StaleVersion", "stale_version")["meanwhile"]
    [change] = found["changes"]
    assert (found["version"], found["status"]) == (2, "with_centre")
    assert (change["action"], change["as_role"], change["by"]) == ("verify", "grid_member", "grid_member")
    assert {"field": "status", "before": "submitted", "after": "with_centre"} in change["changed"]
    again = api.post(f"/reports/{report}/actions", {"action": "claim"}, by=CENTRE, if_match=f'"{found["version"]}"')
    assert again.status == 200


def test_other_refusals_have_no_other_change_to_show(api: Client, report: str) -> None:
    answer = api.post(f"/reports/{report}/actions", {"action": "accept"}, by=CENTRE)
    assert "meanwhile" not in refused(answer, 403, "Forbidden", "not_your_part")


@pytest.mark.parametrize("sent", ['"1"', 'W/"1"', "1", "*", ' "1" '])
def test_a_version_is_written_in_several_ways(sent: str, api: Client, report: str) -> None:
    answer = api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER, if_match=sent)
    assert answer.status == 200 and answer.headers["ETag"] == '"2"'


@pytest.mark.parametrize("sent", ["", "abc", '"1", "2"', "1.5", "\0", "9" * 5000, "٣x", "\ud800"])
def test_an_if_match_that_makes_no_sense_is_refused(sent: str, api: Client, report: str) -> None:
    answer = api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER, if_match=sent)
    refused(answer, 400, "Invalid", "if_match_malformed")


@pytest.mark.parametrize("sent", ['"0"', '"-1"', '"' + "9" * 60 + '"'])
def test_a_version_that_never_was_is_stale(sent: str, api: Client, report: str) -> None:
    answer = api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER, if_match=sent)
    refused(answer, 412, "StaleVersion", "stale_version")
    body = (DATA / "areas.geojson").read_bytes()
    answer = api.send("PUT", "/areas", by=ADMIN, body=body, headers={"If-Match": sent})
    refused(answer, 412, "StaleVersion", "changed_meanwhile")


def test_the_same_key_gives_the_same_report(api: Client, report: str, contents: Contents) -> None:
    first = api.post("/reports", HOLE, by=COURIER, idempotency_key="once")
    before = contents.read()
    again = api.post("/reports", HOLE, by=COURIER, idempotency_key="once")
    assert (again.status, again.json["id"]) == (first.status, first.json["id"])
    assert again.headers["Location"] == first.headers["Location"] == f"/v1/reports/{first.json['id']}"
    assert contents.read() == before


def test_a_key_with_another_body_is_refused_and_leaves_nothing(api: Client, report: str, contents: Contents) -> None:
    api.post("/reports", HOLE, by=COURIER, idempotency_key="reused")
    before = contents.read()
    answer = api.post("/reports", HOLE | {"text": "另一个坑"}, by=COURIER, idempotency_key="reused")
    refused(answer, 422, "KeyReused", "key_reused")
    assert contents.read() == before


def test_a_key_with_another_report_is_refused(api: Client, report: str) -> None:
    """The same comment on two reports is two requests, whatever the key says."""
    other = api.post("/reports", HOLE, by=COURIER).json["id"]
    comment = {"action": "comment", "text": "已看"}
    assert api.post(f"/reports/{report}/actions", comment, by=GRID_MEMBER, idempotency_key="two").status == 200
    answer = api.post(f"/reports/{other}/actions", comment, by=GRID_MEMBER, idempotency_key="two")
    refused(answer, 422, "KeyReused", "key_reused")


def test_an_action_repeated_with_its_key_is_done_once(api: Client, report: str, contents: Contents) -> None:
    first = api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER, idempotency_key="act")
    before = contents.read()
    again = api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER, idempotency_key="act")
    assert again.json == first.json
    assert contents.read() == before


def test_keys_are_each_callers_own(api: Client, report: str) -> None:
    comment = {"action": "comment", "text": "已看"}
    for by in (GRID_MEMBER, CENTRE):
        assert api.post(f"/reports/{report}/actions", comment, by=by, idempotency_key="mine").status == 200


def test_photos_asked_for_twice_with_one_key_are_declared_once(api: Client, report: str) -> None:
    files = {"files": [{"content_type": "image/jpeg", "purpose": "evidence"}]}
    first = api.post(f"/reports/{report}/photos", files, by=COURIER, idempotency_key="photos")
    again = api.post(f"/reports/{report}/photos", files, by=COURIER, idempotency_key="photos")
    assert [one["photo_id"] for one in again.json["uploads"]] == [one["photo_id"] for one in first.json["uploads"]]


@pytest.mark.parametrize("key", ["", "x" * 129, "a\nb", "\0", "\x7f", "\ud800", "\u200b"])
def test_a_key_that_makes_no_sense_is_refused(key: str, api: Client) -> None:
    answer = api.post("/reports", HOLE, by=COURIER, idempotency_key=key)
    refused(answer, 400, "Invalid", "idempotency_key_malformed")
