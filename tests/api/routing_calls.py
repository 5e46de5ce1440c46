"""Calls about the routing: who may make them, and one of each operation that succeeds."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.people.model import Actor
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import ADMIN
from tests.conftest import DATA

type Call = Callable[[Client, Actor | None, str], Answer]

CSV = {"Content-Type": "text/csv; charset=utf-8"}
SHIPPED = (DATA / "routing.csv").read_bytes()
DRAFT, TRIAL, PUBLICATION = "/routing/draft", "/routing/draft/trial", "/routing/draft/publication"


def save(api: Client, by: Actor | None = ADMIN, body: bytes = SHIPPED, if_match: str = "*") -> Answer:
    """PUT a draft."""
    return api.send("PUT", DRAFT, by=by, body=body, headers=CSV | {"If-Match": if_match})


def discard(api: Client, by: Actor | None = ADMIN) -> Answer:
    return api.send("DELETE", DRAFT, by=by)


def on_a_draft(call: Callable[[Client, Actor | None], Answer]) -> Call:
    """The call, where there is a draft; there is none afterwards."""

    def do(api: Client, by: Actor | None, _: str) -> Answer:
        from chalicelib.services.reference import routing

        now = datetime.now(UTC)
        routing.save(SHIPPED, version=None, by=ADMIN, now=now)
        answer = call(api, by)
        routing.discard(version=None, by=ADMIN, now=now)
        return answer

    return do


SITUATIONS: dict[str, tuple[Call, dict[str, Any] | None]] = {
    f"GET {DRAFT}": (on_a_draft(lambda api, by: api.get(DRAFT, by=by)), None),
    f"PUT {DRAFT}": (on_a_draft(save), None),
    f"DELETE {DRAFT}": (on_a_draft(discard), None),
    f"POST {TRIAL}": (on_a_draft(lambda api, by: api.post(TRIAL, {"days": 7}, by=by)), None),
    f"POST {PUBLICATION}": (on_a_draft(lambda api, by: api.post(PUBLICATION, {}, by=by)), None),
}


def succeeds(situation: str) -> Callable[[Client, str], Answer]:
    return lambda api, id: SITUATIONS[situation][0](api, ADMIN, id)


CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "get_routing_draft": succeeds(f"GET {DRAFT}"),
    "save_routing_draft": succeeds(f"PUT {DRAFT}"),
    "discard_routing_draft": succeeds(f"DELETE {DRAFT}"),
    "try_routing_draft": succeeds(f"POST {TRIAL}"),
    "publish_routing_draft": succeeds(f"POST {PUBLICATION}"),
}
