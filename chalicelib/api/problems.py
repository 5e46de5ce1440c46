"""Refusals as problem details (RFC 9457): the class is the `code`, the rule names what refused, zh first, then en."""

from enum import Enum

import msgspec
from chalice.app import Response

from chalicelib.api.sentences import labels, refusals
from chalicelib.domain.errors import (
    Busy,
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    KeyReused,
    NotFound,
    StaleVersion,
    TooLarge,
    TooManyRequests,
    Unauthenticated,
    UnsupportedMediaType,
)

# The first class that fits decides.
STATUS: dict[type[DomainError], int] = {
    TooLarge: 413,
    Invalid: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    StaleVersion: 412,
    Conflict: 409,
    UnsupportedMediaType: 415,
    KeyReused: 422,
    TooManyRequests: 429,
    Busy: 503,
}
RETRY_AFTER = {TooManyRequests: "600", Busy: "1"}  # seconds, where the refusal does not know better (`wait`)
LONGEST_DETAIL = 500


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal. `code` is stable; `rule` names the rule that refused; `facts` are what its sentence speaks of."""

    type: str
    title: str
    status: int
    code: str
    rule: str
    detail: str
    detail_en: str
    facts: dict[str, str | int | float | None]


def code_of(error: DomainError) -> type[DomainError]:
    """The public class of an error: its own, or the nearest that `domain.errors` draws."""
    return next(kind for kind in type(error).__mro__ if kind.__module__ == DomainError.__module__)


def as_problem(error: DomainError, *, language: str = "") -> Response:
    """The refusal as an HTTP answer; `title` in the language asked for, Chinese unless English is preferred."""
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    code = code_of(error).__name__
    zh, en = refusals()[error.rule]
    facts = {name: _plain(value) for name, value in error.facts.items()}
    titles = refusals()[code]
    problem = Problem(
        type=f"/v1/docs#{code}",
        title=titles[1] if language.lower().startswith("en") else titles[0],
        status=status,
        code=code,
        rule=error.rule,
        detail=zh.format(**facts | _named(error.facts))[:LONGEST_DETAIL],
        detail_en=en.format(**facts)[:LONGEST_DETAIL],
        facts=facts,
    )
    retry = next((facts.get("wait", wait) for kind, wait in RETRY_AFTER.items() if isinstance(error, kind)), None)
    return _response(problem, {"Retry-After": str(retry)} if retry else {})


def internal_error() -> Response:
    """The answer to a bug: nothing about it leaves the house."""
    zh, en = refusals()["internal_error"]
    return _response(
        Problem(
            type="/v1/docs#InternalError",
            title=refusals()["InternalError"][0],
            status=500,
            code="InternalError",
            rule="internal_error",
            detail=zh,
            detail_en=en,
            facts={},
        ),
        {},
    )


def _named(facts: dict[str, object]) -> dict[str, str]:
    """What the words among the facts are called in Chinese: a status, an action, a role."""
    keys = {name: f"{type(value).__name__.lower()}.{value}" for name, value in facts.items() if isinstance(value, Enum)}
    return {name: labels()[key][0] for name, key in keys.items() if key in labels()}


def _plain(value: object) -> str | int | float | None:
    if value is None or isinstance(value, int | float):
        return value
    return str(value)[:LONGEST_DETAIL].encode(errors="replace").decode()  # no half of a surrogate pair


def _response(problem: Problem, extra: dict[str, str]) -> Response:
    headers: dict[str, str | list[str]] = {"Content-Type": "application/problem+json", "Cache-Control": "no-store"}
    return Response(msgspec.json.encode(problem).decode(), headers={**headers, **extra}, status_code=problem.status)
