"""Days, months, places and ids that cannot be, where points are asked for: a refusal or an empty page, never a 500."""

from datetime import timedelta

import pytest

from chalicelib.store import cursors
from tests.api.client import Client, refused
from tests.builders import CENTRE, COURIER, NOW
from tests.conftest import BACKENDS

# The emulator takes some things that DynamoDB refuses.
pytestmark = pytest.mark.parametrize("store", BACKENDS, indirect=True, scope="module")
DAYS = {"from": "2026-11-01", "to": "2026-11-30", "purpose": "查"}


@pytest.mark.parametrize("month", ["0001-01", "0000-01", "9999-12", "2026-13"])
def test_a_month_without_a_statement_is_refused(month: str, api: Client) -> None:
    refused(api.get(f"/points/statements/{month}", by=COURIER), 400, "Invalid", "no_such_month")
    refused(api.post(f"/points/statements/{month}/file", {}, by=COURIER), 400, "Invalid", "no_such_month")


@pytest.mark.parametrize(("first", "last"), [("9999-12-30", "9999-12-31"), ("0001-01-01", "0001-01-02")])
def test_days_at_the_end_of_time_are_refused(first: str, last: str, api: Client) -> None:
    days = DAYS | {"from": first, "to": last}
    for path in ("/points/entries", f"/points/couriers/{COURIER.id}"):
        refused(api.get(path, by=CENTRE, **days), 400, "Invalid", "export_span")


def test_a_place_before_the_days_asked_for_is_an_empty_page(api: Client) -> None:
    place = cursors.sealed(("2020-01-01T00:00:00.000000+00:00#a", 0))
    for path in ("/points/entries", f"/points/couriers/{COURIER.id}"):
        answer = api.get(path, by=CENTRE, cursor=place, **DAYS)
        assert (answer.status, answer.json["entries"]) == (200, [])


def test_a_place_behind_what_is_overdue_is_an_empty_page(api: Client) -> None:
    place = cursors.sealed(f"{(NOW + timedelta(days=9999)).isoformat()}#a")
    answer = api.get("/appeals", by=CENTRE, overdue="true", cursor=place)
    assert (answer.status, answer.json["appeals"]) == (200, [])


@pytest.mark.parametrize("entry", ["#x", "#", "##", "x" * 300])
def test_an_entry_that_cannot_be_is_not_found(entry: str, api: Client) -> None:
    body = {"courier": COURIER.id, "points": 5, "reason": "查", "entry": entry}
    refused(api.post("/points/adjustments", body, by=CENTRE), 404, "NotFound", "no_such_entry")
