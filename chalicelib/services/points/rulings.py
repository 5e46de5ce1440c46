"""The points rules in force at an instant."""

from datetime import datetime
from functools import lru_cache

from chalicelib.domain.points import rules
from chalicelib.domain.points.rules import PointsRules
from chalicelib.store.reference import editions
from chalicelib.store.reference.reference import Edition

RULES = "points_rules"


def rules_as_of(at: datetime, *, now: datetime) -> tuple[PointsRules, int]:
    """The rules in force at an instant, and their edition. Warm: no read."""
    edition = editions.as_of(RULES, at, now=now)
    return _read(edition), edition.version


@lru_cache(maxsize=4)
def _read(edition: Edition) -> PointsRules:
    return rules.read(edition.body)
