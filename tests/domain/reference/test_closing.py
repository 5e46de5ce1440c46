"""What closing takes is a table: the most specific row counts."""

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.closing import Excused, Look, read
from tests.builders import DATA, RULES

SHIPPED = (DATA / "closing.csv").read_bytes()
HEAD = SHIPPED.splitlines()[0].decode()
EVERY = "*,1,anyone,0,any,5,照片,a photo"


def table(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def test_the_most_specific_row_counts() -> None:
    read_ = read(table(EVERY, "01,2,village,4,any,10,甲,a", "0108,3,nobody,9,on_site,0,乙,b"))
    assert [read_.of(kind).photos for kind in ("0108", "0101", "0303", None)] == [3, 2, 1, 1]
    row = read_.of("0108")
    assert (row.excused, row.look, row.answer_chars, row.blind_percent) == (Excused.NOBODY, Look.ON_SITE, 9, 0)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("1,1,anyone,0,any,5,甲,a", "scope"),
        ("*,1,anyone,0,any,5,甲,a", "scope"),  # twice
        ("01,10,anyone,0,any,5,甲,a", "photos"),
        ("01,-1,anyone,0,any,5,甲,a", "photos"),
        ("01,１,anyone,0,any,5,甲,a", "photos"),
        ("01,1,centre,0,any,5,甲,a", "'centre' is not a valid Excused"),
        ("01,1,anyone,501,any,5,甲,a", "answer_chars"),
        ("01,1,anyone,0,phone,5,甲,a", "'phone' is not a valid Look"),
        ("01,1,anyone,0,any,101,甲,a", "blind_percent"),
        ("01,1,anyone,0,any,5, ,a", "zh"),
        ("01,1,anyone,0,any,5,甲,", "en"),
    ],
)
def test_a_cell_that_makes_no_sense_is_named(row: str, column: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(table(EVERY, row))
    assert refusal.value.facts == {"table": "closing", "line": 3, "column": column}


def test_every_kind_has_a_row_for_it() -> None:
    with pytest.raises(Invalid) as refusal:
        read(table("01,1,anyone,0,any,5,甲,a"))
    assert refusal.value.rule == "reference_lacks"


def test_nobody_is_sent_to_look_at_what_the_shipped_table_keeps_to_itself() -> None:
    for kind in RULES.taxonomy.kinds.values():
        row = RULES.closing.of(kind.code)
        if kind.group in ("08", "09"):
            assert row.blind_percent == 0 and row.look is Look.ANY and row.photos == 0
