"""Calls about runs: who may make them (rows of the matrix), and one of each that succeeds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_day
from tests.api.care_calls import cared_for
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.api.honour_calls import look
from tests.builders import CENTRE, COURIER, VILLAGE, VILLAGER

type Call = Callable[[Client, Actor | None, str], Answer]

HERE = {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84", "accuracy": 12}
_minutes = count()  # every run has its own quarter of an hour, so that none overlaps


def run(**changes: Any) -> str:
    """The id of a visit that the courier has, and that is due in a while."""
    from chalicelib.domain.care.terms import VisitState
    from chalicelib.store.base import Transaction
    from chalicelib.store.care import visits
    from tests import caring

    now = datetime.now(UTC)
    start = now + timedelta(minutes=10)
    given = {
        "id": f"{uuid4()}.{local_day(start).replace('-', '')}",
        "start": start,
        "end": start + timedelta(hours=1),
        "state": VisitState(changes.pop("state", "accepted")),
        "courier_id": COURIER.id,
        "asked": (COURIER.id,),
        "accepted_at": now - timedelta(hours=3),
        "seal": "村食堂",
    }
    transaction = Transaction()
    visits.put(caring.visit(**(given | changes)), transaction)
    transaction.commit()
    return str((given | changes)["id"])


def code(id: str) -> str:
    """What is printed on its bag."""
    from chalicelib.domain.care import proofs
    from chalicelib.gateways import signing

    return proofs.bag_code(signing.pepper(), id)


def tell(api: Client, by: Actor | None, id: str, *steps: dict[str, Any]) -> Answer:
    return api.post(f"/visits/{id}/steps", {"steps": list(steps)}, by=by)


def fetched(api: Client) -> str:
    """The id of a visit whose bag its courier has."""
    id = run()
    assert tell(api, COURIER, id, {"action": "pick_up", "code": code(id), "items": 1}).status == 200
    return id


def taken_over(api: Client) -> str:
    """The id of a visit that is the village's."""
    id = fetched(api)
    assert api.post(f"/visits/{id}/takeover", {}, by=VILLAGER).status == 200
    return id


def whole_run(api: Client, by: Actor | None) -> Answer:
    from chalicelib.services.care import codes

    id = run()
    at = datetime.now(UTC) - timedelta(hours=1)
    steps: tuple[dict[str, Any], ...] = (
        {"action": "pick_up", "code": code(id), "items": 2, "reason": "extra"},
        {"action": "arrive", **HERE, "reason": "indoors"},
        {"action": "hand_over", "proof": "code", "shown": codes.door(id)},
        {"action": "check", "welfare": "fine", "note": "精神好"},
        {"action": "no_answer"},
        {"action": "give_up", "reason": "other"},
    )
    return tell(api, by, id, *({**one, "at": (at + timedelta(minutes=n)).isoformat()} for n, one in enumerate(steps)))


def first_step(api: Client, by: Actor | None, _: str = "") -> Answer:
    id = run()
    return tell(api, by, id, {"action": "pick_up", "code": code(id), "items": 1})


def card(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get(f"/beneficiaries/{cared_for()}/card", by=by)


def renew(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/beneficiaries/{cared_for()}/card/renewal", {}, by=by)


def on(what: str, make: Callable[[Client], str], body: dict[str, Any]) -> Call:
    """Post to a visit that was made for it."""
    return lambda api, by, _: api.post(f"/visits/{make(api)}/{what}", body, by=by)


def today() -> str:
    return local_day(datetime.now(UTC) + timedelta(minutes=10))


def bags(api: Client, by: Actor | None, _: str = "") -> Answer:
    run()
    return api.get("/bags", by=by, day=today(), village=VILLAGE)


def listed(api: Client, by: Actor | None, _: str = "") -> Answer:
    taken_over(api)
    return api.get("/open-visits", by=by, village=VILLAGE, limit=5)


SITUATIONS: dict[str, tuple[Call, None]] = {
    "POST /visits/{visit_id}/steps": (first_step, None),
    "GET /visits/{visit_id}/run": (lambda api, by, _: api.get(f"/visits/{run()}/run", by=by), None),
    "POST /visits/{visit_id}/takeover": (on("takeover", fetched, {}), None),
    "POST /visits/{visit_id}/settlement": (on("settlement", taken_over, {"found": "fine"}), None),
    "POST /visits/{visit_id}/release": (on("release", lambda _: run(), {}), None),
    "GET /open-visits": (look("/open-visits", village=VILLAGE), None),
    "GET /open-visits of the township": (look("/open-visits"), None),
    "GET /bags": (bags, None),
    "GET /beneficiaries/{beneficiary_id}/card": (card, None),
    "POST /beneficiaries/{beneficiary_id}/card/renewal": (renew, None),
    "POST /visits/{visit_id}/photos": (on("photos", lambda _: run(), {"photos": ["image/jpeg"]}), None),
}

CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "tell_steps": lambda api, _: whole_run(api, COURIER),
    "see_run": lambda api, _: api.get(f"/visits/{taken_over(api)}/run", by=CENTRE),
    "take_over_visit": lambda api, _: SITUATIONS["POST /visits/{visit_id}/takeover"][0](api, VILLAGER, ""),
    "settle_visit": lambda api, _: SITUATIONS["POST /visits/{visit_id}/settlement"][0](api, VILLAGER, ""),
    "release_visit": lambda api, _: SITUATIONS["POST /visits/{visit_id}/release"][0](api, CENTRE, ""),
    "list_open_visits": lambda api, _: listed(api, VILLAGER),
    "list_bags": lambda api, _: bags(api, VILLAGER),
    "get_door_card": lambda api, _: card(api, VILLAGER),
    "renew_door_card": lambda api, _: renew(api, VILLAGER),
    "add_door_photos": lambda api, _: SITUATIONS["POST /visits/{visit_id}/photos"][0](api, COURIER, ""),
}
