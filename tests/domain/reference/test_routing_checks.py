"""What an edition of the routing may not say: each refusal names line and column."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.domain.areas import geojson
from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import departments, routing, routing_checks, taxonomy
from chalicelib.domain.reference.routing_checks import Ground
from chalicelib.domain.reports.matter import Place
from tests.area_files import SHIPPED
from tests.builders import DATA, GRID, RULES, TOWNSHIP, VILLAGE
from tests.domain.reference.test_routing import TODAY, read, row

GROUND = Ground(taxonomy=RULES.taxonomy, departments=RULES.departments, areas=geojson.read(SHIPPED), today=TODAY)


def refused(*rows: str, ground: Ground = GROUND) -> tuple[str, dict[str, Any]]:
    """The rule that refuses these rows, and its facts."""
    with pytest.raises(Invalid) as refusal:
        routing_checks.check(read(*rows), ground)
    return refusal.value.rule, refusal.value.facts


def accepted(*rows: str, ground: Ground = GROUND) -> bool:
    try:
        routing_checks.check(read(*rows), ground)
    except Invalid:
        return False
    return True


def test_what_is_shipped_and_an_empty_table_may_be_published() -> None:
    routing_checks.check(routing.read((DATA / "routing.csv").read_bytes()), GROUND)
    assert accepted()


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [
        ("kind", "0399", row("x", "0399")),
        ("kind", "99", row("x", "99")),
        ("area", f"{VILLAGE}999", row("x", area=f"{VILLAGE}999")),
        ("area", "350211103", row("x", area="350211103")),
        ("lead", "D99", row("x", lead="D99")),
        ("co", "D98", row("x", co="D01 D98")),
        ("co", "C", row("x", co="C")),
    ],
)
def test_a_rule_names_what_there_is(column: str, value: str, wrong: str) -> None:
    assert refused(row("good", "0303"), wrong) == ("routing_unknown", {"line": 3, "column": column, "value": value})


def test_the_centre_leads_only_what_the_taxonomy_gives_it() -> None:
    assert accepted(row("answer", "1204", lead="C", low=1, high=3))
    for kind in ("0303", "12", "*"):
        assert refused(row("x", kind, lead="C")) == (
            "routing_centre_leads",
            {"line": 2, "column": "lead", "kind": kind},
        )


def test_the_gravest_goes_with_danger_to_life_only() -> None:
    assert accepted(row("x", "0301", low=4))
    assert refused(row("x", "0303", low=4)) == ("routing_no_report", {"line": 2, "column": "severity_min", "rule": "x"})
    assert accepted(row("x", "0301", low=1, high=3))  # danger that was made safe


def test_what_is_over_never_counts_again() -> None:
    past = {"line": 2, "column": "valid_until", "day": "2026-11-22"}
    assert refused(row("x", valid_until="2026-11-22")) == ("routing_past", past)
    assert accepted(row("x", valid_until="2026-11-23")) and accepted(row("x", valid_from="2027-01-01"))


def test_two_that_are_equally_specific_may_not_meet() -> None:
    facts = {"line": 3, "other": 2}
    assert refused(row("a", "0303"), row("b", "0303")) == ("routing_ambiguous", facts | {"column": "valid_from"})
    severities = (row("a", "0303", low=1, high=2), row("b", "0303", low=2, high=3))
    assert refused(*severities) == ("routing_ambiguous", facts | {"column": "severity_min"})
    since = (row("a", valid_from="2026-01-01"), row("b", valid_from="2027-01-01"))
    assert refused(*since) == ("routing_ambiguous", facts | {"column": "valid_from"})


def test_two_that_never_meet_may_be_equally_specific() -> None:
    assert accepted(row("a", "0303", low=1, high=1), row("b", "0303", low=2, high=2))
    assert accepted(row("a", valid_until="2026-12-31"), row("b", valid_from="2027-01-01"))
    assert accepted(row("a", area=GRID), row("b", area=f"{VILLAGE}002"))


def test_a_rule_that_another_always_overrides_is_refused() -> None:
    facts = {"line": 2, "others": "3"}
    assert refused(row("a"), row("b", area=TOWNSHIP)) == ("routing_hidden", facts | {"column": "area"})
    month = row("b", "0303", valid_from="2026-11-23", valid_until="2026-11-30")
    covered = row("a", "0303", valid_from="2026-11-01", valid_until="2026-11-30")
    assert refused(covered, month) == ("routing_hidden", facts | {"column": "valid_from"})  # what is past is past


def test_a_rule_that_several_override_together_is_refused_with_all_of_them() -> None:
    rows = [row("all", "0303"), *(row(f"s{n}", "0303", low=n, high=n) for n in (1, 2, 3))]
    assert refused(*rows) == ("routing_hidden", {"line": 2, "column": "severity_min", "others": "3, 4, 5"})
    group = [row("group", "06"), *(row(kind, kind) for kind in ("0601", "0602", "0603", "0604"))]
    assert refused(*group)[1]["others"] == "3, 4, 5, 6"
    halves = [row("a", "0303"), row("b", "0303", valid_until="2026-12-31"), row("c", "0303", valid_from="2027-01-01")]
    assert refused(*halves)[0] == "routing_ambiguous"  # open at one end is not less specific than at the other


def test_a_gap_is_enough_to_be_heard() -> None:
    assert accepted(row("all", "0303"), row("s1", "0303", low=1, high=1), row("s2", "0303", low=2, high=2))
    assert accepted(row("group", "06"), *(row(kind, kind) for kind in ("0601", "0602", "0603")))
    weeks = [row(f"w{n}", valid_from=f"2026-12-0{n}", valid_until=f"2026-12-0{n}") for n in (1, 2, 4)]
    days = row("days", valid_from="2026-12-01", valid_until="2026-12-04")
    assert accepted(days, *weeks)
    assert not accepted(days, *weeks, row("w3", valid_from="2026-12-03", valid_until="2026-12-03"))


def test_what_lies_in_a_village_and_no_grid_of_it_is_heard_of() -> None:
    grids = [row(f"g{grid.code}", area=grid.code) for grid in GROUND.areas.grids if grid.parent == VILLAGE]
    assert accepted(row("village", area=VILLAGE), *grids)
    villages = [row(f"v{village.code}", area=village.code) for village in GROUND.areas.villages]
    assert accepted(row("town", area=TOWNSHIP), *villages)


def test_a_village_that_leads_everywhere_is_hidden_once_every_village_has_its_own_rule() -> None:
    villages = [row(f"v{village.code}", area=village.code) for village in GROUND.areas.villages]
    assert accepted(row("any", lead="V"), *villages[1:])
    assert refused(row("any", lead="V"), *villages)[0] == "routing_hidden"
    assert accepted(row("any"), row("town", area=TOWNSHIP, lead="V"))  # what lies in no village is left


# A world small enough to ask about every report in it, one by one.
LITTLE = Ground(
    taxonomy=taxonomy.Taxonomy(
        kinds={code: RULES.taxonomy.kinds[code] for code in ("0301", "0303", "0201")}, groups=RULES.taxonomy.groups
    ),
    departments=departments.Departments(by_code=RULES.departments.by_code),
    areas=replace(
        GROUND.areas,
        villages=tuple(village for village in GROUND.areas.villages if village.code == VILLAGE),
        grids=tuple(grid for grid in GROUND.areas.grids if grid.code == GRID),
    ),
    today=TODAY,
)
DAYS = [TODAY + timedelta(days=by) for by in range(5)]
PLACES = [
    Place(point=None, grid=grid, village=village, township=TOWNSHIP)
    for grid, village in ((GRID, VILLAGE), (None, VILLAGE), (None, None))
]
SEVERITIES = {"0301": (1, 2, 3, 4), "0303": (1, 2, 3), "0201": (1, 2, 3)}
type Drawn = tuple[str, str, list[int], tuple[str, str], str]  # kind, area, severities, days, lead
ISO = st.sampled_from(["", *(day.isoformat() for day in DAYS)])
RULE = st.tuples(
    st.sampled_from(["*", "03", "0301", "0303", "02", "0201"]),
    st.sampled_from(["*", TOWNSHIP, VILLAGE, GRID]),
    st.tuples(st.integers(1, 4), st.integers(1, 4)).map(sorted),
    st.tuples(ISO, ISO).filter(lambda days: "" in days or days[0] <= days[1]),
    st.sampled_from(["D04", "V"]),
)


@given(rules=st.lists(RULE, min_size=1, max_size=6))
def test_what_may_be_published_leaves_every_rule_heard_and_no_report_between_two(rules: list[Drawn]) -> None:
    rows = [
        row(f"r{n}", kind, area, low=low, high=high, valid_from=first, valid_until=last, lead=lead)
        for n, (kind, area, (low, high), (first, last), lead) in enumerate(rules)
    ]
    book = read(*rows)
    speakers = [speak for speak in _asked_of_every_report(book) if speak]
    heard = {speak[0].id for speak in speakers}
    torn = any(len(speak) > 1 and speak[0].rank == speak[1].rank for speak in speakers)
    fine = accepted(*rows, ground=LITTLE)
    if fine:
        assert heard == {rule.id for rule in book.rules} and not torn
    elif not torn:
        assume("routing_ambiguous" not in refused(*rows, ground=LITTLE)[0])  # two that meet where a third one speaks
        assert heard != {rule.id for rule in book.rules}


def _asked_of_every_report(book: routing.Routing) -> Iterator[list[routing.Rule]]:
    """The rules that speak of a report, the most specific first; for every report there can be."""
    for day, place, (kind, severities) in product([*DAYS, date(2027, 6, 1)], PLACES, SEVERITIES.items()):
        for severity in severities:
            nature = RULES.taxonomy.kind(kind).nature(severity)
            yield [rule for rule in book.rules if rule.matches(nature, place, day)]
