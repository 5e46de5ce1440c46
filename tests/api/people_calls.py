"""Calls about people: who may make them (rows of the matrix), and one of each operation that succeeds.

What would change somebody for good is done to somebody new, and one's own account is closed by a double.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor, Person, Post, Role
from chalicelib.domain.reference.calendar import local_day
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import ADMIN, AUDITOR, CENTRE, COURIER, GRID, TOWNSHIP, VILLAGE

type Call = Callable[[Client, Actor | None, str], Answer]

SINCE = datetime(2023, 4, 1, tzinfo=UTC)
SOMEBODY = Post(Role.COURIER, COURIER.id)
YESTERDAY = local_day(datetime.now(UTC) - timedelta(days=1))
TRAINED: dict[str, Any] = {"trained_on": "2026-01-05", "trained_by": "讲师"}
ACTIONS = "POST /people/{person_id}/actions"


def new_person(*posts: Post, courier: bool = True) -> str:
    """The id of somebody new, who holds these posts, and is a courier."""
    from chalicelib.services.people import people

    id = f"new-{uuid4()}"
    held = (*posts, Post(Role.COURIER, id)) if courier else posts
    people.enrol(Person(id=id, name=id, phone=new_phone(), posts=held, valid_from=SINCE))
    return id


def who_left() -> str:
    """The id of somebody new who left."""
    from chalicelib.domain.people.actions import PersonAction, Wish
    from chalicelib.services.people import person_actions

    id = new_person()
    wish = Wish(action=PersonAction.LEAVE)
    person_actions.act(id, wish, version=None, key=None, by=CENTRE, now=datetime.now(UTC))
    return id


def copy_of_who_left(api: Client, by: Actor | None, _: str) -> Answer:
    """Fetch the copy of somebody new who left."""
    return api.get(f"/people/{who_left()}/data", by=by, purpose="本人书面申请")


def newcomer(**changes: Any) -> dict[str, Any]:
    """Somebody of the staff, as the admin enrols him."""
    return {"name": "值班员", "phone": new_phone(), "posts": [{"role": "village", "scope": VILLAGE}]} | changes


def new_phone() -> str:
    """A number that nobody has."""
    return f"10{uuid4().int % 10**9:09}"


def double(by: Actor | None) -> Actor | None:
    """Somebody like him, for what ends an account."""
    return replace(by, id=new_person(*by.posts, courier=False)) if by else None


def new_call(api: Client) -> str:
    """The code of a new recruitment call."""
    until = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    body = {"villages": [VILLAGE], "valid_until": until, "most": 10}
    code: str = api.post("/recruitments", body, by=ADMIN).json["id"]
    return code


def form(code: str, **changes: Any) -> dict[str, Any]:
    """What somebody writes who applies."""
    said = {"name": "申请人", "phone": new_phone(), "employer": "试点快递公司", "villages": [VILLAGE]}
    return said | {"code": code, "adult": True, "consent": 1} | changes


def new_application(api: Client) -> str:
    """The id of an application that waits."""
    body = form(new_call(api))
    api.post("/applications", body)
    waiting = pages(api, "/applications", "applications")
    return str(next(one["id"] for one in waiting if one["phone"] == body["phone"]))


def pages(api: Client, path: str, name: str) -> list[Any]:
    """Everything of a list, as the centre reads it."""
    found: list[Any] = []
    cursor = None
    while cursor or not found:
        page = api.get(path, by=CENTRE, **({"cursor": cursor} if cursor else {})).json
        found += page[name]
        if not (cursor := page["cursor"]):
            break
    return found


def act(*posts: Post, **action: Any) -> Call:
    """Do this to somebody new who holds these posts too."""
    return lambda api, by, _: api.post(f"/people/{new_person(*posts)}/actions", action, by=by)


def recruit(api: Client, by: Actor | None, _: str) -> Answer:
    """Make a recruitment call."""
    until = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    return api.post("/recruitments", {"villages": [VILLAGE], "valid_until": until, "most": 10}, by=by)


def look(path: str, **query: str) -> Call:
    """GET it."""
    return lambda api, by, _: api.get(path, by=by, **query)


VILLAGE_POST = Post(Role.VILLAGE, VILLAGE)

# The rows of the matrix that are about people, in its order.
SITUATIONS: dict[str, tuple[Call, None]] = {
    "GET /people/{person_id}": (look(f"/people/{COURIER.id}"), None),
    "GET /people by phone": (look("/people", phone="10000000001"), None),
    "GET /people by post": (look("/people", post=f"grid_member:{GRID}"), None),
    "GET /people by post of courier": (look("/people", post=SOMEBODY.key), None),
    "POST /people": (lambda api, by, _: api.post("/people", newcomer(), by=by), None),
    f"{ACTIONS} pause": (act(action="pause"), None),
    f"{ACTIONS} pause of staff": (act(VILLAGE_POST, action="pause"), None),
    f"{ACTIONS} leave": (act(action="leave"), None),
    f"{ACTIONS} change_employer": (act(action="change_employer", employer="a"), None),
    f"{ACTIONS} change_round": (act(action="change_round", villages=[VILLAGE]), None),
    f"{ACTIONS} change_phone": (
        lambda api, by, id: act(action="change_phone", phone=new_phone(), in_person=True)(api, by, id),
        None,
    ),
    f"{ACTIONS} change_phone from afar": (
        lambda api, by, id: act(action="change_phone", phone=new_phone(), in_person=False)(api, by, id),
        None,
    ),
    f"{ACTIONS} reapprove": (act(action="reapprove", in_person=True), None),
    f"{ACTIONS} training": (act(action="training", **TRAINED), None),
    f"{ACTIONS} welcome_pack": (
        act(action="welcome_pack", pack_on=YESTERDAY),
        None,
    ),
    f"{ACTIONS} grant_role": (act(action="grant_role", role="village", scope=VILLAGE), None),
    f"{ACTIONS} revoke_role": (act(VILLAGE_POST, action="revoke_role", role="village", scope=VILLAGE), None),
    f"{ACTIONS} link_identity": (act(action="link_identity", identity=None), None),
    f"{ACTIONS} erase": (
        lambda api, by, _: api.post(f"/people/{who_left()}/actions", {"action": "erase", "reason": "a"}, by=by),
        None,
    ),
    "POST /recruitments": (recruit, None),
    "GET /recruitments/{code}": (lambda api, by, _: api.get(f"/recruitments/{new_call(api)}", by=by), None),
    "POST /applications": (lambda api, by, _: api.post("/applications", form(new_call(api)), by=by), None),
    "GET /applications": (look("/applications"), None),
    "POST /applications/{application_id}/decision": (
        lambda api, by, _: api.post(
            f"/applications/{new_application(api)}/decision", {"decision": "approve", **TRAINED}, by=by
        ),
        None,
    ),
    "GET /access-log": (look("/access-log", subject=COURIER.id), None),
    "GET /me/access-log": (look("/me/access-log"), None),
    "GET /me/data": (look("/me/data"), None),
    "GET /people/{person_id}/data": (copy_of_who_left, None),
    "POST /me/erasure": (lambda api, by, _: api.send("POST", "/me/erasure", by=double(by)), None),
}

# One call of every operation that succeeds.
CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "get_person": lambda api, _: api.get(f"/people/{COURIER.id}", by=CENTRE),
    "find_people": lambda api, _: api.get("/people", by=AUDITOR, post=f"centre:{TOWNSHIP}"),
    "act_on_person": lambda api, id: act(action="pause", reason="休假")(api, CENTRE, id),
    "enrol_person": lambda api, _: api.post("/people", newcomer(), by=ADMIN, idempotency_key=str(uuid4())),
    "call_for_couriers": lambda api, id: recruit(api, ADMIN, id),
    "get_recruitment": lambda api, _: api.get(f"/recruitments/{new_call(api)}"),
    "apply_as_courier": lambda api, _: api.post("/applications", form(new_call(api), skills=["急救"])),
    "list_applications": lambda api, _: api.get("/applications", by=CENTRE, limit=1),
    "decide_application": lambda api, _: api.post(
        f"/applications/{new_application(api)}/decision", {"decision": "reject", "reason": "a"}, by=CENTRE
    ),
    "read_access_log": lambda api, _: api.get("/access-log", by=AUDITOR, actor=CENTRE.id, limit=2),
    "read_my_access_log": lambda api, _: api.get("/me/access-log", by=COURIER),
    "copy_my_data": lambda api, _: api.get("/me/data", by=COURIER),
    "copy_data_of_who_left": lambda api, id: copy_of_who_left(api, CENTRE, id),
    "close_my_account": lambda api, _: api.send("POST", "/me/erasure", by=double(COURIER)),
}
