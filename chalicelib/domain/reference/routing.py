"""Who should do what: kind × area × severity → lead, co-handlers, instruction, between two local days
(DOMAIN §2 Centre, `data/routing.csv`).

Several rules may match one report; the most specific one speaks. More specific is, in this order,

1. the smaller area: grid, village, township, any;
2. the narrower kind: a kind, a group, any;
3. the narrower range of severities;
4. the fewer days of validity; one that is open at either end has no end of them.

Two rules that are equally specific and match the same report are refused when they are published (`routing_checks`).
What no rule matches, the taxonomy answers: `domain.reports.suggestions`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from chalicelib.domain.reference.tables import parsed, rows
from chalicelib.domain.reference.taxonomy import GRAVEST, VILLAGE
from chalicelib.domain.reports.matter import Nature, Place

TABLE = "routing"
COLUMNS = (
    "id",
    "kind",
    "area",
    "severity_min",
    "severity_max",
    "valid_from",
    "valid_until",
    "lead",
    "co",
    "instruction_zh",
    "instruction_en",
)
ANY = "*"
MOST = 500  # rules: some 91 kinds and a dozen villages leave room enough, and a check of them all stays short
HELPERS = 8  # as many as an order takes
LONGEST = 1000  # characters of an instruction
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
KIND = re.compile(r"\*|[0-9]{2}|[0-9]{4}")
AREA = re.compile(r"\*|[0-9]{9}|[0-9]{12}|[0-9]{15}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row. `severities` are the lowest and the highest, `first` and `last` the local days, all of them included.

    `kind` is a kind, a group or `*`; `area` the code of a grid, a village, the township, or `*`. `line` is the row's
    in its file.
    """

    id: str
    line: int
    kind: str
    area: str
    severities: tuple[int, int]
    first: date
    last: date
    lead: str
    co_handlers: tuple[str, ...]
    zh: str
    en: str

    @property
    def rank(self) -> tuple[float, ...]:
        """The lower, the more specific."""
        low, high = self.severities
        return -_digits(self.area), -_digits(self.kind), high - low, self.span

    @property
    def span(self) -> float:
        """Days of validity; without end where one of them is open."""
        return inf if date.min in (self.first, self.last) or date.max in (self.first, self.last) else self.days

    @property
    def days(self) -> int:
        """From the first to the last."""
        return (self.last - self.first).days + 1

    def names(self, kind: str) -> bool:
        """Whether it speaks of this kind."""
        return self.kind in (ANY, kind, kind[:2])

    def reaches(self, area: str) -> bool:
        """Whether the smallest area that a place lies in is in the rule's own."""
        return self.area == ANY or area.startswith(self.area)

    def matches(self, nature: Nature, place: Place, day: date) -> bool:
        """Whether it speaks of a report of this nature there on that day. Only a village that exists can lead."""
        low, high = self.severities
        return (
            self.first <= day <= self.last
            and self.names(nature.kind or "")
            and low <= (nature.severity or 0) <= high
            and self.reaches(place.grid or place.village or place.township)
            and (self.lead != VILLAGE or place.village is not None)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """One edition: the rules, the most specific first."""

    rules: tuple[Rule, ...]

    def rule(self, nature: Nature, place: Place, day: date) -> Rule | None:
        """The rule that speaks of a report; none of what nobody has classified."""
        return next((rule for rule in self.rules if rule.matches(nature, place, day)), None)


def read(body: bytes) -> Routing:
    """Parse an edition. Raises Invalid naming line and column; what the rules name is checked when it is published."""
    known: set[str] = set()

    def parse(cells: dict[str, str]) -> Rule:
        rule = _rule(cells)
        if rule.id in known or len(known) == MOST:
            raise ValueError("id")
        known.add(rule.id)
        return rule

    found = parsed(TABLE, body, COLUMNS, parse)
    numbered = (replace(rule, line=line) for (line, _), rule in zip(rows(TABLE, body, COLUMNS), found, strict=True))
    return Routing(rules=tuple(sorted(numbered, key=lambda rule: (rule.rank, rule.id))))


def _rule(cells: dict[str, str]) -> Rule:
    low, high = (int(_matching(cells, name, _is_severity)) for name in ("severity_min", "severity_max"))
    first, last = _day(cells, "valid_from", date.min), _day(cells, "valid_until", date.max)
    if low > high:
        raise ValueError("severity_max")
    if first > last:
        raise ValueError("valid_until")
    return Rule(
        id=_matching(cells, "id", ID.fullmatch),
        line=0,
        kind=_matching(cells, "kind", KIND.fullmatch),
        area=_matching(cells, "area", AREA.fullmatch),
        severities=(low, high),
        first=first,
        last=last,
        lead=_matching(cells, "lead", str.strip),
        co_handlers=_helpers(cells),
        zh=_matching(cells, "instruction_zh", _is_short),
        en=_matching(cells, "instruction_en", lambda text: _is_short(text) and (cells["instruction_zh"] or not text)),
    )


def _matching(cells: dict[str, str], column: str, fits: Callable[[str], object]) -> str:
    if not fits(cells[column]):
        raise ValueError(column)
    return cells[column]


def _is_severity(cell: str) -> bool:
    return cell in {str(severity) for severity in range(1, GRAVEST + 1)}


def _is_short(text: str) -> bool:
    return len(text) <= LONGEST


def _day(cells: dict[str, str], column: str, unstated: date) -> date:
    if not cells[column]:
        return unstated
    try:
        return date.fromisoformat(_matching(cells, column, DAY.fullmatch))
    except ValueError as error:
        raise ValueError(column) from error


def _helpers(cells: dict[str, str]) -> tuple[str, ...]:
    codes = cells["co"].split()
    if len({cells["lead"], *codes}) <= len(codes) or len(codes) > HELPERS:  # nobody twice, and the lead not once more
        raise ValueError("co")
    return tuple(codes)


def _digits(code: str) -> int:
    return 0 if code == ANY else len(code)
