"""Whatever a client sends: a problem with a stable code and rule, in both languages, and nothing half-written."""

import json

import pytest

from tests.api.client import Client, refused
from tests.api.conftest import Contents
from tests.builders import ADMIN, CENTRE, COURIER, COURIER2, VILLAGE
from tests.conftest import BACKENDS

# The emulator takes some things that DynamoDB refuses.
pytestmark = pytest.mark.parametrize("store", BACKENDS, indirect=True, scope="module")
HERE = {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84"}
HOLE = {"text": "路面有个大坑", "kind": "0303", "location": HERE}
VERIFY = {"action": "verify", "basis": "on_site"}
MISSING = "00000000-0000-4000-8000-000000000000"


DEEP = 100_000
BODIES: dict[str, bytes | str] = {
    "no JSON": "not json",
    "empty": "",
    "cut short": '{"text": "a',
    "null": "null",
    "a list": "[]",
    "a number": "1",
    "deep": "[" * DEEP,
    "deep in a field": '{"text":' + "[" * DEEP + "]" * DEEP + "}",
    "deep in an unknown field": '{"x":' * (DEEP // 2),
    "bad UTF-8": b'{"text": "\xff\xfe"}',
    "UTF-16": '{"text": "a"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"text": "a"}',
    "half a surrogate pair": r'{"text": "\ud800"}',
    "half a surrogate pair, bare": '{"text": "\ud800"}',
    "unknown field": '{"text": "a", "colour": "red"}',
    "wrong type": '{"text": 1}',
    "text too long": json.dumps({"text": "坑" * 2001}),
    "kind of five digits": '{"text": "a", "kind": "03030"}',
    "too many photos": json.dumps({"photos": ["image/jpeg"] * 10}),
    "a photo of another type": '{"text": "a", "photos": ["image/gif"]}',
    "a photo type with a line break": '{"text": "a", "photos": ["image/jpeg\\n"]}',
    "a voice type with a line break": '{"text": "a", "voice": "audio/ogg\\n"}',
    "NaN": '{"text": "a", "location": {"lat": NaN, "lon": 1, "crs": "wgs84"}}',
    "Infinity": '{"text": "a", "location": {"lat": -Infinity, "lon": 1, "crs": "wgs84"}}',
    "a number beyond floats": '{"text": "a", "location": {"lat": 1e999, "lon": 1, "crs": "wgs84"}}',
    "an integer of 5000 digits": '{"text": "a", "location": {"lat": ' + "9" * 5000 + ', "lon": 1, "crs": "wgs84"}}',
    "latitude out of range": '{"text": "a", "location": {"lat": 91, "lon": 1, "crs": "wgs84"}}',
    "unknown coordinate system": '{"text": "a", "location": {"lat": 1, "lon": 1, "crs": "bd09"}}',
    "a time without zone": '{"text": "a", "observed_at": "2026-11-23T09:00:00"}',
    "no time at all": '{"text": "a", "observed_at": "yesterday"}',
    "an unknown source": '{"text": "a", "source": "rumour"}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_that_makes_no_sense_is_refused_and_leaves_nothing(
    body: bytes | str, api: Client, contents: Contents
) -> None:
    before = contents.read()
    refused(api.send("POST", "/reports", by=COURIER, body=body), 400, "Invalid", "malformed")
    assert contents.read() == before


def test_text_is_kept_as_it_came(api: Client, report: str) -> None:
    odd = "NUL \0, \u202e override, 😀 beyond the plane, a\u0301, {braces} 100%"
    id = api.post("/reports", {"text": odd}, by=COURIER).json["id"]
    assert api.get(f"/reports/{id}", by=COURIER).json["text"] == odd


def test_of_duplicate_keys_the_last_counts(api: Client, report: str) -> None:
    answer = api.send("POST", "/reports", by=COURIER, body='{"text": "a", "text": "b"}')
    assert answer.status == 201 and answer.json["excerpt"] == "b"


@pytest.mark.parametrize(
    "sent", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "", "\0", "x" * 9999]
)
def test_another_content_type_is_refused(sent: str, api: Client) -> None:
    answer = api.send("POST", "/reports", by=COURIER, body="{}", headers={"Content-Type": sent})
    problem = refused(answer, 415, "UnsupportedMediaType", "media_type")
    assert "application/json" in problem["detail"]


@pytest.mark.parametrize("sent", ["application/json; charset=utf-8", "Application/JSON", " application/json ;x=y"])
def test_json_goes_by_several_names(sent: str, api: Client, report: str) -> None:
    answer = api.send("POST", "/reports", by=COURIER, body='{"text": "a"}', headers={"Content-Type": sent})
    assert answer.status == 201


def test_a_body_beyond_256_kb_is_too_large(api: Client) -> None:
    answer = api.send("POST", "/reports", by=COURIER, body=" " * (256 * 1024 + 1))
    refused(answer, 413, "TooLarge", "body_too_large")


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
@pytest.mark.parametrize("path", ["/inbox", "/points"])
def test_the_place_of_a_message_or_entry_may_be_anything(path: str, cursor: str, api: Client) -> None:
    assert api.get(path, by=COURIER, cursor=cursor).status == 200


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


AREAS: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"{",
    "deep": b"[" * DEEP,
    "deep geometry": b'{"type":"FeatureCollection","features":' + b"[" * DEEP + b"]" * DEEP + b"}",
    "bad UTF-8": b'{"name": "\xff"}',
    "NaN": b'{"type": "FeatureCollection", "features": NaN}',
    "a huge number": b'{"type": "FeatureCollection", "features": 1' + b"0" * 5000 + b"}",
    "null": b"null",
    "a list": b"[]",
    "no features": b'{"type": "FeatureCollection"}',
    "surrogate": b'{"type": "FeatureCollection", "name": "\\ud800", "properties": {"township": "350211102"}}',
}


