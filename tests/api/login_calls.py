"""Calls about signing in and out: who may make them, and one of each operation that succeeds."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor, Person, Post, Role
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.api.people_calls import SINCE, double, new_phone
from tests.builders import COURIER, TOWNSHIP
from tests.desk import DEVICE

type Call = Callable[[Client, Actor | None, str], Answer]

WRONG = {"code": "000000", "device": DEVICE}


def new_member() -> str:
    """The phone of somebody of the centre who may sign in."""
    from chalicelib.services.people import people

    id, phone = f"new-{uuid4()}", new_phone()
    posts = (Post(Role.CENTRE, TOWNSHIP),)
    people.enrol(Person(id=id, name=id, phone=phone, posts=posts, valid_from=SINCE, approved_at=datetime.now(UTC)))
    return phone


def new_code(phone: str) -> str:
    """A code that this phone was sent."""
    from chalicelib.domain.login.codes import Request, code_of
    from chalicelib.gateways import signing
    from chalicelib.services.login import login

    request = Request(id=uuid4().hex, phone=phone, at=datetime.now(UTC))
    login.send(request, now=request.at)
    return code_of(request, signing.pepper())


def sign_in(api: Client, phone: str | None = None) -> Answer:
    """Somebody signs in, somebody new by default."""
    phone = phone or new_member()
    body = {"phone": phone, "code": new_code(phone), "device": DEVICE, "device_name": "手机"}
    return api.post("/login", body)


def bearer(tokens: dict[str, Any]) -> dict[str, str]:
    """What goes with a request of this session."""
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def in_session(method: str, path: str) -> Callable[[Client, str], Answer]:
    """A call in a new session."""

    def call(api: Client, _: str) -> Answer:
        tokens = sign_in(api).json
        return api.send(method, path.format(session=tokens["session_id"]), headers=bearer(tokens))

    return call


def renew(api: Client) -> Answer:
    """A new session is renewed."""
    return api.post("/login/refresh", {"refresh_token": sign_in(api).json["refresh_token"], "device": DEVICE})


def public(path: str, **body: str) -> Call:
    """A call that needs no token, about a phone that nobody has asked for yet."""

    def call(api: Client, by: Actor | None, _: str) -> Answer:
        phone = {} if path.endswith("refresh") else {"phone": new_phone()}
        return api.post(path, phone | body, by=by)

    return call


SITUATIONS: dict[str, tuple[Call, None]] = {
    "POST /login/codes": (public("/login/codes"), None),
    "POST /login": (public("/login", **WRONG), None),
    "POST /login/refresh": (public("/login/refresh", refresh_token="a.b.c.d", device=DEVICE), None),
    "POST /logout": (lambda api, by, _: api.send("POST", "/logout", by=by), None),
    "POST /logout/everywhere": (lambda api, by, _: api.send("POST", "/logout/everywhere", by=double(by)), None),
    "GET /me/sessions": (lambda api, by, _: api.get("/me/sessions", by=by), None),
    "DELETE /me/sessions/{session_id}": (lambda api, by, _: api.send("DELETE", "/me/sessions/s1", by=by), None),
}

CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "ask_for_code": lambda api, _: api.post("/login/codes", {"phone": new_phone()}),
    "sign_in": lambda api, _: sign_in(api),
    "renew_tokens": lambda api, _: renew(api),
    "sign_out": lambda api, _: api.send("POST", "/logout", by=COURIER),
    "sign_out_everywhere": in_session("POST", "/logout/everywhere"),
    "list_sessions": in_session("GET", "/me/sessions"),
    "end_session": in_session("DELETE", "/me/sessions/{session}"),
}
