"""What the rules refuse: a problem that names the rule, and nothing half-written."""

from typing import Any

import pytest

from tests.api.client import Client, refused
from tests.api.conftest import Contents
from tests.builders import CENTRE, COURIER, COURIER2, GRID_MEMBER, VILLAGER, WORKS
from tests.conftest import BACKENDS

# The emulator takes some things that DynamoDB refuses.
pytestmark = pytest.mark.parametrize("store", BACKENDS, indirect=True, scope="module")
HERE = {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84"}
VERIFY = {"action": "verify", "basis": "on_site"}


RULES: dict[str, tuple[dict[str, Any], int, str, str]] = {
    "nothing": ({}, 400, "Invalid", "nothing_reported"),
    "spaces": ({"text": " \n\t "}, 400, "Invalid", "nothing_reported"),
    "a place without photo": ({"location": HERE}, 400, "Invalid", "nothing_reported"),
    "a photo without place": ({"photos": ["image/jpeg"]}, 400, "Invalid", "nothing_reported"),
    "an unknown kind": ({"text": "a", "kind": "9999"}, 400, "Invalid", "unknown_kind"),
    "digits of another script": ({"text": "a", "kind": "０３０３"}, 400, "Invalid", "unknown_kind"),
    "seen long ago": ({"text": "a", "observed_at": "2020-01-01T00:00:00Z"}, 400, "Invalid", "observed_too_long_ago"),
    "seen in the first year": ({"text": "a", "observed_at": "0001-01-01T00:00:00+14:00"}, 400, "Invalid", "*"),
    "not seen yet": ({"text": "a", "observed_at": "9999-12-31T23:59:59-12:00"}, 400, "Invalid", "*"),
    "a source of staff": ({"text": "a", "source": "patrol"}, 403, "Forbidden", "source_for_staff"),
}


@pytest.mark.parametrize("name", RULES)
def test_a_report_against_the_rules_is_refused_and_leaves_nothing(name: str, api: Client, contents: Contents) -> None:
    body, status, code, rule = RULES[name]
    before = contents.read()
    answer = api.post("/reports", body, by=COURIER, idempotency_key="refused")
    refused(answer, status, code, answer.json["rule"] if rule == "*" else rule)
    assert contents.read() == before


ACTIONS: dict[str, dict[str, Any]] = {
    "no action": {},
    "unknown action": {"action": "burn"},
    "an action that is not offered": {"action": "transfer"},
    "the action is a number": {"action": 1},
    "submit is no action": {"action": "submit"},
    "a field of another action": {"action": "accept", "department": "D04"},
    "no basis": {"action": "verify"},
    "severity 5": {"action": "verify", "basis": "on_site", "severity": 5},
    "severity true": {"action": "verify", "basis": "on_site", "severity": True},
    "a reason that is none": {"action": "reject", "reason": "dislike"},
    "an empty answer": {"action": "resolve", "answer": ""},
    "a department of another form": {"action": "dispatch", "department": "police"},
    "too many photos": {"action": "resolve", "answer": "a", "after_photos": ["p"] * 10},
}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_that_makes_no_sense_is_refused(name: str, api: Client, report: str, contents: Contents) -> None:
    before = contents.read()
    answer = api.post(f"/reports/{report}/actions", ACTIONS[name], by=CENTRE)
    refused(answer, 400, "Invalid", "malformed")
    assert contents.read() == before


REFUSALS: dict[str, tuple[Any, dict[str, Any], int, str, str]] = {
    "wrong role": (CENTRE, {"action": "accept"}, 403, "Forbidden", "not_your_part"),
    "one's own": (COURIER, VERIFY, 403, "Forbidden", "nobody_judges_his_own"),
    "a stranger": (COURIER2, VERIFY, 404, "NotFound", "no_such_report"),
    "wrong state": (VILLAGER, {"action": "resolve", "answer": "a"}, 409, "IllegalAction", "no_such_step"),
    "not yet verified": (
        CENTRE,
        {"action": "dispatch", "department": "D04"},
        409,
        "IllegalAction",
        "dispatch_after_verification",
    ),
    "not resolved": (COURIER, {"action": "confirm"}, 409, "IllegalAction", "no_such_step"),
    "no after-photo": (GRID_MEMBER, VERIFY | {"outcome": "solved_on_spot"}, 400, "Invalid", "after_photo_needed"),
    "a photo that is none": (
        GRID_MEMBER,
        VERIFY | {"outcome": "solved_on_spot", "after_photos": ["after-1"]},
        409,
        "Conflict",
        "photo_not_after",
    ),
    "gravest without danger": (GRID_MEMBER, VERIFY | {"severity": 4}, 400, "Invalid", "severity_4_is_class_e"),
    "unknown kind": (GRID_MEMBER, VERIFY | {"kind": "9999"}, 400, "Invalid", "unknown_kind"),
    "spaces for a comment": (GRID_MEMBER, {"action": "comment", "text": "  "}, 400, "Invalid", "text_needed"),
    "the department's, unasked": (WORKS, {"action": "accept"}, 404, "NotFound", "no_such_report"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_an_action_against_the_rules_is_refused_and_leaves_nothing(
    name: str, api: Client, report: str, contents: Contents
) -> None:
    by, action, status, code, rule = REFUSALS[name]
    before = contents.read()
    refused(api.post(f"/reports/{report}/actions", action, by=by, idempotency_key="k"), status, code, rule)
    assert contents.read() == before


@pytest.mark.parametrize("photo", ["", "\0", "p", "😀"])
def test_photos_that_are_not_there_prove_nothing(photo: str, api: Client, report: str, contents: Contents) -> None:
    before = contents.read()
    action = VERIFY | {"outcome": "solved_on_spot", "after_photos": [photo]}
    answer = api.post(f"/reports/{report}/actions", action, by=GRID_MEMBER)
    assert answer.status in (400, 409), answer.text
    assert contents.read() == before


def test_the_same_photo_twice_is_refused(api: Client, report: str, contents: Contents) -> None:
    api.post(
        f"/reports/{report}/photos", {"files": [{"content_type": "image/jpeg", "purpose": "after"}]}, by=GRID_MEMBER
    )
    before = contents.read()
    action = VERIFY | {"outcome": "solved_on_spot", "after_photos": ["after-1", "after-1"]}
    answer = api.post(f"/reports/{report}/actions", action, by=GRID_MEMBER)
    assert answer.status in (200, 400, 409), answer.text
    assert answer.status == 200 or contents.read() == before
