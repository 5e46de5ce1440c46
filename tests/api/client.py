"""A client whose every answer is held to the OpenAPI document."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.people.model import Actor
from infra.local.tokens import Signer
from tests.api import conformance
from tests.api.gateway import Answer, Gateway, Request


class Client:
    """Calls as somebody (`by`), or as nobody; a test that gets another shape than promised fails."""

    def __init__(self, gateway: Gateway, signer: Signer) -> None:
        self.gateway = gateway
        self.signer = signer
        self._tokens: dict[str, str] = {}

    def get(self, path: str, *, by: Actor | None = None, **query: Any) -> Answer:
        """GET with these query parameters."""
        return self.send("GET", path, by=by, query={name: str(value) for name, value in query.items()})

    def post(self, path: str, body: Any, *, by: Actor | None = None, **headers: str) -> Answer:
        """POST a JSON body; headers as keywords, `if_match="3"`."""
        return self.send("POST", path, by=by, body=json.dumps(body), headers=_named(headers))

    def send(
        self,
        method: str,
        path: str,
        *,
        by: Actor | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: str | bytes | None = None,
    ) -> Answer:
        """Send anything at all."""
        sent = {"Content-Type": "application/json"} if body is not None else {}
        if by is not None:
            sent["Authorization"] = f"Bearer {self.token(by)}"
        request = Request(method=method, path=path, headers=sent | dict(headers or {}), query=query or {}, body=body)
        answer = self.gateway.send(request)
        conformance.check(answer, method)
        return answer

    def token(self, actor: Actor) -> str:
        """A bearer token of somebody, the same every time."""
        if actor.id not in self._tokens:
            self._tokens[actor.id] = self.signer.token(actor.id, [], datetime.now(UTC))
        return self._tokens[actor.id]


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def refused(answer: Answer, status: int, code: str, rule: str) -> dict[str, Any]:
    """The problem, which is this one and says so twice."""
    problem: dict[str, Any] = answer.json
    assert (answer.status, problem["code"], problem["rule"]) == (status, code, rule), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["title"] and problem["detail"] and problem["detail_en"] and "{" not in problem["detail"][:20]
    assert problem["type"] == f"/v1/docs#{code}"
    return problem
