"""Whether an edition of the routing may be published: each rule names what there is and speaks of some report, some
day. What is refused is named by line and column of the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, groupby

from chalicelib.domain.areas.model import Areas
from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.departments import Departments
from chalicelib.domain.reference.routing import ANY, Routing, Rule
from chalicelib.domain.reference.taxonomy import CENTRE, DANGER_CLASS, GRAVEST, VILLAGE, Taxonomy

SHOWN = 5  # of the rules that hide another
DAY = timedelta(days=1)

type Cell = tuple[str, int]  # a kind and a severity that a report of it may have


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What an edition is checked against: the tables in force, and the local day from which it counts."""

    taxonomy: Taxonomy
    departments: Departments
    areas: Areas
    today: date

    @property
    def villages(self) -> list[str]:
        """Their codes."""
        return [village.code for village in self.areas.villages]


def check(routing: Routing, ground: Ground) -> None:
    """Raises Invalid: `routing_unknown`, `routing_centre_leads`, `routing_no_report`, `routing_past`,
    `routing_ambiguous`, `routing_hidden`."""
    by_line = sorted(routing.rules, key=lambda rule: rule.line)
    areas = codes(ground.areas)
    for rule in by_line:
        _names_what_is(rule, ground, areas)
        _speaks_of_some_report(rule, ground)
    _is_unambiguous(routing.rules)
    for rule in by_line:
        _is_heard(rule, routing.rules, ground)


def codes(areas: Areas) -> set[str]:
    """The codes of a township and all its areas."""
    return {areas.township, *(area.code for area in (*areas.villages, *areas.grids))}


def _names_what_is(rule: Rule, ground: Ground, areas: set[str]) -> None:
    taxonomy = ground.taxonomy
    kinds = {ANY, *taxonomy.kinds, *(kind.group for kind in taxonomy.kinds.values())}
    bodies = {VILLAGE, *(code for code in ground.departments.by_code if ground.departments.is_body(code))}
    named = [("kind", rule.kind, kinds), ("area", rule.area, {ANY, *areas}), ("lead", rule.lead, {CENTRE, *bodies})]
    for column, value, known in [*named, *(("co", code, bodies) for code in rule.co_handlers)]:
        if value not in known:
            raise Invalid("routing_unknown", line=rule.line, column=column, value=value)
    if rule.lead == CENTRE and not leads_itself(rule, taxonomy):
        raise Invalid("routing_centre_leads", line=rule.line, column="lead", kind=rule.kind)


def leads_itself(rule: Rule, taxonomy: Taxonomy) -> bool:
    """Whether the rule is of one kind which the taxonomy gives to the centre: it answers no other (`answer`)."""
    return rule.kind in taxonomy.kinds and taxonomy.kinds[rule.kind].lead == CENTRE


def _speaks_of_some_report(rule: Rule, ground: Ground) -> None:
    if not _cells(rule, ground.taxonomy):
        raise Invalid("routing_no_report", line=rule.line, column="severity_min", rule=rule.id)
    if rule.last < ground.today:
        raise Invalid("routing_past", line=rule.line, column="valid_until", day=rule.last.isoformat())


def _cells(rule: Rule, taxonomy: Taxonomy) -> set[Cell]:
    """What it may be asked about: the gravest goes with danger to life only, which is less grave once made safe."""
    low, high = rule.severities
    return {
        (kind.code, severity)
        for kind in taxonomy.kinds.values()
        if rule.names(kind.code)
        for severity in range(low, high + 1)
        if severity < GRAVEST or kind.klass == DANGER_CLASS
    }


def _is_unambiguous(rules: Iterable[Rule]) -> None:
    """Of two that are equally specific none would speak rather than the other."""
    for _, equals in groupby(rules, key=lambda rule: rule.rank):
        for one, other in combinations(sorted(equals, key=lambda rule: rule.line), 2):
            if one.area == other.area and _meet(one, other):
                column = "valid_from" if one.severities == other.severities else "severity_min"
                raise Invalid("routing_ambiguous", line=other.line, column=column, other=one.line)


def _meet(one: Rule, other: Rule) -> bool:
    """Whether there are a kind, a severity and a day that both speak of."""
    kinds = one.names(other.kind) or other.names(one.kind)
    (low, high), (least, most) = one.severities, other.severities
    return kinds and max(low, least) <= min(high, most) and max(one.first, other.first) <= min(one.last, other.last)


def _is_heard(rule: Rule, rules: tuple[Rule, ...], ground: Ground) -> None:
    """Whether there is a place, a kind, a severity and a day of which no more specific rule speaks."""
    hiding: list[Rule] = []
    for place in _places(rule, ground):
        before = [other for other in rules[: rules.index(rule)] if _applies(other, place, ground)]
        if any(_is_open(rule, cell, before, ground) for cell in _cells(rule, ground.taxonomy)):
            return
        hiding += before
    found = [other for other in dict.fromkeys(hiding) if _meet(rule, other)]
    lines = ", ".join(str(other.line) for other in found[:SHOWN])
    raise Invalid("routing_hidden", line=rule.line, column=_column(rule, found[0]), others=lines)


def _places(rule: Rule, ground: Ground) -> list[str]:
    """Where it is most likely heard: what lies in its area and in none within. A village leads only in a village."""
    whole = rule.area in (ANY, ground.areas.township)
    if whole and rule.lead == VILLAGE:
        return ground.villages
    return [ground.areas.township if whole else rule.area]


def _applies(rule: Rule, place: str, ground: Ground) -> bool:
    return rule.reaches(place) and (rule.lead != VILLAGE or place != ground.areas.township)


def _is_open(rule: Rule, cell: Cell, before: Iterable[Rule], ground: Ground) -> bool:
    """Whether the rules before leave a day to come on which this one speaks of the cell."""
    day = max(rule.first, ground.today)
    for first, last in sorted(_spans(cell, before)):
        if first > day:
            break
        if last == date.max:
            return False
        day = max(day, last + DAY)
    return day <= rule.last


def _spans(cell: Cell, rules: Iterable[Rule]) -> Iterator[tuple[date, date]]:
    kind, severity = cell
    for rule in rules:
        low, high = rule.severities
        if rule.names(kind) and low <= severity <= high:
            yield rule.first, rule.last


def _column(rule: Rule, other: Rule) -> str:
    """Where the other one is more specific."""
    columns = ("area", "kind", "severity_min", "valid_from")
    return next(column for column, a, b in zip(columns, rule.rank, other.rank, strict=True) if a != b)
