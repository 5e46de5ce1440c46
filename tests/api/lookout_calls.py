"""Calls about look-outs: who may make them (rows of the matrix), and one of each operation that succeeds."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.people.model import Actor, Role
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.api.honour_calls import look, new_courier
from tests.builders import CENTRE, GRID, TOWNSHIP, VILLAGE, VILLAGER

type Call = Callable[[Client, Actor | None, str], Answer]

ELDER: dict[str, Any] = {"kind": "elder", "text": "走失老人，男，约80岁", "grids": [GRID], "photo": "image/jpeg"}
SEEN = {"seen": True, "place": {"lat": 24.6085, "lon": 117.9795, "crs": "gcj02"}, "photo": "image/jpeg"}


def ask(api: Client, by: Actor | None, _: str = "") -> Answer:
    """A post asks three times a day and no more: what it has asked so far is forgotten first."""
    from chalicelib.domain.reference.calendar import local_day
    from chalicelib.store.quotas import QuotaItem

    for post in (f"village:{VILLAGE}", f"centre:{TOWNSHIP}"):
        QuotaItem(post, f"lookouts#{local_day(datetime.now(UTC))}").delete()
    return api.post("/lookouts", ELDER, by=by)


def asked(api: Client) -> str:
    """The id of a look-out that the village has asked for."""
    id: str = ask(api, VILLAGER).json["id"]
    return id


def riding(by: Actor | None) -> Actor | None:
    """The same, with the village on his round if he is a courier."""
    from chalicelib.store.people import people

    if by and by.holds(Role.COURIER):
        people.put(replace(people.get(by.id), villages=(VILLAGE,)))
    return by


def answer(api: Client, by: Actor | None, id: str = "") -> Answer:
    body = json.dumps(SEEN).encode()
    return api.send("PUT", f"/lookouts/{id or asked(api)}/answer", by=by, body=body)


def answered(api: Client) -> tuple[str, Actor]:
    """A look-out that somebody new has answered."""
    id, who = asked(api), new_courier()
    assert answer(api, who, id).status == 200
    return id, who


def answers(api: Client, by: Actor | None, _: str = "") -> Answer:
    id, _who = answered(api)
    return api.get(f"/lookouts/{id}/answers", by=by)


def mine(api: Client) -> Answer:
    _, who = answered(api)
    return api.get("/me/lookouts", by=who)


SITUATIONS: dict[str, tuple[Call, None]] = {
    "POST /lookouts": (ask, None),
    "GET /lookouts": (look("/lookouts", post=f"village:{VILLAGE}"), None),
    "GET /lookouts/{lookout_id}": (lambda api, by, _: api.get(f"/lookouts/{asked(api)}", by=riding(by)), None),
    "POST /lookouts/{lookout_id}/stop": (lambda api, by, _: api.post(f"/lookouts/{asked(api)}/stop", {}, by=by), None),
    "PUT /lookouts/{lookout_id}/answer": (lambda api, by, _: answer(api, riding(by)), None),
    "GET /lookouts/{lookout_id}/answers": (answers, None),
    "GET /me/lookouts": (look("/me/lookouts"), None),
}

CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "ask_for_lookout": lambda api, _: ask(api, VILLAGER),
    "list_lookouts": lambda api, _: api.get("/lookouts", by=CENTRE, post=f"village:{VILLAGE}"),
    "get_lookout": lambda api, _: api.get(f"/lookouts/{asked(api)}", by=VILLAGER),
    "stop_lookout": lambda api, _: api.post(f"/lookouts/{asked(api)}/stop", {}, by=CENTRE),
    "answer_lookout": lambda api, _: answer(api, new_courier()),
    "list_lookout_answers": lambda api, _: answers(api, CENTRE),
    "list_my_lookouts": lambda api, _: mine(api),
}
