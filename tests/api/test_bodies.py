"""Whatever body a client sends: a problem with a stable code and rule, and nothing half-written."""

import json

import pytest

from tests.api.client import Client, refused
from tests.api.conftest import Contents
from tests.builders import ADMIN, COURIER, COURIER2
from tests.conftest import BACKENDS

# The emulator takes some things that DynamoDB refuses.
pytestmark = pytest.mark.parametrize("store", BACKENDS, indirect=True, scope="module")

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
