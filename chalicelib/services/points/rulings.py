"""The points rules in force at an instant."""

from datetime import datetime
from functools import lru_cache

from chalicelib.domain.points import rules
from chalicelib.domain.points.rules import PointsRules
from chalicelib.domain.reference.calendar import local_day
from chalicelib.store.reference import editions
from chalicelib.store.reference.reference import Edition

RULES = "points_rules"


def rules_as_of(at: datetime, *, now: datetime) -> tuple[PointsRules, int]:
    """The rules that held at an instant by the edition then in force, and that edition. Warm: no read."""
    edition = editions.as_of(RULES, at, now=now)
    return _held(edition, local_day(at)), edition.version


@lru_cache(maxsize=16)
def _held(edition: Edition, day: str) -> PointsRules:
    return _read(edition).on(day)


@lru_cache(maxsize=4)
def _read(edition: Edition) -> rules.Edition:
    return rules.read(edition.body)
