"""Which rule of the routing speaks: always one, and always the same."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import routing
from chalicelib.domain.reports.matter import Place
from tests.builders import DATA, GRID, NEXT_GRID, RULES, TOWNSHIP, VILLAGE, report

HEAD = ",".join(routing.COLUMNS)
TODAY = date(2026, 11, 23)
IN_GRID = report().place
IN_VILLAGE = replace(IN_GRID, grid=None)
OUTSIDE = replace(IN_VILLAGE, village=None)


def row(id: str, kind: str = "*", area: str = "*", *, low: int = 1, high: int = 4, **more: str) -> str:
    """A rule of the file; unless told otherwise D04 leads, always."""
    cells = {"id": id, "kind": kind, "area": area, "severity_min": str(low), "severity_max": str(high), "lead": "D04"}
    return ",".join((cells | more).get(column, "") for column in routing.COLUMNS)


def read(*rows: str) -> routing.Routing:
    return routing.read("\n".join([HEAD, *rows]).encode())


def who(book: routing.Routing, kind: str = "0303", severity: int = 2, place: Place = IN_GRID, day: date = TODAY) -> str:
    """The id of the rule that speaks."""
    rule = book.rule(RULES.taxonomy.kind(kind).nature(severity), place, day)
    return rule.id if rule else ""


def test_an_empty_table_is_a_routing_without_rules() -> None:
    assert who(read()) == ""


def test_a_smaller_area_goes_before_everything_else() -> None:
    book = read(
        row("any", "0303", low=2, high=2),
        row("town", area=TOWNSHIP),
        row("village", area=VILLAGE),
        row("grid", area=GRID),
    )
    assert who(book) == "grid"
    assert who(book, place=replace(IN_GRID, grid=NEXT_GRID)) == "village"
    assert who(book, place=OUTSIDE) == "town"
    assert who(read(row("any"), row("elsewhere", area=NEXT_GRID))) == "any"


def test_in_one_area_a_kind_goes_before_its_group_and_a_group_before_any() -> None:
    book = read(row("any", low=2, high=2), row("group", "03", low=2, high=3), row("kind", "0303"))
    assert (who(book), who(book, "0302"), who(book, "0201")) == ("kind", "group", "any")


def test_of_one_kind_the_narrower_severities_go_first() -> None:
    book = read(row("all", "0303"), row("grave", "0303", low=3, high=3), row("half", "0303", low=2, high=3))
    assert [who(book, severity=severity) for severity in (1, 2, 3)] == ["all", "half", "grave"]


def test_what_is_valid_for_fewer_days_goes_first_while_it_is() -> None:
    book = read(
        row("always"),
        row("since", kind="0303", valid_from="2026-11-24"),
        row("month", valid_from="2026-11-01", valid_until="2026-11-30"),
        row("week", valid_from="2026-11-23", valid_until="2026-11-29"),
    )
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 22), TODAY, date(2026, 11, 30), date(2026, 12, 1)]
    assert [who(book, "0201", day=day) for day in days] == ["always", "month", "month", "week", "month", "always"]


def test_the_first_and_the_last_day_are_included() -> None:
    book = read(row("day", valid_from="2026-11-23", valid_until="2026-11-23"))
    assert [who(book, day=TODAY + timedelta(days=by)) for by in (-1, 0, 1)] == ["", "day", ""]


def test_a_village_leads_only_where_there_is_one() -> None:
    book = read(row("any"), row("village", "0303", lead="V"))
    assert (who(book), who(book, place=OUTSIDE)) == ("village", "any")


def test_what_nobody_has_classified_no_rule_speaks_of() -> None:
    assert read(row("any")).rule(report(kind=None).nature, IN_GRID, TODAY) is None


def test_a_row_says_where_it_stands_and_what_to_do() -> None:
    [rule] = read(row("r", lead="D06", co="D08  V", instruction_zh="请值守", instruction_en="Stand by")).rules
    assert (rule.line, rule.lead, rule.co_handlers, rule.zh, rule.en) == (2, "D06", ("D08", "V"), "请值守", "Stand by")


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        (row("a b"), "id"),
        (row(""), "id"),
        (row("a", "030"), "kind"),
        (row("a", "٠٣"), "kind"),
        (row("a", area="350211"), "area"),
        (row("a", low=0), "severity_min"),
        (row("a", high=5), "severity_max"),
        (row("a", low=3, high=2), "severity_max"),
        (row("a", valid_from="20261123"), "valid_from"),
        (row("a", valid_until="2026-11-31"), "valid_until"),
        (row("a", valid_from="2026-11-24", valid_until="2026-11-23"), "valid_until"),
        (row("a", lead=" "), "lead"),
        (row("a", co="D04"), "co"),
        (row("a", co="D01 D01"), "co"),
        (row("a", co=" ".join(f"D{number}" for number in range(11, 20))), "co"),
        (row("a", instruction_zh="长" * 1001), "instruction_zh"),
        (row("a", instruction_en="in English only"), "instruction_en"),
    ],
)
def test_a_wrong_cell_is_refused_with_line_and_column(wrong: str, column: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(row("good"), wrong)
    assert refusal.value.rule == "reference_cell"
    assert refusal.value.facts == {"table": "routing", "line": 3, "column": column}


def test_an_id_stands_once_and_a_table_has_an_end() -> None:
    for rows in ([row("a"), row("a", "0303")], [row(f"r{number}") for number in range(routing.MOST + 1)]):
        with pytest.raises(Invalid) as refusal:
            read(*rows)
        assert refusal.value.facts["column"] == "id"


def test_what_is_shipped_tells_everybody_in_both_languages() -> None:
    shipped = routing.read((DATA / "routing.csv").read_bytes())
    assert len(shipped.rules) >= 8 and all(rule.zh and rule.en for rule in shipped.rules)


SOME_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["*", "03", "0303", "0302"]),
        st.sampled_from(["*", TOWNSHIP, VILLAGE, GRID]),
        st.integers(1, 4),
        st.integers(1, 4),
    ),
    max_size=12,
)


@given(rows=SOME_ROWS, order=st.randoms(use_true_random=False), severity=st.integers(1, 3))
def test_which_rule_speaks_does_not_depend_on_the_order_of_the_rows(
    rows: list[tuple[str, str, int, int]], order: Random, severity: int
) -> None:
    written = [row(f"r{n}", kind, area, low=min(a, b), high=max(a, b)) for n, (kind, area, a, b) in enumerate(rows)]
    shuffled = order.sample(written, len(written))
    for place in (IN_GRID, IN_VILLAGE, OUTSIDE):
        assert who(read(*written), severity=severity, place=place) == who(
            read(*shuffled), severity=severity, place=place
        )
