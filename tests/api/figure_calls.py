"""Questions about figures and rankings, by whoever asks."""

from collections.abc import Callable
from typing import Any

from chalicelib.domain.people.model import Actor
from tests.api import ranking_calls
from tests.api.client import Client
from tests.api.gateway import Answer

type Call = Callable[[Client, Actor | None, str], Answer]

DAYS = {"first": "2026-10-26", "last": "2026-11-25"}


def _get(path: str, **query: Any) -> Call:
    return lambda api, by, _: api.get(path, by=by, **query)


SITUATIONS: dict[str, tuple[Call, None]] = {
    "GET /statistics/indicators": (_get("/statistics/indicators", **DAYS), None),
    "GET /statistics/indicators of department": (_get("/statistics/indicators", **DAYS, department="D04"), None),
    "GET /statistics/indicators/reports": (_get("/statistics/indicators/reports", **DAYS, column="late"), None),
    "GET /statistics/services": (_get("/statistics/services"), None),
    "GET /riders-needs": (_get("/riders-needs"), None),
    **ranking_calls.SITUATIONS,
}
