"""Use cases on reference data: publish a checked edition, hand out the one in force."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalicelib.domain import ladder, retention
from chalicelib.domain.errors import NotFound
from chalicelib.domain.points import rules as points_rules
from chalicelib.services import rulebook
from chalicelib.store import reference as store
from chalicelib.store.reference import Edition

READERS: dict[str, Callable[[bytes], Any]] = {
    **rulebook.READERS,
    "ladder": ladder.read,
    "retention": retention.read,
    "points_rules": points_rules.read,
}


def publish(name: str, body: bytes, *, base: int | None, by: str, now: datetime) -> int:
    """Put a table's new edition in force and answer its version.

    Raises NotFound for an unknown table, Invalid naming the line that is wrong, StaleVersion if `base` is not in force.
    """
    if name not in READERS:
        raise NotFound("reference_missing", table=name)
    READERS[name](body)
    return store.publish(name, body, base=base, by=by, now=now)


def read(name: str, *, now: datetime) -> Edition:
    """The edition in force, as published. Raises NotFound."""
    if name not in READERS:
        raise NotFound("reference_missing", table=name)
    return store.current(name, now=now)[name]
