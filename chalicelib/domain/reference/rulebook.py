"""The reference data in force, with the edition of each table, so that a decision can name what it stood on."""

from dataclasses import dataclass

from chalicelib.domain.reference.clocks import Calendar
from chalicelib.domain.reference.closing import Closing
from chalicelib.domain.reference.departments import Departments
from chalicelib.domain.reference.ladder import Ladder
from chalicelib.domain.reference.limits import Limits
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reference.routing import Routing
from chalicelib.domain.reference.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """What a decision on a report may ask. `editions` maps a table's name to its version."""

    taxonomy: Taxonomy
    limits: Limits
    departments: Departments
    danger_words: frozenset[str]
    numbers: Numbers
    calendar: Calendar
    ladder: Ladder
    routing: Routing
    closing: Closing
    editions: dict[str, int]
