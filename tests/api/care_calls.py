"""Calls about plans, visits and who carries: who may make them (rows of the matrix), and one of each that succeeds."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_day
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.api.honour_calls import look, new_courier
from tests.builders import CENTRE, COURIER, GRID, VILLAGE, VILLAGER

type Call = Callable[[Client, Actor | None, str], Answer]

TOMORROW = local_day(datetime.now(UTC) + timedelta(days=1))
MEAL: dict[str, Any] = {
    "service": "meal",
    "rule": "FREQ=DAILY",
    "starts_on": TOMORROW,
    "window_start": "11:30:00",
    "window_end": "12:30:00",
    "items": 1,
    "seal": "村食堂",
}
AS_BEFORE = {name: value for name, value in MEAL.items() if name != "service"}
PROFILE = {"services": ["meal"], "free": [{"weekday": 0, "since": "09:00:00", "until": "18:00:00"}], "grids": [GRID]}
_hours = count(30)  # every visit has one of its own, so that none overlap


def cared_for() -> str:
    """The id of somebody for whom visits may be made."""
    from tests import care_desk

    return care_desk.cared_for(str(uuid4())).id


def make(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/beneficiaries/{cared_for()}/plans", MEAL, by=by)


def planned(api: Client) -> str:
    """The id of a plan."""
    id: str = make(api, VILLAGER).json["id"]
    return id


def of_beneficiary(api: Client, by: Actor | None, _: str = "") -> Answer:
    id = api.get(f"/plans/{planned(api)}", by=VILLAGER).json["beneficiary"]
    return api.get(f"/beneficiaries/{id}/plans", by=by)


def change(api: Client, by: Actor | None, _: str = "") -> Answer:
    twice = json.dumps(AS_BEFORE | {"items": 2}).encode()
    return api.send("PUT", f"/plans/{planned(api)}", by=by, body=twice, headers={"If-Match": "1"})


def pause(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/plans/{planned(api)}/pauses", {"since": TOMORROW, "until": TOMORROW}, by=by)


def resume(api: Client, by: Actor | None, _: str = "") -> Answer:
    id = planned(api)
    assert api.post(f"/plans/{id}/pauses", {"since": TOMORROW}, by=VILLAGER).status == 200
    return api.post(f"/plans/{id}/resumption", {"day": TOMORROW}, by=by)


def end(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/plans/{planned(api)}/end", {}, by=by)


def visit(**changes: Any) -> str:
    """The id of a visit that is in the store as it is said here, at an hour of its own."""
    from chalicelib.domain.care.terms import VisitState
    from chalicelib.store.base import Transaction
    from chalicelib.store.care import visits
    from tests import caring

    now = datetime.now(UTC)
    start = now + timedelta(hours=next(_hours))
    given = {"id": f"{uuid4()}.{local_day(start).replace('-', '')}", "start": start, "end": start + timedelta(hours=1)}
    one = caring.visit(**given, state=VisitState(changes.pop("state", "planned")))
    one = replace(one, asked_at=now, asked_until=now + timedelta(hours=1), **changes)
    transaction = Transaction()
    visits.put(one, transaction)
    transaction.commit()
    return one.id


def offered() -> str:
    """The id of a visit that the courier is asked for."""
    return visit(state="offered", courier_id=COURIER.id, asked=(COURIER.id,), reasons=("ring_grid",))


def to_move() -> str:
    """The id of a visit that the courier has, and is asked about another load of."""
    from chalicelib.domain.care.model import Move
    from chalicelib.store.base import Transaction
    from chalicelib.store.care import visits

    id = visit(state="accepted", courier_id=COURIER.id, asked=(COURIER.id,))
    one, now = visits.get(id), datetime.now(UTC)
    move = Move(start=one.start, end=one.end, items=2, seal="", heavy=True, asked_at=now, until=now)
    transaction = Transaction()
    visits.put(replace(one, move=move, version=2), transaction)
    transaction.commit()
    return id


def carrier() -> str:
    """The id of somebody new who may carry everything, and let go of too much."""
    from chalicelib.domain.care.books import Book
    from chalicelib.domain.care.carriers import Carrier
    from chalicelib.store.base import Transaction
    from chalicelib.store.care import carriers
    from tests.care_desk import ALL, ALWAYS

    id, far = new_courier().id, datetime.now(UTC) + timedelta(days=400)
    one = Carrier(courier_id=id, willing=ALL, free=ALWAYS, trained=ALL, insured_until=far.date(), version=1)
    transaction = Transaction()
    carriers.put(Carrier(courier_id=id), one, transaction)
    carriers.put_book(Book(courier_id=id, paused_until=far, version=1), transaction)
    transaction.commit()
    return id


def lift(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.send("DELETE", f"/people/{carrier()}/care-pause", by=by)


def assign(api: Client, by: Actor | None, _: str = "") -> Answer:
    id = carrier()
    assert api.send("DELETE", f"/people/{id}/care-pause", by=CENTRE).status == 200
    return api.post(f"/visits/{visit()}/assignment", {"courier": id, "said_yes": True}, by=by)


def profile(api: Client, by: Actor | None, _: str = "") -> Answer:
    said = json.dumps(PROFILE | {"grids": []}).encode()
    return api.send("PUT", "/me/care-profile", by=by, body=said)


def train(api: Client, by: Actor | None, _: str = "") -> Answer:
    said = json.dumps({"services": ["meal", "medicine"]}).encode()
    return api.send("PUT", f"/people/{carrier()}/care-training", by=by, body=said)


def insure(api: Client, by: Actor | None, _: str = "") -> Answer:
    said = json.dumps({"until": "2027-12-31"}).encode()
    return api.send("PUT", f"/people/{carrier()}/care-insurance", by=by, body=said)


def declined(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/visits/{offered()}/refusal", {"reason": "no_time"}, by=by)


def of_day(api: Client, by: Actor | None, _: str = "") -> Answer:
    visit()
    return api.get("/visits", by=by, day=local_day(datetime.now(UTC) + timedelta(hours=36)), village=VILLAGE)


SITUATIONS: dict[str, tuple[Call, None]] = {
    "POST /beneficiaries/{beneficiary_id}/plans": (make, None),
    "GET /beneficiaries/{beneficiary_id}/plans": (of_beneficiary, None),
    "GET /plans": (look("/plans", village=VILLAGE), None),
    "GET /plans/{plan_id}": (lambda api, by, _: api.get(f"/plans/{planned(api)}", by=by), None),
    "PUT /plans/{plan_id}": (change, None),
    "POST /plans/{plan_id}/pauses": (pause, None),
    "POST /plans/{plan_id}/resumption": (resume, None),
    "POST /plans/{plan_id}/end": (end, None),
    "GET /visits": (of_day, None),
    "GET /visits of the township": (look("/visits", day=TOMORROW), None),
    "POST /visits/{visit_id}/assignment": (assign, None),
    "POST /visits/{visit_id}/call-off": (lambda api, by, _: api.post(f"/visits/{visit()}/call-off", {}, by=by), None),
    "GET /me/visits": (look("/me/visits"), None),
    "POST /visits/{visit_id}/acceptance": (
        lambda api, by, _: api.post(f"/visits/{offered()}/acceptance", {}, by=by),
        None,
    ),
    "POST /visits/{visit_id}/refusal": (declined, None),
    "POST /visits/{visit_id}/move": (
        lambda api, by, _: api.post(f"/visits/{to_move()}/move", {"agreed": True}, by=by),
        None,
    ),
    "GET /me/care-profile": (look("/me/care-profile"), None),
    "PUT /me/care-profile": (
        lambda api, by, _: api.send("PUT", "/me/care-profile", by=by, body=b'{"services": ["visit"]}'),
        None,
    ),
    "GET /people/{person_id}/care-profile": (
        lambda api, by, _: api.get(f"/people/{carrier()}/care-profile", by=by),
        None,
    ),
    "PUT /people/{person_id}/care-training": (train, None),
    "PUT /people/{person_id}/care-insurance": (insure, None),
    "DELETE /people/{person_id}/care-pause": (lift, None),
}

CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "make_plan": lambda api, _: make(api, VILLAGER),
    "list_beneficiary_plans": lambda api, _: of_beneficiary(api, VILLAGER),
    "list_plans": lambda api, _: (planned(api), api.get("/plans", by=CENTRE, village=VILLAGE, limit=1))[1],
    "get_plan": lambda api, _: api.get(f"/plans/{planned(api)}", by=CENTRE),
    "change_plan": lambda api, _: change(api, VILLAGER),
    "pause_plan": lambda api, _: pause(api, VILLAGER),
    "resume_plan": lambda api, _: resume(api, VILLAGER),
    "end_plan": lambda api, _: end(api, CENTRE),
    "list_visits": lambda api, _: of_day(api, VILLAGER),
    "assign_visit": lambda api, _: assign(api, CENTRE),
    "call_off_visit": lambda api, _: api.post(f"/visits/{visit()}/call-off", {}, by=VILLAGER),
    "list_my_visits": lambda api, _: (offered(), to_move(), api.get("/me/visits", by=COURIER))[2],
    "accept_visit": lambda api, _: api.post(f"/visits/{offered()}/acceptance", {}, by=COURIER),
    "decline_visit": lambda api, _: declined(api, COURIER),
    "answer_move": lambda api, _: api.post(f"/visits/{to_move()}/move", {"agreed": True}, by=COURIER),
    "get_my_care_profile": lambda api, _: api.get("/me/care-profile", by=COURIER),
    "set_my_care_profile": lambda api, _: profile(api, COURIER),
    "get_care_profile": lambda api, _: api.get(f"/people/{carrier()}/care-profile", by=CENTRE),
    "record_care_training": lambda api, _: train(api, CENTRE),
    "record_care_insurance": lambda api, _: insure(api, CENTRE),
    "lift_care_pause": lambda api, _: lift(api, CENTRE),
}
