"""Where couriers rest: what the directory may say, what is open when, and which stop is the nearest."""

from datetime import datetime

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.places import Point
from chalicelib.domain.reference import stops as rules
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.stops import StopKind
from tests.builders import DATA, RULES

HEADER = ",".join(rules.COLUMNS)
ROW = "S1,rest water,350211102202,117.98,24.60,站,Stop,水,water,{mon},,,,{fri},{sat},,{holiday}"


def stop(*, mon: str = "", fri: str = "", sat: str = "", holiday: str = "") -> rules.Stop:
    row = ROW.format(mon=mon, fri=fri, sat=sat, holiday=holiday)
    return rules.read(f"{HEADER}\n{row}\n".encode())[0]


def at(day: str, hour: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=ZONE)


def is_open(one: rules.Stop, day: str, hour: str = "10:00") -> bool:
    return rules.found(one, near=None, at=at(day, hour), calendar=RULES.calendar).is_open


def test_the_directory_as_shipped_can_be_read_and_says_what_each_stop_has() -> None:
    shipped = rules.read((DATA / "stops.csv").read_bytes())
    assert {kind for one in shipped for kind in one.kinds} == set(StopKind)
    assert all(one.has_zh and one.has_en for one in shipped)


def test_each_weekday_has_its_hours_and_the_end_is_closed() -> None:
    one = stop(mon="08:00-12:00 14:00-18:00")
    opened = [is_open(one, "2026-11-23", hour) for hour in ("07:59", "08:00", "11:59", "12:00", "14:00", "18:00")]
    assert opened == [False, True, True, False, True, False]
    assert not is_open(one, "2026-11-24")


def test_a_public_holiday_has_its_own_hours_and_a_make_up_workday_is_a_friday() -> None:
    one = stop(mon="08:00-18:00", fri="08:00-18:00", sat="", holiday="09:00-09:30")
    assert is_open(one, "2023-01-23", "09:10") and not is_open(one, "2023-01-23")  # a Monday of Spring Festival
    assert is_open(one, "2023-01-28") and not is_open(one, "2023-02-04")  # Saturdays, the first one at work


@pytest.mark.parametrize(
    ("hour", "opened", "until"),
    [("07:00", False, "2026-11-23T08:00"), ("09:00", True, "2026-11-23T18:00"), ("20:00", False, "2026-11-27T00:00")],
)
def test_it_says_until_when_that_stays_so(hour: str, opened: bool, until: str) -> None:
    one = stop(mon="08:00-18:00", fri="00:00-24:00")
    seen = rules.found(one, near=None, at=at("2026-11-23", hour), calendar=RULES.calendar)
    assert (seen.is_open, seen.until) == (opened, at(until[:10], until[11:]))


def test_what_is_open_round_the_clock_never_changes_and_midnight_is_no_change() -> None:
    shipped = {one.code: one for one in rules.read((DATA / "stops.csv").read_bytes())}
    seen = rules.found(shipped["S02"], near=None, at=at("2026-11-23", "23:59"), calendar=RULES.calendar)
    assert seen.is_open and seen.until is None


def test_the_nearest_comes_first() -> None:
    near = Point(lat=24.5979, lon=118.0104)
    shipped = rules.read((DATA / "stops.csv").read_bytes())
    seen = [rules.found(one, near=near, at=at("2026-11-23"), calendar=RULES.calendar) for one in reversed(shipped)]
    found = rules.in_order(seen)
    assert found[0].stop.code == "S05" and (found[0].metres or 0) < 1
    assert [one.metres for one in found] == sorted(one.metres or 0 for one in found)


@pytest.mark.parametrize(
    "row",
    [
        ROW.format(mon="12:00-08:00", fri="", sat="", holiday=""),
        ROW.format(mon="08:00-12:00 12:00-14:00", fri="", sat="", holiday=""),
        ROW.format(mon="8:00-12:00", fri="", sat="", holiday=""),
        ROW.format(mon="08:00-24:30", fri="", sat="", holiday=""),
        ROW.replace("rest water", "bar").format(mon="", fri="", sat="", holiday=""),
        ROW.replace("rest water", "").format(mon="", fri="", sat="", holiday=""),
        ROW.replace("站,Stop", "站,").format(mon="", fri="", sat="", holiday=""),
        ROW.replace("117.98", "east").format(mon="", fri="", sat="", holiday=""),
    ],
)
def test_a_cell_that_makes_no_sense_is_refused_with_its_line(row: str) -> None:
    with pytest.raises(Invalid) as refusal:
        rules.read(f"{HEADER}\n{row}\n".encode())
    assert (refusal.value.rule, refusal.value.facts["line"]) == ("reference_cell", 2)


def test_a_stop_lies_in_the_village_that_it_names() -> None:
    rules.check_places([stop()], {"S1": "350211102202"})
    for elsewhere in ("350211102004", None):
        with pytest.raises(Invalid, match="stop_outside"):
            rules.check_places([stop()], {"S1": elsewhere})


def test_the_same_code_twice_is_refused() -> None:
    row = ROW.format(mon="", fri="", sat="", holiday="")
    with pytest.raises(Invalid, match="reference_cell"):
        rules.read(f"{HEADER}\n{row}\n{row}\n".encode())
