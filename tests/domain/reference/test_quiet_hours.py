"""When who is at his busiest, and which kind of employer somebody has."""

from datetime import datetime

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import quiet_hours as rules
from chalicelib.domain.reference.calendar import ZONE
from tests.builders import DATA

HEADER = ",".join(rules.COLUMNS)
HOURS = rules.read((DATA / "quiet_hours.csv").read_bytes())
TYPES = rules.read_employers((DATA / "employers.csv").read_bytes())


def local(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=ZONE)


def test_who_brings_meals_is_quiet_at_noon_and_who_brings_parcels_is_not() -> None:
    assert HOURS.over_at("food", local(12)) == local(13, 15)
    assert HOURS.over_at("parcel", local(12)) == local(12)
    assert HOURS.any_at(local(12)) and not HOURS.any_at(local(21))


def test_a_peak_is_over_at_its_end() -> None:
    assert HOURS.over_at("food", local(13, 15)) == local(13, 15)
    assert HOURS.over_at("", local(12)) == local(12)


@pytest.mark.parametrize(
    ("employer", "found"),
    [("圆通", "parcel"), ("圆通速递灌口网点", "parcel"), ("美团外卖", "food"), ("本地跑腿", ""), ("", "")],
)
def test_an_employer_is_known_by_a_listed_name_in_his_own(employer: str, found: str) -> None:
    assert rules.type_of(employer, TYPES) == found


def test_every_employer_as_shipped_has_its_hours() -> None:
    rules.check_types(TYPES.values(), HOURS)
    with pytest.raises(Invalid, match="reference_lacks"):
        rules.check_types(["taxi"], HOURS)


@pytest.mark.parametrize(
    "spans", ["12:00,11:00", "12:00,12:00", "11:00,12:00\nx,x,x,11:30,13:00", "08:00,16:30", "a,b"]
)
def test_hours_that_make_no_sense_or_leave_nothing_are_refused(spans: str) -> None:
    with pytest.raises(Invalid, match="reference_cell"):
        rules.read(f"{HEADER}\nx,x,x,{spans}\n".encode())


def test_an_employer_is_listed_once() -> None:
    with pytest.raises(Invalid, match="reference_cell"):
        rules.read_employers("employer,employer_type\n圆通,parcel\n圆通,food\n".encode())
