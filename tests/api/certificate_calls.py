"""Calls about visits as they are seen, and certificates of them: who may make them, and one that succeeds of each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from chalicelib.domain.care.looking import Seen
from chalicelib.domain.care.terms import Service, VisitState
from chalicelib.domain.people.model import Actor
from tests.api.beneficiary_calls import unhurried
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import CENTRE, COURIER, TOWNSHIP, VILLAGE, VILLAGER

type Call = Callable[[Client, Actor | None, str], Answer]


def visit(**changes: Any) -> Seen:
    """A visit that a courier has made."""
    now = datetime.now(UTC)
    made = Seen(
        id=f"{uuid4()}.20261123",
        beneficiary_id="b1",
        township=TOWNSHIP,
        village=VILLAGE,
        service=Service.MEAL,
        start=now - timedelta(hours=9),
        end=now - timedelta(hours=8),
        state=VisitState.DONE,
        courier_id=COURIER.id,
        closed_at=now - timedelta(hours=8),
    )
    return replace(made, **changes)


def with_visit[T](made: Seen, do: Callable[[], T]) -> T:
    """While that visit is there."""
    from chalicelib.services.care import visited

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(visited, "get", lambda id: made)
        return do()


def certify(api: Client, by: Actor | None = COURIER) -> Answer:
    made = visit()
    return with_visit(made, lambda: api.post("/certificates", {"deed": f"visit:{made.id}"}, by=by))


def certified(api: Client) -> dict[str, Any]:
    unhurried()
    found: dict[str, Any] = certify(api).json
    return found


def see_visit(api: Client, by: Actor | None, _: str = "") -> Answer:
    made = visit()
    return with_visit(made, lambda: api.get(f"/visits/{made.id}/sight", by=by))


def verify(suffix: str) -> Call:
    return lambda api, by, _: api.get(f"{certified(api)['path'].removeprefix('/v1')}{suffix}", by=by)


def of_certificate(path: str = "") -> Call:
    return lambda api, by, _: api.get(f"/certificates/{certified(api)['id']}{path}", by=by)


def revoke(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/certificates/{certified(api)['id']}/revocation", {"reason": "冒名"}, by=by)


SITUATIONS: dict[str, tuple[Call, None]] = {
    "GET /visits/{visit_id}/sight": (see_visit, None),
    "POST /certificates": (lambda api, by, _: certify(api, by), None),
    "GET /certificates": (lambda api, by, _: api.get("/certificates", by=by), None),
    "GET /certificates/{certificate_id}": (of_certificate(), None),
    "GET /certificates/{certificate_id}/qr": (of_certificate("/qr"), None),
    "POST /certificates/{certificate_id}/revocation": (revoke, None),
    "GET /c/{token}": (verify(""), None),
    "GET /c/{token}/data": (verify("/data"), None),
}

CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "see_visit": lambda api, _: see_visit(api, VILLAGER),
    "ask_certificate": lambda api, _: certify(api),
    "list_my_certificates": lambda api, _: (certified(api), api.get("/certificates", by=COURIER))[1],
    "get_certificate": lambda api, id: of_certificate()(api, COURIER, id),
    "show_certificate_qr": lambda api, id: of_certificate("/qr")(api, COURIER, id),
    "revoke_certificate": lambda api, id: revoke(api, CENTRE, id),
    "show_certificate_page": lambda api, id: verify("")(api, None, id),
    "verify_certificate": lambda api, id: verify("/data")(api, None, id),
}
