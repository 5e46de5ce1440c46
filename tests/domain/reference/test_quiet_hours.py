"""Peaks of an employer's couriers, as the township's table says."""

from datetime import time

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import quiet_hours
from tests.builders import DATA

SHIPPED = quiet_hours.read((DATA / "quiet_hours.csv").read_bytes())
HEAD = "type,employers,peaks,zh,en\n"


def test_an_employer_is_of_the_kind_that_names_a_part_of_it() -> None:
    assert quiet_hours.peaks(SHIPPED, "厦门圆通速递")[0] == (time(8), time(9, 30))
    assert quiet_hours.peaks(SHIPPED, "ems 灌口") == quiet_hours.peaks(SHIPPED, "圆通")
    assert quiet_hours.peaks(SHIPPED, "美团")[0] == (time(11), time(13, 30))


def test_whom_no_kind_names_is_of_the_kind_that_names_none() -> None:
    assert quiet_hours.peaks(SHIPPED, "试点公司") == quiet_hours.peaks(SHIPPED, "") == ()
    assert quiet_hours.peaks((), "圆通") == ()


@pytest.mark.parametrize(
    "rows",
    [
        "a,圆通,08:00-07:00,甲,A\n",
        "a,圆通,8:00-9:00,甲,A\n",
        "a,圆通,08:00-10:00 09:00-11:00,甲,A\n",
        "a,圆通,08:00,甲,A\n",
        "a,圆通,,甲,\n",
        "a b,圆通,,甲,A\n",
        "a,圆通,,甲,A\nb,圆通,,乙,B\n",
        "a,圆通,,甲,A\na,中通,,乙,B\n",
        "a,,,甲,A\nb,,,乙,B\n",
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(rows: str) -> None:
    with pytest.raises(Invalid, match="reference_cell"):
        quiet_hours.read((HEAD + rows).encode())
