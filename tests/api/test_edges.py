"""Whatever path, query or header a client sends: a problem with a stable code and rule, in both languages."""

import json

import pytest

from tests.api.client import Client, refused
from tests.api.conftest import Contents
from tests.builders import CENTRE, COURIER, VILLAGE
from tests.conftest import BACKENDS

# The emulator takes some things that DynamoDB refuses.
pytestmark = pytest.mark.parametrize("store", BACKENDS, indirect=True, scope="module")

HERE = {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84"}
HOLE = {"text": "路面有个大坑", "kind": "0303", "location": HERE}
VERIFY = {"action": "verify", "basis": "on_site"}
MISSING = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/reports/mine", {"limit": "0"}),
        ("/reports/mine", {"limit": "101"}),
        ("/reports/mine", {"limit": "many"}),
        ("/reports/mine", {"limit": "9" * 5000}),
        ("/reports/mine", {"crs": "bd09"}),
        ("/reports/mine", {"page": "2"}),
        ("/reports/mine", {"cursor": "x" * 501}),
        ("/reports/inbox", {"post": "grid member"}),
        ("/reports/nearby", {"lat": "24", "lon": "117"}),
        ("/reports/nearby", {"lat": "nan", "lon": "117", "kind": "0303"}),
        ("/reports/nearby", {"lat": "inf", "lon": "117", "kind": "0303"}),
        ("/reports/nearby", {"lat": "24", "lon": "181", "kind": "0303"}),
        ("/reports", {}),
        ("/reports", {"area": "everywhere"}),
        ("/reports", {"area": VILLAGE, "month": "2026-13"}),
        ("/reports", {"area": VILLAGE, "status": "lost"}),
        ("/areas/locate", {"lat": "24"}),
        ("/areas/locate", {"lat": "24", "lon": "\ud800"}),
        ("/inbox", {"limit": "-1"}),
        ("/points", {"limit": "1.5"}),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(path: str, query: dict[str, str], api: Client) -> None:
    refused(api.send("GET", path, by=CENTRE, query=query), 400, "Invalid", "malformed")


def sealed(position: str) -> str:
    import base64

    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


CURSORS = [
    "!",
    "?",
    "é",
    "\0",
    "a",
    "eyJ9",
    *map(sealed, ['["a"]', "[1,2]", "{}", '["","",""]', '["\\ud800","a"]', "["]),
]


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("path", ["/reports/mine", "/reports/inbox"])
def test_a_cursor_that_we_did_not_make_is_refused(path: str, cursor: str, api: Client) -> None:
    refused(api.get(path, by=CENTRE, cursor=cursor), 400, "Invalid", "bad_cursor")


@pytest.mark.parametrize("position", ['["",""]', '["a","b"]', '["~~~~","~~~~"]', '["\\u0000","\\u0000"]'])
def test_a_forged_cursor_never_breaks_anything(position: str, api: Client) -> None:
    for path in ("/reports/mine", "/reports/inbox"):
        answer = api.get(path, by=CENTRE, cursor=sealed(position))
        assert answer.status == 200 or answer.json["rule"] == "bad_cursor"


@pytest.mark.parametrize("cursor", ["!", "\0", "unread#", "~", "zzzz" * 100])
def test_the_place_of_a_message_may_be_anything(cursor: str, api: Client) -> None:
    assert api.get("/inbox", by=COURIER, cursor=cursor).status == 200


@pytest.mark.parametrize("position", ['""', '"~"', '"\u0000"', '"a"'])
def test_a_forged_place_of_an_entry_never_breaks_anything(position: str, api: Client) -> None:
    answer = api.get("/points", by=COURIER, cursor=sealed(position))
    assert answer.status == 200 or answer.json["rule"] == "bad_cursor"


STRANGE_IDS = [MISSING, "%20", "..", "head", "x" * 200, "😀", "' or 1=1", "mine%2F"]


@pytest.mark.parametrize("id", STRANGE_IDS)
def test_an_unknown_report_is_not_found(id: str, api: Client, contents: Contents) -> None:
    before = contents.read()
    refused(api.get(f"/reports/{id}", by=CENTRE), 404, "NotFound", "no_such_report")
    refused(api.post(f"/reports/{id}/actions", VERIFY, by=CENTRE), 404, "NotFound", "no_such_report")
    refused(api.post(f"/reports/{id}/photos", {}, by=COURIER), 404, "NotFound", "no_such_report")
    assert contents.read() == before


@pytest.mark.parametrize("id", ["x" * 3000, "\0", "a\nb", "\ud800"])
def test_what_no_id_looks_like_is_not_found(id: str, api: Client) -> None:
    refused(api.get(f"/reports/{id}", by=CENTRE), 404, "NotFound", "no_such_id")
    refused(api.get(f"/reference/{id}", by=CENTRE), 404, "NotFound", "no_such_id")


@pytest.mark.parametrize("name", ["areas", "secrets", "current", "%2e%2e"])
def test_an_unknown_reference_table_is_not_found(name: str, api: Client) -> None:
    refused(api.get(f"/reference/{name}", by=COURIER), 404, "NotFound", "reference_missing")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nothing"), ("DELETE", "/reports"), ("GET", "/"), ("PUT", "/me")]
)
def test_an_unknown_route_is_not_found(method: str, path: str, api: Client) -> None:
    refused(api.send(method, path, by=COURIER), 404, "NotFound", "no_such_route")


@pytest.mark.parametrize(
    "token", [None, "", "Bearer", "Bearer ", "Bearer a.b.c", "Basic dTpw", "Bearer \0", "x" * 9000]
)
def test_without_a_good_token_nothing_is_done(token: str | None, api: Client, contents: Contents) -> None:
    before = contents.read()
    headers = {} if token is None else {"Authorization": token}
    answer = api.send("POST", "/reports", body=json.dumps(HOLE), headers=headers)
    refused(answer, 401, "Unauthenticated", "token_invalid")
    assert contents.read() == before


@pytest.mark.parametrize("language", ["", "fr", "\0", "\ud800", "x" * 9999, "zh-CN,zh;q=0.9", ";q=", "en-GB"])
def test_any_language_gets_a_title_and_both_sentences(language: str, api: Client) -> None:
    answer = api.send("GET", f"/reports/{MISSING}", by=CENTRE, headers={"Accept-Language": language})
    problem = refused(answer, 404, "NotFound", "no_such_report")
    assert problem["title"] == ("Not found" if language == "en-GB" else "没有找到")


def test_absurd_headers_change_nothing(api: Client) -> None:
    absurd = {f"X-{number}": "\0\ud800" for number in range(200)} | {"X-HTTP-Method-Override": "DELETE", "Range": "x"}
    assert api.send("GET", "/me", by=COURIER, headers=absurd).status == 200
