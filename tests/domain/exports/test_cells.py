"""What spreadsheets open must be text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.exports import cells

FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣")


def read(data: bytes) -> list[list[str]]:
    """As any program reads the file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@given(st.lists(st.text(), min_size=1))
def test_whatever_people_write_stays_in_its_cell_and_row(row: list[str]) -> None:
    data = cells.line(row)
    assert data.endswith(b"\r\n") and b"\r" not in data[:-2]
    (found,) = read(data)
    assert len(found) == len(row)


@given(st.lists(st.text(), min_size=1))
def test_no_cell_begins_like_a_formula_whatever_stands_before(row: list[str]) -> None:
    for cell in read(cells.line(row))[0]:
        assert not cell.lstrip("\ufeff\u200b \n\u3000\xa0").startswith(FORMULAS)
        assert "\t" not in cell and "\r" not in cell and "\0" not in cell


@given(st.text(st.characters(categories=("L", "N")), min_size=1))
def test_plain_words_are_left_as_they_are(word: str) -> None:
    assert read(cells.line([word])) == [[word]]


@pytest.mark.parametrize("start", FORMULAS)
@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", "\u3000", "\ufeff"])
def test_a_formula_becomes_text(start: str, before: str) -> None:
    (((cell,)),) = read(cells.line([f"{before}{start}cmd|'/c calc'!A1"]))
    assert cell.startswith("'")


def test_quotes_are_doubled_and_line_ends_are_one_kind() -> None:
    assert cells.line(['a"b', "c\r\nd\re"]) == b'"a""b","c\nd\ne"\r\n'


def test_half_of_a_surrogate_pair_breaks_nothing() -> None:
    assert cells.line(["\ud83d"]) == b'"?"\r\n'


def test_a_semicolon_does_not_open_a_cell() -> None:
    """Where the list separator is one, an unquoted cell would break in two."""
    assert cells.line(["a;=1+1"]) == b'"a;=1+1"\r\n'
