"""Calls about activities, stops, parked drafts and quiet: who may make them, and one of each that succeeds."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.people.model import Actor
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.api.prize_calls import UMBRELLA
from tests.builders import CENTRE, COURIER, COURIER2, VILLAGER

type Call = Callable[[Client, Actor | None, str], Answer]

HERE = {"lat": 24.6085, "lon": 117.9795, "crs": "gcj02"}
TAP = {"location": {**HERE, "accuracy": 12}, "photo": "IMG_0001.HEIC", "word": "井盖"}


def activity(hours: float = 1, *, kind: str = "training") -> dict[str, Any]:
    """A training that begins in so many hours."""
    begins = datetime.now(UTC) + timedelta(hours=hours)
    ends = (begins + timedelta(hours=2)).isoformat()
    more: dict[str, Any] = {
        "kind": kind,
        "organiser": "镇卫生院",
        "organiser_en": "Health station",
        "location": HERE,
        "closes_at": begins.isoformat(),
        "family_places": 3,
        "organisers": [COURIER2.id],
        "trains": ["medicine"] if kind == "training" else [],
    }
    times = {"begins_at": begins.isoformat(), "ends_at": ends, "cancel_until": begins.isoformat()}
    return UMBRELLA | {"kind": "service", "name": "送药培训", "price": 0, "times": times, "activity": more}


def made(api: Client, hours: float = 1) -> str:
    """An activity with nine places."""
    id: str = api.post("/prizes", activity(hours), by=CENTRE).json["id"]
    api.post(f"/prizes/{id}/stock", {"cause": "purchased", "count": 9, "cost": UMBRELLA["cost"]}, by=CENTRE)
    return id


def booked(api: Client) -> str:
    """A booking by courier' with an adult and a child."""
    body = {"family": {"adults": 1, "children": 1, "consent": 1}}
    id: str = api.post(f"/prizes/{made(api)}/redemptions", body, by=COURIER2).json["id"]
    return id


def attended(api: Client) -> str:
    """A booking of who came."""
    id = booked(api)
    assert api.post(f"/redemptions/{id}/confirmation", {"family": {"adults": 1}}, by=CENTRE).status == 200
    return id


def put(path: str, body: dict[str, Any], api: Client, by: Actor | None) -> Answer:
    return api.send("PUT", path, by=by, body=json.dumps(body).encode())


def wording(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get("/activities/guardian-wording", by=by)


def family(api: Client, by: Actor | None, _: str = "") -> Answer:
    return put(f"/redemptions/{booked(api)}/family", {"adults": 2, "children": 1}, api, by)


def withdraw(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.send("DELETE", f"/redemptions/{booked(api)}/guardian-consent", by=by)


def confirm(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/redemptions/{booked(api)}/confirmation", {"family": {"adults": 1}}, by=by)


def judge(api: Client, by: Actor | None, _: str = "") -> Answer:
    return put(f"/redemptions/{attended(api)}/course", {"result": "passed"}, api, by)


def organised(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/prizes/{made(api, -3)}/organisers", {"courier": COURIER2.id}, by=by)


def stops(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get("/stops", by=by, near="117.98,24.6085", crs="gcj02", kind="rest", limit=2)


def map_stops(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get("/map/stops", by=by, open_at="2026-11-23T12:00:00+08:00")


def moving(api: Client, by: Actor | None, _: str = "") -> Answer:
    return put("/me/moving", {"moving": True}, api, by)


def park(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post("/drafts", TAP, by=by)


def drafts(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get("/drafts", by=by)


def one(api: Client, by: Actor | None, _: str = "", *, method: str = "GET") -> Answer:
    """One of courier'; none is left of it."""
    id = park(api, COURIER2).json["id"]
    answer = api.send(method, f"/drafts/{id}", by=by)
    api.send("DELETE", f"/drafts/{id}", by=COURIER2)
    return answer


def remove(api: Client, by: Actor | None, _: str = "") -> Answer:
    return one(api, by, method="DELETE")


SITUATIONS: dict[str, tuple[Call, None]] = {
    "GET /activities/guardian-wording": (wording, None),
    "PUT /redemptions/{redemption_id}/family": (family, None),
    "DELETE /redemptions/{redemption_id}/guardian-consent": (withdraw, None),
    "POST /redemptions/{redemption_id}/confirmation": (confirm, None),
    "PUT /redemptions/{redemption_id}/course": (judge, None),
    "POST /prizes/{prize_id}/organisers": (organised, None),
    "GET /stops": (stops, None),
    "GET /map/stops": (map_stops, None),
    "PUT /me/moving": (moving, None),
    "POST /drafts": (park, None),
    "GET /drafts": (drafts, None),
    "GET /drafts/{draft_id}": (one, None),
    "DELETE /drafts/{draft_id}": (remove, None),
}

CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "get_guardian_wording": lambda api, _: wording(api, COURIER),
    "change_family": lambda api, _: family(api, COURIER2),
    "withdraw_guardian_consent": lambda api, _: withdraw(api, COURIER2),
    "confirm_listed": lambda api, _: confirm(api, VILLAGER),
    "judge_course": lambda api, _: judge(api, CENTRE),
    "confirm_organiser": lambda api, _: organised(api, CENTRE),
    "list_stops": lambda api, _: stops(api, COURIER),
    "list_map_stops": lambda api, _: map_stops(api, COURIER),
    "say_moving": lambda api, _: moving(api, COURIER),
    "park_draft": lambda api, _: park(api, COURIER),
    "list_drafts": lambda api, _: (park(api, COURIER), drafts(api, COURIER))[1],
    "get_draft": lambda api, _: one(api, COURIER2),
    "remove_draft": lambda api, _: remove(api, COURIER2),
}
