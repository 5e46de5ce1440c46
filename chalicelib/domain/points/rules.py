"""What earns how many points, and how many count (DOMAIN §3, `data/points_rules.csv`)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chalicelib.domain.reference.tables import flag, parsed

COLUMNS = (
    "code",
    "zh",
    "en",
    "trigger",
    "points_min",
    "points_max",
    "honour",
    "cap_group",
    "cap_unit",
    "cap_day",
    "cap_month",
    "cap_ever",
    "approvers",
    "valid_from",
    "valid_until",
)
CODE = re.compile(r"P\d\d")
# The clock awards the first three of a month, and its message says that they have it: nobody is asked.
UNASKED = frozenset({"P51", "P52", "P53"})


class CapUnit(StrEnum):
    """What a cap counts."""

    POINTS = "points"
    TIMES = "times"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """How much of what the rules of `group` earn counts, by local day, local month and ever; None for no limit."""

    group: str
    unit: CapUnit
    day: int | None = None
    month: int | None = None
    ever: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`points` (lowest, highest) are negative for a penalty; `honour`: they count for ranking as well.

    `approvers` people must agree before they are posted. `cap` is None where nothing limits the rule. It is valid from
    the local day `first` to `last`, both of them included.
    """

    code: str
    zh: str
    en: str
    points: tuple[int, int]
    honour: bool
    cap: Cap | None
    approvers: int
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsRules:
    """The rules that hold on one day, by code."""

    by_code: dict[str, Rule]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition: a rule may stand there more than once, each time for other days."""

    rules: tuple[Rule, ...]

    def of(self, code: str, day: str) -> Rule | None:
        """The rule of this code on a local day, if there is one."""
        return next((rule for rule in self.rules if rule.code == code and rule.first <= day <= rule.last), None)

    def on(self, day: str) -> PointsRules:
        """The rules that hold on a local day."""
        return PointsRules(by_code={rule.code: rule for rule in self.rules if rule.first <= day <= rule.last})


def read(body: bytes) -> Edition:
    """Parse an edition. Raises Invalid naming the line.

    A code stands once for any day. The rules of one cap group share its limits and its honour on all days: so a month
    is counted by one cap.
    """
    rules: list[Rule] = []
    groups: dict[str, tuple[Cap, bool]] = {}

    def parse(cells: dict[str, str]) -> None:
        rule = _rule(cells)
        if any(_collide(rule, other) for other in rules):
            raise ValueError("code")
        if rule.cap and groups.setdefault(rule.cap.group, (rule.cap, rule.honour)) != (rule.cap, rule.honour):
            raise ValueError("cap_group")
        rules.append(rule)

    parsed("points_rules", body, COLUMNS, parse)
    return Edition(rules=tuple(rules))


def _collide(one: Rule, other: Rule) -> bool:
    return one.code == other.code and one.first <= other.last and other.first <= one.last


def _rule(cells: dict[str, str]) -> Rule:
    low, high = int(cells["points_min"]), int(cells["points_max"])
    if low > high or low * high < 0:
        raise ValueError("points_max")
    approvers = int(_matching(cells, "approvers", str.isdecimal))
    if approvers and cells["code"] in UNASKED:
        raise ValueError("approvers")
    first, last = _day(cells, "valid_from", date.min), _day(cells, "valid_until", date.max)
    if first > last:
        raise ValueError("valid_until")
    return Rule(
        code=_matching(cells, "code", lambda cell: CODE.fullmatch(cell) is not None),
        zh=_matching(cells, "zh", lambda cell: bool(cell.strip())),
        en=_matching(cells, "en", lambda cell: bool(cell.strip())),
        points=(low, high),
        honour=flag(cells["honour"]),
        cap=_cap(cells),
        approvers=approvers,
        first=first,
        last=last,
    )


def _day(cells: dict[str, str], column: str, otherwise: date) -> str:
    """A local day; none means no limit."""
    cell = cells[column]
    if not cell:
        return otherwise.isoformat()
    try:
        day = date.fromisoformat(cell).isoformat()
    except ValueError as error:
        raise ValueError(column) from error
    if day != cell:
        raise ValueError(column)
    return day


def _matching(cells: dict[str, str], column: str, fits: Callable[[str], bool]) -> str:
    if not fits(cells[column]):
        raise ValueError(column)
    return cells[column]


def _cap(cells: dict[str, str]) -> Cap | None:
    """The limits; a rule that names no group is a group by itself."""
    day, month, ever = (_limit(cells, column) for column in ("cap_day", "cap_month", "cap_ever"))
    unit = CapUnit(cells["cap_unit"])
    if day is month is ever is None:
        return None
    return Cap(group=cells["cap_group"] or cells["code"], unit=unit, day=day, month=month, ever=ever)


def _limit(cells: dict[str, str], column: str) -> int | None:
    if not cells[column]:
        return None
    if not cells[column].isdecimal():
        raise ValueError(column)
    return int(cells[column])
