"""The rules in force, parsed once per edition and process."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from chalicelib.domain.reference import clocks, closing, danger, departments, ladder, limits, numbers, routing, taxonomy
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition

READERS: dict[str, Callable[[bytes], Any]] = {
    "taxonomy": taxonomy.read,
    "limits": limits.read,
    "departments": departments.read,
    "danger_words": danger.read,
    "numbers": numbers.read,
    "calendar": clocks.read,
    "ladder": ladder.read,
    "routing": routing.read,
    "closing": closing.read,
}


def in_force(*, now: datetime) -> Rulebook:
    """The rulebook that decisions stand on now. Raises NotFound before anything was published."""
    editions = reference.current(*READERS, now=now)
    parsed = {name: parse(edition) for name, edition in editions.items()}
    return Rulebook(**parsed, editions={name: edition.version for name, edition in editions.items()})


@lru_cache(maxsize=16)
def parse(edition: Edition) -> Any:
    """The edition as the domain reads it. Raises Invalid naming what is wrong in it."""
    return READERS[edition.name](edition.body)
