"""The table of points is read with a check of every cell."""

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.points.rules import COLUMNS, Cap, CapUnit, read
from tests.builders import DATA

HEAD = ",".join(COLUMNS)
ROW = "P11,核实,found true,verified,2,2,1,report,points,30,300,,0,,"
DAY = "2026-11-23"


def edition(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def test_the_shipped_table_is_good() -> None:
    rules = read((DATA / "points_rules.csv").read_bytes()).on(DAY).by_code
    assert len(rules) == 30
    assert [rules[code].points for code in ("P11", "P12", "P13", "P14", "P15")] == [
        (2, 2),
        (5, 5),
        (10, 10),
        (20, 20),
        (2, 2),
    ]
    assert rules["P14"].approvers == 2 and rules["P91"].points == (-10, -10)


def test_the_rules_of_a_group_share_one_cap() -> None:
    rules = read((DATA / "points_rules.csv").read_bytes()).on(DAY).by_code
    assert rules["P11"].cap == rules["P15"].cap == Cap(group="report", unit=CapUnit.POINTS, day=30, month=300)
    with pytest.raises(Invalid) as refusal:
        read(edition(ROW, ROW.replace("P11", "P12").replace("300", "200")))
    assert refusal.value.facts == {"table": "points_rules", "line": 3, "column": "cap_group"}


def test_a_rule_without_a_group_is_a_group_by_itself() -> None:
    (rule,) = read(edition("P01,认证,certified,training,10,10,0,,times,,,1,1,,")).on(DAY).by_code.values()
    assert rule.cap == Cap(group="P01", unit=CapUnit.TIMES, ever=1)


def test_what_nothing_limits_has_no_cap() -> None:
    (rule,) = read(edition("P24,异常,anomaly,found,15,15,1,anomaly,times,,,,0,,")).on(DAY).by_code.values()
    assert rule.cap is None


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("P11", "11", "code"),
        ("核实", " ", "zh"),
        ("found true", "", "en"),
        ("2,2", "3,2", "points_max"),
        ("2,2", "-3,2", "points_max"),
        (",1,report", ",yes,report", "yes"),
        ("points,30", "hours,30", "'hours' is not a valid CapUnit"),
        ("30,300", "-3,300", "cap_day"),
        ("300,,0", "300,,some", "approvers"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_line(old: str, new: str, column: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(edition(ROW.replace(old, new, 1)))
    assert refusal.value.facts == {"table": "points_rules", "line": 2, "column": column}


def dated(first: str, last: str, points: int) -> str:
    return ROW.replace("2,2", f"{points},{points}", 1).removesuffix(",,") + f",{first},{last}"


def test_a_rule_holds_from_a_day_on_and_until_one() -> None:
    rules = read(edition(dated("", "2026-12-31", 2), dated("2027-01-01", "2027-06-30", 3)))
    worth = {day: rules.on(day).by_code["P11"].points[0] for day in ("2020-01-01", "2026-12-31", "2027-01-01")}
    assert worth == {"2020-01-01": 2, "2026-12-31": 2, "2027-01-01": 3}
    assert rules.on("2027-07-01").by_code == {}


def test_a_code_stands_once_for_any_day() -> None:
    for other in (ROW, dated("2027-01-01", "", 3), dated("", "2020-01-01", 3)):
        with pytest.raises(Invalid) as refusal:
            read(edition(ROW, other))
        assert refusal.value.facts == {"table": "points_rules", "line": 3, "column": "code"}


@pytest.mark.parametrize(
    ("first", "last", "column"),
    [
        ("2027-01-02", "2027-01-01", "valid_until"),
        ("2027-13-01", "", "valid_from"),
        ("20270101", "", "valid_from"),
        ("", "soon", "valid_until"),
    ],
)
def test_days_that_are_none_are_refused(first: str, last: str, column: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(edition(dated(first, last, 2)))
    assert refusal.value.facts["column"] == column


@pytest.mark.parametrize("code", ["P51", "P52", "P53"])
def test_what_the_clock_awards_asks_nobody(code: str) -> None:
    row = f"{code},月度,of the month,rank,30,30,0,rank,times,,1,,0,,"
    assert read(edition(row)).on(DAY).by_code[code].approvers == 0
    with pytest.raises(Invalid) as refusal:
        read(edition(ROW, row.replace(",,0,,", ",,2,,")))
    assert refusal.value.facts == {"table": "points_rules", "line": 3, "column": "approvers"}
