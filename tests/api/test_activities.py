"""An activity over HTTP, from its entry to what is known of it afterwards; a stop, a tap and what becomes of it."""

import pytest

from tests.api.activity_calls import HERE, TAP, activity, attended, booked, made, put
from tests.api.client import Client
from tests.builders import CENTRE, COURIER, COURIER2, VILLAGER


def test_a_place_is_told_in_the_system_that_is_asked_for_and_organisers_to_staff_alone(api: Client) -> None:
    id = made(api)
    shifted = api.get(f"/prizes/{id}", by=CENTRE, crs="gcj02").json["activity"]
    plain = api.get(f"/prizes/{id}", by=COURIER).json["activity"]
    assert shifted["location"]["lat"] == pytest.approx(HERE["lat"], abs=1e-6)
    assert abs(plain["location"]["lon"] - shifted["location"]["lon"]) > 0.001
    assert (shifted["organisers"], plain["organisers"]) == ([COURIER2.id], None)


def test_a_booking_says_who_comes_along_and_who_came(api: Client) -> None:
    seen = api.get(f"/redemptions/{attended(api)}", by=COURIER2).json
    assert (seen["family"], seen["came"]) == ({"adults": 1, "children": 1}, {"adults": 1, "children": 0})
    assert seen["guardian_consent"] and seen["course"] == "none"


def test_what_was_read_long_ago_is_not_written_over(api: Client) -> None:
    path = f"/redemptions/{booked(api)}/family"
    stale = api.send("PUT", path, by=COURIER2, body=b'{"adults": 0}', headers={"If-Match": "9"})
    assert stale.json["rule"] == "stale_version"


def test_a_consent_is_told_in_the_copy_of_ones_own_data(api: Client) -> None:
    id, cursor = booked(api), None
    api.send("DELETE", f"/redemptions/{id}/guardian-consent", by=COURIER2)
    for _ in range(60):
        piece = api.get("/me/data", by=COURIER2, **({"cursor": cursor} if cursor else {})).json
        if found := [one for one in piece["guardian_consents"] if one["redemption_id"] == id]:
            assert found[0]["version"] == 1 and found[0]["withdrawn_at"]
            return
        cursor = piece["cursor"]
    raise AssertionError(id)


def test_an_activity_takes_its_place_from_the_body_and_goods_take_none(api: Client) -> None:
    goods = activity() | {"kind": "goods", "times": None}
    assert api.post("/prizes", goods, by=CENTRE).json["rule"] == "activity_is_service"


def test_no_result_is_no_result(api: Client) -> None:
    assert put(f"/redemptions/{attended(api)}/course", {"result": "none"}, api, CENTRE).status == 400


def test_stops_are_found_by_longitude_and_latitude_in_the_phones_system(api: Client) -> None:
    page = api.get("/stops", by=COURIER, near="117.9872,24.6062").json
    first = page["stops"][0]
    assert (first["code"], first["metres"], page["report_kind"]) == ("S01", 0, "1202")
    at = api.get("/stops", by=COURIER, crs="gcj02").json["stops"][0]["location"]
    near = f"{at['lon']:.7f},{at['lat']:.7f}"
    assert api.get("/stops", by=COURIER, crs="gcj02", near=near).json["stops"][0]["metres"] == 0
    for nonsense in ("24.6", "118,95.0", "x,y"):
        assert api.get("/stops", by=COURIER, near=nonsense).status == 400


def test_the_layer_of_the_map_has_a_point_a_stop_longitude_first(api: Client) -> None:
    layer = api.get("/map/stops", by=VILLAGER, kind="charging").json
    feature = layer["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [117.9812, 24.6085]}
    assert feature["properties"]["open_now"] is True


def test_a_tap_becomes_a_report_with_its_place_and_is_gone(api: Client) -> None:
    parked = api.post("/drafts", TAP, by=COURIER, idempotency_key="tap-1").json
    assert api.post("/drafts", TAP, by=COURIER, idempotency_key="tap-1").json == parked
    seen = api.get(f"/drafts/{parked['id']}", by=COURIER, crs="gcj02").json
    assert seen["location"]["lat"] == pytest.approx(HERE["lat"], abs=1e-6)
    filed = api.post("/reports", {"text": "井盖松动", "draft_id": parked["id"]}, by=COURIER).json
    assert filed["location"]["lat"] == pytest.approx(parked["location"]["lat"], abs=1e-6)
    assert parked["id"] not in str(api.get("/drafts", by=COURIER).json)
    assert api.get(f"/drafts/{parked['id']}", by=COURIER).json["rule"] == "no_such_draft"


def test_who_stands_still_hears_how_many_he_has_parked(api: Client) -> None:
    before = put("/me/moving", {"moving": False}, api, COURIER2).json["drafts"]
    api.post("/drafts", TAP, by=COURIER2)
    riding = put("/me/moving", {"moving": True}, api, COURIER2).json
    still = put("/me/moving", {"moving": False}, api, COURIER2).json
    assert riding["until"] and riding["drafts"] == 0
    assert (still["until"], still["drafts"]) == (None, before + 1)
