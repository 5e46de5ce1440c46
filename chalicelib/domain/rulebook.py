"""The reference data in force, with the edition of each table, so that a decision can name what it stood on."""

from dataclasses import dataclass

from chalicelib.domain.departments import Departments
from chalicelib.domain.limits import Limits
from chalicelib.domain.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """What a decision on a report may ask. `editions` maps a table's name to its version."""

    taxonomy: Taxonomy
    limits: Limits
    departments: Departments
    danger_words: frozenset[str]
    editions: dict[str, int]
