"""Rankings over HTTP: what is asked wrongly is refused, and a reader sees what is his to see."""

import json

import pytest

from tests.api import ranking_calls
from tests.api.client import Client, refused
from tests.builders import CENTRE, COURIER, COURIER2, VILLAGE


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "november"])
def test_a_period_that_is_none_is_refused(api: Client, period: str) -> None:
    refused(api.get(f"/rankings/{period}", by=COURIER), 400, "Invalid", "no_such_ranking_period")


def test_area_and_employer_are_asked_one_at_a_time(api: Client) -> None:
    assert api.get("/rankings/2026-11", by=CENTRE, area=VILLAGE, employer="a").status == 400
    assert api.get("/rankings/2026-11", by=CENTRE, area="35").status == 400


def test_what_is_not_frozen_has_no_corrections(api: Client) -> None:
    refused(api.get("/rankings/2024-01/corrections", by=CENTRE), 404, "NotFound", "ranking_not_frozen")


def test_the_first_to_ask_for_a_board_that_runs_has_it_ranked(api: Client, errands: list[str]) -> None:
    errands.clear()
    answer = api.get("/rankings/ever", by=COURIER).json
    assert answer["as_of"] is None and errands == ['rankings {"period":"ever"}']


def test_a_frozen_board_shows_what_is_known_since(api: Client) -> None:
    ranking_calls.corrected(api, CENTRE)
    found = api.get(f"/rankings/{ranking_calls.FROZEN}", by=COURIER).json
    assert found["frozen"] and found["me"] == found["top"][0]
    assert found["me"] == {
        "rank": 1,
        "name": "c******",
        "honour": 5,
        "solved": 1,
        "own": True,
        "now": {"honour": 7, "solved": 1},
    }
    seen = api.get(f"/rankings/{ranking_calls.FROZEN}", by=CENTRE).json
    assert [one["name"] for one in seen["top"]] == [COURIER.id] and seen["me"] is None


def test_who_hides_is_seen_by_nobody_but_himself(api: Client) -> None:
    ranking_calls.corrected(api, CENTRE)
    for shown, others in ((False, []), (True, [1])):
        body = json.dumps({"shown": shown})
        assert api.send("PUT", "/me/ranking", by=COURIER, body=body).json == {"shown": shown}
        assert api.get("/me/ranking", by=COURIER).json == {"shown": shown}
        assert [one["rank"] for one in api.get(f"/rankings/{ranking_calls.FROZEN}", by=COURIER2).json["top"]] == others
        assert api.get(f"/rankings/{ranking_calls.FROZEN}", by=COURIER).json["me"]["rank"] == 1
