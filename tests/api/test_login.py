"""Signing in and out over HTTP, with the authorizer before the API."""

from typing import Any

import pytest

from tests.api.client import Client, refused
from tests.api.gateway import Answer
from tests.api.login_calls import bearer, new_code, new_member, sign_in
from tests.api.people_calls import new_phone
from tests.conftest import BACKENDS
from tests.desk import DEVICE, OTHER_DEVICE, Desk

# The emulator takes some things that DynamoDB refuses.
pytestmark = pytest.mark.parametrize("store", BACKENDS, indirect=True, scope="module")


def ask(api: Client, phone: str) -> Answer:
    return api.post("/login/codes", {"phone": phone})


def me(api: Client, tokens: dict[str, Any]) -> int:
    """The status of a request of this session; its decision is asked for anew, as after a minute."""
    api.gateway._decided.clear()
    return api.send("GET", "/me", headers=bearer(tokens)).status


def renew(api: Client, tokens: dict[str, Any], device: str = DEVICE) -> Answer:
    return api.post("/login/refresh", {"refresh_token": tokens["refresh_token"], "device": device})


def test_known_and_unknown_phones_get_the_very_same_answer(api: Client, desk: Desk) -> None:
    known, unknown = ask(api, new_member()), ask(api, new_phone())
    assert known.status == unknown.status == 202
    assert known.text == unknown.text and dict(known.headers) == dict(unknown.headers)
    assert known.json == {"minutes": 5, "again_after_seconds": 60}
    first, second = desk.requests[-2:]
    assert len(first.id) == len(second.id)


def test_from_the_phone_to_a_session_and_out_again(api: Client, desk: Desk) -> None:
    phone = new_member()
    assert ask(api, phone).status == 202
    desk.deliver(desk.requests[-1].at)
    tokens = api.post("/login", {"phone": phone, "code": desk.code, "device": DEVICE}).json
    assert me(api, tokens) == 200
    second = renew(api, tokens).json
    assert me(api, second) == 200 and second["session_id"] == tokens["session_id"]
    assert api.send("POST", "/logout", headers=bearer(second)).status == 200
    assert me(api, second) == 401
    refused(renew(api, second), 401, "Unauthenticated", "session_over")


def test_too_soon_is_told_how_long_to_wait(api: Client) -> None:
    phone = new_member()
    ask(api, phone)
    answer = ask(api, phone)
    assert refused(answer, 429, "TooManyRequests", "codes_too_soon")["facts"] == {"wait": 60}
    assert answer.headers["Retry-After"] == "60"


def test_a_wrong_code_is_told_how_often_it_may_be_tried(api: Client) -> None:
    phone = new_member()
    new_code(phone)
    answer = api.post("/login", {"phone": phone, "code": "000000", "device": DEVICE})
    assert refused(answer, 401, "Unauthenticated", "code_wrong")["facts"] == {"left": 4}


def test_a_copied_token_ends_the_session_for_both(api: Client) -> None:
    tokens = sign_in(api).json
    refused(renew(api, tokens, OTHER_DEVICE), 401, "Unauthenticated", "session_over")
    refused(renew(api, tokens), 401, "Unauthenticated", "session_over")
    assert me(api, tokens) == 401


def test_another_device_is_signed_out_and_this_one_stays(api: Client) -> None:
    phone = new_member()
    lost = sign_in(api, phone).json
    mine = sign_in(api, phone).json
    listed = api.send("GET", "/me/sessions", headers=bearer(mine)).json["sessions"]
    assert {one["id"]: one["current"] for one in listed} == {lost["session_id"]: False, mine["session_id"]: True}
    api.send("DELETE", f"/me/sessions/{lost['session_id']}", headers=bearer(mine))
    assert (me(api, lost), me(api, mine)) == (401, 200)


def test_out_everywhere_and_in_again(api: Client) -> None:
    phone = new_member()
    first, second = sign_in(api, phone).json, sign_in(api, phone).json
    api.send("POST", "/logout/everywhere", headers=bearer(first))
    assert (me(api, first), me(api, second)) == (401, 401)
    assert me(api, sign_in(api, phone).json) == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/login/codes", {}),
        ("/login/codes", {"phone": ""}),
        ("/login/codes", {"phone": "1" * 31}),
        ("/login/codes", {"phone": 13800000001}),
        ("/login", {"phone": "13800000001", "code": "12345", "device": DEVICE}),
        ("/login", {"phone": "13800000001", "code": "123456\n", "device": DEVICE}),
        ("/login", {"phone": "13800000001", "code": "１２３４５６", "device": DEVICE}),
        ("/login", {"phone": "13800000001", "code": "123456", "device": "short"}),
        ("/login", {"phone": "13800000001", "code": "123456"}),
        ("/login/refresh", {"refresh_token": "", "device": DEVICE}),
        ("/login/refresh", {"refresh_token": "x" * 1001, "device": DEVICE}),
    ],
)
def test_what_makes_no_sense_is_refused(api: Client, path: str, body: dict[str, Any]) -> None:
    refused(api.post(path, body), 400, "Invalid", "malformed")


def test_a_number_that_is_none_is_said_so(api: Client) -> None:
    refused(ask(api, "12345"), 400, "Invalid", "phone_malformed")


def test_an_address_from_a_header_is_not_believed(api: Client, desk: Desk) -> None:
    from chalicelib.store.quotas import QuotaItem

    def addresses() -> int:
        return len({item.person_id for item in QuotaItem.scan() if item.person_id.startswith("address#")})

    ask(api, new_phone())
    before = addresses()
    body = f'{{"phone": "{new_phone()}"}}'
    answer = api.send("POST", "/login/codes", body=body, headers={"X-Forwarded-For": "198.51.100.1"})
    assert answer.status == 202 and addresses() == before