@pytest.mark.parametrize("body", AREAS.values(), ids=AREAS.keys())
def test_areas_that_make_no_sense_are_refused_and_leave_nothing(body: bytes, api: Client, contents: Contents) -> None:
    before = contents.read()
    answer = api.send("PUT", "/areas", by=ADMIN, body=body)
    refused(answer, 400, "Invalid", answer.json["rule"])
    assert contents.read() == before


@pytest.mark.parametrize("body", ["{}", '{"ids": [], "until": "a"}', '{"ids": [""]}', '{"ids": ["' + "x" * 257 + '"]}'])
def test_reading_nothing_in_particular_is_refused(body: str, api: Client) -> None:
    refused(api.send("POST", "/inbox/read", by=COURIER, body=body), 400, "Invalid", "malformed")


def test_reading_what_is_not_there_changes_nothing(api: Client, contents: Contents) -> None:
    before = contents.read()
    for body in ({"ids": ["unread#20261123", "\0", "20261123T000000000000#a"]}, {"until": "\0"}, {"until": "~"}):
        assert api.post("/inbox/read", body, by=COURIER2).status == 200
    assert contents.read() == before


@pytest.mark.parametrize(
    ("media", "body", "status", "code", "rule"),
    [
        ("application/json", b"{}", 415, "UnsupportedMediaType", "media_type"),
        ("text/csv", b"", 400, "Invalid", "reference_columns"),
        ("text/csv", "word\n着\ufffd\n".encode(), 400, "Invalid", "reference_encoding"),
        ("text/csv", b'word\n"a"b\n', 400, "Invalid", "reference_cell"),
        ("text/csv", b"word\n" + b"a" * (256 * 1024), 413, "TooLarge", "body_too_large"),
    ],
)
def test_a_reference_table_that_makes_no_sense_is_refused_and_leaves_nothing(
    media: str, body: bytes, status: int, code: str, rule: str, api: Client, contents: Contents
) -> None:
    before = contents.read()
    answer = api.send("PUT", "/reference/danger_words", by=ADMIN, body=body, headers={"Content-Type": media})
    refused(answer, status, code, rule)
    assert contents.read() == before
