"""From a phone number to a session and out again, through the deployed stack; the code comes out of the SMS inbox."""

import re
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
import requests

from demo.client import Json, patiently
from infra.local import pilot
from infra.local.cloud import Cloud
from infra.operate.keys import Keys
from tests.stories.steps import at_once, dead, waiting

DEVICE, OTHER_DEVICE = "story-device-0001", "story-device-0002"
UNKNOWN = "10009999999"


@pytest.fixture(scope="module")
def session(cloud: Cloud) -> Json:
    """The tokens of the auditor, who has just signed in by SMS."""
    return signed_in(cloud, "auditor")


def signed_in(cloud: Cloud, key: str) -> Json:
    phone = pilot.people()[key].phone
    assert post(cloud, "/login/codes", {"phone": phone}).status_code == 202
    tokens: Json = post(cloud, "/login", {"phone": phone, "code": code(cloud, phone), "device": DEVICE}).json()
    return tokens


def post(cloud: Cloud, path: str, body: Json | None = None, token: str | None = None) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.post(f"{cloud.api}/v1{path}", json=body, headers=headers, timeout=30)


def renew(cloud: Cloud, tokens: Json, device: str = DEVICE) -> Json:
    body = {"refresh_token": tokens["refresh_token"], "device": device}
    answer: Json = post(cloud, "/login/refresh", body).json()
    return answer


def me(cloud: Cloud, token: str) -> int:
    return requests.get(f"{cloud.api}/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=30).status_code


def sms(cloud: Cloud, phone: str) -> list[Json]:
    received: list[Json] = requests.get(f"{cloud.sms}/messages", params={"to": phone}, timeout=5).json()
    return received


def code(cloud: Cloud, phone: str) -> str:
    """What stands in the SMS once it has come."""
    seen: Any = patiently(f"an SMS to {phone}", lambda: sms(cloud, phone), bool)
    return str(re.findall(r"[0-9]{6}", seen[-1]["text"])[0])


def test_a_code_by_sms_signs_in(cloud: Cloud, session: Json) -> None:
    assert me(cloud, session["access_token"]) == 200
    said = jwt.decode(session["access_token"], options={"verify_signature": False})
    assert said["sub"] == cloud.people["auditor"].id and said["sid"] == session["session_id"]
    assert said["exp"] - said["iat"] == 900


def test_an_unknown_number_is_answered_the_same_and_sent_nothing(cloud: Cloud, session: Json) -> None:
    known = post(cloud, "/login/codes", {"phone": pilot.people()["district"].phone})
    unknown = post(cloud, "/login/codes", {"phone": UNKNOWN})
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    code(cloud, pilot.people()["district"].phone)
    patiently("an empty queue", lambda: waiting(cloud, "codes"), lambda left: left == 0)
    assert sms(cloud, UNKNOWN) == [] and dead(cloud) == {}
    again = post(cloud, "/login/codes", {"phone": UNKNOWN})
    assert again.status_code == 429 and int(again.headers["Retry-After"]) == 60


def test_renewed_many_times_at_once_there_is_one_successor(cloud: Cloud, session: Json) -> None:
    renewed = at_once(lambda _: renew(cloud, session), 4)
    assert len({one["refresh_token"] for one in renewed}) == 1
    assert me(cloud, renewed[0]["access_token"]) == 200


def test_a_new_signing_key_leaves_everybody_signed_in(cloud: Cloud) -> None:
    before = signed_in(cloud, "committee")
    keys = Keys("local", vault=cloud.client("secretsmanager"), tables=cloud.client("dynamodb"))
    keys.rotate(datetime.now(UTC))
    after = renew(cloud, before)
    assert me(cloud, before["access_token"]) == me(cloud, after["access_token"]) == 200


def test_signed_out_no_token_of_the_session_is_good(cloud: Cloud) -> None:
    first = signed_in(cloud, "village2")
    second = renew(cloud, first)
    assert post(cloud, "/logout", token=first["access_token"]).status_code == 200
    assert me(cloud, second["access_token"]) == 401  # no minute's answer of the authorizer is kept for this one
    assert renew(cloud, second)["rule"] == "session_over"


def test_a_copied_token_ends_the_session(cloud: Cloud) -> None:
    first = signed_in(cloud, "grid_member2")
    second = renew(cloud, first)
    assert renew(cloud, second, OTHER_DEVICE)["rule"] == "session_over"
    assert me(cloud, second["access_token"]) == 401
