"""Marking photos over HTTP: what may be said, and what each of two people at once is told."""

import json
from typing import Any

import pytest

from tests.api.client import Client, refused
from tests.api.gateway import Answer
from tests.api.public_calls import FREE, drawn, photographed, put, verified
from tests.builders import CENTRE, COURIER, VILLAGER

HALF = {"left": 0, "top": 0, "right": 0.5, "bottom": 1}


@pytest.fixture
def id(api: Client) -> str:
    """A verified report with a good photo."""
    made = verified(api)
    photographed(made)
    return made


def path(id: str, photo: str = "before-1") -> str:
    return f"/reports/{id}/photos/{photo}/publication"


def mark(api: Client, id: str, if_match: str | None = None, **body: Any) -> Answer:
    return put(api, path(id), FREE | body, VILLAGER, {"If-Match": if_match} if if_match else None)


def test_a_mark_says_what_is_covered_and_its_version(api: Client, id: str) -> None:
    answer = mark(api, id, rectangles=[HALF])
    assert (answer.status, answer.headers["ETag"]) == (200, '"1"')
    assert answer.json["state"] == "drawing" and answer.json["rectangles"] == [HALF]
    drawn(id)
    (photo,) = api.get(f"/reports/{id}", by=COURIER).json["photos"]
    assert photo["publication"]["state"] == "public" and "by" not in photo["publication"]
    taken_back = api.send("DELETE", path(id), by=CENTRE, headers={"If-Match": '"1"'})
    assert (taken_back.json["state"], taken_back.headers["ETag"]) == ("withdrawn", '"2"')


def test_of_two_who_read_the_same_the_second_is_told_that_it_changed(api: Client, id: str) -> None:
    assert mark(api, id, '"0"').status == 200
    refused(mark(api, id, '"0"', rectangles=[HALF]), 412, "StaleVersion", "stale_version")
    refused(api.send("DELETE", path(id), by=CENTRE, headers={"If-Match": '"0"'}), 412, "StaleVersion", "stale_version")
    assert mark(api, id, '"1"', rectangles=[HALF]).json["version"] == 2


def test_sent_again_after_a_lost_answer_it_is_the_same_mark(api: Client, id: str) -> None:
    first = mark(api, id, '"0"', rectangles=[HALF])
    assert mark(api, id, '"0"', rectangles=[HALF]).json == first.json


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"free_of": ["faces", "plates", "waybills"]},
        {"free_of": []},
        {"free_of": ["faces", "faces", "faces", "faces"]},
        {"free_of": ["everything"]},
        FREE | {"rectangles": [HALF | {"right": 0}]},
        FREE | {"rectangles": [HALF | {"right": 1.01}]},
        FREE | {"rectangles": [HALF | {"left": -0.01}]},
        FREE | {"rectangles": [HALF | {"left": "NaN"}]},
        FREE | {"rectangles": [{"left": 0, "top": 0, "right": 1}]},
        FREE | {"rectangles": [HALF] * 51},
        FREE | {"rectangles": [HALF], "why": "a"},
    ],
)
def test_what_is_no_mark_is_refused_and_marks_nothing(api: Client, id: str, body: dict[str, Any]) -> None:
    assert put(api, path(id), body, VILLAGER).status == 400
    (photo,) = api.get(f"/reports/{id}", by=VILLAGER).json["photos"]
    assert photo["publication"] is None


def test_numbers_that_are_none_are_no_rectangle(api: Client, id: str) -> None:
    body = json.dumps(FREE | {"rectangles": [HALF | {"left": float("nan")}]})
    assert api.send("PUT", path(id), by=VILLAGER, body=body).status == 400


@pytest.mark.parametrize("photo", ["before-2", "..", "before-1%2F..", "%2e%2e%2fbefore-1", "before-1\u0000"])
def test_a_photo_that_is_none_is_not_found(api: Client, id: str, photo: str) -> None:
    assert put(api, path(id, photo), FREE, VILLAGER).status == 404


def test_a_photo_of_another_report_is_not_marked_through_this_one(api: Client, id: str) -> None:
    other = verified(api)
    from chalicelib.domain.photos import Purpose

    photographed(other, Purpose.AFTER, by="works")
    refused(put(api, path(id, "after-1"), FREE, VILLAGER), 404, "NotFound", "no_such_photo")


def test_the_history_says_to_staff_who_marked_what_and_to_the_reporter_nothing(api: Client, id: str) -> None:
    mark(api, id)
    lines = {who.id: api.get(f"/reports/{id}", by=who).json["history"] for who in (CENTRE, COURIER)}
    (line,) = [one for one in lines[CENTRE.id] if one["action"] == "publish_photo"]
    assert (line["by"], line["as_role"], line["details"]["photo"]) == (VILLAGER.id, "village", "before-1")
    assert "publish_photo" not in [one["action"] for one in lines[COURIER.id]]
