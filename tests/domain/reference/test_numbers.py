"""The numbers that rules speak of: what is shipped, and what an edition may not say."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

import chalicelib
from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import numbers
from tests.builders import DATA

SHIPPED = (DATA / "numbers.csv").read_text(encoding="utf-8")
BOOK = numbers.read(SHIPPED.encode())
ASKED = re.compile(r"""numbers\.(?:of|count|days|hours|minutes)\(\s*"(\w+)"\s*\)""")
SOURCES = sorted(Path(chalicelib.__file__).parent.rglob("*.py"))


def test_a_number_is_read_in_the_unit_it_is_asked_for() -> None:
    assert BOOK.days("reopen_days") == timedelta(days=15)
    assert BOOK.count("info_times") == 1
    assert BOOK.of("info_hours_urgent") == 0.5
    assert BOOK.minutes("alarm_minutes") == timedelta(minutes=5)
    assert BOOK.hours("info_hours") == timedelta(hours=8)


def test_every_number_that_a_rule_asks_for_is_shipped() -> None:
    asked = {name for path in SOURCES for name in ASKED.findall(path.read_text(encoding="utf-8"))}
    assert asked and asked - BOOK.values.keys() == set()


@pytest.mark.parametrize(
    "row",
    [
        "reopen_days,15,weeks,x,x",
        "reopen_days,-1,days,x,x",
        "reopen_days,1000001,days,x,x",
        "reopen_days,nan,days,x,x",
        "reopen_days,inf,days,x,x",
        "info_times,15,days,x,x",  # twice
    ],
)
def test_a_wrong_row_is_refused_with_its_line(row: str) -> None:
    lines = SHIPPED.splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if text.startswith("reopen_days,"))
    lines[line - 1] = row
    with pytest.raises(Invalid) as refused:
        numbers.read("\n".join(lines).encode())
    assert refused.value.rule == "reference_cell"
    assert refused.value.facts == {"table": "numbers", "line": line, "column": row.split(",")[0]}


@pytest.mark.parametrize("row", ["x,many,days,x,x", ",1,days,x,x"])
def test_a_number_is_a_number_and_has_a_name(row: str) -> None:
    with pytest.raises(Invalid) as refused:
        numbers.read((SHIPPED.rstrip("\n") + "\n" + row).encode())
    assert refused.value.rule == "reference_cell"


def test_a_township_may_name_other_numbers() -> None:
    book = numbers.read(SHIPPED.replace("reopen_days,15,", "reopen_days,7.5,").encode())
    assert book.days("reopen_days") == timedelta(days=7.5)
