"""Calls about work at volume: who may make them, and one of each operation that succeeds."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chalicelib.domain.people.model import Actor
from tests.api.act_calls import IN_HANDLING, SUBMITTED, WITH_CENTRE
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import CENTRE, TOWNSHIP

type Call = Callable[[Client, Actor | None, str], Answer]

REMARK = {"action": "comment", "text": "已收到"}


def in_bulk(**action: Any) -> Call:
    """The action on one report, as a batch of one: its result stands for the answer."""

    def call(api: Client, by: Actor | None, id: str) -> Answer:
        answer = api.post("/reports/actions", {"reports": [{"id": id}], "action": action}, by=by)
        if answer.status != 200:
            return answer
        [result] = answer.json["results"]
        return replace(answer, status=result["problem"]["status"]) if result["problem"] else answer

    return call


INBOX = {"name": "今天到期", "list": "inbox", "criteria": {"due_within_hours": 8}}


def send(api: Client, method: str, path: str, by: Actor | None, body: dict[str, Any] | None = None) -> Answer:
    """A JSON body, or none."""
    return api.send(method, path, by=by, body=None if body is None else json.dumps(body))


def saved(api: Client, by: Actor = CENTRE, **fields: Any) -> str:
    """The id of a new filter; the ones before are thrown away, for a drawer gets full."""
    for one in api.get("/filters", by=by).json["filters"]:
        api.send("DELETE", f"/filters/{one['id']}", by=by)
    return str(api.post("/filters", INBOX | fields, by=by).json["id"])


def of_centre(method: str, body: dict[str, Any] | None = None) -> Call:
    """A filter that the centre shares among its own."""
    return lambda api, by, _: send(api, method, f"/filters/{saved(api, post=POST)}", by, body)


POST = f"centre:{TOWNSHIP}"
BULK, RESPONSES = "POST /reports/actions", "GET /reports/{report_id}/responses"

# The rows of the matrix, in its order.
SITUATIONS: dict[str, tuple[Call, dict[str, Any] | None]] = {
    f"{BULK} verify": (in_bulk(action="verify", basis="on_site"), SUBMITTED),
    f"{BULK} dispatch": (in_bulk(action="dispatch", department="D04"), WITH_CENTRE),
    f"{BULK} comment": (in_bulk(**REMARK), WITH_CENTRE),
    RESPONSES: (lambda api, by, id: api.get(f"/reports/{id}/responses", by=by, action="resolve"), IN_HANDLING),
    "GET /reports/inbox/counts": (lambda api, by, _: api.get("/reports/inbox/counts", by=by), None),
    "GET /filters": (lambda api, by, _: api.get("/filters", by=by), None),
    "POST /filters": (lambda api, by, _: api.post("/filters", INBOX, by=by), None),
    "POST /filters of the centre": (lambda api, by, _: api.post("/filters", INBOX | {"post": POST}, by=by), None),
    "GET /filters/{filter_id} of the centre": (of_centre("GET"), None),
    "PUT /filters/{filter_id} of the centre": (of_centre("PUT", INBOX), None),
    "DELETE /filters/{filter_id} of the centre": (of_centre("DELETE"), None),
}

# One call of every operation that succeeds.
CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "act_on_reports": lambda api, id: api.post(
        "/reports/actions",
        {"items": [{"report": id, "action": REMARK}, {"report": "none", "action": REMARK}]},
        by=CENTRE,
    ),
    "list_responses": lambda api, id: api.get(f"/reports/{id}/responses", by=CENTRE, action="comment"),
    "count_my_inbox": lambda api, _: api.get("/reports/inbox/counts", by=CENTRE, post=POST),
    "list_filters": lambda api, _: api.get("/filters", by=CENTRE),
    "save_filter": lambda api, _: api.post("/filters", INBOX, by=CENTRE, idempotency_key="filter"),
    "get_filter": lambda api, _: api.get(f"/filters/{saved(api)}", by=CENTRE),
    "change_filter": lambda api, _: send(api, "PUT", f"/filters/{saved(api)}", CENTRE, INBOX),
    "remove_filter": lambda api, _: api.send("DELETE", f"/filters/{saved(api)}", by=CENTRE),
}
