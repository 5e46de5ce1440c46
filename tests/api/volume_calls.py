"""Calls about work at volume: who may make them, and one of each operation that succeeds."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chalicelib.domain.people.model import Actor
from tests.api.act_calls import IN_HANDLING, SUBMITTED, WITH_CENTRE
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import CENTRE

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


BULK, RESPONSES = "POST /reports/actions", "GET /reports/{report_id}/responses"

# The rows of the matrix, in its order.
SITUATIONS: dict[str, tuple[Call, dict[str, Any] | None]] = {
    f"{BULK} verify": (in_bulk(action="verify", basis="on_site"), SUBMITTED),
    f"{BULK} dispatch": (in_bulk(action="dispatch", department="D04"), WITH_CENTRE),
    f"{BULK} comment": (in_bulk(**REMARK), WITH_CENTRE),
    RESPONSES: (lambda api, by, id: api.get(f"/reports/{id}/responses", by=by, action="resolve"), IN_HANDLING),
}

# One call of every operation that succeeds.
CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "act_on_reports": lambda api, id: api.post(
        "/reports/actions",
        {"items": [{"report": id, "action": REMARK}, {"report": "none", "action": REMARK}]},
        by=CENTRE,
    ),
    "list_responses": lambda api, id: api.get(f"/reports/{id}/responses", by=CENTRE, action="comment"),
}
