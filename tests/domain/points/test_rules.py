"""The table of points is read with a check of every cell."""

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.points.rules import COLUMNS, Cap, CapUnit, read
from tests.builders import DATA

HEAD = ",".join(COLUMNS)
ROW = "P11,核实,found true,verified,2,2,1,report,points,30,300,,0"


def edition(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def test_the_shipped_table_is_good() -> None:
    rules = read((DATA / "points_rules.csv").read_bytes()).by_code
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
    rules = read((DATA / "points_rules.csv").read_bytes()).by_code
    assert rules["P11"].cap == rules["P15"].cap == Cap(group="report", unit=CapUnit.POINTS, day=30, month=300)
    with pytest.raises(Invalid) as refusal:
        read(edition(ROW, ROW.replace("P11", "P12").replace("300", "200")))
    assert refusal.value.facts == {"table": "points_rules", "line": 3, "column": "cap_group"}


def test_a_rule_without_a_group_is_a_group_by_itself() -> None:
    (rule,) = read(edition("P01,认证,certified,training,10,10,0,,times,,,1,1")).by_code.values()
    assert rule.cap == Cap(group="P01", unit=CapUnit.TIMES, ever=1)


def test_what_nothing_limits_has_no_cap() -> None:
    (rule,) = read(edition("P24,异常,anomaly,found,15,15,1,anomaly,times,,,,0")).by_code.values()
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


def test_a_code_stands_once() -> None:
    with pytest.raises(Invalid):
        read(edition(ROW, ROW))


@pytest.mark.parametrize("code", ["P51", "P52", "P53"])
def test_what_the_clock_awards_asks_nobody(code: str) -> None:
    row = f"{code},月度,of the month,rank,30,30,0,rank,times,,1,,0"
    assert read(edition(row)).by_code[code].approvers == 0
    with pytest.raises(Invalid) as refusal:
        read(edition(ROW, row[:-1] + "2"))
    assert refusal.value.facts == {"table": "points_rules", "line": 3, "column": "approvers"}
