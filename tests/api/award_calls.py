"""Calls about points that people decide: who may make them, and one of each operation that succeeds."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor, Person, Role
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import ADMIN, CENTRE, COMMITTEE, COURIER2, TOWNSHIP, actor
from tests.conftest import DATA

type Call = Callable[[Client, Actor | None, str], Answer]

LOOK = {"purpose": "核对积分"}
SHIPPED = (DATA / "points_rules.csv").read_text(encoding="utf-8")
PROPOSER = actor("proposer", (Role.CENTRE, TOWNSHIP))


def enrolled() -> None:
    """Somebody else of the centre, who proposes what these people then decide."""
    from chalicelib.services.people import people

    since = datetime(2023, 4, 1, tzinfo=UTC)
    people.enrol(Person(id=PROPOSER.id, name="proposer", phone="", posts=PROPOSER.posts, valid_from=since))


def propose(api: Client, by: Actor | None = CENTRE, rule: str = "P34", **changes: Any) -> Answer:
    body = {"courier": COURIER2.id, "rule": rule, "reason": "入户宣传反诈"} | changes
    return api.post("/awards", body, by=by)


def proposed(api: Client) -> str:
    """An award that two must agree to."""
    enrolled()
    answer = propose(api, PROPOSER, "P17", points=60)
    assert answer.status == 201, answer.text
    id: str = answer.json["id"]
    return id


def entry(api: Client) -> str:
    """An entry that stands in the courier's ledger, and was decided by the committee."""
    assert propose(api, COMMITTEE, reason=f"宣传 {uuid4()}").status == 201
    id: str = api.get("/points", by=COURIER2).json["entries"][0]["id"]
    return id


def adjust(api: Client, by: Actor | None, _: str = "", *, of: str = "") -> Answer:
    body = {"courier": COURIER2.id, "points": 5, "reason": "漏记", "entry": of}
    return api.post("/points/adjustments", body, by=by)


def adjust_entry(api: Client, by: Actor | None, _: str = "") -> Answer:
    return adjust(api, by, of=entry(api))


def appeal(api: Client, by: Actor | None = COURIER2, _: str = "") -> Answer:
    return api.post("/appeals", {"entry": entry(api), "text": "应为十分"}, by=by)


def appealed(api: Client) -> str:
    """An appeal that waits for its answer."""
    id: str = appeal(api).json["id"]
    return id


def reject(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/awards/{proposed(api)}/rejection", {"reason": "材料不足"}, by=by)


def approve(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/awards/{proposed(api)}/approval", {}, by=by)


def decide(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/appeals/{appealed(api)}/decision", {"points": 3, "answer": "核实后补发"}, by=by)


def try_rules(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post("/points/rules/trial", {"table": SHIPPED, "days": 30}, by=by)


def days(api: Client, by: Actor | None, _: str = "") -> Answer:
    today = datetime.now(UTC).date().isoformat()
    return api.send(
        "GET", "/points/entries", by=by, query=LOOK | {"from": "2026-01-01", "to": "2026-12-31"} | {"to": today}
    )


def of_courier(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get(f"/points/couriers/{COURIER2.id}", by=by, **LOOK)


SITUATIONS: dict[str, tuple[Call, None]] = {
    "POST /awards": (lambda api, by, _: propose(api, by), None),
    "POST /points/adjustments": (adjust, None),
    "POST /points/adjustments of an entry": (adjust_entry, None),
    "GET /awards": (lambda api, by, _: api.get("/awards", by=by), None),
    "GET /awards/{award_id}": (lambda api, by, _: api.get(f"/awards/{proposed(api)}", by=by), None),
    "POST /awards/{award_id}/approval": (approve, None),
    "POST /awards/{award_id}/rejection": (reject, None),
    "POST /appeals": (appeal, None),
    "GET /appeals": (lambda api, by, _: api.get("/appeals", by=by), None),
    "GET /me/appeals": (lambda api, by, _: api.get("/me/appeals", by=by), None),
    "GET /appeals/{appeal_id}": (lambda api, by, _: api.get(f"/appeals/{appealed(api)}", by=by), None),
    "POST /appeals/{appeal_id}/decision": (decide, None),
    "GET /points/couriers/{courier_id}": (of_courier, None),
    "GET /points/entries": (days, None),
    "POST /points/rules/trial": (try_rules, None),
}

CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "propose_award": lambda api, _: propose(api),
    "propose_adjustment": lambda api, _: adjust_entry(api, CENTRE),
    "list_awards": lambda api, _: (proposed(api), api.get("/awards", by=CENTRE))[1],
    "get_award": lambda api, _: api.get(f"/awards/{proposed(api)}", by=CENTRE),
    "approve_award": lambda api, _: approve(api, CENTRE),
    "reject_award": lambda api, _: reject(api, COMMITTEE),
    "appeal_entry": lambda api, _: appeal(api),
    "list_appeals": lambda api, _: (appealed(api), api.get("/appeals", by=CENTRE, limit=1))[1],
    "list_my_appeals": lambda api, _: (appealed(api), api.get("/me/appeals", by=COURIER2, limit=1))[1],
    "get_appeal": lambda api, _: api.get(f"/appeals/{appealed(api)}", by=COURIER2),
    "decide_appeal": lambda api, _: decide(api, CENTRE),
    "get_courier_points": lambda api, _: (
        entry(api),
        SITUATIONS["GET /points/couriers/{courier_id}"][0](api, CENTRE, ""),
    )[1],
    "search_entries": lambda api, _: (entry(api), days(api, CENTRE))[1],
    "try_points_rules": lambda api, _: (entry(api), try_rules(api, ADMIN))[1],
}
