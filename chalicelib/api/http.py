"""The HTTP edge: a view says in its signature what it takes and gives; everything else about HTTP happens here.

    @api.route("/reports/{report_id}/actions", methods=["POST"])
    def act(ask: Ask, report_id: str, body: AnyAction) -> Card: ...

`ask` is who asks and when, `visit` the same of somebody not signed in, `body` is decoded from JSON, `query` from the
query string, the rest are path parameters. Views return Structs and may raise domain errors; these become problem+json
(RFC 9457) in one place.
"""

import inspect
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from typing import Any

import msgspec
from chalice.app import Blueprint, Request, Response

from chalicelib.api.problems import as_problem, internal_error
from chalicelib.domain.errors import DomainError, Invalid, NotFound, TooLarge, UnsupportedMediaType
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Post

log = logging.getLogger(__name__)

LARGEST_BODY = 256 * 1024
LONGEST_KEY = 128
LONGEST_ID = 200
JSON = "application/json"
ETAG = re.compile(r'(?:W/)?"?(-?[0-9]{1,100})"?')


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Who asks, when, under which idempotency key, which version he read, and in which session, if in one."""

    actor: Actor
    now: datetime
    key: Key | None
    version: int | None
    session_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody who is not signed in: from which address, and when."""

    address: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a route takes and answers: read from its view's signature, and what the OpenAPI document is made of."""

    path: str
    method: str
    status: int
    result: str
    view: Callable[..., Any]
    asks: bool
    visits: bool
    body: Any
    query: Any
    answer: Any
    public: bool
    body_types: tuple[str, ...]
    answer_type: str

    @property
    def name(self) -> str:
        """The operation's id."""
        return self.view.__name__


OPERATIONS: list[Operation] = []


class Api(Blueprint):
    """A Blueprint whose views take what their signature names, return Structs, and may raise domain errors."""

    def route(  # type: ignore[override]  # narrower on purpose: one view, one method
        self,
        path: str,
        *,
        methods: list[str],
        status: int = 200,
        result: str = "",
        body_types: tuple[str, ...] = (JSON,),
        answer_type: str = JSON,
        **kwargs: Any,
    ) -> Callable[..., Any]:
        """Register one view for one method of one path. One that answers other than JSON returns a Response.

        `result`: where what it makes is read, with `{id}` for its id, if that is not below the path itself.
        """
        register = super().route(path, methods=methods, content_types=["*/*"], **kwargs)
        public = "authorizer" not in kwargs

        def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
            place = result or f"{path}/{{id}}"
            route = {"path": path, "method": methods[0], "status": status, "result": place, "public": public}
            operation = _operation(view=view, body_types=body_types, answer_type=answer_type, **route)
            OPERATIONS.append(operation)
            register(self._endpoint(operation))
            return view

        return wrap

    def _endpoint(self, operation: Operation) -> Callable[..., Response]:
        @wraps(operation.view)
        def endpoint(**params: str) -> Response:
            return respond(operation, self.current_request, params)

        return endpoint


def _operation(*, view: Callable[..., Any], **route: Any) -> Operation:
    hints = inspect.get_annotations(view, eval_str=True)
    return Operation(
        view=view,
        asks="ask" in hints,
        visits="visit" in hints,
        body=hints.get("body"),
        query=hints.get("query"),
        answer=hints["return"],
        **route,
    )


def respond(operation: Operation, request: Request, params: dict[str, str]) -> Response:
    """Run the view and shape its answer or refusal."""
    language = request.headers.get("accept-language", "")
    try:
        arguments = _arguments(operation, request)
        return _answer(operation, operation.view(**_parameters(params), **arguments))
    except DomainError as error:
        return as_problem(error, language=language)
    except Exception:  # a bug: the caller gets the same shape as for a refusal, the log and the alarm the rest
        log.exception("%s %s failed", operation.method, operation.path)
        return internal_error()


def _arguments(operation: Operation, request: Request) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    if operation.asks:
        arguments["ask"] = _ask(request)
    if operation.visits:
        arguments["visit"] = Visit(address=request.context["identity"]["sourceIp"], now=datetime.now(UTC))
    if operation.body is not None:
        arguments["body"] = _body(operation, request)
    if operation.query is not None:
        arguments["query"] = _decoded(msgspec.convert, dict(request.query_params or {}), operation.query, strict=False)
    return arguments


def _parameters(params: dict[str, str]) -> dict[str, str]:
    """Path parameters. No id of ours looks like what the store would choke on."""
    if any(len(value) > LONGEST_ID or not value.isprintable() for value in params.values()):
        raise NotFound("no_such_id")
    return params


def _body(operation: Operation, request: Request) -> Any:
    sent = request.headers.get("content-type", JSON).partition(";")[0].strip().lower()
    if sent not in operation.body_types:
        raise UnsupportedMediaType("media_type", sent=sent[:80], expected=", ".join(operation.body_types))
    raw = _raw(request)
    if operation.body is bytes:
        return raw
    if len(raw) > LARGEST_BODY:
        raise TooLarge("body_too_large", most=LARGEST_BODY)
    return _decoded(msgspec.json.decode, raw, type=operation.body)


def _raw(request: Request) -> bytes:
    try:
        body = request.raw_body
        return body.encode() if isinstance(body, str) else body
    except UnicodeError as error:  # half of a surrogate pair
        raise Invalid("malformed", reason="not UTF-8") from error


def _decoded(decode: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return decode(*args, **kwargs)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Invalid("malformed", reason=str(error)) from error


def _ask(request: Request) -> Ask:
    claims = request.context.get("authorizer") or {}
    actor, session_id = _actor(claims), claims.get("session", "")
    key, version = _key(request, actor), _version(request)
    return Ask(actor=actor, now=datetime.now(UTC), key=key, version=version, session_id=session_id)


def _actor(claims: dict[str, str]) -> Actor:
    posts = tuple(Post.of(key) for key in claims.get("posts", "").split())
    return Actor(id=claims["principalId"], posts=posts)


def _key(request: Request, actor: Actor) -> Key | None:
    """The caller's Idempotency-Key with a digest of everything that makes the request what it is."""
    sent = request.headers.get("idempotency-key")
    if sent is None:
        return None
    if not 1 <= len(sent) <= LONGEST_KEY or not sent.isprintable():
        raise Invalid("idempotency_key_malformed", longest=LONGEST_KEY)
    # Chalice's `request.path` is the route ("/reports/{report_id}"); which report it is, the parameters say.
    route = (request.method, request.path, sorted((request.uri_params or {}).items()), request.headers.get("if-match"))
    return Key(caller_id=actor.id, key=sent, fingerprint=sha256(repr(route).encode() + _raw(request)).hexdigest())


def _version(request: Request) -> int | None:
    """The version the caller read, from If-Match (RFC 9110 §13.1.1); `*` and no header mean any."""
    sent = request.headers.get("if-match", "*").strip()
    if sent == "*":
        return None
    if not (tag := ETAG.fullmatch(sent)):
        raise Invalid("if_match_malformed")
    return int(tag[1])


def _answer(operation: Operation, result: Any) -> Response:
    if isinstance(result, Response):
        return result
    headers: dict[str, str | list[str]] = {"Content-Type": JSON, "Cache-Control": "no-store"}
    if (version := getattr(result, "version", None)) is not None:
        headers["ETag"] = f'"{version}"'
    if operation.status == 201:
        headers["Location"] = "/v1" + operation.result.format(id=result.id)
    return Response(msgspec.json.encode(result).decode(), headers=headers, status_code=operation.status)
