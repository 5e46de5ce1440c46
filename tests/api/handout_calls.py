"""Calls about handed-out goods: who may make them (rows of the matrix), and one of each operation that succeeds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_day
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.api.honour_calls import look, new_courier
from tests.builders import CENTRE, COURIER, VILLAGER

type Call = Callable[[Client, Actor | None, str], Answer]

DAY = local_day(datetime.now(UTC) - timedelta(days=1))


def give(api: Client, by: Actor | None, **changes: Any) -> Answer:
    """Two books to somebody new on whose round the village lies."""
    body = {"person": new_courier().id, "good": "book", "count": 2, "day": DAY, "note": "读本"} | changes
    return api.post("/handouts", body, by=by)


def given(api: Client) -> str:
    """The id of a record."""
    id: str = give(api, CENTRE).json["id"]
    return id


def correct(api: Client, by: Actor | None, _: str) -> Answer:
    body = {"count": 1, "day": DAY, "reason": "多写了一本"}
    return api.post(f"/handouts/{given(api)}/correction", body, by=by)


def of_person(api: Client, by: Actor | None, _: str) -> Answer:
    return api.get("/handouts", by=by, person=given(api).rpartition(".")[0])


def mine(api: Client) -> Answer:
    """What a courier was given, which is something."""
    give(api, CENTRE, person=COURIER.id, good="heat_kit", count=1)
    return api.get("/me/handouts", by=COURIER)


SITUATIONS: dict[str, tuple[Call, None]] = {
    "POST /handouts": (lambda api, by, _: give(api, by), None),
    "GET /handouts of a person": (of_person, None),
    "GET /handouts of a month": (look("/handouts", good="book", month=DAY[:7]), None),
    "GET /handouts/{handout_id}": (lambda api, by, _: api.get(f"/handouts/{given(api)}", by=by), None),
    "POST /handouts/{handout_id}/correction": (correct, None),
    "GET /me/handouts": (look("/me/handouts"), None),
}

CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "record_handout": lambda api, _: give(api, VILLAGER),
    "list_handouts": lambda api, id: of_person(api, VILLAGER, id),
    "get_handout": lambda api, _: api.get(f"/handouts/{given(api)}", by=CENTRE),
    "correct_handout": lambda api, id: correct(api, CENTRE, id),
    "list_my_handouts": lambda api, _: mine(api),
}
