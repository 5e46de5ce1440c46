"""Calls about prizes and redemptions: who may make them (rows of the matrix), and one of each that succeeds."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import AUDITOR, CENTRE, COURIER2, VILLAGE, VILLAGER

type Call = Callable[[Client, Actor | None, str], Answer]

UMBRELLA: dict[str, Any] = {
    "kind": "goods",
    "name": "雨伞",
    "name_en": "Umbrella",
    "price": 1,
    "pick_up": {"place": "党群服务中心", "place_en": "Service centre", "opening": "9:00–17:00", "village": VILLAGE},
    "cost": {"price": 1250, "budget_line": "2026-党建-07"},
    "state": "open",
}


def made(api: Client, *, state: str = "open") -> str:
    """A new prize with three in stock."""
    id: str = api.post("/prizes", UMBRELLA | {"state": state}, by=CENTRE).json["id"]
    bought = {"cause": "purchased", "count": 3, "cost": UMBRELLA["cost"]}
    assert api.post(f"/prizes/{id}/stock", bought, by=CENTRE).status == 200
    return id


def with_points(who: Actor | None) -> None:
    """Some more points for whoever it is."""
    from chalicelib.domain.points import transfers
    from chalicelib.domain.points.terms import Kind
    from chalicelib.services.points import posting

    if who:
        id = str(uuid4())
        posting.post([transfers.moved(who.id, 9, Kind.ADJUST, id=id, event_id=id, at=datetime.now(UTC))])


def redeemed(api: Client, *, by: Actor = COURIER2) -> dict[str, Any]:
    """A new redemption of a new prize."""
    with_points(by)
    answer: dict[str, Any] = api.post(f"/prizes/{made(api)}/redemptions", {}, by=by).json
    return answer


def make(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post("/prizes", UMBRELLA, by=by)


def change(api: Client, by: Actor | None, _: str = "") -> Answer:
    dearer = json.dumps(UMBRELLA | {"price": 2}).encode()
    return api.send("PUT", f"/prizes/{made(api)}", by=by, body=dearer, headers={"If-Match": "1"})


def photos(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/prizes/{made(api)}/photos", {"photos": ["image/jpeg"]}, by=by)


def called_off(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/prizes/{redeemed(api)['prize_id']}/cancellation", {"reason": "停电"}, by=by)


def counted(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/prizes/{made(api)}/stock", {"cause": "counted", "shelf": 2, "reason": "破损"}, by=by)


def movements(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get(f"/prizes/{made(api)}/movements", by=by)


def redeem(api: Client, by: Actor | None, _: str = "") -> Answer:
    with_points(by)
    return api.post(f"/prizes/{made(api)}/redemptions", {"price": 1}, by=by)


def of_prize(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get(f"/prizes/{redeemed(api)['prize_id']}/redemptions", by=by)


def one(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get(f"/redemptions/{redeemed(api)['id']}", by=by)


def drawn(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get(f"/redemptions/{redeemed(api)['id']}/code", by=by)


def cancel(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/redemptions/{redeemed(api)['id']}/cancellation", {"reason": "破损"}, by=by)


def looked_up(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post("/redemptions/look-up", {"code": redeemed(api)["code"]}, by=by)


def confirm(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post("/redemptions/confirmation", {"code": redeemed(api)["code"]}, by=by)


SITUATIONS: dict[str, tuple[Call, dict[str, Any] | None]] = {
    "POST /prizes": (make, None),
    "GET /prizes": (lambda api, by, _: api.get("/prizes", by=by), None),
    "GET /prizes/{prize_id}": (lambda api, by, _: api.get(f"/prizes/{made(api)}", by=by), None),
    "GET /prizes/{prize_id} draft": (lambda api, by, _: api.get(f"/prizes/{made(api, state='draft')}", by=by), None),
    "PUT /prizes/{prize_id}": (change, None),
    "POST /prizes/{prize_id}/photos": (photos, None),
    "POST /prizes/{prize_id}/cancellation": (called_off, None),
    "POST /prizes/{prize_id}/stock": (counted, None),
    "GET /prizes/{prize_id}/movements": (movements, None),
    "POST /prizes/{prize_id}/redemptions": (redeem, None),
    "GET /prizes/{prize_id}/redemptions": (of_prize, None),
    "GET /redemptions": (lambda api, by, _: api.get("/redemptions", by=by), None),
    "GET /redemptions/{redemption_id}": (one, None),
    "GET /redemptions/{redemption_id}/code": (drawn, None),
    "POST /redemptions/{redemption_id}/cancellation": (cancel, None),
    "POST /redemptions/look-up": (looked_up, None),
    "POST /redemptions/confirmation": (confirm, None),
}


CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "make_prize": lambda api, _: make(api, CENTRE),
    "list_prizes": lambda api, _: (made(api), api.get("/prizes", by=COURIER2))[1],
    "get_prize": lambda api, _: api.get(f"/prizes/{made(api)}", by=AUDITOR),
    "change_prize": lambda api, _: change(api, CENTRE),
    "add_prize_photos": lambda api, _: photos(api, CENTRE),
    "call_off_prize": lambda api, _: called_off(api, CENTRE),
    "move_stock": lambda api, _: counted(api, CENTRE),
    "list_movements": lambda api, _: movements(api, AUDITOR),
    "redeem_prize": lambda api, _: redeem(api, COURIER2),
    "list_prize_redemptions": lambda api, _: of_prize(api, CENTRE),
    "list_my_redemptions": lambda api, _: api.get("/redemptions", by=COURIER2, limit=1),
    "get_redemption": lambda api, _: one(api, COURIER2),
    "show_code": lambda api, _: drawn(api, COURIER2),
    "cancel_redemption": lambda api, _: cancel(api, COURIER2),
    "look_up_code": lambda api, _: looked_up(api, VILLAGER),
    "confirm_handover": lambda api, _: confirm(api, VILLAGER),
}
