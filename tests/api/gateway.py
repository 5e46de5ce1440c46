"""API Gateway as far as these tests need it: finds the route, asks the authorizer, calls the app as Lambda would."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from chalice.app import CaseInsensitiveMapping, Chalice

from infra.fragments import load

ARN = "arn:aws:execute-api:us-east-1:000000000000:api/v1/{method}{path}"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a client sends. A `body` of bytes that are no UTF-8 reaches Lambda in base64, like any binary body."""

    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: str | bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What comes back, and the `route` that answered; None where API Gateway itself did."""

    status: int
    headers: Mapping[str, str]
    text: str
    route: str | None = None

    @property
    def json(self) -> Any:
        """The body, which is JSON."""
        return json.loads(self.text)


class Gateway:
    """Holds the app as deployed, and the policies that its authorizer gave."""

    def __init__(self, app: Chalice) -> None:
        self.app = app
        self._decided: dict[str, dict[str, Any]] = {}

    def send(self, request: Request) -> Answer:
        """One request, answered by the app or, as on AWS, before it."""
        found = self._route(request)
        if found is None:
            return _own_answer("MISSING_AUTHENTICATION_TOKEN")
        route, params = found
        authorizer = None
        if self.app.routes[route][request.method].authorizer:
            authorizer = self._authorized(request)
            if authorizer is None:
                return _own_answer("UNAUTHORIZED")
        return self._invoke(request, route, params, authorizer)

    def _route(self, request: Request) -> tuple[str, dict[str, str]] | None:
        """The route with the fewest parameters wins, as on API Gateway."""
        for route in sorted(self.app.routes, key=lambda route: route.count("{")):
            matched = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", route), request.path, re.DOTALL)
            if matched and request.method in self.app.routes[route]:
                return route, matched.groupdict()
        return None

    def _authorized(self, request: Request) -> dict[str, Any] | None:
        """The context that the authorizer gives the caller; None where it lets him nowhere."""
        token = request.headers.get("Authorization")
        if not token:
            return None
        if token not in self._decided:
            arn = ARN.format(method=request.method, path=request.path)
            event = {"type": "TOKEN", "authorizationToken": token, "methodArn": arn}
            self._decided[token] = _authorizer()(event, None)
        decision = self._decided[token]
        allowed = decision["policyDocument"]["Statement"][0]["Resource"]
        return {"principalId": decision["principalId"], **decision["context"]} if allowed else None

    def _invoke(
        self, request: Request, route: str, params: dict[str, str], authorizer: dict[str, Any] | None
    ) -> Answer:
        body, encoded = _as_text(request.body)
        event = {
            "resource": route,
            "path": request.path,
            "httpMethod": request.method,
            "headers": dict(request.headers),
            "multiValueQueryStringParameters": {name: [value] for name, value in request.query.items()} or None,
            "pathParameters": params or None,
            "stageVariables": None,
            "requestContext": {
                "resourcePath": route,
                "httpMethod": request.method,
                "authorizer": authorizer,
                "identity": {"sourceIp": "203.0.113.7"},
            },
            "body": body,
            "isBase64Encoded": encoded,
        }
        answer = self.app(event, None)
        headers = CaseInsensitiveMapping(answer["headers"])
        return Answer(status=answer["statusCode"], headers=headers, text=answer["body"], route=route)


def _authorizer() -> Any:
    from chalicelib.api.auth import authorize

    return authorize


def _as_text(body: str | bytes | None) -> tuple[str | None, bool]:
    if body is None or isinstance(body, str):
        return body, False
    try:
        return body.decode(), False
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), True


@cache
def own_answers() -> dict[str, dict[str, Any]]:
    """What API Gateway says by itself, as `infra/api.yaml` has it."""
    answers: dict[str, dict[str, Any]] = load("api")["Resources"]["RestAPI"]["Properties"]["GatewayResponses"]
    return answers


def _own_answer(name: str) -> Answer:
    own = own_answers()[name]
    headers = {key: value.strip("'") for key, value in own["ResponseParameters"]["Headers"].items()}
    text = own["ResponseTemplates"]["application/json"]
    return Answer(status=int(own["StatusCode"]), headers=CaseInsensitiveMapping(headers), text=text)
