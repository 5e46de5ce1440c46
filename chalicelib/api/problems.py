"""Refusals as problem details (RFC 9457): the class is the `code`, the rule names what refused, zh first, then en."""

from datetime import datetime
from enum import Enum

import msgspec
from chalice.app import Response

from chalicelib.api.sentences import labels, refusals
from chalicelib.api.shapes import Line, line
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
from chalicelib.domain.reference.calendar import local_minute
from chalicelib.domain.reports.meanwhile import ChangedMeanwhile, Meanwhile
from chalicelib.domain.reports.model import Status

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


class ChangedField(msgspec.Struct, frozen=True, kw_only=True):
    """A field that somebody changed; of `due_at` the values are instants."""

    field: str
    before: str | None
    after: str | None


class OtherChange(Line, frozen=True, kw_only=True):
    """What somebody else did to the report meanwhile: his line of history, and the fields it changed."""

    changed: list[ChangedField]


class MeanwhileView(msgspec.Struct, frozen=True, kw_only=True):
    """How a report stands by now, and what was done since the version the caller had read: the newest 20 changes at
    most, oldest first, as far as he may read them. To go on, send `version` with If-Match."""

    version: int
    status: Status
    changes: list[OtherChange]


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A refusal. `code` is stable; `rule` names the rule that refused; `facts` are what its sentence speaks of.
    `meanwhile` comes with StaleVersion where a report was changed: it shows the other change."""

    type: str
    title: str
    status: int
    code: str
    rule: str
    detail: str
    detail_en: str
    facts: dict[str, str | int | float | None]
    meanwhile: MeanwhileView | None = None


def code_of(error: DomainError) -> type[DomainError]:
    """The public class of an error: its own, or the nearest that `domain.errors` draws."""
    return next(kind for kind in type(error).__mro__ if kind.__module__ == DomainError.__module__)


def as_problem(error: DomainError, *, language: str = "") -> Response:
    """The refusal as an HTTP answer; `title` in the language asked for, Chinese unless English is preferred."""
    made = problem(error, language=language)
    waits = (made.facts.get("wait", wait) for kind, wait in RETRY_AFTER.items() if isinstance(error, kind))
    retry = next(waits, None)
    return _response(made, {"Retry-After": str(retry)} if retry else {})


def problem(error: DomainError, *, language: str = "") -> Problem:
    """The refusal in words."""
    code = code_of(error).__name__
    zh, en = refusals()[error.rule]
    facts = {name: _plain(value) for name, value in error.facts.items()}
    titles = refusals()[code]
    return Problem(
        type=f"/v1/docs#{code}",
        title=titles[1] if language.lower().startswith("en") else titles[0],
        status=next(status for kind, status in STATUS.items() if isinstance(error, kind)),
        code=code,
        rule=error.rule,
        detail=zh.format(**facts | _local(error.facts) | _named(error.facts))[:LONGEST_DETAIL],
        detail_en=en.format(**facts | _local(error.facts))[:LONGEST_DETAIL],
        facts=facts,
        meanwhile=_meanwhile(error.meanwhile) if isinstance(error, ChangedMeanwhile) else None,
    )


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


def _meanwhile(found: Meanwhile) -> MeanwhileView:
    changes = [
        OtherChange(
            **msgspec.structs.asdict(line(event)),
            changed=[ChangedField(field=one.field, before=one.before, after=one.after) for one in changed],
        )
        for event, changed in found.changes
    ]
    return MeanwhileView(version=found.version, status=found.status, changes=changes)


def _named(facts: dict[str, object]) -> dict[str, str]:
    """What the words among the facts are called in Chinese: a status, an action, a role."""
    keys = {name: f"{type(value).__name__.lower()}.{value}" for name, value in facts.items() if isinstance(value, Enum)}
    return {name: labels()[key][0] for name, key in keys.items() if key in labels()}


def _local(facts: dict[str, object]) -> dict[str, str]:
    """Instants as clocks here show them: `2026-12-04 18:00`."""
    return {name: local_minute(value) for name, value in facts.items() if isinstance(value, datetime)}


def _plain(value: object) -> str | int | float | None:
    if value is None or isinstance(value, int | float):
        return value
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return text[:LONGEST_DETAIL].encode(errors="replace").decode()  # no half of a surrogate pair


def _response(problem: Problem, extra: dict[str, str]) -> Response:
    headers: dict[str, str | list[str]] = {"Content-Type": "application/problem+json", "Cache-Control": "no-store"}
    return Response(msgspec.json.encode(problem).decode(), headers={**headers, **extra}, status_code=problem.status)
