"""Calls about volunteering: who may make them (rows of the matrix), and one of each that succeeds."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from chalicelib.domain.people.model import Actor
from chalicelib.domain.volunteering.terms import Direction, SignUpState
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.api.slot_scenes import (
    HOUR,
    SQUARE,
    body,
    confirmed,
    disputed,
    mediation,
    open_to_all,
    put,
    rider,
    running,
    signed,
    slot,
    terms,
    word,
)
from tests.builders import CENTRE, GRID_MEMBER, VILLAGE, VILLAGER

type Call = Callable[[Client, Actor | None, str], Answer]


def change(api: Client, by: Actor | None, _: str = "") -> Answer:
    later = json.dumps(terms(ahead=50 * HOUR)).encode()
    return api.send("PUT", f"/slots/{slot(api)}", by=by, body=later, headers={"If-Match": "1"})


def scan(api: Client, by: Actor | None, _: str = "") -> Answer:
    id, who = running(api)
    return api.post(f"/slots/{id}/scans", {"token": word(id, Direction.IN), "location": SQUARE}, by=by or who)


def passing(api: Client) -> Answer:
    id, who = running(api, route=[{"name": "东门", "point": SQUARE}])
    put(id, who)
    stop = {"number": 1, "location": SQUARE}
    assert api.post(f"/slots/{id}/scans", {"token": word(id, Direction.IN), "location": SQUARE}, by=who).status == 200
    return api.post(f"/slots/{id}/check-points", stop, by=who)


def confirm(api: Client, by: Actor | None, _: str = "") -> Answer:
    id, who = signed(api)
    put(id, who, state=SignUpState.CHECKED_OUT)
    return api.post(f"/slots/{id}/sign-ups/{who.id}/confirmation", {"minutes": 60, "reason": "手机没电"}, by=by)


def settle(api: Client, by: Actor | None, _: str = "") -> Answer:
    id, who = disputed(api)
    return api.post(f"/slots/{id}/sign-ups/{who.id}/settlement", {"minutes": 90, "reason": "看了签到表"}, by=by)


def end(api: Client, by: Actor | None, _: str = "") -> Answer:
    from chalicelib.services.volunteering import mediation as use_case

    id, _who = mediation(api)
    with pytest.MonkeyPatch.context() as patch:
        real = use_case.end

        def later(*args: Any, now: datetime, **kwargs: Any) -> Any:
            return real(*args, now=now + 49 * HOUR, **kwargs)

        patch.setattr(use_case, "end", later)
        return api.post(f"/slots/{id}/outcome", {"outcome": "settled", "minutes": 60}, by=by)


def on(path: str, made: Callable[[Client], Any] = slot) -> Call:
    """A GET of something about a new slot."""

    def call(api: Client, by: Actor | None, _: str) -> Answer:
        found = made(api)
        return api.get(path.format(id=found if isinstance(found, str) else found[0]), by=by)

    return call


def post(path: str, sent: dict[str, Any] | None, made: Callable[[Client], Any] = slot) -> Call:
    """A POST to something about a new slot."""

    def call(api: Client, by: Actor | None, _: str) -> Answer:
        found = made(api)
        return api.post(path.format(id=found if isinstance(found, str) else found[0]), sent, by=by)

    return call


def _code(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get(f"/slots/{running(api)[0]}/code", by=by, direction="in")


def _call(api: Client, by: Actor | None, _: str = "") -> Answer:
    made = api.post("/volunteering/calls", body(), by=VILLAGER).json["id"]
    return api.get(f"/volunteering/calls/{made}", by=by)


SITUATIONS: dict[str, tuple[Call, dict[str, Any] | None]] = {
    "POST /volunteering/calls": (lambda api, by, _: api.post("/volunteering/calls", body(), by=by), None),
    "GET /volunteering/calls/{call_id}": (_call, None),
    "GET /slots": (lambda api, by, _: api.get("/slots", by=by, village=VILLAGE), None),
    "GET /slots/{slot_id}": (on("/slots/{id}"), None),
    "GET /slots/{slot_id} mediation": (on("/slots/{id}", mediation), None),
    "PUT /slots/{slot_id}": (change, None),
    "POST /slots/{slot_id}/cancellation": (post("/slots/{id}/cancellation", {"reason": "台风"}), None),
    "GET /slots/{slot_id}/code": (_code, None),
    "GET /slots/{slot_id}/sign-ups": (on("/slots/{id}/sign-ups", signed), None),
    "POST /slots/{slot_id}/sign-up": (post("/slots/{id}/sign-up", None, open_to_all), None),
    "POST /slots/{slot_id}/withdrawal": (post("/slots/{id}/withdrawal", {}), None),
    "POST /slots/{slot_id}/scans": (lambda api, by, _: _scan_of(api, by), None),
    "POST /slots/{slot_id}/check-points": (post("/slots/{id}/check-points", {"number": 1, "reason": "x"}), None),
    "POST /slots/{slot_id}/dispute": (post("/slots/{id}/dispute", {"reason": "x"}), None),
    "GET /me/slots": (lambda api, by, _: api.get("/me/slots", by=by), None),
    "GET /me/hours/{period}": (lambda api, by, _: api.get("/me/hours/all", by=by), None),
    "POST /me/hours/{period}/file": (lambda api, by, _: api.post("/me/hours/2026-01/file", {}, by=by), None),
    "GET /me/hours/{period}/file of one's own": (lambda api, by, _: api.get("/me/hours/2025-01/file", by=by), None),
    "POST /slots/{slot_id}/sign-ups/{person_id}/confirmation": (confirm, None),
    "POST /slots/{slot_id}/sign-ups/{person_id}/settlement": (settle, None),
    "GET /volunteering/to-confirm": (lambda api, by, _: _to_confirm(api, by), None),
    "GET /volunteering/disputes": (lambda api, by, _: api.get("/volunteering/disputes", by=by), None),
    "GET /me/mediations": (lambda api, by, _: api.get("/me/mediations", by=by), None),
    "POST /slots/{slot_id}/notes": (post("/slots/{id}/notes", {"text": "愿意谈"}, mediation), None),
    "GET /slots/{slot_id}/notes": (on("/slots/{id}/notes", mediation), None),
    "POST /slots/{slot_id}/outcome": (end, None),
}


def _to_confirm(api: Client, by: Actor | None) -> Answer:
    return api.get("/volunteering/to-confirm", by=by, village=VILLAGE)


def _scan_of(api: Client, by: Actor | None) -> Answer:
    id = slot(api)
    return api.post(f"/slots/{id}/scans", {"token": word(id, Direction.IN), "location": SQUARE}, by=by)


def _leave(api: Client) -> Answer:
    id, who = signed(api)
    return api.post(f"/slots/{id}/withdrawal", {"reason": "有事"}, by=who)


def _dispute(api: Client) -> Answer:
    id, who = confirmed(api)
    return api.post(f"/slots/{id}/dispute", {"reason": "少算了"}, by=who)


def _hours(api: Client) -> Answer:
    _, who = confirmed(api)
    return api.get("/me/hours/all", by=who)


def _file(api: Client) -> Answer:
    """Of a statement that was asked for, and is noted as written."""
    from chalicelib.store.points import statements

    who = rider()
    api.post("/me/hours/2026-Q1/file", {}, by=who)
    file = statements.get(who.id, "hours-2026-Q1")
    assert file
    statements.written(file, at=datetime.now(UTC))
    return api.get("/me/hours/2026-Q1/file", by=who)


def _mine(api: Client) -> Answer:
    _, who = signed(api)
    return api.get("/me/slots", by=who)


def _noted(api: Client) -> Answer:
    id, who = mediation(api)
    api.post(f"/slots/{id}/notes", {"text": "愿意谈"}, by=who)
    return api.get(f"/slots/{id}/notes", by=VILLAGER)


CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "make_call": lambda api, _: api.post("/volunteering/calls", body(), by=CENTRE, idempotency_key=str(uuid4())),
    "get_call": lambda api, _: _call(api, CENTRE),
    "list_slots": lambda api, _: (slot(api), api.get("/slots", by=rider(), limit=1, crs="gcj02"))[1],
    "get_slot": lambda api, id: on("/slots/{id}")(api, VILLAGER, id),
    "change_slot": lambda api, _: change(api, VILLAGER),
    "call_off_slot": lambda api, id: post("/slots/{id}/cancellation", {"reason": "台风"})(api, VILLAGER, id),
    "show_slot_code": lambda api, _: _code(api, GRID_MEMBER),
    "list_slot_sign_ups": lambda api, id: on("/slots/{id}/sign-ups", signed)(api, VILLAGER, id),
    "sign_up": lambda api, _: api.post(f"/slots/{slot(api)}/sign-up", None, by=rider()),
    "leave_slot": lambda api, _: _leave(api),
    "scan_slot_code": lambda api, _: scan(api, None),
    "pass_check_point": lambda api, _: passing(api),
    "dispute_hours": lambda api, _: _dispute(api),
    "list_my_slots": lambda api, _: _mine(api),
    "get_my_hours": lambda api, _: _hours(api),
    "ask_hours_file": lambda api, _: api.post("/me/hours/2026-01/file", {}, by=rider()),
    "get_hours_file": lambda api, _: _file(api),
    "confirm_hours": lambda api, _: confirm(api, VILLAGER),
    "settle_hours": lambda api, _: settle(api, CENTRE),
    "list_hours_to_confirm": lambda api, _: api.get("/volunteering/to-confirm", by=GRID_MEMBER, village=VILLAGE),
    "list_hours_disputes": lambda api, _: (disputed(api), api.get("/volunteering/disputes", by=CENTRE))[1],
    "list_my_mediations": lambda api, _: (mediation(api), api.get("/me/mediations", by=VILLAGER))[1],
    "write_mediation_note": lambda api, id: post("/slots/{id}/notes", {"text": "愿意谈"}, mediation)(api, VILLAGER, id),
    "list_mediation_notes": lambda api, _: _noted(api),
    "end_mediation": lambda api, _: end(api, VILLAGER),
}
